/** Writes 0, 1, 2, 3, 7 as `0-3,7`, the form in which schedulers take an array. */
export function arrayText(indices: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const index of [...new Set(indices)].sort((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last !== undefined && index === last[1] + 1) last[1] = index;
    else runs.push([index, index]);
  }
  return runs.map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`)).join(',');
}
