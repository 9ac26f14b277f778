/** The values of a list from the least to the largest: claims compare the first with the last. */
export function ascending(values: readonly number[]): number[] {
  return values.toSorted((a, b) => a - b);
}
