/** The cells as tiles on a canvas: each fills with its trials, in the colour of what is shown. */
import type { CellMessage, GridMessage } from '../messages.js';
import { colourAt, type Scale, type Shown } from './shown.js';

const LARGEST_TILE = 44;
const HIGHEST_TILE = 28;
const MOST_HEIGHT = 560;
/** Smaller tiles have no gap between them and no marks on them. */
const LEAST_TILE_WITH_GAP = 6;
const LABEL = { font: '11px system-ui, sans-serif', height: 12, gap: 6, mostOfWidth: 0.35 } as const;
/** Above the tiles, so that the label of a low first row is not cut off. */
const TOP = 4;

interface Picture {
  readonly grid: GridMessage;
  readonly cells: readonly (CellMessage | undefined)[];
  readonly shown: Shown;
  readonly scale: Scale;
}

interface Geometry {
  readonly left: number;
  readonly tileWidth: number;
  readonly tileHeight: number;
}

export class TileMap {
  readonly #canvas: HTMLCanvasElement;
  readonly #onMove: (at: number) => void;
  readonly #onOpen: (at: number) => void;
  #picture: Picture | undefined;
  #geometry: Geometry = { left: 0, tileWidth: 1, tileHeight: 1 };
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
    const { left, tileWidth, tileHeight } = this.#geometry;
    return this.#cellAt(Math.floor((offsetY - TOP) / tileHeight), Math.floor((offsetX - left) / tileWidth));
  }

  #draw(): void {
    const context = this.#canvas.getContext('2d');
    const picture = this.#picture;
    if (context === null || picture === undefined) return;
    const style = getComputedStyle(document.documentElement);
    const ink = inksOf(style);
    const width = this.#canvas.parentElement?.clientWidth ?? 0;
    context.font = LABEL.font;
    this.#geometry = geometryOf(context, picture.grid, width);
    const height = TOP + this.#geometry.tileHeight * picture.grid.rows.length + LABEL.height + LABEL.gap;
    const zoom = devicePixelRatio;
    this.#canvas.width = Math.round(width * zoom);
    this.#canvas.height = Math.round(height * zoom);
    this.#canvas.style.height = `${height}px`;
    context.scale(zoom, zoom);
    picture.grid.cells.forEach((_, at) => this.#drawTile(context, at, picture, ink));
    drawLabels(context, picture.grid, this.#geometry, { width, colour: ink.quiet });
    this.#drawCursor(context, picture.grid, ink.link);
  }

  #drawTile(context: CanvasRenderingContext2D, at: number, { grid, cells, shown, scale }: Picture, ink: Inks): void {
    const { left, tileWidth, tileHeight } = this.#geometry;
    const { row, column } = grid.cells[at];
    const gap = Math.min(tileWidth, tileHeight) < LEAST_TILE_WITH_GAP ? 0 : 1;
    // Whole pixels of the screen: tiles would otherwise show the ground between them.
    const [x, y] = [whole(left + column * tileWidth), whole(TOP + row * tileHeight)];
    const width = whole(left + (column + 1) * tileWidth) - x - gap;
    const height = whole(TOP + (row + 1) * tileHeight) - y - gap;
    context.fillStyle = ink.tile;
    context.fillRect(x, y, width, height);
    const cell = cells[at];
    if (cell === undefined || cell.done + cell.censored === 0) return;
    const value = shown.valueOf(cell);
    const filled = height * Math.min(1, cell.done / Math.max(1, cell.planned));
    context.fillStyle = value === undefined ? ink.strong : colourAt(scale.place(value));
    context.fillRect(x, y + height - filled, width, filled);
    if (gap === 0 || cell.failed + cell.diverged + cell.censored === 0) return;
    context.fillStyle = ink.bad;
    context.fillRect(x, y, Math.max(3, width / 5), 3);
  }

  #drawCursor(context: CanvasRenderingContext2D, grid: GridMessage, colour: string): void {
    if (this.#at === undefined || grid.cells[this.#at] === undefined) return;
    const { left, tileWidth, tileHeight } = this.#geometry;
    const { row, column } = grid.cells[this.#at];
    context.strokeStyle = colour;
    context.lineWidth = 2;
    context.strokeRect(left + column * tileWidth, TOP + row * tileHeight, tileWidth - 1, tileHeight - 1);
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

function geometryOf(
  context: CanvasRenderingContext2D,
  { rows, across, columns }: GridMessage,
  width: number,
): Geometry {
  const acrossWidth = across === '' ? 0 : context.measureText(across).width + LABEL.gap;
  const widest = Math.max(...rows.map((text) => context.measureText(text).width));
  const left = widest === 0 ? acrossWidth : Math.min(widest + LABEL.gap, LABEL.mostOfWidth * width);
  const tileWidth = Math.min(LARGEST_TILE, (width - left) / columns.length);
  const tileHeight = Math.max(2, Math.min(HIGHEST_TILE, MOST_HEIGHT / rows.length, Math.max(tileWidth, 14)));
  return { left, tileWidth, tileHeight };
}

/** As many labels of rows and columns as there is space for. */
function drawLabels(
  context: CanvasRenderingContext2D,
  { rows, across, columns }: GridMessage,
  { left, tileWidth, tileHeight }: Geometry,
  { width: end, colour }: { readonly width: number; readonly colour: string },
): void {
  context.fillStyle = colour;
  context.textBaseline = 'middle';
  const rowStep = Math.ceil(LABEL.height / tileHeight);
  rows.forEach((text, row) => {
    if (row % rowStep === 0) context.fillText(text, 0, TOP + (row + 0.5) * tileHeight, left - LABEL.gap);
  });
  context.textBaseline = 'top';
  const y = TOP + rows.length * tileHeight + LABEL.gap / 2;
  const nameWidth = across === '' ? 0 : context.measureText(across).width + LABEL.gap;
  if (nameWidth > 0) context.fillText(across, Math.max(0, left - nameWidth), y);
  let free = Math.max(left, nameWidth);
  columns.forEach((text, column) => {
    const [x, width] = [left + column * tileWidth, context.measureText(text).width];
    if (x < free || x + width > end) return;
    context.fillText(text, x, y);
    free = x + width + 2 * LABEL.gap;
  });
}
