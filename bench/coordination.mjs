// Coordination per trial: trivial trials through pool and store, with the memory of the process while it grows.
// Usage: node bench/coordination.mjs [trials = 1000000] [workers = 2] [cells = 10]   (after the program is built)
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { StudyControl } from '../dist/pool/control.js';
import { openStudy } from '../dist/store/open.js';
import { runStudy } from '../dist/study/run/run.js';
import { gridOf } from '../dist/study/grid/cells.js';
import { resolveValues } from '../dist/study/grid/values.js';
import { findExperiment } from '../test/pool/fixtures/laboratory.mjs';

const [trials = 1_000_000, workers = 2, cells = 10] = process.argv.slice(2).map(Number);
const dir = mkdtempSync(join(tmpdir(), 'basin-coordination-'));
const experiment = findExperiment('toy-trivial');
const values = resolveValues(
  experiment,
  'smoke',
  new Map([
    ['trials', String(Math.ceil(trials / cells))],
    ['n', Array.from({ length: cells }, (_, index) => index).join(',')],
  ]),
);

const memory = [];
const store = openStudy(dir, { seed: 1, scale: 'smoke', overrides: {} });
try {
  const outcome = await runStudy({
    store,
    experiments: [gridOf({ experiment, values }, 1)],
    workers,
    control: new StudyControl(),
    laboratory: new URL('../test/pool/fixtures/laboratory.mjs', import.meta.url),
    onProgress: ([{ done }]) => memory.push({ done, mebibytes: process.memoryUsage().rss / 2 ** 20 }),
  });
  const [{ done }] = outcome.experiments;
  if (outcome.ending !== 'complete' || countStored(store) !== done) throw new Error('not every trial was stored');
  report(done, outcome.seconds);
} finally {
  store.close();
  rmSync(dir, { recursive: true });
}

function countStored(study) {
  let count = 0;
  for (const cell of study.cells(experiment.id))
    for (const { status } of study.trials(cell)) count += Number(status === 'ok');
  return count;
}

function report(done, seconds) {
  const tenths = Array.from(
    { length: 10 },
    (_, index) => memory.find((sample) => sample.done >= ((index + 1) * done) / 10)?.mebibytes ?? NaN,
  );
  console.log(
    `node ${process.version}, ${cpus()[0].model}, ${workers} workers, ${cells} cells, ${new Date().toISOString().slice(0, 10)}`,
  );
  console.log(
    `${done} trials in ${seconds.toFixed(2)} s: ${((seconds / done) * 1e6).toFixed(2)} µs per trial (start of the threads included)`,
  );
  console.log(
    `store ${(statSync(join(dir, 'basin.sqlite')).size / 2 ** 20).toFixed(0)} MiB; resident memory at each tenth: ${tenths.map((m) => m.toFixed(0)).join(' ')} MiB`,
  );
}
