/**
 * Laws of independent coordinates with smooth densities: derivatives of orders 1 to 4 of the log-density of one
 * coordinate.
 */
import erfc from '@stdlib/math-base-special-erfc';
import type { Derivatives } from './logDensity.js';

/** Half width of the uniform law that is smoothed: variance 1. */
export const UNIFORM_HALF_WIDTH = Math.sqrt(3);
/** Standard deviation of the Gaussian noise that smooths it. */
export const UNIFORM_SMOOTHING = 0.5;

/** The logistic law, density ¼ sech²(x/2): with t = tanh(x/2), −t, −s/2, ts/2 and (1 − 3t²)s/4, s = sech²(x/2). */
export function logisticDerivatives(x: number): Derivatives {
  const t = Math.tanh(x / 2);
  // 1 − t² would lose all digits of the tails.
  const s = Math.cosh(x / 2) ** -2;
  return [-t, -s / 2, (t * s) / 2, ((1 - 3 * t * t) * s) / 4];
}

/**
 * The uniform law on [−√3, √3] with Gaussian noise of standard deviation ½: f(x) = (Φ(u₊) − Φ(u₋))/(2√3), u± = (x ±
 * √3)/½. f^{(m)}/f for m ≥ 1 are differences of derivatives of the normal density, and cumulants are made of them.
 */
export function smoothUniformDerivatives(x: number): Derivatives {
  // Odd and even derivatives follow from those on the right, where the tails of Φ are small numbers, not differences
  // from 1.
  const side = x < 0 ? -1 : 1;
  const [near, far] = [
    (side * x - UNIFORM_HALF_WIDTH) / UNIFORM_SMOOTHING,
    (side * x + UNIFORM_HALF_WIDTH) / UNIFORM_SMOOTHING,
  ];
  const mass = (erfc(near / Math.SQRT2) - erfc(far / Math.SQRT2)) / 2;
  const [a, b] = [normalDerivatives(far), normalDerivatives(near)];
  const [r1, r2, r3, r4] = a.map((value, m) => (value - b[m]) / (mass * UNIFORM_SMOOTHING ** (m + 1)));
  return [
    side * r1,
    r2 - r1 ** 2,
    side * (r3 - 3 * r1 * r2 + 2 * r1 ** 3),
    r4 - 4 * r1 * r3 - 3 * r2 ** 2 + 12 * r1 ** 2 * r2 - 6 * r1 ** 4,
  ];
}

/** f(x) of the smoothed uniform law, up to a factor. */
export function smoothUniformDensity(x: number): number {
  const tail = (end: number): number => erfc((x - end) / (UNIFORM_SMOOTHING * Math.SQRT2));
  return tail(UNIFORM_HALF_WIDTH) - tail(-UNIFORM_HALF_WIDTH);
}

/** φ, φ′, φ″, φ‴ of the standard normal density. */
function normalDerivatives(u: number): [number, number, number, number] {
  const density = Math.exp((-u * u) / 2) / Math.sqrt(2 * Math.PI);
  return [density, -u * density, (u * u - 1) * density, (3 * u - u ** 3) * density];
}
