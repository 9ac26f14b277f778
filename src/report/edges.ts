/**
 * Rows that a plot cannot place: infinite values, or values that are not positive on a logarithmic axis. They are
 * marked at the edge and counted.
 */
import type { Drawn, Figure, FigureRow } from '../experiments/spec.js';
import { formatCount } from '../base/amounts.js';
import { withCuts } from './cuts.js';
import { slopeNote } from './slopes.js';
import { withTicks } from './ticks.js';

type Spec = Readonly<Record<string, unknown>>;
type Value = FigureRow[string] | undefined;
type Place = 'low' | 'high' | 'none';

/** Fields that rows get here: the edge at which a row without a place is marked. */
const [EDGE_X, EDGE_Y, EDGE_TILE] = ['edgeX', 'edgeY', 'edgeTile'];
const CHANNELS = ['x', 'y'] as const;
const PLACES = [undefined, 'low', 'high'] as const;
const SHAPES_OF_X: Readonly<Record<Place, string | undefined>> = {
  low: 'triangle-left',
  high: 'triangle-right',
  none: undefined,
};
const SHAPES_OF_Y: Readonly<Record<Place, string | undefined>> = {
  low: 'triangle-down',
  high: 'triangle-up',
  none: undefined,
};
/** Px between a mark and the frame. */
const INSET = 8;

export interface Edged {
  readonly spec: Spec;
  /** as JSON keeps them: without infinities */
  readonly rows: readonly FigureRow[];
  /** for the caption; empty where every row has a place */
  readonly note: string;
}

/**
 * The figure with its marks. In a figure that does not state what it draws, only infinities are removed from the rows.
 */
export function withEdges({ spec, rows: all }: Pick<Figure, 'spec' | 'rows'>): Edged {
  const drawn = drawnOf(spec);
  const { rows, note: cuts } = withCuts(all, drawn);
  const placed = rows.map((row) => finite({ ...row, ...edgesOf(row, drawn) }, drawn));
  const coloured = hasNoTile(drawn, placed) ? withoutTiles(withoutMeta(spec), drawn.tile) : withoutMeta(spec);
  const marked = addLayers(coloured, markLayers(drawn, placed));
  const plot = CHANNELS.some((channel) => hasNoPlace(drawn, channel, placed))
    ? CHANNELS.reduce((made, channel) => withDomain(made, channel, domainOf(drawn, channel, placed)), marked)
    : marked;
  const notes = [noteOf(placed), cuts, slopeNote(drawn, all)].filter((note) => note !== '');
  return { rows: placed, spec: withTicks(plot, drawn, placed), note: notes.join(' ') };
}

function drawnOf(spec: Spec): Drawn {
  const meta = spec['usermeta'] as { readonly basin?: Drawn } | undefined;
  return meta?.basin ?? {};
}

function edgesOf(
  row: FigureRow,
  { x, xNames = false, xLog = false, y, yLog = false, tile, tileMarked = '' }: Drawn,
): FigureRow {
  const places: readonly (readonly [string, Place | undefined])[] = [
    [EDGE_X, xNames ? undefined : placeOf(row, x, xLog)],
    [EDGE_Y, placeOf(row, y, yLog)],
    [EDGE_TILE, row[tileMarked] === 1 ? undefined : tilePlace(row, tile)],
  ];
  return Object.fromEntries(places.flatMap(([field, place]) => (place === undefined ? [] : [[field, place]])));
}

function placeOf(row: FigureRow, field: string | undefined, log: boolean): Place | undefined {
  return field === undefined ? undefined : edgeOf(row[field], log);
}

/** A tile without a value is grey too; other rows of a map have no such field. */
function tilePlace(row: FigureRow, field: string | undefined): Place | undefined {
  if (field === undefined || !(field in row)) return undefined;
  return row[field] === null ? 'none' : edgeOf(row[field], false);
}

