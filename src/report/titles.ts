/** Breaks titles of figures and axes into lines, so that none overlaps its neighbour. */
import type { FigureRow } from '../experiments/spec.js';
import { textWidth } from './font.js';
import { AXIS_TITLE_SIZE, HEIGHT, LEGEND_TITLE_SIZE, WIDTH } from './theme.js';

type Spec = Readonly<Record<string, unknown>>;
interface Size {
  readonly x: number;
  readonly y: number;
}

/** A text in lines of at most `width` px; only a word longer than a line stays longer. A norm is one word. */
export function wrap(text: string, width: number, size: number, weight?: string): string[] {
  const lines: string[] = [];
  for (const word of text.match(/(?:‖[^‖]*‖|\S)+/g) ?? []) {
    const longer = lines.length > 0 ? `${lines[lines.length - 1]} ${word}` : word;
    if (lines.length > 0 && textWidth(longer, size, weight) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

/** The largest width of the title of a legend in px. */
const LEGEND_WIDTH = 170;
const LEGEND_CHANNELS: readonly string[] = ['color', 'shape', 'size', 'strokeDash'];

/** The spec with every title of an x or y axis no longer than its axis, and with titles of legends in lines. */
export function withShortTitles(spec: Spec, rows: readonly FigureRow[]): Spec {
  return shortened(spec, { x: WIDTH, y: HEIGHT }, rows);
}

function shortened(spec: Spec, around: Size, rows: readonly FigureRow[]): Spec {
  const size = { x: lengthOf(spec, 'x', 'width', around.x, rows), y: lengthOf(spec, 'y', 'height', around.y, rows) };
  const inner = (part: unknown): unknown => (isSpec(part) ? shortened(part, size, rows) : part);
  return Object.fromEntries(
    Object.entries(spec).map(([key, value]) => {
      if (key === 'encoding' && isSpec(value)) return [key, shortEncoding(value, size)];
      if ((key === 'layer' || key === 'vconcat') && Array.isArray(value)) return [key, value.map(inner)];
      return [key, key === 'spec' ? inner(value) : value];
    }),
  );
}

function shortEncoding(encoding: Spec, size: Size): Spec {
  return Object.fromEntries(
    Object.entries(encoding).map(([channel, definition]) => {
      if (!isSpec(definition) || typeof definition['title'] !== 'string') return [channel, definition];
      const lines = linesOf(definition['title'], channel, size);
      return [channel, lines.length > 1 ? { ...definition, title: lines } : definition];
    }),
  );
}

function linesOf(title: string, channel: string, size: Size): string[] {
  if (channel === 'x' || channel === 'y') return wrap(title, size[channel], AXIS_TITLE_SIZE);
  return LEGEND_CHANNELS.includes(channel) ? wrap(title, LEGEND_WIDTH, LEGEND_TITLE_SIZE) : [title];
}

/** Length of an axis in px: as the plot states it, or a step for each of its values. */
function lengthOf(
  spec: Spec,
  channel: 'x' | 'y',
  key: 'width' | 'height',
  around: number,
  rows: readonly FigureRow[],
): number {
  const own = spec[key];
  if (typeof own === 'number') return own;
  if (!isSpec(own) || typeof own['step'] !== 'number') return around;
  const field =
    isSpec(spec['encoding']) && isSpec(spec['encoding'][channel]) ? String(spec['encoding'][channel]['field']) : '';
  return own['step'] * new Set(rows.map((row) => row[field])).size;
}

function isSpec(value: unknown): value is Spec {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
