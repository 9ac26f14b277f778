/** Where to try next when one looks for the x at which a success rate crosses a level. */
import { logisticCrossing } from './crossing.js';
import { UNKNOWN, type Estimate } from './estimate.js';
import { dosesOf, fitLogistic } from './logistic.js';
import { binomialRate } from './rates.js';

/** Confidence of one look with which the interval covers 95 % at the look that ends a search, by simulation. */
const AT_EVERY_LOOK = 0.98;

/**
 * What came out so far at the places that were tried: places of an ascending list of x, which rises with the success
 * rate.
 */
export type Tried = ReadonlyMap<number, { readonly successes: number; readonly trials: number }>;

/** `below`, `beyond`: the crossing does not lie between the first and the last place. */
export type SearchEnd = 'found' | 'below' | 'beyond';

/** The crossing of a rate that rises, by maximum likelihood with its profile interval; NaN where there is none. */
export function risingCrossing(x: readonly number[], tried: Tried, level: number): Estimate {
  const [places, counts] = [[...tried.keys()], [...tried.values()]];
  const { crossing, slope } = logisticCrossing(
    places.map((at) => x[at]),
    counts.map(({ successes }) => successes),
    counts.map(({ trials }) => trials),
    level,
    AT_EVERY_LOOK,
  );
  return slope > 0 ? crossing : UNKNOWN;
}

/**
 * Whether a search is over: the interval of the crossing has at most this half-width, or no place strictly within it;
 * or the rate at an outermost place is on the wrong side of the level with its interval.
 */
export function searchEnd(x: readonly number[], tried: Tried, level: number, halfWidth: number): SearchEnd | undefined {
  const rateAt = (place: number): Estimate =>
    binomialRate(tried.get(place)?.successes ?? 0, tried.get(place)?.trials ?? 0);
  if (rateAt(0).low > level) return 'below';
  if (rateAt(x.length - 1).high < level) return 'beyond';
  const { low, high } = risingCrossing(x, tried, level);
  const isNarrow = (high - low) / 2 <= halfWidth || (low < high && !x.some((at) => at > low && at < high));
  return isNarrow ? 'found' : undefined;
}

/**
 * The places to try next. While a step fits what is known: the middle of the gap between failing and succeeding, or its
 * two ends when nothing lies between. Then those just outside c ± 1/s of the logistic fit, success probabilities 0.27
 * and 0.73 around level ½: they tell most about c that can be told without knowing the slope s.
 */
export function nextPlaces(x: readonly number[], tried: Tried, level: number): readonly number[] {
  const fit = risingFit(x, tried, level);
  if (fit === undefined) return gapPlaces(x.length, tried, level);
  const below = x.findLastIndex((at) => at <= fit.crossing - 1 / fit.slope);
  const above = x.findIndex((at) => at >= fit.crossing + 1 / fit.slope);
  return [Math.max(below, 0), above === -1 ? x.length - 1 : above];
}

/** logit p = logit(level) + slope·(x − crossing). */
export interface RisingFit {
  readonly crossing: number;
  readonly slope: number;
}

/** The logistic fit, where it has a finite slope and rises. */
export function risingFit(x: readonly number[], tried: Tried, level: number): RisingFit | undefined {
  const counts = [...tried.values()];
  const doses = dosesOf(
    [...tried.keys()].map((at) => x[at]),
    counts.map(({ successes }) => successes),
    counts.map(({ trials }) => trials),
  );
  const both = doses.some(({ successes }) => successes > 0) && doses.some(({ failures }) => failures > 0);
  if (doses.length < 2 || !both) return undefined;
  const fit = fitLogistic(doses, Math.log(level / (1 - level)));
  return fit.slope > 0 && Number.isFinite(fit.slope) ? fit : undefined;
}

function gapPlaces(count: number, tried: Tried, level: number): readonly number[] {
  const places = [...tried]
    .sort(([a], [b]) => a - b)
    .map(([place, { successes, trials }]) => ({ place, succeeds: successes >= level * trials }));
  const high = places.find(({ succeeds }) => succeeds)?.place ?? count;
  const low = places.findLast(({ place, succeeds }) => !succeeds && place < high)?.place ?? -1;
  if (high - low > 1) return [Math.floor((low + high) / 2)];
  return [low, high].filter((place) => place >= 0 && place < count);
}
