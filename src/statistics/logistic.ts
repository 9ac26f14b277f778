/**
 * Logistic regression of success counts: logit p(x) = offset + slope·(x − crossing), offset = logit of the level
 * crossed.
 */
import tQuantile from '@stdlib/stats-base-dists-t-quantile';
import { currentLevel } from './estimate.js';

/** The trials at one x. */
export interface Dose {
  readonly x: number;
  readonly successes: number;
  readonly failures: number;
}

export interface LogisticFit {
  readonly crossing: number;
  /** ±∞ when the data are separated: the likelihood then increases with the slope without bound */
  readonly slope: number;
  readonly logLikelihood: number;
}

/**
 * The counts merged by x, in ascending x; an x without trials is dropped.
 * @throws RangeError for arrays of different length, counts outside 0 … trials, or a non-finite x
 */
export function dosesOf(x: readonly number[], successes: readonly number[], trials: readonly number[]): Dose[] {
  if (successes.length !== x.length || trials.length !== x.length) {
    const lengths = [x, successes, trials].map((part) => part.length).join(', ');
    throw new RangeError(`x, successes and trials must have equal length, got ${lengths}`);
  }
  const byX = new Map<number, Dose>();
  x.forEach((at, i) => {
    const [won, all] = [successes[i], trials[i]];
    if (!Number.isFinite(at)) throw new RangeError(`x must be finite, got ${String(at)}`);
    if (!(won >= 0 && won <= all && Number.isFinite(all))) {
      throw new RangeError(`successes must be from 0 to trials, got ${String(won)} of ${String(all)}`);
    }
    const before = byX.get(at) ?? { x: at, successes: 0, failures: 0 };
    if (all > 0) byX.set(at, { x: at, successes: before.successes + won, failures: before.failures + all - won });
  });
  return [...byX.values()].sort((a, b) => a.x - b.x);
}

/** The same trials with x → −x, again in ascending order. */
export function mirrored(doses: readonly Dose[]): Dose[] {
  return doses.map((dose) => ({ ...dose, x: -dose.x })).reverse();
}

/** Maximum likelihood fit of at least two doses with both outcomes among them. */
export function fitLogistic(doses: readonly Dose[], offset: number): LogisticFit {
  const rising = separatedFit(doses);
  if (rising !== undefined) return rising;
  const falling = separatedFit(mirrored(doses));
  if (falling !== undefined) return { ...falling, slope: -falling.slope, crossing: -falling.crossing };
  return newtonFit(doses, offset);
}

/** ℓ(c, s) = Σ k_i log p_i + (m_i − k_i) log(1 − p_i). */
export function logLikelihood(doses: readonly Dose[], offset: number, crossing: number, slope: number): number {
  return total(doses, ({ x, successes, failures }) => {
    const logit = offset + slope * (x - crossing);
    return -successes * softplus(-logit) - failures * softplus(logit);
  });
}

/** max over s ≥ 0 of ℓ(c, s). ℓ is concave in s, so its derivative changes sign at most once: bisect there. */
export function profileLogLikelihood(doses: readonly Dose[], offset: number, crossing: number): number {
  const derivative = (s: number): number =>
    total(doses, ({ x, successes, failures }) => {
      const logit = offset + s * (x - crossing);
      return (x - crossing) * (successes * logistic(-logit) - failures * logistic(logit));
    });
  if (derivative(0) <= 0) return logLikelihood(doses, offset, crossing, 0);
  const range = rangeOf(doses);
  let [low, high] = [0, 1 / range];
  // For separated data the likelihood increases for ever; at 1e14 it is at its limit unless c equals an x_i to
  // rounding.
  while (derivative(high) > 0 && high * range < 1e14) [low, high] = [high, 4 * high];
  for (let halving = 0; halving < 60; halving++) {
    const middle = (low + high) / 2;
    if (derivative(middle) > 0) low = middle;
    else high = middle;
  }
  return logLikelihood(doses, offset, crossing, high);
}

/** Distance between the outermost x. */
export function rangeOf(doses: readonly Dose[]): number {
  return doses[doses.length - 1].x - doses[0].x;
}

