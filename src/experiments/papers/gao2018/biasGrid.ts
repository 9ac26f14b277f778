/** The grid of the score estimates' bias and variance, and the order of the bias. */
import { exact, UNKNOWN, type Noted } from '../../../statistics/estimate.js';
import { ascending } from '../../common/ascending.js';
import type { Cell, CellSummary } from '../../spec.js';
import { POINTS, type PointName } from './thm1Trial.js';

/** Where the bias of an estimate for n → ∞, or the variance of one of n samples, is looked at. */
export interface BiasPlace {
  readonly n: number | 'population';
  readonly d: number;
  readonly h: number;
  readonly point: PointName;
}

interface BiasValues {
  readonly biasBandwidth: readonly number[];
  readonly d: readonly number[];
  readonly h: readonly number[];
  readonly n: readonly number[];
  readonly trials: number;
}

export const POINT_NAMES = Object.keys(POINTS) as readonly PointName[];

/** The cells of the bias at every point and bandwidth, then those of the variance at the origin. */
export function biasCells({ biasBandwidth, d: dimensions, h: bandwidths, n, trials }: BiasValues): Cell<BiasPlace>[] {
  const bias = POINT_NAMES.flatMap((point) =>
    ascending(biasBandwidth).map((h): Cell<BiasPlace> => ({
      settings: { n: 'population', d: 2, h, point },
      trials: 1,
    })),
  );
  const scatter = ascending(dimensions).flatMap((d) =>
    ascending(bandwidths).flatMap((h) =>
      ascending(n).map((size): Cell<BiasPlace> => ({ settings: { n: size, d, h, point: 'origin' }, trials })),
    ),
  );
  return [...bias, ...scatter];
}

/** Slopes between bandwidths up to this one are those of h → 0 to within 0.06 (degree 2) and 0.08 (degree 4). */
const SMALL = 0.1;

/** Slope of a bias between the two smallest bandwidths. The biases are exact, so the slope is exact. */
export function biasSlope(all: readonly CellSummary<BiasPlace>[], measure: string): Noted {
  const own = all.filter(({ settings }) => settings.h <= SMALL);
  if (own.length < 2)
    return { ...UNKNOWN, note: `the order is that for h → 0: it needs two bandwidths of at most ${SMALL}` };
  const [small, larger] = own;
  const ratio = larger.measures[measure].value / small.measures[measure].value;
  return exact(Math.log(ratio) / Math.log(larger.settings.h / small.settings.h));
}
