/** A polynomial through a function at Chebyshev points. */

/** Number of coefficients of a polynomial: its degree plus one, and its number of nodes. */
export const COEFFICIENTS = 6;
/** Points at which the polynomial is compared with the function, ends included. */
const LOOKS = 9;

export interface Fit {
  /** the middle of the interval */
  readonly origin: number;
  /** of ascending powers of z − origin: (COEFFICIENTS) */
  readonly coefficients: readonly number[];
  /** largest difference from the function, and where */
  readonly error: number;
  readonly at: number;
  /** largest |value| that was seen */
  readonly largest: number;
}

/** The polynomial through a function at the Chebyshev points of [from, to], with its error. */
export function chebyshevFit(value: (z: number) => number, from: number, to: number): Fit {
  const [origin, half] = [(from + to) / 2, (to - from) / 2];
  const values = ANGLES.map((angle) => value(origin + half * Math.cos(angle)));
  const series = ANGLES.map((_, k) => {
    const sum = values.reduce((total, f, i) => total + f * Math.cos(k * ANGLES[i]), 0);
    return ((k === 0 ? 1 : 2) * sum) / COEFFICIENTS;
  });
  const coefficients = POWERS.map(
    (_, power) => series.reduce((sum, c, k) => sum + c * (POWERS[k]?.[power] ?? 0), 0) / half ** power,
  );
  let [error, at, largest] = [0, origin, 0];
  for (let look = 0; look < LOOKS; look++) {
    // The ends belong to the neighbouring pieces and may jump at a kink, so the points are just inside.
    const z = origin + half * (1 - 1e-9) * ((2 * look) / (LOOKS - 1) - 1);
    const exact = value(z);
    const difference = Math.abs(fitted({ origin, coefficients }, z) - exact);
    if (difference > error || Number.isNaN(difference)) [error, at] = [difference, z];
    largest = Math.max(largest, Math.abs(exact));
  }
  return { origin, coefficients, error, at, largest };
}

/** The polynomial at z. */
export function fitted({ origin, coefficients }: Pick<Fit, 'origin' | 'coefficients'>, z: number): number {
  return coefficients.reduceRight((sum, c) => sum * (z - origin) + c, 0);
}

const ANGLES = Array.from({ length: COEFFICIENTS }, (_, i) => (Math.PI * (i + 0.5)) / COEFFICIENTS);

/** Coefficients of the Chebyshev polynomials T_k: T_{k+1} = 2x T_k − T_{k−1}. */
const POWERS: readonly (readonly number[])[] = chebyshevPowers();

function chebyshevPowers(): number[][] {
  const powers: number[][] = [[1], [0, 1]];
  while (powers.length < COEFFICIENTS) {
    const [before, last] = powers.slice(-2);
    powers.push([0, ...last.map((c) => 2 * c)].map((c, i) => c - (before[i] ?? 0)));
  }
  return powers;
}