/**
 * The limit fit of separated data: failures only below a step, successes only above, at most one mixed x at it. The
 * crossing is that x, or the middle of the gap, all points of which are equally likely.
 */
function separatedFit(doses: readonly Dose[]): LogisticFit | undefined {
  const lastFailure = doses.findLast((dose) => dose.failures > 0);
  const firstSuccess = doses.find((dose) => dose.successes > 0);
  if (lastFailure === undefined || firstSuccess === undefined || lastFailure.x > firstSuccess.x) return undefined;
  const crossing = (lastFailure.x + firstSuccess.x) / 2;
  const onStep = lastFailure === firstSuccess ? saturatedLogLikelihood(lastFailure) : 0;
  return { crossing, slope: Infinity, logLikelihood: onStep };
}

function saturatedLogLikelihood({ successes, failures }: Dose): number {
  const trials = successes + failures;
  return successes * Math.log(successes / trials) + failures * Math.log(failures / trials);
}

/**
 * Newton's method with halved steps on logit p = a + b u, u the x scaled to [−1, 1]. Overlapping data have one finite
 * maximum.
 */
function newtonFit(doses: readonly Dose[], offset: number): LogisticFit {
  const scale = rangeOf(doses) / 2;
  const middle = doses[0].x + scale;
  const scaled = doses.map((dose) => ({ ...dose, x: (dose.x - middle) / scale }));
  const value = (a: number, b: number): number => affineLogLikelihood(scaled, a, b);
  let [a, b] = [0, 0];
  for (let iteration = 0; iteration < 100; iteration++) {
    const [stepA, stepB] = newtonStep(scaled, a, b);
    // The curve is so steep that all weights vanish: up to rounding this is the maximum.
    if (!Number.isFinite(stepA + stepB)) break;
    let factor = 1;
    while (value(a + factor * stepA, b + factor * stepB) < value(a, b) && factor > 1e-12) factor /= 2;
    [a, b] = [a + factor * stepA, b + factor * stepB];
    if (Math.abs(stepA) + Math.abs(stepB) < 1e-12 * (1 + Math.abs(a) + Math.abs(b))) break;
  }
  // Equal rates at every x leave a slope of rounding errors.
  if (Math.abs(b) < 1e-10) b = 0;
  return { crossing: middle + (scale * (offset - a)) / b, slope: b / scale, logLikelihood: value(a, b) };
}

function affineLogLikelihood(doses: readonly Dose[], a: number, b: number): number {
  return total(
    doses,
    ({ x, successes, failures }) => -successes * softplus(-a - b * x) - failures * softplus(a + b * x),
  );
}

function newtonStep(doses: readonly Dose[], a: number, b: number): [number, number] {
  let [gradientA, gradientB, haa, hab, hbb] = [0, 0, 0, 0, 0];
  for (const { x, successes, failures } of doses) {
    const [p, q] = [logistic(a + b * x), logistic(-a - b * x)];
    const residual = successes * q - failures * p;
    const weight = (successes + failures) * p * q;
    gradientA += residual;
    gradientB += residual * x;
    haa += weight;
    hab += weight * x;
    hbb += weight * x * x;
  }
  const determinant = haa * hbb - hab * hab;
  return [(hbb * gradientA - hab * gradientB) / determinant, (haa * gradientB - hab * gradientA) / determinant];
}

function logistic(z: number): number {
  return 1 / (1 + Math.exp(-z));
}

function softplus(z: number): number {
  return Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));
}

function total(doses: readonly Dose[], term: (dose: Dose) => number): number {
  return doses.reduce((sum, dose) => sum + term(dose), 0);
}

/**
 * The decrease of twice a profile log likelihood that an interval allows: the square of Student's quantile, whose
 * degrees of freedom are the number of trials minus that of parameters. Its limit is the quantile of χ²_1. With three
 * or five trials per cell χ²_1 covers 90 to 93 %, and this 93 to 96 % (docs/derivations/statistics.md).
 */
export function profileRise(trials: number, parameters: number, confidence = currentLevel()): number {
  return tQuantile((1 + confidence) / 2, Math.max(trials - parameters, 1)) ** 2;
}
