/** Grey-scale maps over two settings. */
import { usermeta, type Spec } from './axes.js';
import { emptyTiles } from './emptyTiles.js';
import { linearLabels, shortLabel } from './numbers.js';

/** Fields of a tile's row: its edges, and its value, which is mapped to a shade between white and black. */
export interface HeatMapOptions {
  readonly xTitle: string;
  readonly yTitle: string;
  readonly value: string;
  readonly valueTitle: string;
  readonly valueDomain?: readonly [number, number];
  /** `dark`: larger values are darker; `light`: larger values are lighter */
  readonly large: 'dark' | 'light';
  readonly log?: boolean;
  /**
   * field that is `1` in rows whose tile is a cross on black; given only if there are such rows, which need no value
   */
  readonly marked?: string;
  /** field that names a line over the map; rows with this field are the points (x, y) of the line */
  readonly lines?: string;
  readonly linesTitle?: string;
}

/** Size in px of the hatching in a tile without a value. Tiles are not smaller on maps of up to 20 by 18 tiles. */
const HATCHED = { width: 22, height: 16 };
const EDGES = { x: 'xLow', x2: 'xHigh', y: 'yLow', y2: 'yHigh' } as const;

/**
 * The edges of the tiles around the ascending values of one axis. They are halfway to the neighbours. The lower edge is
 * not below 0 for a positive value.
 */
export function tileEdges(values: readonly number[]): (value: number) => readonly [number, number] {
  const sorted = values.toSorted((a, b) => a - b);
  const half = (i: number): number => (sorted[i + 1] - sorted[i]) / 2;
  return (value) => {
    const i = sorted.indexOf(value);
    if (sorted.length === 1) return [value / 2, (3 * value) / 2];
    const [below, above] = [half(Math.max(i - 1, 0)), half(Math.min(i, sorted.length - 2))];
    return [value > 0 ? Math.max(value - below, 0) : value - below, value + above];
  };
}

/** The edges of a row's tile for `heatMap`. */
export function tile(
  x: readonly [number, number],
  y: readonly [number, number],
): { xLow: number; xHigh: number; yLow: number; yHigh: number } {
  return { xLow: x[0], xHigh: x[1], yLow: y[0], yHigh: y[1] };
}

/** Tiles shaded by a value, crosses on tiles without a value to show, and lines over them. */
export function heatMap(options: HeatMapOptions): Spec {
  return {
    data: { name: 'rows' },
    ...usermeta({
      tile: options.value,
      ...(options.marked === undefined ? {} : { tileMarked: options.marked }),
      emptyTiles: emptyTiles(options.value, HATCHED, edges(), MIDDLE, middles()),
    }),
    encoding: {
      x: {
        type: 'quantitative',
        title: options.xTitle,
        scale: { zero: false, nice: false, padding: 0 },
        axis: { grid: false, labelExpr: linearLabels('x') },
      },
      y: {
        type: 'quantitative',
        title: options.yTitle,
        scale: { zero: false, nice: false, padding: 0 },
        axis: { grid: false, labelExpr: linearLabels('y') },
      },
    },
    resolve: { scale: { color: 'independent' } },
    layer: [shades(options), ...crosses(options), ...lines(options)],
  };
}

function shades({ value, valueTitle, valueDomain, large, log = false }: HeatMapOptions): Spec {
  const range = large === 'dark' ? ['#ffffff', '#000000'] : ['#000000', '#ffffff'];
  const scale = {
    ...(log ? { type: 'log' } : {}),
    range,
    interpolate: 'rgb',
    ...(valueDomain ? { domain: valueDomain, clamp: true } : { nice: false, ...(log ? {} : { zero: false }) }),
  };
  return {
    transform: [{ filter: `isValid(datum['${value}']) && isValid(datum['${EDGES.x}'])` }],
    mark: { type: 'rect', stroke: '#999999', strokeWidth: 0.5 },
    encoding: {
      ...edges(),
      color: {
        field: value,
        type: 'quantitative',
        title: valueTitle,
        scale,
        legend: { gradientLength: 180, labelExpr: shortLabel('datum.value') },
      },
    },
  };
}

function edges(): Spec {
  return Object.fromEntries(Object.entries(EDGES).map(([channel, field]) => [channel, { field }]));
}

function crosses({ marked }: HeatMapOptions): Spec[] {
  if (marked === undefined) return [];
  const transform = [{ filter: `datum['${marked}'] === 1` }, ...middles()];
  return [
    { transform, mark: { type: 'rect', color: '#000000', stroke: '#999999', strokeWidth: 0.5 }, encoding: edges() },
    { transform, mark: { type: 'text', text: '×', color: '#ffffff', fontSize: 13 }, encoding: MIDDLE },
  ];
}

const MIDDLE: Spec = { x: { field: 'xMiddle' }, y: { field: 'yMiddle' } };

function middles(): Spec[] {
  return [
    { calculate: `(datum['${EDGES.x}'] + datum['${EDGES.x2}']) / 2`, as: 'xMiddle' },
    { calculate: `(datum['${EDGES.y}'] + datum['${EDGES.y2}']) / 2`, as: 'yMiddle' },
  ];
}

function lines({ lines: field, linesTitle }: HeatMapOptions): Spec[] {
  if (field === undefined) return [];
  return [
    {
      transform: [{ filter: `isValid(datum['${field}']) && isValid(datum.y)` }],
      mark: { type: 'line', strokeWidth: 2.2, clip: true, point: { size: 40, clip: true } },
      encoding: {
        x: { field: 'x' },
        y: { field: 'y' },
        color: { field, type: 'nominal', title: linesTitle ?? field, scale: { range: ['#0072B2', '#D55E00'] } },
      },
    },
  ];
}