/** The edge beyond which a number lies; `none` for an unknown number, undefined for one that the axis shows. */
function edgeOf(value: Value, log: boolean): Place | undefined {
  if (typeof value !== 'number') return undefined;
  if (Number.isNaN(value)) return 'none';
  if (value === Infinity) return 'high';
  return value === -Infinity || (log && value <= 0) ? 'low' : undefined;
}

/** The row as the plot and JSON keep it: values without a place are null. */
function finite(row: FigureRow, { x = '', y = '' }: Drawn): FigureRow {
  const keep = (name: string, value: Value): Value => {
    if ((name === x && row[EDGE_X] !== undefined) || (name === y && row[EDGE_Y] !== undefined)) return null;
    return typeof value === 'number' && !Number.isFinite(value) ? null : value;
  };
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, keep(name, value) ?? null]));
}

/**
 * A triangle for each row beyond an edge, pointing there, in the colour of its line; grey tiles where a map has no
 * value.
 */
function markLayers(drawn: Drawn, rows: readonly FigureRow[]): Spec[] {
  const hasEmpty = rows.some((row) => row[EDGE_TILE] !== undefined);
  return [
    ...(hasEmpty ? (drawn.emptyTiles ?? []) : []),
    ...PLACES.flatMap((x) => PLACES.flatMap((y) => edgeLayers(drawn, rows, x, y))),
  ];
}

/** The marks of rows that lie beyond these edges, if there are any. */
function edgeLayers(drawn: Drawn, rows: readonly FigureRow[], x: Place | undefined, y: Place | undefined): Spec[] {
  const shape = y === undefined ? x && SHAPES_OF_X[x] : SHAPES_OF_Y[y];
  if (
    shape === undefined ||
    x === 'none' ||
    y === 'none' ||
    !rows.some((row) => row[EDGE_X] === x && row[EDGE_Y] === y)
  )
    return [];
  const at = (field: string, place: Place | undefined): string =>
    place === undefined ? `!isValid(datum.${field})` : `datum.${field} === '${place}'`;
  return [
    {
      transform: [{ filter: `${at(EDGE_X, x)} && ${at(EDGE_Y, y)}` }],
      mark: { type: 'point', shape, size: 60, filled: false, strokeWidth: 1.6 },
      encoding: {
        ...(drawn.color === undefined ? {} : { color: drawn.color }),
        ...acrossAt(drawn, x),
        ...upAt(drawn, y),
      },
    },
  ];
}

function acrossAt({ x, xDrawn = x, xPlace }: Drawn, place: Place | undefined): Spec {
  if (place === undefined) return xPlace ?? { x: { field: xDrawn, type: 'quantitative' } };
  return place === 'low' ? { x: { value: INSET } } : { x: { value: 'width' }, xOffset: { value: -INSET } };
}

function upAt({ y }: Drawn, place: Place | undefined): Spec {
  if (place === undefined) return { y: { field: y, type: 'quantitative' } };
  return place === 'high' ? { y: { value: INSET } } : { y: { value: 'height' }, yOffset: { value: -INSET } };
}

/** Whether all rows lie beyond the edges of an axis, which then has no values to follow. */
function hasNoPlace(drawn: Drawn, channel: 'x' | 'y', rows: readonly FigureRow[]): boolean {
  const field = channel === 'x' && drawn.xNames === true ? undefined : drawn[channel];
  return (
    field !== undefined &&
    rows.some((row) => row[channel === 'x' ? EDGE_X : EDGE_Y] !== undefined) &&
    rows.every((row) => typeof row[field] !== 'number')
  );
}

/** Whether no tile of a map has a value, so that its colours have nothing to span. */
function hasNoTile({ tile }: Drawn, rows: readonly FigureRow[]): boolean {
  return tile !== undefined && rows.every((row) => typeof row[tile] !== 'number');
}

/** The map without the layers that colour tiles by their value. */
function withoutTiles(spec: Spec, tile: string | undefined): Spec {
  const isColoured = (layer: Spec): boolean =>
    (layer['encoding'] as Record<string, Spec> | undefined)?.['color']?.['field'] === tile;
  if (!Array.isArray(spec['layer'])) return { ...spec, spec: withoutTiles(spec['spec'] as Spec, tile) };
  return { ...spec, layer: (spec['layer'] as Spec[]).filter((layer) => !isColoured(layer)) };
}

