import { currentLevel, errorOfInterval, UNKNOWN, type Estimate, type Interval } from './estimate.js';
import {
  dosesOf,
  fitLogistic,
  mirrored,
  profileLogLikelihood,
  profileRise,
  rangeOf,
  type Dose,
  type LogisticFit,
} from './logistic.js';

export interface Crossing {
  /** the x at which the success probability is `level`, with its profile-likelihood interval; an end may be infinite */
  readonly crossing: Estimate;
  /** d logit p / dx of the fit; ±∞ when the data are separated, NaN when there is no fit */
  readonly slope: number;
  /** why there is no crossing, or that it rests on separated data */
  readonly note?: string;
}

/**
 * Where the success probability crosses `level`: maximum likelihood of logit p = logit(level) + s·(x − c), success
 * counts k_i of m_i at x_i. The interval is {c : 2(ℓ_max − max_s ℓ(c, s)) ≤ t²_{N−2}}, N trials in all (see
 * `profileRise`), at 95 % unless another confidence is given, where s keeps the sign of the fit. It stays valid when
 * the data are separated (0, …, 0, 1, …, 1): then s → ∞, the value is the middle of the gap (or the one mixed x) and
 * the interval is found in the same way. Callers usually pass x = log n. All successes or all failures, one single x,
 * or equal rates give NaN and a note.
 * @throws RangeError for arrays of different length, counts outside 0 … trials, non-finite x, or level not in (0, 1)
 * Derivation: docs/derivations/statistics.md
 */
export function logisticCrossing(
  x: readonly number[],
  successes: readonly number[],
  trials: readonly number[],
  level = 0.5,
  confidence = currentLevel(),
): Crossing {
  if (!(level > 0 && level < 1)) throw new RangeError(`level must be between 0 and 1, got ${String(level)}`);
  const doses = dosesOf(x, successes, trials);
  const obstacle = whyNoCrossing(doses);
  if (obstacle !== undefined) return noCrossing(Number.NaN, obstacle);
  const offset = Math.log(level / (1 - level));
  const fit = fitLogistic(doses, offset);
  if (fit.slope === 0) return noCrossing(0, 'the success rate does not change with x');
  const rise = profileRise(total(doses), 2, confidence) / 2;
  const found = fit.slope > 0 ? risingCrossing(doses, offset, fit, rise) : fallingCrossing(doses, offset, fit, rise);
  const crossing = { ...found, mcse: errorOfInterval(found, confidence), sd: Number.NaN };
  const note = Number.isFinite(fit.slope) ? {} : { note: 'separated data: the slope has no upper bound' };
  return { crossing, slope: fit.slope, ...note };
}

function total(doses: readonly Dose[]): number {
  return doses.reduce((sum, { successes, failures }) => sum + successes + failures, 0);
}

function whyNoCrossing(doses: readonly Dose[]): string | undefined {
  if (doses.length === 0) return 'no trials';
  if (doses.every((dose) => dose.successes === 0)) return 'no trial succeeded: the crossing lies beyond the grid';
  if (doses.every((dose) => dose.failures === 0)) return 'every trial succeeded: the crossing lies beyond the grid';
  return doses.length === 1 ? 'one value of x does not locate a crossing' : undefined;
}

function noCrossing(slope: number, note: string): Crossing {
  return { crossing: UNKNOWN, slope, note };
}

/** A falling curve is a rising one of −x. */
function fallingCrossing(doses: readonly Dose[], offset: number, fit: LogisticFit, rise: number): Interval {
  const { value, low, high } = risingCrossing(mirrored(doses), offset, { ...fit, crossing: -fit.crossing }, rise);
  return { value: -value, low: -high, high: -low };
}

function risingCrossing(doses: readonly Dose[], offset: number, fit: LogisticFit, rise: number): Interval {
  const threshold = fit.logLikelihood - rise;
  const inside = (c: number): boolean => profileLogLikelihood(doses, offset, c) >= threshold;
  const range = rangeOf(doses);
  return {
    value: fit.crossing,
    low: lastInside(inside, fit.crossing, -range),
    high: lastInside(inside, fit.crossing, range),
  };
}

/**
 * The end, in the direction of `range`, of the interval of `inside` that contains `from`; infinite when there is none.
 */
function lastInside(inside: (c: number) => boolean, from: number, range: number): number {
  let reach = range / 64;
  while (inside(from + reach)) {
    reach *= 2;
    if (Math.abs(reach / range) > 1e6) return range * Infinity;
  }
  let [near, far] = [from, from + reach];
  for (let halving = 0; halving < 60; halving++) {
    const middle = (near + far) / 2;
    if (inside(middle)) near = middle;
    else far = middle;
  }
  return near;
}
