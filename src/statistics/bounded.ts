/** Means of values between two bounds, with an interval that assumes no law between them. */
import { normalQuantileOf, type Estimate, type Interval, UNKNOWN } from './estimate.js';
import { binomialRate } from './rates.js';
import { average, known, leftOut, meanSpread } from './spread.js';

/**
 * An estimator of the mean of values from `least` to `most`. The lower end is the 2.5 % quantile of Σ D_i z_i, z the
 * values and `least`, D uniform on the simplex of n + 1 weights; the upper end the 97.5 % quantile with `most` in its
 * place (Gaffke). For zeros and ones these ends are Clopper and Pearson's; Blaker's ends, which lie within them, are
 * used then, so that a share and a rate of the same values agree. It covers at least 95 % in every case that was tried,
 * also with equal values. NaN values are left out, and counted. Without values the interval is from `least` to `most`.
 * @throws RangeError for a value outside of the bounds
 * Source: Learned-Miller and Thomas, arXiv:1905.06208 (2019); Gaffke, Ber. Univ. Magdeburg 2005-20.
 */
export function boundedMean(least: number, most: number): (values: Float64Array) => Estimate {
  return (values) => {
    const own = known(values);
    const wrong = own.find((value) => !(value >= least && value <= most));
    if (wrong !== undefined)
      throw new RangeError(`values must be from ${String(least)} to ${String(most)}, got ${String(wrong)}`);
    if (own.length === 0 || least === most) return { ...UNKNOWN, low: least, high: most, ...leftOut(values) };
    const shares = own.map((value) => (value - least) / (most - least));
    const scale = (share: number): number => Math.min(most, Math.max(least, least + share * (most - least)));
    const { low, high, mcse } = shareInterval(shares);
    const value = average(own);
    return {
      value,
      low: Math.min(scale(low), value),
      high: Math.max(scale(high), value),
      ...spreadOf(own, mcse * (most - least)),
      ...leftOut(values),
    };
  };
}

/** Equal values show no error of their own; at a bound the error is that of a rate. */
function spreadOf(values: Float64Array, atBound: number): Pick<Estimate, 'mcse' | 'sd'> {
  const spread = meanSpread(values);
  return Number.isNaN(spread.mcse) ? { ...spread, mcse: atBound } : spread;
}

function shareInterval(shares: Float64Array): Interval & Pick<Estimate, 'mcse'> {
  if (shares.every((share) => share === 0 || share === 1))
    return binomialRate(
      shares.reduce((sum, share) => sum + share, 0),
      shares.length,
    );
  const low = lowerEnd(shares);
  return { value: average(shares), low, high: 1 - lowerEnd(shares.map((share) => 1 - share)), mcse: Number.NaN };
}

/** The 2.5 % quantile of Σ D_i z_i, the z the shares and 0. */
function lowerEnd(shares: Float64Array): number {
  const terms = Float64Array.of(0, ...shares);
  const value = average(terms);
  const quantile = normalQuantileOf();
  const square = average(terms.map((term) => (term - value) ** 2)) / (terms.length + 1);
  return solveRising((t) => signedRoot(terms, t) + quantile, 0, average(shares), value - quantile * Math.sqrt(square));
}

/**
 * r* of P(Σ D_i z_i ≤ t) = P(Σ E_i (z_i − t) ≤ 0) ≈ Φ(r*), E_i exponential: the saddlepoint approximation of a sum with
 * cumulant function K(s) = −Σ log(1 − s c_i), c_i = z_i − t, K′(ŝ) = 0, w = sign(ŝ) √(−2K(ŝ)), u = ŝ √K″(ŝ), r* = w +
 * log(u/w)/w. Source: Barndorff-Nielsen, Biometrika 78 (1991) 483; Lugannani and Rice, Adv. Appl. Prob. 12 (1980) 475.
 */
function signedRoot(terms: Float64Array, t: number): number {
  const s = saddlepoint(terms, t);
  let [cumulant, curvature] = [0, 0];
  for (const term of terms) {
    const rest = 1 - s * (term - t);
    cumulant -= Math.log(rest);
    curvature += ((term - t) / rest) ** 2;
  }
  const w = Math.sign(s) * Math.sqrt(Math.max(0, -2 * cumulant));
  return w === 0 ? 0 : w + Math.log((s * Math.sqrt(curvature)) / w) / w;
}

/**
 * The zero of K′(s) = Σ c_i/(1 − s c_i), which increases between 1/min c and 1/max c, by Newton's method, with
 * bisection where a step would leave the interval.
 */
function saddlepoint(terms: Float64Array, t: number): number {
  let [least, most] = [Infinity, -Infinity];
  for (const term of terms) [least, most] = [Math.min(least, term - t), Math.max(most, term - t)];
  let [low, high, s] = [1 / least, 1 / most, 0];
  for (let step = 0; step < 200; step++) {
    let [slope, curvature] = [0, 0];
    for (const term of terms) {
      const ratio = (term - t) / (1 - s * (term - t));
      slope += ratio;
      curvature += ratio * ratio;
    }
    if (slope > 0) high = s;
    else low = s;
    const newton = s - slope / curvature;
    const next = newton > low && newton < high ? newton : (low + high) / 2;
    if (Math.abs(next - s) <= 1e-12 * Math.abs(next)) return next;
    s = next;
  }
  return s;
}

/** The zero of an increasing function between two ends: secants from a guess, bisection where they would leave. */
function solveRising(f: (t: number) => number, from: number, to: number, guess: number): number {
  let [low, high] = [from, to];
  let t = guess > low && guess < high ? guess : (low + high) / 2;
  let [before, valueBefore] = [Number.NaN, Number.NaN];
  for (let step = 0; step < 100 && high - low > 1e-14; step++) {
    const value = f(t);
    if (Math.abs(value) < 1e-9) return t;
    if (value > 0) high = t;
    else low = t;
    const secant = t - (value * (t - before)) / (value - valueBefore);
    [before, valueBefore] = [t, value];
    t = secant > low && secant < high ? secant : (low + high) / 2;
  }
  return t;
}
