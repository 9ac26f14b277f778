/**
 * `node bench/stored.mjs [--rounds 1] [--trials 1000000] [--cells 10] [--experiment toy-trivial]` (after the program is
 * built): reading back stored trials. Summary, exports, comparison and choice of a sample, each in a process of its own;
 * CPU seconds without the opening of the stores.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findExperiment } from '../dist/experiments/registry.js';
import { exportStudy } from '../dist/export/export.js';
import { openStudy, readStudy } from '../dist/store/open.js';
import { compareStudies } from '../dist/study/comparison/compare.js';
import { gridOf } from '../dist/study/grid/cells.js';
import { resolveValues } from '../dist/study/grid/values.js';
import { sampleTrials } from '../dist/study/replay/sample.js';
import { summariseExperiment } from '../dist/study/summary/summary.js';
import { findExperiment as findToy } from '../test/pool/fixtures/laboratory.mjs';
import { cpuSeconds, inOwnProcess, inRounds, whenAlone } from './alone.mjs';
import { shown } from './statistics.mjs';

export const DEFAULTS = { rounds: 1, trials: 1_000_000, cells: 10, experiment: 'toy-trivial' };

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

/** Rows with an aim, per million trials. */
const AIMED = { summary: 'summary', csv: 'CSV', parquet: 'Parquet', compare: 'compare' };

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

/** CPU seconds of one row, and the largest resident memory. */
function once({ row, folder }) {
  const [first, second] = ['first', 'second'].map((name) => readStudy(join(folder, name)));
  const seconds = cpuSeconds(() => ROWS[row](first, second, folder));
  return { seconds, mebibytes: process.resourceUsage().maxRSS / 1024 };
}

export function measure({ rounds: count, trials, cells, experiment: id }) {
  const folder = mkdtempSync(join(tmpdir(), 'basin-stored-'));
  try {
    fill(folder, { trials, cells, id });
    const { size } = statSync(join(folder, 'first', 'basin.sqlite'));
    const { over } = inRounds(count, () =>
      Object.fromEntries(Object.keys(ROWS).map((row) => [row, inOwnProcess(import.meta, { row, folder })])),
    );
    return {
      results: Object.fromEntries(
        Object.entries(AIMED).map(([row, title]) => [
          `stored trials: ${title}, s`,
          over((round) => (round[row].seconds * 1e6) / trials),
        ]),
      ),
      details: [
        `stored trials: ${trials} of ${id} in ${cells} cells, ${(size / trials).toFixed(0)} bytes each`,
        ...Object.keys(ROWS).map(
          (row) =>
            `${row.padEnd(8)} ${shown(
              over((round) => round[row].seconds),
              2,
            )} s CPU, ${shown(
              over((round) => round[row].mebibytes),
              0,
            )} MiB`,
        ),
      ],
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

await whenAlone(import.meta, { DEFAULTS, measure, once });
