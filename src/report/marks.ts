/** Where a drawn figure shows its rows: points, tiles, bars and the places of bands, with their data. */
import type { View } from 'vega';

/** A point, tile, bar or place of a band of a figure, in px from the upper left corner of its picture. */
export interface Mark {
  readonly x: number;
  readonly y: number;
  /** half its width and half its height */
  readonly halfWidth: number;
  readonly halfHeight: number;
  /** the row that it shows, possibly with further fields */
  readonly row: Readonly<Record<string, unknown>>;
}

/** The part of Vega's scene that is read here. */
interface Scene {
  readonly marktype?: string;
  readonly role?: string;
  readonly items?: readonly Scene[];
  readonly x?: number;
  readonly y?: number;
  readonly y2?: number;
  readonly bounds?: { readonly x1: number; readonly y1: number; readonly x2: number; readonly y2: number };
  readonly datum?: Readonly<Record<string, unknown>>;
}

const SHAPES: readonly (string | undefined)[] = ['symbol', 'rect'];

/** The points and tiles of a view that has been drawn; its legends and axes have none. */
export function marksOf(view: View): Mark[] {
  const [left, top] = view.origin();
  const padding = view.padding();
  const { x, y } = typeof padding === 'number' ? { x: padding, y: padding } : { x: padding.left, y: padding.top };
  const { root } = view.scenegraph() as unknown as { readonly root: Scene };
  return [...marksIn(root, left + (x ?? 0), top + (y ?? 0))];
}

function* marksIn({ marktype, role, items = [] }: Scene, left: number, top: number): Generator<Mark> {
  if (marktype === 'group') {
    for (const { items: parts = [], x = 0, y = 0 } of items)
      for (const part of parts) yield* marksIn(part, left + x, top + y);
  } else if (role === 'mark') {
    yield* marktype === 'area' ? placesOf(items, left, top) : shapesOf(marktype, items, left, top);
  }
}

/** The places of a band from its lower to its upper end, each as wide as the way to its farther neighbour. */
function placesOf(items: readonly Scene[], left: number, top: number): Mark[] {
  const at = items.map(({ x = Number.NaN }) => x);
  return items.flatMap(({ y = Number.NaN, y2 = Number.NaN, datum }, i) => {
    if (datum === undefined || !Number.isFinite(at[i] + y + y2)) return [];
    const ways = [at[i - 1], at[i + 1]].map((x) => Math.abs(x - at[i])).filter(Number.isFinite);
    const halfWidth = Math.max(0, ...ways) / 2;
    return [{ x: left + at[i], y: top + (y + y2) / 2, halfWidth, halfHeight: Math.abs(y2 - y) / 2, row: datum }];
  });
}

function shapesOf(marktype: string | undefined, items: readonly Scene[], left: number, top: number): Mark[] {
  return SHAPES.includes(marktype) ? items.flatMap((item) => markOf(item, left, top)) : [];
}

function markOf({ bounds, datum }: Scene, left: number, top: number): Mark[] {
  if (bounds === undefined || datum === undefined) return [];
  const { x1, y1, x2, y2 } = bounds;
  const [x, y] = [left + (x1 + x2) / 2, top + (y1 + y2) / 2];
  return [{ x, y, halfWidth: (x2 - x1) / 2, halfHeight: (y2 - y1) / 2, row: datum }];
}
