/**
 * Numbers as text that basin and other programs read back with the same type and value. NaN is not a number here; it
 * means missing.
 */

/** From here on the text of a whole number has an exponent. */
const LEAST_WITH_EXPONENT = 1e21;

/**
 * A whole number of floating-point type keeps a point (`2.0`): without it a reader would take its column for integers.
 */
export function doubleText(value: number): string {
  if (Math.abs(value) === Infinity) return infinityText(value);
  const text = Object.is(value, -0) ? '-0' : String(value);
  return Number.isInteger(value) && Math.abs(value) < LEAST_WITH_EXPONENT ? `${text}.0` : text;
}

/** `inf` or `-inf`: the words that pandas, polars, DuckDB and NumPy share. */
export function infinityText(value: number): string {
  return value > 0 ? 'inf' : '-inf';
}
