/**
 * `node bench/trials.mjs [--rounds 5] [--workers 1,2] [--trials 40] [--out FILE]` (after the program is built): trials
 * of fu2018-fig3 (d = 60, n = 5000, 20 starts, at most 500 iterations) on one worker and on several. Every measurement
 * is a process of its own that runs a whole study; in each round all numbers of workers take their turn, and ratios are
 * taken inside a round. The stored trials must have the same bits everywhere.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { loadNativeKernels } from '../dist/core/kernels/native.js';
import { findExperiment } from '../dist/experiments/registry.js';
import { StudyControl } from '../dist/pool/control.js';
import { openStudy } from '../dist/store/open.js';
import { runStudy } from '../dist/study/run/run.js';
import { gridOf } from '../dist/study/grid/cells.js';
import { resolveValues } from '../dist/study/grid/values.js';
import { provenance } from './machine.mjs';
import { spread } from './statistics.mjs';

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    workers: { type: 'string', default: '1,2' },
    trials: { type: 'string', default: '40' },
    out: { type: 'string', default: 'out/bench-trials.json' },
    alone: { type: 'boolean', default: false },
  },
});

/** Seconds of a whole study on so many workers, start of the threads included, and a digest of its trials. */
async function measure(workers) {
  const dir = mkdtempSync(join(tmpdir(), 'basin-trials-'));
  const experiment = findExperiment('fu2018-fig3');
  const values = resolveValues(
    experiment,
    'paper',
    new Map(Object.entries({ d: '60', n: '5000', trials: options.trials, iterations: '500', tolerance: '0' })),
  );
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

function measureApart(workers) {
  const args = ['--alone', '--workers', String(workers), '--trials', options.trials];
  return JSON.parse(execFileSync(process.execPath, [fileURLToPath(import.meta.url), ...args], { encoding: 'utf8' }));
}

function shown({ median, low, high }, digits) {
  return `${median.toFixed(digits)} (${low.toFixed(digits)}–${high.toFixed(digits)})`;
}

const counts = options.workers.split(',').map(Number);
if (options.alone) {
  console.log(JSON.stringify(await measure(counts[0])));
} else {
  const rounds = Array.from({ length: Number(options.rounds) }, () =>
    Object.fromEntries(counts.map((workers) => [workers, measureApart(workers)])),
  );
  const digests = new Set(rounds.flatMap((round) => Object.values(round).map(({ digest }) => digest)));
  if (digests.size !== 1) throw new Error('the trials differ: the measurement is void');
  const table = Object.fromEntries(
    counts.map((workers) => [
      `${workers} workers`,
      {
        seconds: shown(spread(rounds.map((round) => round[workers].seconds)), 2),
        ratio: shown(spread(rounds.map((round) => round[counts[0]].seconds / round[workers].seconds)), 2),
      },
    ]),
  );
  console.table(table);
  mkdirSync(dirname(options.out), { recursive: true });
  writeFileSync(options.out, `${JSON.stringify({ ...provenance(loadNativeKernels()), table, rounds }, null, 2)}\n`);
  console.log(`written to ${options.out}`);
}
