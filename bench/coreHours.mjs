/**
 * `node bench/coreHours.mjs [--experiments a,b] [--cells 4] [--budget 60] [--against DIR] [--out FILE]` (after the
 * program is built): the core-hours of experiments at paper scale. Of each experiment some cells are chosen, at equal
 * distances along the sum of the modelled costs; the first trial of each is performed and its CPU time compared with
 * the model. `--budget`: CPU seconds after which no further cell of an experiment is begun. `--against`: another
 * checkout, built; it performs the same trials in turn, and they must have the same bits.
 */
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { ASSUMED_FLOPS_PER_SECOND } from '../dist/core/speed.js';

const { values: options } = parseArgs({
  options: {
    experiments: { type: 'string' },
    cells: { type: 'string', default: '4' },
    budget: { type: 'string', default: '60' },
    against: { type: 'string' },
    out: { type: 'string' },
  },
});

const HOUR = 3600;
const cancel = new Int32Array(new SharedArrayBuffer(4));

/** The parts of a built checkout that a trial needs. */
async function programIn(root) {
  const load = (path) => import(pathToFileURL(join(root, 'dist', path)).href);
  const [{ loadNativeKernels }, { EXPERIMENTS }, { gridOf }, { resolveValues }, { performTrial }] = await Promise.all(
    [
      'core/kernels/native.js',
      'experiments/registry.js',
      'study/grid/cells.js',
      'study/grid/values.js',
      'pool/trial.js',
    ].map(load),
  );
  return {
    experiments: EXPERIMENTS,
    cellsOf: (experiment) => gridOf({ experiment, values: resolveValues(experiment, 'paper', new Map()) }, 1).cells,
    perform: trialBy(performTrial, loadNativeKernels()),
  };
}

/** Older programs encode the measures of a trial as JSON. */
const measuresOf = (measures) => (typeof measures === 'string' ? JSON.parse(measures) : measures);

/** CPU seconds of the first trial of a cell, and a digest of what it stores. */
function trialBy(performTrial, kernels) {
  return (experiment, { trialSettings: settings, key }) => {
    const begin = process.cpuUsage();
    const { measures, curves, error } = performTrial({ experiment, settings, key, trial: 0 }, kernels, cancel);
    const { user, system } = process.cpuUsage(begin);
    const hash = createHash('sha256').update(String(error));
    const arrays = { ...curves, measures: Float64Array.from(Object.values(measuresOf(measures)), Number) };
    for (const [name, { buffer, byteOffset, byteLength }] of Object.entries(arrays))
      hash.update(name).update(Buffer.from(buffer, byteOffset, byteLength));
    return { seconds: (user + system) / 1e6, digest: hash.digest('hex').slice(0, 16) };
  };
}

/** Cells at equal distances along the sum of the costs, each with the number of such places in it. */
function sampled(cells, loads, count) {
  const total = loads.reduce((sum, load) => sum + load, 0);
  const chosen = [];
  let [sum, next] = [0, total / count / 2];
  cells.forEach((cell, i) => {
    sum += loads[i];
    let places = 0;
    for (; next <= sum; next += total / count) places += 1;
    if (places > 0) chosen.push({ cell, load: loads[i] / cell.trials, places });
  });
  return chosen;
}

/** Hours of an experiment by the model, and by the trials performed by each program. */
function hoursOf(experiment, programs) {
  const [{ cellsOf }] = programs;
  const cells = cellsOf(experiment);
  const loads = cells.map(
    ({ trialSettings, trials }) => (trials * experiment.cost(trialSettings)) / ASSUMED_FLOPS_PER_SECOND,
  );
  const listed = loads.reduce((sum, load) => sum + load, 0) / HOUR;
  const trials = [];
  let used = 0;
  for (const { cell, load, places } of sampled(cells, loads, Math.min(Number(options.cells), cells.length))) {
    if (used > Number(options.budget)) break;
    const runs = programs.map(({ perform, experiments }) =>
      perform(
        experiments.find(({ id }) => id === experiment.id),
        cell,
      ),
    );
    used += runs[0].seconds;
    if (runs.some(({ digest }) => digest !== runs[0].digest))
      throw new Error(`${experiment.id}/${cell.text}: the programs differ`);
    trials.push({ cell: cell.text, listed: load, places, seconds: runs.map(({ seconds }) => seconds) });
  }
  const places = trials.reduce((sum, trial) => sum + trial.places, 0);
  const estimated = programs.map(
    (_, p) => (listed * trials.reduce((sum, t) => sum + (t.places * t.seconds[p]) / t.listed, 0)) / places,
  );
  return { id: experiment.id, cells: cells.length, listed, estimated, trials };
}

const own = await programIn(fileURLToPath(new URL('..', import.meta.url)));
const programs = options.against === undefined ? [own] : [own, await programIn(options.against)];
const ids = options.experiments?.split(',');
const results = [];
for (const experiment of own.experiments.filter(({ id }) => ids?.includes(id) ?? true)) {
  const result = hoursOf(experiment, programs);
  results.push(result);
  const hours = result.estimated.map((value) => value.toFixed(3)).join(' | ');
  console.log(`${result.id} | ${result.trials.length} of ${result.cells} | ${result.listed.toFixed(3)} | ${hours}`);
  if (options.out !== undefined) writeFileSync(options.out, JSON.stringify(results, null, 2));
}
