/** Colours of a legend: a scale from dark to light for ordered entries, distinct hues for names. */
import type { FigureRow } from '../experiments/spec.js';

type Spec = Readonly<Record<string, unknown>>;
type Entry = string | number;

/** Viridis without its yellow, which is too light for lines on white. */
const ORDERED = { scheme: { name: 'viridis', extent: [0, 0.86] } };
/** Channels that tell the entries of a legend apart. */
const CHANNELS: readonly string[] = ['color', 'shape', 'strokeDash'];
/** A number that is no index of a name, such as the 2 of `S2`. */
const NUMBER = /(?<![\p{L}\p{N}.])[-−]?\d+(?:\.\d+)?(?:e[+-]?\d+)?/giu;

/**
 * The spec with ordered colours where the entries of a legend are ordered: they are numbers, or texts that differ in
 * one number only, e.g. `d = 20` and `d = 40`. The legend then ascends. An encoding with a scale of its own keeps it.
 */
export function withOrders(spec: Spec, rows: readonly FigureRow[]): Spec {
  return Object.fromEntries(
    Object.entries(spec).map(([key, value]) => {
      if (key === 'encoding' && isSpec(value)) return [key, orderedEncoding(value, rows)];
      if (Array.isArray(value))
        return [key, value.map((part: unknown) => (isSpec(part) ? withOrders(part, rows) : part))];
      return [key, key === 'spec' && isSpec(value) ? withOrders(value, rows) : value];
    }),
  );
}

function orderedEncoding(encoding: Spec, rows: readonly FigureRow[]): Spec {
  return Object.fromEntries(
    Object.entries(encoding).map(([channel, definition]) => {
      if (!CHANNELS.includes(channel) || !isSpec(definition) || definition['type'] !== 'nominal')
        return [channel, definition];
      const order = orderOf(String(definition['field']), rows);
      if (order === undefined) return [channel, definition];
      if (channel !== 'color') return [channel, { ...definition, sort: order }];
      return [channel, { scale: ORDERED, ...definition, type: 'ordinal', sort: order }];
    }),
  );
}

/** The entries in ascending order; undefined if they are names, or fewer than two. */
function orderOf(field: string, rows: readonly FigureRow[]): readonly Entry[] | undefined {
  const entries = [...new Set(rows.map((row) => row[field]))].filter((entry) => entry !== null && entry !== undefined);
  const numbered = entries.map((entry) => ({ entry, ...numberIn(entry) }));
  const isOrdered = numbered.every(({ rest, value }) => rest === numbered[0].rest && Number.isFinite(value));
  if (entries.length < 2 || !isOrdered) return undefined;
  return numbered.toSorted((a, b) => a.value - b.value).map(({ entry }) => entry);
}

/** The only number of an entry, and the text without it; NaN if there is not exactly one. */
function numberIn(entry: Entry): { readonly value: number; readonly rest: string } {
  if (typeof entry === 'number') return { value: entry, rest: '' };
  const found = entry.match(NUMBER) ?? [];
  const value = found.length === 1 ? Number(found[0].replace('−', '-')) : Number.NaN;
  return { value, rest: entry.replace(NUMBER, '#') };
}

function isSpec(value: unknown): value is Spec {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
