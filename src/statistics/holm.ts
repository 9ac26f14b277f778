/**
 * Holm's adjusted p-values. If all tests with an adjusted p at or below a level are rejected, the probability of any
 * wrong rejection is at most that level, for any dependence between the tests. Source: Holm, Scand. J. Statist. 6
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
