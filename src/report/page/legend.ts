/**
 * A button for each entry of a figure's legend leaves the marks of this entry alone; so does a click on the entry.
 * Entries of a legend are smaller than a finger, and an image has no buttons.
 */
import { marksIn } from './marks.js';

const LABELS = '.role-legend-label text';

export function filterByLegend(picture: HTMLElement): void {
  const labels = [...picture.querySelectorAll<SVGTextElement>(LABELS)];
  const marks = labels.length === 0 ? new Map<string, Set<SVGElement>>() : marksByValue(picture);
  const all = new Set([...marks.values()].flatMap((own) => [...own]));
  const buttons: HTMLButtonElement[] = [];
  const names = new Map(labels.map((label) => [plain(label.textContent ?? ''), label.textContent ?? '']));
  for (const [name, text] of names) {
    const own = marks.get(name);
    if (own === undefined) continue;
    const button = newButton(text);
    button.addEventListener('click', () => {
      const pressed = button.getAttribute('aria-pressed') !== 'true';
      for (const other of buttons) other.setAttribute('aria-pressed', String(pressed && other === button));
      for (const mark of all) mark.style.opacity = pressed && !own.has(mark) ? '0.08' : '';
    });
    buttons.push(button);
    for (const label of labels) if (plain(label.textContent ?? '') === name) makeClickable(label, button);
  }
  if (buttons.length < 2) return;
  const line = document.createElement('p');
  line.className = 'controls';
  line.append('Only', ...buttons);
  picture.before(line);
}

/** The marks of a figure by each value that they show. */
function marksByValue(picture: HTMLElement): Map<string, Set<SVGElement>> {
  const found = new Map<string, Set<SVGElement>>();
  for (const mark of marksIn(picture))
    for (const part of (mark.getAttribute('aria-label') ?? '').split('; ')) {
      const value = plain(part.slice(part.indexOf(': ') + 2));
      found.set(value, (found.get(value) ?? new Set()).add(mark));
    }
  return found;
}

/** A legend sets subscripts, and a label of a mark has their signs. */
function plain(text: string): string {
  return text.replaceAll(/[_\u200B]/g, '').trim();
}

function newButton(text: string): HTMLButtonElement {
  const made = document.createElement('button');
  made.type = 'button';
  made.textContent = text;
  made.setAttribute('aria-pressed', 'false');
  return made;
}

function makeClickable(label: SVGTextElement, button: HTMLButtonElement): void {
  label.style.cursor = 'pointer';
  label.style.pointerEvents = 'all';
  label.addEventListener('click', () => button.click());
}
