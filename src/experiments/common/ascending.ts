/** The values of a list in ascending order. Claims compare the first value with the last. */
export function ascending(values: readonly number[]): number[] {
  return values.toSorted((a, b) => a - b);
}
