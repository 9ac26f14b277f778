/** Chooses the next points in the search for the x at which a success rate crosses a level. */
import { logisticCrossing } from './crossing.js';
import { UNKNOWN, type Estimate } from './estimate.js';
import { dosesOf, fitLogistic } from './logistic.js';
import { binomialRate } from './rates.js';

/** Confidence at one look. By simulation, the interval then covers 95 % at the look that ends a search. */
const AT_EVERY_LOOK = 0.98;

/**
 * The results so far at the places that were tried. A place is an index of an ascending list of x; the success rate
 * increases with x.
 */
export type Tried = ReadonlyMap<number, { readonly successes: number; readonly trials: number }>;

/** `below`, `beyond`: the crossing does not lie between the first and the last place. */
export type SearchEnd = 'found' | 'below' | 'beyond';

/** The crossing of an increasing rate, by maximum likelihood with its profile interval; NaN where there is none. */
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
 * True when a search is over: the interval of the crossing has at most this half-width or contains no place strictly
 * inside, or the whole interval of the rate at an outermost place is on the wrong side of the level.
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
 * The places to try next. While the data are separated: the middle of the gap between failure and success, or its two
 * ends when no place lies between. After that: the places just outside c ± 1/s of the logistic fit, with success
 * probabilities 0.27 and 0.73 around level ½. These are the most informative about c when the slope s is unknown.
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

/** The logistic fit, where it has a finite positive slope. */
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
