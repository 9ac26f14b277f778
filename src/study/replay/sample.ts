/** Which stored trials are looked at again: a sample that is spread over all cells. */
import { SeededDraws } from '../../statistics/draws.js';
import type { StoredCell, StudyReader } from '../../store/reader.js';

/** So many trials, or a share of all, above 0 and at most 1. */
export type SampleSize = { readonly trials: number } | { readonly share: number };

/** 0.07 · 100 is a little more than 7. */
const ROUNDING = 1e-12;

export interface SampledCell {
  readonly cell: StoredCell;
  /** ascending */
  readonly trials: readonly number[];
}

export interface Sample {
  readonly cells: readonly SampledCell[];
  /** trials that are done */
  readonly stored: number;
  /** trials that were cut off, which are not sampled */
  readonly censored: number;
}

/**
 * A sample without replacement: one trial of every cell, then in proportion to the trials of the cells; where it has
 * fewer trials than there are cells, one of as many cells. A function of what is stored and the seed. Of all
 * experiments, where none are named.
 */
export function sampleTrials(
  store: StudyReader,
  size: SampleSize,
  seed: number,
  experiments = store.experiments().map(({ id }) => id),
): Sample {
  const cells = experiments.flatMap((id) => store.cells(id)).map((cell) => ({ cell, ...store.counts(cell) }));
  const stored = cells.reduce((sum, { done }) => sum + done, 0);
  const wanted = 'trials' in size ? size.trials : Math.ceil(size.share * stored * (1 - ROUNDING));
  const counts = allot(
    cells.map(({ done }) => done),
    wanted,
    new SeededDraws(`${seed}`),
  );
  const chosen = cells.map(({ cell, done }, i) => {
    const indices = choose(done, counts[i], new SeededDraws(`${seed} ${cell.experiment}/${cell.text}`));
    return { cell, trials: trialsAt(store, cell, indices) };
  });
  return {
    cells: chosen.filter(({ trials }) => trials.length > 0),
    stored,
    censored: cells.reduce((sum, { censored }) => sum + censored, 0),
  };
}

function trialsAt(store: StudyReader, cell: StoredCell, indices: ReadonlySet<number>): number[] {
  const trials: number[] = [];
  let index = 0;
  for (const { trial } of store.done(cell)) if (indices.has(index++)) trials.push(trial);
  return trials;
}

/**
 * How many of each group: one of each if there are enough, in random order if not, the others in proportion to what is
 * left.
 */
export function allot(sizes: readonly number[], wanted: number, draws: SeededDraws): number[] {
  const filled = sizes.flatMap((size, group) => (size > 0 ? [group] : []));
  const first = new Set([...choose(filled.length, Math.min(wanted, filled.length), draws)].map((at) => filled[at]));
  const counts = sizes.map((_, group) => (first.has(group) ? 1 : 0));
  const left = sizes.map((size, group) => size - counts[group]);
  const rest = Math.min(
    wanted - first.size,
    left.reduce((sum, size) => sum + size, 0),
  );
  return rest <= 0 ? counts : proportional(left, rest).map((share, group) => counts[group] + share);
}

/** Whole numbers that add up to `total`, by largest remainders. */
function proportional(sizes: readonly number[], total: number): number[] {
  const all = sizes.reduce((sum, size) => sum + size, 0);
  const shares = sizes.map((size) => (total * size) / all);
  const counts = shares.map(Math.floor);
  const byRemainder = shares
    .map((share, group) => ({ group, remainder: share - counts[group] }))
    .sort((a, b) => b.remainder - a.remainder);
  const missing = total - counts.reduce((sum, count) => sum + count, 0);
  for (const { group } of byRemainder.slice(0, missing)) counts[group] += 1;
  return counts;
}

/** So many of 0 … all − 1: Floyd's sampling. */
function choose(all: number, count: number, draws: SeededDraws): Set<number> {
  const chosen = new Set<number>();
  for (let top = all - count; top < all; top++) {
    const pick = Math.floor(draws.uniform() * (top + 1));
    chosen.add(chosen.has(pick) ? top : pick);
  }
  return chosen;
}
