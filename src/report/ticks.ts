/** Ticks at the values of x where a plot has few of them, such as the sample sizes that were tried. */
import type { Drawn, FigureRow } from '../experiments/spec.js';

type Spec = Readonly<Record<string, unknown>>;

const MOST = 8;
/** Digits of a value that is short enough to stand at a tick. */
const DIGITS = 4;
/** Values without a tick of their own are at least this share of the axis away from the next tick. */
const APART = 0.06;

/** The spec with these ticks on its x axis, where rows say what x they have. */
export function withTicks(
  spec: Spec,
  { x, xNames = false, xLog = false, xReference = [] }: Drawn,
  rows: readonly FigureRow[],
): Spec {
  if (x === undefined || xNames) return spec;
  const values = ticksOf(rows, x, xLog);
  return values.length === 0 || xReference.length > 0 ? spec : tickedSpec(spec, values);
}

/** The values in ascending order; none if they are too many or too long. */
function ticksOf(rows: readonly FigureRow[], x: string, log: boolean): number[] {
  const at = rows.filter(({ kind }) => kind === undefined || kind === 'point').map((row) => row[x]);
  const found = [...new Set(at)].filter(
    (value): value is number => typeof value === 'number' && Number.isFinite(value) && (!log || value > 0),
  );
  const isShort = (value: number): boolean =>
    Number.isInteger(value) ? Math.abs(value) < 1e6 : Number(value.toPrecision(DIGITS)) === value;
  if (found.length > MOST || !found.every(isShort)) return [];
  const sorted = found.toSorted((a, b) => a - b);
  return sorted.every((value, i) => i === 0 || share(sorted, sorted[i - 1], value, log) >= APART) ? sorted : [];
}

function share(sorted: readonly number[], from: number, to: number, log: boolean): number {
  const [first, last] = [sorted[0], sorted[sorted.length - 1]];
  return log ? Math.log(to / from) / Math.log(last / first) : (to - from) / (last - first);
}

function tickedSpec(spec: Spec, values: readonly number[]): Spec {
  if (isSpec(spec['spec'])) return { ...spec, spec: tickedSpec(spec['spec'], values) };
  const encoding = spec['encoding'];
  if (!isSpec(encoding) || !isSpec(encoding['x'])) return spec;
  const axis = { values, labelExpr: "format(datum.value, '~r')", labelOverlap: 'greedy', labelSeparation: 6 };
  return { ...spec, encoding: { ...encoding, x: { ...encoding['x'], axis } } };
}

function isSpec(value: unknown): value is Spec {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
