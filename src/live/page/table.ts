/** The cells as a table: some rows at a time, those whose settings contain what is typed. */
import type { CellMessage, GridMessage } from '../messages.js';
import { element, textElement } from './elements.js';
import type { Shown } from './shown.js';

const ROWS = 25;
const SVG = 'http://www.w3.org/2000/svg';

export class CellTable {
  readonly #box = element('table', HTMLDetailsElement);
  readonly #filter = element('filter', HTMLInputElement);
  readonly #earlier = element('earlier', HTMLButtonElement);
  readonly #later = element('later', HTMLButtonElement);
  readonly #range = element('range', HTMLElement);
  readonly #linkOf: (at: number) => string;
  #grid: GridMessage | undefined;
  #cells: readonly (CellMessage | undefined)[] = [];
  #shown: Shown | undefined;
  #first = 0;

  constructor(linkOf: (at: number) => string) {
    this.#linkOf = linkOf;
    this.#filter.addEventListener('input', () => this.#turn(0));
    this.#earlier.addEventListener('click', () => this.#turn(this.#first - ROWS));
    this.#later.addEventListener('click', () => this.#turn(this.#first + ROWS));
    this.#box.addEventListener('toggle', () => this.#draw());
  }

  show(grid: GridMessage, cells: readonly (CellMessage | undefined)[], shown: Shown): void {
    const isFirst = this.#grid === undefined;
    [this.#grid, this.#cells, this.#shown] = [grid, cells, shown];
    const summary = this.#box.querySelector('summary');
    if (summary !== null)
      summary.textContent = `Table of ${grid.cells.length === 1 ? '1 cell' : `${grid.cells.length} cells`}`;
    if (isFirst) this.#box.open = grid.cells.length <= ROWS;
    this.#draw();
  }

  #turn(first: number): void {
    this.#first = Math.max(0, first);
    this.#draw();
  }

  #draw(): void {
    const grid = this.#grid;
    if (grid === undefined || !this.#box.open) return;
    const found = this.#found(grid);
    if (this.#first >= found.length) this.#first = 0;
    const listed = found.slice(this.#first, this.#first + ROWS);
    this.#earlier.hidden = this.#later.hidden = grid.cells.length <= ROWS;
    this.#earlier.disabled = this.#first === 0;
    this.#later.disabled = this.#first + ROWS >= found.length;
    this.#range.textContent =
      listed.length === 0 ? 'no such cell' : `${this.#first + 1}–${this.#first + listed.length} of ${found.length}`;
    this.#write('thead', [headOf(grid)]);
    this.#write(
      'tbody',
      listed.map((at) => this.#row(grid, at)),
    );
  }

  #found({ cells, settings }: GridMessage): number[] {
    const wanted = this.#filter.value
      .split(',')
      .map((part) => part.replaceAll(/\s/g, ''))
      .filter((part) => part !== '');
    const textOf = (at: number): string[] =>
      settings.map((name, i) => `${name}=${cells[at].values[i]}`.replaceAll(/\s/g, ''));
    return cells
      .map((_, at) => at)
      .filter((at) => wanted.every((part) => textOf(at).some((text) => text.includes(part))));
  }

  #write(part: string, rows: readonly HTMLElement[]): void {
    const target = this.#box.querySelector(part);
    const places = [...(target?.querySelectorAll('a') ?? [])];
    const focused = places.findIndex((place) => place === document.activeElement);
    target?.replaceChildren(...rows);
    if (focused >= 0) target?.querySelectorAll('a')[focused]?.focus({ preventScroll: true });
  }

  #row(grid: GridMessage, at: number): HTMLElement {
    const cell = this.#cells[at];
    const row = document.createElement('tr');
    const link = document.createElement('a');
    link.href = this.#linkOf(at);
    link.textContent = cell === undefined ? '–' : `${cell.done}/${cell.planned}`;
    link.setAttribute('aria-label', `${link.textContent} trials of ${grid.cells[at].text}`);
    const trials = textElement('td', '', 'right');
    trials.append(link);
    const numbers = grid.measures.map((_, i) => textElement('td', cell?.estimates[i]?.text ?? '', 'right'));
    row.append(...grid.cells[at].values.map((text) => textElement('td', text, 'right')), trials, this.#interval(at));
    row.append(...numbers, textElement('td', cell === undefined ? '' : troublesOf(cell), 'right'));
    return row;
  }

  /** The interval of the measure that is shown, on the scale of all cells. */
  #interval(at: number): HTMLElement {
    const box = document.createElement('td');
    const measure = this.#shown?.measure;
    const estimate = measure === undefined ? undefined : this.#cells[at]?.estimates[measure];
    if (measure === undefined || estimate?.low == null || estimate.high === null) return box;
    const [least, most] = this.#ends(measure);
    const place = (value: number): number => (100 * (value - least)) / (most - least || 1);
    box.append(intervalPicture(place(estimate.low), place(estimate.value ?? estimate.low), place(estimate.high)));
    return box;
  }

  #ends(measure: number): readonly [number, number] {
    let [least, most] = [Infinity, -Infinity];
    for (const cell of this.#cells) {
      const { low = null, high = null } = cell?.estimates[measure] ?? {};
      if (low !== null) least = Math.min(least, low);
      if (high !== null) most = Math.max(most, high);
    }
    return [least, most];
  }
}

function troublesOf({ failed, diverged, censored }: CellMessage): string {
  return Object.entries({ failed, diverged, censored })
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `${count} ${name}`)
    .join(', ');
}

function headOf({ settings, measures }: GridMessage): HTMLElement {
  const row = document.createElement('tr');
  const titles = [...settings, 'trials', '', ...measures.map(({ name }) => name), ''];
  row.append(...titles.map((title) => textElement('th', title, 'right')));
  measures.forEach(({ description }, i) => row.children[settings.length + 2 + i].setAttribute('title', description));
  return row;
}

function intervalPicture(low: number, value: number, high: number): SVGElement {
  const picture = document.createElementNS(SVG, 'svg');
  picture.setAttribute('viewBox', '0 0 100 12');
  picture.setAttribute('preserveAspectRatio', 'none');
  picture.setAttribute('class', 'interval');
  picture.setAttribute('aria-hidden', 'true');
  picture.append(
    rectangle('track', { x: 0, y: 5, width: 100, height: 2 }),
    rectangle('likely', { x: low, y: 2, width: Math.max(1, high - low), height: 8 }),
    rectangle('middle', { x: Math.min(98, value), y: 0, width: 2, height: 12 }),
  );
  return picture;
}

function rectangle(className: string, place: Readonly<Record<string, number>>): SVGElement {
  const made = document.createElementNS(SVG, 'rect');
  made.setAttribute('class', className);
  for (const [name, value] of Object.entries(place)) made.setAttribute(name, value.toFixed(1));
  return made;
}
