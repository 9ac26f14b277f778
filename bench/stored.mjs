// Reading back stored trials: summary, exports, comparison and choice of a sample, each in a process of its own.
// Usage: node bench/stored.mjs [trials = 1000000] [cells = 10] [experiment = toy-trivial]   (after the program is built)
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findExperiment } from '../dist/experiments/registry.js';
import { exportStudy } from '../dist/export/export.js';
import { openStudy, readStudy } from '../dist/store/open.js';
import { compareStudies } from '../dist/study/comparison/compare.js';
import { gridOf } from '../dist/study/grid/cells.js';
import { resolveValues } from '../dist/study/grid/values.js';
import { sampleTrials } from '../dist/study/replay/sample.js';
import { summariseExperiment } from '../dist/study/summary/summary.js';
import { findExperiment as findToy } from '../test/pool/fixtures/laboratory.mjs';

const LEVEL = 0.05;
const TRIALS_AT_ONCE = 10_000;
const SAMPLE = { trials: 100 };

const experimentOf = ({ id }) => (id.startsWith('toy-') ? findToy(id) : findExperiment(id));
const exporting = (what, format) => (store, _, folder) =>
  exportStudy(store, { what, format, file: join(folder, `${what}.${format}`), all: false, experimentOf });

const ROWS = {
  open: () => undefined,
  summary: (store) => {
    for (const stored of store.experiments()) summariseExperiment(store, experimentOf(stored), stored.values);
  },
  csv: exporting('trials', 'csv'),
  json: exporting('trials', 'json'),
  parquet: exporting('trials', 'parquet'),
  compare: (store, other) => compareStudies(store, other, experimentOf, LEVEL),
  sample: (store) => sampleTrials(store, SAMPLE, 1),
};

/** Two studies of equal trials, made by different programs. */
function fill(folder, { trials, cells, id }) {
  const experiment = experimentOf({ id });
  const each = Math.ceil(trials / cells);
  const sizes = Array.from({ length: cells }, (_, index) => 100 * (index + 1)).join(',');
  const given = { trials: String(each), n: sizes, ...('d' in experiment.settings && { d: '10' }) };
  const values = resolveValues(experiment, 'smoke', new Map(Object.entries(given)));
  for (const build of ['first', 'second']) {
    const store = openStudy(join(folder, build), { seed: 1, scale: 'smoke', overrides: {} });
    const grid = gridOf({ experiment, values }, 1);
    const names = [...new Set([...experiment.measures.map(({ of }) => of), ...(experiment.alsoStored ?? [])])];
    for (const cell of store.addExperiment({ id, version: experiment.version, values }, grid.cells))
      for (let first = 0; first < each; first += TRIALS_AT_ONCE)
        store.commit([{ cell, origin: { build }, curves: [], rows: rowsOf(cell.id, first, each, names) }]);
    store.close();
  }
}

function* rowsOf(cell, first, each, names) {
  for (let trial = first; trial < Math.min(first + TRIALS_AT_ONCE, each); trial++) {
    const value = (at) => (at % 3 === 1 ? trial % 2 : Math.abs(Math.sin(1 + cell + 97 * at + trial)));
    const measures = Object.fromEntries(names.map((name, at) => [name, value(at)]));
    yield { trial, measures, status: 'ok', seconds: value(names.length * 3), error: null };
  }
}

/** CPU seconds of one row, without the opening of the stores, and the largest resident memory. */
function measure(row, folder) {
  const [first, second] = ['first', 'second'].map((name) => readStudy(join(folder, name)));
  const before = process.cpuUsage();
  ROWS[row](first, second, folder);
  const { user, system } = process.cpuUsage(before);
  return { seconds: (user + system) / 1e6, mebibytes: process.resourceUsage().maxRSS / 1024 };
}

function measureAll(trials, cells, id) {
  const folder = mkdtempSync(join(tmpdir(), 'basin-stored-'));
  try {
    fill(folder, { trials, cells, id });
    const { size } = statSync(join(folder, 'first', 'basin.sqlite'));
    console.log(
      `node ${process.version}, ${cpus()[0].model}: ${trials} trials of ${id} in ${cells} cells, ${(size / trials).toFixed(0)} bytes each`,
    );
    for (const row of Object.keys(ROWS)) {
      const text = execFileSync(process.execPath, [fileURLToPath(import.meta.url), '--row', row, folder], {
        encoding: 'utf8',
      });
      const { seconds, mebibytes } = JSON.parse(text);
      console.log(`${row.padEnd(8)} ${seconds.toFixed(2).padStart(7)} s CPU, ${mebibytes.toFixed(0).padStart(5)} MiB`);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const [first, ...rest] = process.argv.slice(2);
if (first === '--row') console.log(JSON.stringify(measure(...rest)));
else measureAll(Number(first ?? 1e6), Number(rest[0] ?? 10), rest[1] ?? 'toy-trivial');
