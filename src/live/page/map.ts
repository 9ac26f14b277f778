/** The cells as tiles on a canvas: each fills with its trials, in the colour of what is shown. */
import type { CellMessage, GridMessage } from '../messages.js';
import { colourAt, type Scale } from '../../report/cellMap/scale.js';
import { geometryOf, LABEL_SIZE, labelsOf, tileParts, type Geometry } from '../../report/cellMap/tiles.js';
import type { Shown } from './shown.js';

const FONT = `${LABEL_SIZE}px system-ui, sans-serif`;

interface Picture {
  readonly grid: GridMessage;
  readonly cells: readonly (CellMessage | undefined)[];
  readonly shown: Shown;
  readonly scale: Scale;
}

export class TileMap {
  readonly #canvas: HTMLCanvasElement;
  readonly #onMove: (at: number) => void;
  readonly #onOpen: (at: number) => void;
  #picture: Picture | undefined;
  #geometry: Geometry = { left: 0, top: 0, tileWidth: 1, tileHeight: 1, height: 0 };
  #at: number | undefined;

  /** `onMove` is told which cell is under the pointer or the cursor, `onOpen` which one was chosen. */
  constructor(canvas: HTMLCanvasElement, onMove: (at: number) => void, onOpen: (at: number) => void) {
    this.#canvas = canvas;
    this.#onMove = onMove;
    this.#onOpen = onOpen;
    canvas.addEventListener('pointermove', (event) => this.#moveTo(this.#cellUnder(event)));
    canvas.addEventListener('click', (event) => this.#open(this.#cellUnder(event)));
    canvas.addEventListener('keydown', (event) => this.#press(event));
    canvas.addEventListener('focus', () => this.#moveTo(this.#at ?? 0));
    new ResizeObserver(() => this.#draw()).observe(canvas.parentElement ?? canvas);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.#draw());
    // The button for dark and light mode, see report/page/colours.ts.
    new MutationObserver(() => this.#draw()).observe(document.documentElement, { attributeFilter: ['data-colours'] });
  }

  show(picture: Picture): void {
    this.#picture = picture;
    this.#draw();
  }

  #open(at: number | undefined): void {
    if (at === undefined) return;
    this.#moveTo(at);
    this.#onOpen(at);
  }

  #moveTo(at: number | undefined): void {
    if (at === undefined || this.#picture?.grid.cells[at] === undefined) return;
    const isNew = at !== this.#at;
    this.#at = at;
    this.#onMove(at);
    if (isNew) this.#draw();
  }

  #press(event: KeyboardEvent): void {
    const cell = this.#picture?.grid.cells[this.#at ?? 0];
    if (this.#picture === undefined || cell === undefined) return;
    if (event.key === 'Enter' || event.key === ' ') this.#open(this.#at ?? 0);
    else if (event.key === 'Home') this.#moveTo(0);
    else if (event.key === 'End') this.#moveTo(this.#picture.grid.cells.length - 1);
    else if (!this.#step(event.key, cell)) return;
    event.preventDefault();
  }

  /** Goes to the nearest cell in the direction of an arrow key; false for another key. */
  #step(key: string, { row, column }: { readonly row: number; readonly column: number }): boolean {
    const steps: Readonly<Record<string, readonly [number, number]>> = {
      ArrowLeft: [0, -1],
      ArrowRight: [0, 1],
      ArrowUp: [-1, 0],
      ArrowDown: [1, 0],
    };
    const step = steps[key] as readonly [number, number] | undefined;
    if (step === undefined || this.#picture === undefined) return false;
    const { rows, columns } = this.#picture.grid;
    for (let i = 1; i < Math.max(rows.length, columns.length); i++) {
      const at = this.#cellAt(row + i * step[0], column + i * step[1]);
      if (at === undefined) continue;
      this.#moveTo(at);
      break;
    }
    return true;
  }

  #cellAt(row: number, column: number): number | undefined {
    const at = this.#picture?.grid.cells.findIndex((cell) => cell.row === row && cell.column === column) ?? -1;
    return at < 0 ? undefined : at;
  }

  #cellUnder({ offsetX, offsetY }: MouseEvent): number | undefined {
    const { left, top, tileWidth, tileHeight } = this.#geometry;
    return this.#cellAt(Math.floor((offsetY - top) / tileHeight), Math.floor((offsetX - left) / tileWidth));
  }

  #draw(): void {
    const context = this.#canvas.getContext('2d');
    const picture = this.#picture;
    if (context === null || picture === undefined) return;
    const style = getComputedStyle(document.documentElement);
    const ink = inksOf(style);
    const width = this.#canvas.parentElement?.clientWidth ?? 0;
    context.font = FONT;
    const measure = (text: string): number => context.measureText(text).width;
    this.#geometry = geometryOf(picture.grid, width, measure);
    const labels = labelsOf(picture.grid, this.#geometry, width, measure);
    const zoom = devicePixelRatio;
    this.#canvas.width = Math.round(width * zoom);
    this.#canvas.height = Math.round(this.#geometry.height * zoom);
    this.#canvas.style.height = `${this.#geometry.height}px`;
    context.scale(zoom, zoom);
    picture.grid.cells.forEach((_, at) => this.#drawTile(context, at, picture, ink));
    context.font = FONT;
    context.fillStyle = ink.quiet;
    for (const { text, x, y, baseline, most } of labels) {
      context.textBaseline = baseline;
      context.fillText(text, x, y, most);
    }
    this.#drawCursor(context, picture.grid, ink.link);
  }

  #drawTile(context: CanvasRenderingContext2D, at: number, { grid, cells, shown, scale }: Picture, ink: Inks): void {
    const cell = cells[at];
    const value = cell === undefined ? undefined : shown.valueOf(cell);
    const filled = value === undefined ? ink.strong : colourAt(scale.place(value));
    const colours = { ground: ink.tile, filled, mark: ink.bad };
    for (const { kind, x, y, width, height } of tileParts(this.#geometry, grid.cells[at], cell, whole)) {
      context.fillStyle = colours[kind];
      context.fillRect(x, y, width, height);
    }
  }

  #drawCursor(context: CanvasRenderingContext2D, grid: GridMessage, colour: string): void {
    if (this.#at === undefined || grid.cells[this.#at] === undefined) return;
    const { left, top, tileWidth, tileHeight } = this.#geometry;
    const { row, column } = grid.cells[this.#at];
    context.strokeStyle = colour;
    context.lineWidth = 2;
    context.strokeRect(left + column * tileWidth, top + row * tileHeight, tileWidth - 1, tileHeight - 1);
  }
}

type Inks = Readonly<Record<'quiet' | 'link' | 'tile' | 'strong' | 'bad', string>>;

/** Colours of the style sheet, read once for all tiles. */
function inksOf(style: CSSStyleDeclaration): Inks {
  const ink = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  return { quiet: ink('quiet'), link: ink('link'), tile: ink('tile'), strong: ink('strong'), bad: ink('bad') };
}

function whole(length: number): number {
  return Math.round(length * devicePixelRatio) / devicePixelRatio;
}
