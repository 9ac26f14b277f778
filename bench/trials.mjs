/**
 * `node bench/trials.mjs [--rounds 5] [--workers 1,2] [--trials 40]` (after the program is built): trials of
 * fu2018-fig3 (d = 60, n = 5000, 20 starts, at most 500 iterations) on one worker and on several. Every measurement is a
 * process of its own that runs a whole study; in each round all numbers of workers take their turn, and ratios are
 * taken inside a round. The stored trials must have the same bits everywhere.
 */
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findExperiment } from '../dist/experiments/registry.js';
import { StudyControl } from '../dist/pool/control.js';
import { openStudy } from '../dist/store/open.js';
import { runStudy } from '../dist/study/run/run.js';
import { gridOf } from '../dist/study/grid/cells.js';
import { resolveValues } from '../dist/study/grid/values.js';
import { inOwnProcess, inRounds, whenAlone } from './alone.mjs';
import { shown } from './statistics.mjs';

export const DEFAULTS = { rounds: 5, workers: '1,2', trials: 40 };

/** Seconds of a whole study on so many workers, start of the threads included, and a digest of its trials. */
async function once({ workers, trials }) {
  const dir = mkdtempSync(join(tmpdir(), 'basin-trials-'));
  const experiment = findExperiment('fu2018-fig3');
  const given = { d: '60', n: '5000', trials: String(trials), iterations: '500', tolerance: '0' };
  const values = resolveValues(experiment, 'paper', new Map(Object.entries(given)));
  const store = openStudy(dir, { seed: 1, scale: 'paper', overrides: {} });
  try {
    const { seconds } = await runStudy({
      store,
      experiments: [gridOf({ experiment, values }, 1)],
      workers,
      control: new StudyControl(),
    });
    const hash = createHash('sha256');
    for (const cell of store.cells(experiment.id))
      for (const { measures } of store.trials(cell)) hash.update(JSON.stringify(measures));
    return { seconds, digest: hash.digest('hex') };
  } finally {
    store.close();
    rmSync(dir, { recursive: true });
  }
}

export function measure({ rounds: count, workers, trials }) {
  const counts = workers.split(',').map(Number);
  const { rounds, over } = inRounds(count, () =>
    Object.fromEntries(counts.map((w) => [w, inOwnProcess(import.meta, { workers: w, trials })])),
  );
  const digests = new Set(rounds.flatMap((round) => Object.values(round).map(({ digest }) => digest)));
  if (digests.size !== 1) throw new Error('the trials differ: the measurement is void');
  const [base, ...more] = counts;
  return {
    results: Object.fromEntries(
      more.map((w) => [`trials: ${w} workers / ${base}`, over((round) => round[base].seconds / round[w].seconds)]),
    ),
    details: counts.map(
      (w) =>
        `trials: ${trials} on ${w} workers take ${shown(
          over((round) => round[w].seconds),
          2,
        )} s`,
    ),
  };
}

await whenAlone(import.meta, { DEFAULTS, measure, once });
