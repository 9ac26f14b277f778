/**
 * `node bench/manyCores.mjs [--part all] [--figure FILE.svg]` (after the program is built; Linux): how far runs with 2 to
 * 256 workers would scale. Part `check` measures what leases, trials and the store cost here, and compares the model
 * with runs of 1 and 2 workers; `times`: the model for trials of equal length; `experiments`: for each experiment at
 * paper scale, by its cost model; `memory`: the reading of X. Without `check`, the costs are those in `COSTS`.
 */
import { parseArgs } from 'node:util';
import { loadNativeKernels } from '../dist/core/kernels/native.js';
import { ASSUMED_FLOPS_PER_SECOND } from '../dist/core/speed.js';
import { EXPERIMENTS } from '../dist/experiments/registry.js';
import { gridOf } from '../dist/study/grid/cells.js';
import { resolveValues } from '../dist/study/grid/values.js';
import { measuredCosts, studySeconds } from './manyCores/costs.mjs';
import { coresAtLimit, MACHINES, readingOf, shapeOf } from './manyCores/memory.mjs';
import { simulate, TODAY } from './manyCores/model.mjs';

const { values: options } = parseArgs({
  options: { part: { type: 'string', default: 'all' }, figure: { type: 'string' } },
});
const wants = (part) => ['all', part].includes(options.part);

/** Seconds, measured by part `check` on the AMD machine of docs/performance.md. */
const COSTS = {
  receive: 36.8e-6,
  handOut: 36.8e-6,
  result: 0.22e-6,
  transaction: 48.6e-6,
  row: 4.06e-6,
  lease: 61.6e-6,
  trial: 0.69e-6,
};
const WORKERS = [2, 4, 8, 16, 32, 64, 128, 256];
/** Seconds of a trial; each run has a minute of work for each worker. */
const LENGTHS = [1e-5, 3e-5, 1e-4, 3e-4, 1e-3, 1e-2, 0.1, 1, 10];
const RUN_SECONDS = 60;
/** Lengths of the trials in microseconds, and how many of them for each worker, of the runs that check the model. */
const CHECKED = [
  [0, 200_000],
  [100, 20_000],
  [1000, 2000],
  [10_000, 200],
];
const CORES_HERE = 2;
/** Trials of no length still read a clock: seconds. */
/** Experiments of so many core-hours are also modelled in another order. */
const LARGE_HOURS = 0.5;
const EMPTY_TRIAL = 0.1e-6;

/** What could be changed: a lease of each worker waits with it; the store has a thread; leases of up to 4 s. */
const CHANGES = {
  today: TODAY,
  'a lease waits at each worker': { ...TODAY, waitsAtWorker: true },
  'the store has its own thread': { ...TODAY, storeApart: true },
  both: { ...TODAY, waitsAtWorker: true, storeApart: true },
  'leases of up to 4 s': { ...TODAY, leaseOf: (left, workers) => Math.min(4, Math.max(0.2, left / (4 * workers))) },
};

const row = (cells) => console.log(`| ${cells.join(' | ')} |`);
function head(cells) {
  row(cells);
  row(cells.map(() => '---'));
}
const share = (value) => value.toFixed(2);

async function check() {
  const costs = await measuredCosts();
  for (const [name, seconds] of Object.entries(costs)) console.log(`${name}: ${(1e6 * seconds).toFixed(2)} µs`);
  head(['µs of a trial', 'workers', 'trials', 'measured, s', 'model, s', 'model / measured']);
  for (const [microseconds, each] of CHECKED)
    for (const workers of [1, 2]) {
      const trials = each * workers;
      const measured = await studySeconds(microseconds, trials, workers);
      const seconds = Math.max(EMPTY_TRIAL, microseconds / 1e6);
      const model = simulate({ experiments: [[{ seconds, trials }]], workers, cores: CORES_HERE, costs });
      row([
        microseconds,
        workers,
        trials,
        measured.toFixed(2),
        model.seconds.toFixed(2),
        share(model.seconds / measured),
      ]);
    }
}

function runOf(seconds, workers, changes) {
  const trials = Math.max(workers, Math.round((RUN_SECONDS * workers) / seconds));
  return simulate({ experiments: [[{ seconds, trials }]], workers, costs: COSTS, changes });
}