/** The domain from the least to the largest value that an axis shows; a default one where it shows none. */
function domainOf(drawn: Drawn, channel: 'x' | 'y', rows: readonly FigureRow[]): readonly [number, number] {
  const field = drawn[channel] ?? '';
  const shown = rows.flatMap((row) => (typeof row[field] === 'number' ? [row[field]] : []));
  const [low, high] = [Math.min(...shown), Math.max(...shown)];
  if (low < high) return [low, high];
  const log = channel === 'x' ? drawn.xLog === true : drawn.yLog === true;
  if (shown.length === 0) return log ? [0.1, 1] : [0, 1];
  return log ? [low / 2, 2 * low] : [low - 1, low + 1];
}

/**
 * Gives the scales of an axis a domain where they have none, as scales cannot derive one without rows that have a
 * place.
 */
function withDomain(spec: Spec, channel: 'x' | 'y', domain: readonly [number, number]): Spec {
  const inner = (part: Spec): Spec => withDomain(part, channel, domain);
  const encoding = spec['encoding'] as Record<string, Spec> | undefined;
  const scale = encoding?.[channel]?.['scale'] as Spec | undefined;
  return {
    ...spec,
    ...(encoding === undefined || scale === undefined
      ? {}
      : { encoding: { ...encoding, [channel]: { ...encoding[channel], scale: { domain, ...scale } } } }),
    ...(Array.isArray(spec['layer']) ? { layer: (spec['layer'] as Spec[]).map(inner) } : {}),
    ...(Array.isArray(spec['vconcat']) ? firstOf(spec, inner) : {}),
    ...(spec['spec'] === undefined ? {} : { spec: inner(spec['spec'] as Spec) }),
  };
}

/** Adds marks to the layers of a plot, or of the plot in each panel. */
function addLayers(spec: Spec, layers: readonly Spec[]): Spec {
  if (layers.length === 0) return spec;
  if (Array.isArray(spec['vconcat'])) return firstOf(spec, (part) => addLayers(part, layers));
  if (Array.isArray(spec['layer'])) return { ...spec, layer: [...(spec['layer'] as Spec[]), ...layers] };
  return { ...spec, spec: addLayers(spec['spec'] as Spec, layers) };
}

/** Changes the first of several plots one above the other. */
function firstOf(spec: Spec, change: (part: Spec) => Spec): Spec {
  const [first, ...others] = spec['vconcat'] as Spec[];
  return { ...spec, vconcat: [change(first), ...others] };
}

const SAID: readonly (readonly [field: string, place: Place, text: string])[] = [
  [EDGE_Y, 'high', 'infinite: ▲ at the upper edge'],
  [EDGE_Y, 'low', 'at 0 or below, where the axis has no place: ▼ at the lower edge'],
  [EDGE_X, 'high', 'infinitely far right: ► at the edge'],
  [EDGE_X, 'low', 'at 0 or below on the x axis, which has no place for it: ◄ at the left edge'],
  [EDGE_TILE, 'high', 'infinite: grey, with ∞'],
  [EDGE_TILE, 'none', 'without a value: hatched'],
  [EDGE_Y, 'none', 'without a value: not drawn'],
];

function noteOf(rows: readonly FigureRow[]): string {
  const parts = SAID.flatMap(([field, place, text]) => {
    const count = rows.filter((row) => row[field] === place).length;
    return count === 0 ? [] : [`${formatCount(count, field === EDGE_TILE ? 'tile' : 'point')} ${text}`];
  });
  return parts.length === 0 ? '' : `Not within the axes: ${parts.join('; ')}.`;
}

/** The spec without `usermeta`, which a saved spec does not need. */
function withoutMeta(spec: Spec): Spec {
  return Object.fromEntries(Object.entries(spec).filter(([name]) => name !== 'usermeta'));
}
