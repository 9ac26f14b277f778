/** Where the tiles of a map of cells and their labels lie: for the canvas of the live page and the picture of a report. */

const LARGEST_TILE = 44;
const HIGHEST_TILE = 28;
const MOST_HEIGHT = 560;
/** Smaller tiles have no gap between them and no marks on them. */
const LEAST_TILE_WITH_GAP = 6;
/** Of a cell with a trial: its colour must be seen. */
const LEAST_FILLED = 4;
const LABEL = { height: 12, gap: 6, mostOfWidth: 0.35 } as const;
/** Above the tiles, so that the label of a low first row is not cut off. */
const TOP = 4;

export const LABEL_SIZE = 11;

/** The labels of a map; `across` names the columns. */
export interface MapLabels {
  readonly rows: readonly string[];
  readonly across: string;
  readonly columns: readonly string[];
}

/** Width of a label in px. */
type Measure = (text: string) => number;

/** All lengths in px. */
export interface Geometry {
  readonly left: number;
  readonly top: number;
  readonly tileWidth: number;
  readonly tileHeight: number;
  /** of the whole map */
  readonly height: number;
}

/** The map in a page of a width. */
export function geometryOf({ rows, across, columns }: MapLabels, width: number, measure: Measure): Geometry {
  const acrossWidth = across === '' ? 0 : measure(across) + LABEL.gap;
  const widest = Math.max(...rows.map(measure));
  const left = widest === 0 ? acrossWidth : Math.min(widest + LABEL.gap, LABEL.mostOfWidth * width);
  const tileWidth = Math.min(LARGEST_TILE, (width - left) / columns.length);
  const tileHeight = Math.max(2, Math.min(HIGHEST_TILE, MOST_HEIGHT / rows.length, Math.max(tileWidth, 14)));
  const height = TOP + tileHeight * rows.length + LABEL.height + LABEL.gap;
  return { left, top: TOP, tileWidth, tileHeight, height };
}

export interface Place {
  readonly row: number;
  readonly column: number;
}

export interface TileCounts {
  readonly planned: number;
  /** finished trials: ok, diverged or failed */
  readonly done: number;
  readonly failed: number;
  readonly diverged: number;
  readonly censored: number;
}

/** Part of a tile: its ground, the share of trials that are done, or the mark of trials that went wrong. */
export interface TilePart {
  readonly kind: 'ground' | 'filled' | 'mark';
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** From the lowest to the topmost. `whole` rounds to pixels: tiles would otherwise show the ground between them. */
export function tileParts(
  { left, top, tileWidth, tileHeight }: Geometry,
  { row, column }: Place,
  counts: TileCounts | undefined,
  whole: (length: number) => number,
): TilePart[] {
  const gap = Math.min(tileWidth, tileHeight) < LEAST_TILE_WITH_GAP ? 0 : 1;
  const [x, y] = [whole(left + column * tileWidth), whole(top + row * tileHeight)];
  const width = whole(left + (column + 1) * tileWidth) - x - gap;
  const height = whole(top + (row + 1) * tileHeight) - y - gap;
  const ground = { kind: 'ground', x, y, width, height } as const;
  if (counts === undefined || counts.done + counts.censored === 0) return [ground];
  const share = Math.min(1, counts.done / Math.max(1, counts.planned));
  const filled = counts.done === 0 ? 0 : Math.max(height * share, Math.min(height, LEAST_FILLED));
  const parts: TilePart[] = [{ kind: 'filled', x, y: y + height - filled, width, height: filled }];
  if (filled < height) parts.unshift(ground);
  if (gap > 0 && counts.failed + counts.diverged + counts.censored > 0)
    parts.push({ kind: 'mark', x, y, width: Math.max(3, width / 5), height: 3 });
  return parts;
}

export interface MapLabel {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  /** what lies at y */
  readonly baseline: 'middle' | 'top';
  /** a longer text is squeezed */
  readonly most: number;
}

/** As many labels of rows and columns as there is space for, in a page of a width. */
export function labelsOf(
  { rows, across, columns }: MapLabels,
  { left, top, tileWidth, tileHeight }: Geometry,
  width: number,
  measure: Measure,
): MapLabel[] {
  const rowStep = Math.ceil(LABEL.height / tileHeight);
  const labels = rows.flatMap((text, row): MapLabel[] => {
    const y = top + (row + 0.5) * tileHeight;
    return row % rowStep === 0 ? [{ text, x: 0, y, baseline: 'middle', most: left - LABEL.gap }] : [];
  });
  const y = top + rows.length * tileHeight + LABEL.gap / 2;
  const nameWidth = across === '' ? 0 : measure(across) + LABEL.gap;
  if (nameWidth > 0)
    labels.push({ text: across, x: Math.max(0, left - nameWidth), y, baseline: 'top', most: nameWidth });
  let free = Math.max(left, nameWidth);
  columns.forEach((text, column) => {
    const [x, own] = [left + column * tileWidth, measure(text)];
    if (x < free || x + own > width) return;
    labels.push({ text, x, y, baseline: 'top', most: own });
    free = x + own + 2 * LABEL.gap;
  });
  return labels.filter(({ text }) => text !== '');
}
