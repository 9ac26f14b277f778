/** Scales that can be drawn whatever the values turn out to be. */
import type { Axes } from '../plots/axes.js';

type Domain = readonly [number, number];

/**
 * Logarithmic where it is wanted, or where the values are positive and span a decade; from 0 to 1 for shares. A
 * logarithmic axis follows the values, as it has no place for 0; one without a single value that it could show has a
 * decade of its own. `ends` are those of intervals, which are drawn too.
 */
export function scaleOf(
  axis: 'x' | 'y',
  values: readonly number[],
  wanted: boolean | undefined,
  share = false,
  ends: readonly number[] = [],
): Pick<Axes, 'xLog' | 'yLog' | 'xDomain' | 'yDomain'> {
  const log = wanted ?? (!share && spansDecade(values));
  const domain = domainOf([...values, ...ends], log, share);
  const fixed = domain === undefined ? {} : axis === 'x' ? { xDomain: domain } : { yDomain: domain };
  return { ...(axis === 'x' ? { xLog: log } : { yLog: log }), ...fixed };
}

/** Whether values are positive and their ends a factor of ten apart: then a log axis shows more. */
export function spansDecade(values: readonly number[]): boolean {
  const finite = values.filter(Number.isFinite);
  return finite.length > 1 && Math.min(...finite) > 0 && Math.max(...finite) >= 10 * Math.min(...finite);
}

/** Undefined where the axis follows the values. */
function domainOf(values: readonly number[], log: boolean, share: boolean): Domain | undefined {
  if (share && !log) return [0, 1];
  const shown = values.filter((value) => Number.isFinite(value) && (!log || value > 0));
  if (shown.length === 0) return log ? [0.1, 1] : [0, 1];
  const [low, high] = [Math.min(...shown), Math.max(...shown)];
  if (low < high) return undefined;
  // One value: around it.
  if (low === 0) return [-1, 1];
  return low > 0 ? [low / 2, 2 * low] : [2 * low, low / 2];
}
