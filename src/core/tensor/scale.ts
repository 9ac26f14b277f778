/** Exact scaling by powers of two, so that digits do not depend on units. */

/** Sizes from 2^−90 to 2^90 are left as they are: their sixth powers are numbers. */
const ORDINARY = 90;

/**
 * The multiple of 3 nearest to log₂ of the largest size of the values; 0 for ordinary ones and for none. Cube roots
 * scale exactly by it.
 */
export function powerOfTwo(values: Float64Array): number {
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const exponent = Math.log2(largest);
  return largest === 0 || Math.abs(exponent) <= ORDINARY ? 0 : 3 * Math.round(exponent / 3);
}

/** The values times 2^exponent; the power itself may overflow. */
export function rescaled(values: Float64Array, exponent: number): Float64Array {
  if (exponent === 0) return values;
  const half = Math.trunc(exponent / 2);
  const [first, second] = [2 ** half, 2 ** (exponent - half)];
  return values.map((value) => value * first * second);
}
