/**
 * Figures tell their numbers: the mark under the pointer says what it shows, and so does the mark that the arrow keys
 * have reached. Vega writes what a mark shows into its `aria-label`.
 */
import { hideTip, showTip } from './tooltip.js';

const MARKS = '.role-mark > [aria-label]';
/** A line or an area has the numbers of its first point only. */
const TELLING = '.role-mark:not(.mark-line, .mark-area) > [aria-label]';
/** Points, tiles and bars; the ends of their intervals and the numbers on tiles are marks of their own. */
const REACHED = '.role-mark:is(.mark-symbol, .mark-rect) > [aria-label]:not([aria-roledescription="tick"])';
const HINT = 'Arrow keys go from mark to mark.';

export function marksIn(picture: HTMLElement): SVGGraphicsElement[] {
  return [...picture.querySelectorAll<SVGGraphicsElement>(MARKS)];
}

export function tellNumbers(picture: HTMLElement): void {
  picture.addEventListener('pointermove', ({ target, clientX, clientY }) => {
    const label = target instanceof Element ? target.closest(TELLING)?.getAttribute('aria-label') : undefined;
    if (label == null) hideTip();
    else showTip(label, clientX, clientY);
  });
  picture.addEventListener('pointerleave', hideTip);
  // The caption describes the figure, so its single marks are not read out one after the other.
  for (const mark of marksIn(picture)) mark.setAttribute('aria-hidden', 'true');
  const found = [REACHED, TELLING].map((which) => [...picture.querySelectorAll<SVGGraphicsElement>(which)]);
  const marks = found.find(({ length }) => length > 0);
  if (marks !== undefined) goByKeys(picture, marks);
}

function goByKeys(picture: HTMLElement, marks: readonly SVGGraphicsElement[]): void {
  let at = -1;
  const leave = (): void => {
    (marks[at] as Element | undefined)?.classList.remove('chosen');
    hideTip();
  };
  picture.setAttribute('role', 'group');
  picture.setAttribute('aria-label', `Figure. ${HINT}`);
  picture.addEventListener('focus', () => {
    if (!picture.matches(':focus-visible')) return;
    const { left, top } = picture.getBoundingClientRect();
    showTip(HINT, left, Math.max(0, top));
  });
  picture.addEventListener('blur', leave);
  picture.addEventListener('keydown', (event) => {
    const next = placeAfter(event.key, at, marks.length);
    if (event.key === 'Escape') leave();
    if (next === undefined) return;
    event.preventDefault();
    leave();
    at = next;
    const mark = marks[at];
    mark.classList.add('chosen');
    mark.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    const { left, top, width, height } = mark.getBoundingClientRect();
    showTip(mark.getAttribute('aria-label') ?? '', left + width / 2, top + height / 2);
  });
}

/** Undefined for a key that goes nowhere. Before the first mark `at` is −1. */
function placeAfter(key: string, at: number, count: number): number | undefined {
  switch (key) {
    case 'ArrowRight':
    case 'ArrowDown':
      return Math.min(at + 1, count - 1);
    case 'ArrowLeft':
    case 'ArrowUp':
      return Math.max(at - 1, 0);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}
