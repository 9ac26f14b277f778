import type { Mutant } from './operators.mjs';

export function sampled(
  mutants: readonly Mutant[],
  count: number,
  random: () => number,
  compiles: (mutant: Mutant) => boolean,
): Mutant[];
