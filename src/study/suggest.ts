/** Did you mean …? */

/** “ (did you mean 'x'?)” when a known word is close to the given one, else nothing. */
export function suggest(given: string, known: readonly string[]): string {
  const ranked = known
    .map((word) => ({ word, distance: editDistance(given.toLowerCase(), word.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance);
  const [best] = ranked;
  // A word that shares no letter is no suggestion.
  if (best === undefined || best.distance > Math.ceil(given.length / 3) || best.distance >= given.length) return '';
  return ` (did you mean '${best.word}'?)`;
}

/** Insertions, deletions and replacements between two words (Levenshtein). */
export function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = at(row, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, at(row, j) + 1, at(next, j - 1) + 1));
    }
    row = next;
  }
  return at(row, b.length);
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Infinity;
}
