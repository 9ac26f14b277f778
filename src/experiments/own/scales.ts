/** Scales that can be drawn for any values. */
import type { Axes } from '../plots/axes.js';

type Domain = readonly [number, number];

/**
 * The scale is logarithmic if the figure asks for it, or if the values are positive and span a decade. It goes from 0
 * to 1 for shares. A logarithmic axis is fitted to the values, because it cannot show 0. If it can show none of the
 * values, it gets a default decade. `ends` holds the ends of the intervals, which are drawn too.
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

/** Whether the values are positive and the largest is at least ten times the smallest. A log axis then shows more. */
export function spansDecade(values: readonly number[]): boolean {
  const finite = values.filter(Number.isFinite);
  return finite.length > 1 && Math.min(...finite) > 0 && Math.max(...finite) >= 10 * Math.min(...finite);
}

/** Undefined if the axis is fitted to the values. */
function domainOf(values: readonly number[], log: boolean, share: boolean): Domain | undefined {
  if (share && !log) return [0, 1];
  const shown = values.filter((value) => Number.isFinite(value) && (!log || value > 0));
  if (shown.length === 0) return log ? [0.1, 1] : [0, 1];
  const [low, high] = [Math.min(...shown), Math.max(...shown)];
  if (low < high) return undefined;
  // There is only one value, so the domain is an interval around it.
  if (low === 0) return [-1, 1];
  return low > 0 ? [low / 2, 2 * low] : [2 * low, low / 2];
}
