/** The trials of a cell, or one trial: what the address of the page names after its `#`. */
import { element } from './elements.js';

const box = element('detail', HTMLDivElement);

export function followAddress(): void {
  addEventListener('hashchange', () => void show());
  box.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') location.hash = 'map';
  });
  void show();
}

async function show(): Promise<void> {
  const asked = new URLSearchParams(location.hash.slice(1));
  const [cell, trial] = [asked.get('cell'), asked.get('trial')];
  if (cell === null && trial === null) {
    if (!box.hidden) document.getElementById('tiles')?.focus();
    box.hidden = true;
    return;
  }
  const start = asked.get('start');
  const query =
    trial === null
      ? `cell?${new URLSearchParams({ cell: cell ?? '', from: asked.get('from') ?? '0' }).toString()}`
      : `trial?${new URLSearchParams({ address: trial, ...(start === null ? {} : { start }) }).toString()}`;
  box.setAttribute('aria-busy', 'true');
  const text = await answerTo(`/${query}`);
  box.removeAttribute('aria-busy');
  box.hidden = false;
  if (text.html === undefined) box.textContent = text.problem;
  else box.innerHTML = text.html;
  box.focus({ preventScroll: true });
  box.scrollIntoView({ block: 'nearest' });
}

async function answerTo(url: string): Promise<{ readonly html?: string; readonly problem: string }> {
  try {
    const response = await fetch(url);
    const text = await response.text();
    return response.ok ? { html: text, problem: '' } : { problem: text };
  } catch {
    return { problem: 'basin watch does not answer.' };
  }
}
