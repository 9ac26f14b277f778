/** Suggestions of similar words in messages. */

/** Largest number of words that a message lists; a longer list is cut to the nearest ones. */
const MOST_LISTED = 12;
const NEAREST = 3;

/** “ (did you mean 'x'?)” when known words are close to the given one or begin with it, else an empty text. */
export function suggest(given: string, known: readonly string[]): string {
  const begun = given === '' ? [] : known.filter((word) => word.toLowerCase().startsWith(given.toLowerCase()));
  const meant = begun.length > 0 ? begun.slice(0, NEAREST) : closest(given, known);
  return meant.length === 0 ? '' : ` (did you mean ${meant.map((word) => `'${word}'`).join(' or ')}?)`;
}

/**
 * The allowed names for a message: all names of a short list; for a long list their number and where to find them.
 */
export function listed(known: readonly string[], where: string): string {
  return known.length <= MOST_LISTED ? `one of ${known.join(', ')}` : `one of the ${known.length} of ${where}`;
}

function closest(given: string, known: readonly string[]): string[] {
  const ranked = known
    .map((word) => ({ word, distance: editDistance(given.toLowerCase(), word.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance);
  const [best] = ranked;
  // A word that shares no letter is no suggestion.
  return best === undefined || best.distance > Math.ceil(given.length / 3) || best.distance >= given.length
    ? []
    : [best.word];
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
