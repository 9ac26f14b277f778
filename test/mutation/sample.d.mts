import type { Mutant } from './operators.mjs';

/** What a test file needs undisturbed, and which functions it enters. */
export interface Seen {
  readonly seconds: number;
  readonly functions: ReadonlySet<string>;
}

export function sampled(mutants: readonly Mutant[], count: number, random: () => number, compiles: (mutant: Mutant) => boolean): Mutant[];
export function testsFor(mutant: Pick<Mutant, 'path' | 'inFunction'>, found: ReadonlyMap<string, Seen>, seconds: number): string[];
