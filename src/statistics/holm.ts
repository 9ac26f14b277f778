/**
 * Holm's adjusted p-values: those of all tests at or below a level are rejected with a chance of at most that level
 * that any of them is rejected wrongly, however the tests depend on each other. Source: Holm, Scand. J. Statist. 6
 * (1979) 65.
 */
export function holm(pValues: readonly number[]): number[] {
  const order = pValues.map((_, i) => i).sort((a, b) => pValues[a] - pValues[b]);
  const adjusted = new Array<number>(pValues.length);
  let reached = 0;
  order.forEach((i, rank) => {
    reached = Math.max(reached, Math.min(1, (pValues.length - rank) * pValues[i]));
    adjusted[i] = reached;
  });
  return adjusted;
}
