/**
 * Figures tell their numbers: the mark under the pointer says what it shows, and a click on an entry of a legend leaves
 * its marks alone. Vega writes what a mark shows into its `aria-label`.
 */

const MARKS = '[aria-roledescription$="mark"], [aria-roledescription="point"], [aria-roledescription="tick"]';
const LEGEND_LABELS = '.role-legend-label text';
/** Digits of a number in a tooltip. */
const DIGITS = 5;
/** Pixels from the pointer to the tooltip. */
const AWAY = 14;

let tooltip: HTMLElement | undefined;

export function tellNumbers(picture: HTMLElement): void {
  picture.addEventListener('pointermove', (event) => show(event.target, event.clientX, event.clientY));
  picture.addEventListener('pointerleave', hide);
  const labels = picture.querySelectorAll<SVGTextElement>(LEGEND_LABELS);
  // An image has no buttons. The caption describes the figure, so its single marks are not read out.
  if (labels.length > 0) picture.querySelector('svg')?.setAttribute('role', 'group');
  for (const mark of picture.querySelectorAll(MARKS)) mark.setAttribute('aria-hidden', 'true');
  for (const label of labels) makeFilter(picture, label);
}

function show(target: EventTarget | null, x: number, y: number): void {
  const label = target instanceof Element ? target.closest(MARKS)?.getAttribute('aria-label') : undefined;
  if (label == null) {
    hide();
    return;
  }
  tooltip ??= document.body.appendChild(document.createElement('div'));
  tooltip.className = 'tooltip';
  tooltip.hidden = false;
  tooltip.replaceChildren(...label.split('; ').map(line));
  const { offsetWidth, offsetHeight } = tooltip;
  tooltip.style.left = `${Math.max(4, Math.min(x + AWAY, innerWidth - offsetWidth - 4))}px`;
  tooltip.style.top = `${y + AWAY + offsetHeight > innerHeight ? y - AWAY - offsetHeight : y + AWAY}px`;
}

function line(text: string): HTMLElement {
  const made = document.createElement('div');
  // The far end of a bar has the name of its field.
  const named = text.replace(/^\w*High: /, 'to: ');
  made.textContent = named.replace(/: ([−-]?[\d,]+\.?\d*(?:e[−-]?\d+)?)$/, (_, number: string) => `: ${short(number)}`);
  return made;
}

function short(text: string): string {
  const value = Number(text.replaceAll(',', '').replaceAll('−', '-'));
  return Number.isNaN(value) ? text : String(Number(value.toPrecision(DIGITS)));
}

function hide(): void {
  if (tooltip !== undefined) tooltip.hidden = true;
}

/** Another click shows all marks again. */
function makeFilter(picture: HTMLElement, label: SVGTextElement): void {
  const name = label.textContent?.trim() ?? '';
  label.setAttribute('role', 'button');
  label.setAttribute('tabindex', '0');
  label.setAttribute('aria-pressed', 'false');
  label.style.cursor = 'pointer';
  label.style.pointerEvents = 'all';
  const act = (): void => {
    const pressed = label.getAttribute('aria-pressed') !== 'true';
    for (const other of picture.querySelectorAll(LEGEND_LABELS)) other.setAttribute('aria-pressed', 'false');
    label.setAttribute('aria-pressed', String(pressed));
    for (const mark of picture.querySelectorAll<SVGElement>(MARKS))
      mark.style.opacity = pressed && !isOf(mark, name) ? '0.08' : '';
  };
  label.addEventListener('click', act);
  label.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    act();
  });
}

/** Whether a mark belongs to a series, or to none. */
function isOf(mark: Element, name: string): boolean {
  const values = (mark.getAttribute('aria-label') ?? '').split('; ').map((part) => part.slice(part.indexOf(': ') + 2));
  return values.includes(name);
}
