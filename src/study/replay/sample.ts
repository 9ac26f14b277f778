/** Chooses the stored trials that are performed again: a sample that is spread over all cells. */
import { SeededDraws } from '../../statistics/draws.js';
import type { StoredCell, StudyReader } from '../../store/reader.js';

/** A number of trials, or a share of all trials, which is above 0 and at most 1. */
export type SampleSize = { readonly trials: number } | { readonly share: number };

/** Tolerance for rounding: in floating point, 0.07 · 100 is a little more than 7. */
const ROUNDING = 1e-12;

export interface SampledCell {
  readonly cell: StoredCell;
  /** in ascending order */
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
 * A sample without replacement. It takes one trial of every cell, then further trials in proportion to the cells'
 * sizes. If it has fewer trials than there are cells, it takes one trial from each of that many cells. The sample is a
 * function of the stored trials and the seed. Without named experiments, it covers all of them.
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
 * How many to take from each group. If `wanted` is large enough, one from each group and the others in proportion to
 * what is left; otherwise one from each of a random choice of groups.
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

/** Integers that add up to `total`, by the largest remainder method. */
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

/** A sample of `count` of the numbers 0 … all − 1, by Floyd's algorithm. */
function choose(all: number, count: number, draws: SeededDraws): Set<number> {
  const chosen = new Set<number>();
  for (let top = all - count; top < all; top++) {
    const pick = Math.floor(draws.uniform() * (top + 1));
    chosen.add(chosen.has(pick) ? top : pick);
  }
  return chosen;
}
