/**
 * `node bench/coordination.mjs [--rounds 1] [--trials 1000000] [--workers 2] [--cells 10]` (after the program is built):
 * coordination per trial. Trivial trials go through pool and store in a process of their own; the time is the wall's,
 * start of the threads included. The memory of the process while it grows is shown too.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StudyControl } from '../dist/pool/control.js';
import { openStudy } from '../dist/store/open.js';
import { runStudy } from '../dist/study/run/run.js';
import { gridOf } from '../dist/study/grid/cells.js';
import { resolveValues } from '../dist/study/grid/values.js';
import { findExperiment } from '../test/pool/fixtures/laboratory.mjs';
import { inOwnProcess, inRounds, whenAlone } from './alone.mjs';

export const DEFAULTS = { rounds: 1, trials: 1_000_000, workers: 2, cells: 10 };

const LABORATORY = new URL('../test/pool/fixtures/laboratory.mjs', import.meta.url);

function valuesOf(experiment, { trials, cells }) {
  const sizes = Array.from({ length: cells }, (_, index) => index).join(',');
  const given = { trials: String(Math.ceil(trials / cells)), n: sizes };
  return resolveValues(experiment, 'smoke', new Map(Object.entries(given)));
}

function countStored(store, { id }) {
  let count = 0;
  for (const cell of store.cells(id)) for (const { status } of store.trials(cell)) count += Number(status === 'ok');
  return count;
}

/** Seconds of a study, bytes of its store, and resident MiB when each tenth of it was done. */
async function once({ workers, ...size }) {
  const experiment = findExperiment('toy-trivial');
  const dir = mkdtempSync(join(tmpdir(), 'basin-coordination-'));
  const store = openStudy(dir, { seed: 1, scale: 'smoke', overrides: {} });
  const memory = [];
  try {
    const outcome = await runStudy({
      store,
      experiments: [gridOf({ experiment, values: valuesOf(experiment, size) }, 1)],
      workers,
      control: new StudyControl(),
      laboratory: LABORATORY,
      onProgress: ([{ done }]) => memory.push({ done, mebibytes: process.memoryUsage().rss / 2 ** 20 }),
    });
    const [{ done }] = outcome.experiments;
    if (outcome.ending !== 'complete' || countStored(store, experiment) !== done)
      throw new Error('not every trial was stored');
    const tenths = Array.from(
      { length: 10 },
      (_, index) => memory.find((sample) => sample.done >= ((index + 1) * done) / 10)?.mebibytes ?? null,
    );
    return { done, seconds: outcome.seconds, bytes: statSync(join(dir, 'basin.sqlite')).size, tenths };
  } finally {
    store.close();
    rmSync(dir, { recursive: true });
  }
}

export function measure({ rounds: count, ...job }) {
  const { rounds, over } = inRounds(count, () => inOwnProcess(import.meta, job));
  const [{ done, bytes, tenths }] = rounds;
  return {
    results: { 'coordination: µs per trial': over((round) => (1e6 * round.seconds) / round.done) },
    details: [
      `coordination: ${done} trials in ${job.cells} cells on ${job.workers} workers, store ${(bytes / 2 ** 20).toFixed(0)} MiB`,
      `resident memory at each tenth: ${tenths.map((m) => m?.toFixed(0) ?? '–').join(' ')} MiB`,
    ],
  };
}

await whenAlone(import.meta, { DEFAULTS, measure, once });
