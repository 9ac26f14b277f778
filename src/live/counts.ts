/** Trials of a study, counted. */
import type { CellTally, StudyReader } from '../store/reader.js';

export interface Counts {
  readonly planned: number;
  readonly done: number;
  readonly failed: number;
  readonly diverged: number;
  readonly censored: number;
}

/** By the number of their cell in the store. */
export type Tallies = ReadonlyMap<number, CellTally>;

export function talliesOf(store: StudyReader): Tallies {
  return new Map(store.tallies().map((tally) => [tally.cell, tally]));
}

/** Trials beyond the plan stay in the store, but do not count. `tally`: undefined before the first trial. */
export function countsOf(planned: number, tally: CellTally | undefined): Counts {
  if (tally === undefined) return { planned, done: 0, failed: 0, diverged: 0, censored: 0 };
  const { ok, failed, diverged, censored } = tally;
  return { planned, done: Math.min(planned, ok + failed + diverged), failed, diverged, censored };
}

export function sumOf(all: readonly Counts[]): Counts {
  const total = (name: keyof Counts): number => all.reduce((sum, counts) => sum + counts[name], 0);
  return {
    planned: total('planned'),
    done: total('done'),
    failed: total('failed'),
    diverged: total('diverged'),
    censored: total('censored'),
  };
}
