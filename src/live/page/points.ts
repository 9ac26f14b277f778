/** A click on a point of a figure lists the trials of its cell. */

/** Px around a point in which it can be hit. */
const LEAST_REACH = 10;

/** `section` holds the figures; `open` is told the cell that was chosen, `textOf` gives its name. */
export function followPoints(section: HTMLElement, textOf: (at: number) => string, open: (at: number) => void): void {
  section.addEventListener('click', (event) => {
    const at = cellUnder(event);
    if (at !== undefined) open(at);
  });
  section.addEventListener('pointermove', (event) => {
    if (!(event.target instanceof HTMLImageElement)) return;
    const at = cellUnder(event);
    event.target.style.cursor = at === undefined ? '' : 'pointer';
    event.target.title = at === undefined ? '' : textOf(at);
  });
}

/** The cell of the nearest point that is hit. */
function cellUnder({ target, offsetX, offsetY }: MouseEvent): number | undefined {
  if (!(target instanceof HTMLImageElement)) return undefined;
  const zoom = Number(target.getAttribute('width')) / target.clientWidth;
  let best: { readonly at: number; readonly distance: number } | undefined;
  for (const point of (target.dataset['points'] ?? '').split(';')) {
    if (point === '') continue;
    const [x, y, halfWidth, halfHeight, at] = point.split(',').map(Number);
    const [right, down] = [Math.abs(offsetX * zoom - x), Math.abs(offsetY * zoom - y)];
    const reach = LEAST_REACH * Math.max(1, zoom);
    if (right > Math.max(reach, halfWidth) || down > Math.max(reach, halfHeight)) continue;
    const distance = Math.hypot(right, down);
    if (best === undefined || distance < best.distance) best = { at, distance };
  }
  return best?.at;
}
