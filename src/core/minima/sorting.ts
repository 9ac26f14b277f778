/** Items sorted into classes by a comparison that may leave a pair open. */

/** What a comparison of two items shows. */
export type Likeness = 'same' | 'different' | 'unclear';

export interface Sorted<T> {
  /** of each class its members, the representative first */
  readonly classes: readonly (readonly [T, ...T[]])[];
  /** the items that no comparison places */
  readonly unclear: readonly T[];
}

/**
 * Each item is compared with the representative of each class, which is its first item. It joins a class if it is the
 * same as its representative and different from all others. It begins a class if it is different from all. Otherwise
 * it is unclear. So two members of a class never differ by more than twice what `same` allows, however many there are.
 */
export function sortedIntoClasses<T>(
  items: readonly T[],
  compare: (item: T, representative: T) => Likeness,
): Sorted<T> {
  const classes: [T, ...T[]][] = [];
  const unclear: T[] = [];
  for (const item of items) {
    const likeness = classes.map(([representative]) => compare(item, representative));
    const alike = classes.filter((_, c) => likeness[c] === 'same');
    if (likeness.includes('unclear') || alike.length > 1) unclear.push(item);
    else if (alike.length === 1) alike[0].push(item);
    else classes.push([item]);
  }
  return { classes, unclear };
}