async function times() {
  head(['seconds of a trial', ...WORKERS]);
  const cells = LENGTHS.flatMap((seconds) =>
    WORKERS.map((workers) => ({ seconds, workers, share: runOf(seconds, workers, TODAY).efficiency })),
  );
  for (const seconds of LENGTHS)
    row([seconds, ...cells.filter((cell) => cell.seconds === seconds).map((cell) => share(cell.share))]);
  head(['trials of 1 ms', ...WORKERS]);
  for (const [name, changes] of Object.entries(CHANGES))
    row([name, ...WORKERS.map((workers) => share(runOf(1e-3, workers, changes).efficiency))]);
  if (options.figure === undefined) return;
  const { drawShares } = await import('./heatMap.mjs');
  await drawShares(options.figure, cells, {
    title: 'Modelled efficiency of a run: time in trials over workers × time',
    x: 'workers',
    y: 'seconds',
    value: 'share',
    xTitle: 'workers',
    yTitle: 'seconds of a trial',
    valueTitle: 'efficiency',
  });
}

function cellsOf(experiment) {
  const { cells } = gridOf({ experiment, values: resolveValues(experiment, 'paper', new Map()) }, 1);
  return cells.map(({ trialSettings, trials }) => ({
    seconds: Math.max(1, experiment.cost(trialSettings)) / ASSUMED_FLOPS_PER_SECOND,
    trials,
    settings: trialSettings,
  }));
}

const work = (cells) => cells.reduce((sum, { seconds, trials }) => sum + seconds * trials, 0);

/** Each cell is a queue of its own, the one with the longest trials first. */
function longestFirst(cells, workers) {
  const queues = cells.toSorted((a, b) => b.seconds - a.seconds).map((cell) => [cell]);
  return simulate({ experiments: queues, workers, costs: COSTS });
}

function experiments() {
  head(['experiment', 'core-hours', 'trials', 'longest trial, s', ...WORKERS]);
  const all = EXPERIMENTS.map((experiment) => [experiment.id, cellsOf(experiment)]);
  for (const [id, cells] of all.toSorted(([, a], [, b]) => work(b) - work(a))) {
    const efficiencies = WORKERS.map((workers) => simulate({ experiments: [cells], workers, costs: COSTS }).efficiency);
    const trials = cells.reduce((sum, cell) => sum + cell.trials, 0);
    const longest = Math.max(...cells.map(({ seconds }) => seconds));
    row([id, (work(cells) / 3600).toFixed(3), trials, longest.toFixed(2), ...efficiencies.map(share)]);
  }
  head(['longest trials first, without rounds', ...WORKERS]);
  for (const [id, cells] of all.filter(([, own]) => work(own) > LARGE_HOURS * 3600))
    row([id, ...WORKERS.map((workers) => share(longestFirst(cells, workers).efficiency))]);
  head(['the papers in one study', ...WORKERS]);
  const together = (workers) => simulate({ experiments: all.map(([, cells]) => cells), workers, costs: COSTS });
  const runs = WORKERS.map(together);
  row(['efficiency', ...runs.map(({ efficiency }) => share(efficiency))]);
  row(['share of the time in which the coordinator computes', ...runs.map(({ coordinator }) => share(coordinator))]);
}

function memory() {
  const kernels = loadNativeKernels();
  head([
    'experiment',
    'X, MB',
    'bytes a flop',
    'GFLOP/s here',
    'GB/s of a core',
    ...MACHINES.map(({ title }) => title),
  ]);
  for (const experiment of EXPERIMENTS) {
    const [dearest] = cellsOf(experiment).toSorted((a, b) => b.seconds * b.trials - a.seconds * a.trials);
    const shape = shapeOf(dearest.settings);
    if (shape === undefined) continue;
    const reading = readingOf(kernels, shape);
    const limits = MACHINES.map((machine) => coresAtLimit(reading, machine));
    row([
      experiment.id,
      (reading.bytes / 1e6).toFixed(1),
      reading.perFlop.toFixed(3),
      reading.rate.toFixed(1),
      reading.read.toFixed(2),
      ...limits.map((cores, i) => (cores >= MACHINES[i].cores ? 'no limit' : `${cores} cores`)),
    ]);
  }
}

if (wants('check')) await check();
if (wants('times')) await times();
if (wants('experiments')) experiments();
if (wants('memory')) memory();
