import type { Mutant } from './operators.mjs';

/** What a test file needs undisturbed, which functions all of it enters, and its tests. */
export interface Seen {
  readonly seconds: number;
  readonly functions: ReadonlySet<string>;
  readonly tests: readonly { readonly id: string; readonly seconds: number; readonly functions: ReadonlySet<string> }[];
}

/** A file, or of a long one these tests. */
export interface TestRun {
  readonly test: string;
  readonly ids?: readonly string[];
  readonly seconds: number;
}

export function testsFor(
  mutant: Pick<Mutant, 'path' | 'inFunction'>,
  found: ReadonlyMap<string, Seen>,
  seconds: number,
): TestRun[];
