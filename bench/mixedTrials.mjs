/**
 * `node bench/mixedTrials.mjs [--rounds 5] [--iterations 2000] [--only A,B]` (after the program is built): a whole trial
 * of a study with the shapes of workloads A to E, in float64 and in mixed precision in turn, by processor time on one
 * thread. A trial draws teacher, training set and starts, chooses step sizes from curvatures, descends, records curves
 * and computes its measures. Ratios are taken inside a round; both precisions must find the same networks.
 */
import { parseArgs } from 'node:util';
import { PRECISIONS, withPrecision } from '../dist/core/descent/precisions.js';
import { loadNativeKernels } from '../dist/core/kernels/native.js';
import { studyRunner } from '../dist/experiments/registry.js';
import { performTrial } from '../dist/pool/trial.js';
import { provenance } from './machine.mjs';
import { spread } from './statistics.mjs';
import { WORKLOADS } from './workloads.mjs';

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    iterations: { type: 'string', default: '2000' },
    only: { type: 'string', default: 'A,B,C,D,E' },
  },
});
const kernels = loadNativeKernels();
const experiment = studyRunner();
/** Beyond this the errors ‖Ŵ − W*‖/‖W*‖ of the two precisions are those of different ways. */
const LARGEST_DIFFERENCE = 1e-4;
/** Trials of a measurement: some tenths of a second of them. */
const TRIALS = { A: 1, B: 1, C: 10, D: 30, E: 4 };

/** The settings of a study file. */
function settingsOf({ activation, loss, samples, dimension, neurons, starts, trainOutput = false }) {
  return {
    activation,
    loss,
    n: samples,
    d: dimension,
    K: neurons,
    starts,
    iterations: Number(options.iterations),
    tolerance: 0,
    labels: loss === 'cross-entropy' || activation === 'sigmoid' ? 'classification' : 'regression',
    ...(neurons > dimension ? { teacher: 'gaussian' } : {}),
    ...(trainOutput ? { trainOutput: 'yes' } : {}),
  };
}

function timed(precision, settings, trials) {
  const used = withPrecision(kernels, precision);
  const begin = process.cpuUsage();
  const done = Array.from({ length: trials }, (_, trial) =>
    performTrial({ experiment, settings, key: [2018, 7], trial }, used, new Int32Array(1)),
  );
  const { user, system } = process.cpuUsage(begin);
  const failed = done.find(({ error }) => error !== null);
  if (failed !== undefined) throw new Error(failed.error);
  return { seconds: (user + system) / 1e6 / trials, measures: done.map(({ measures }) => measures) };
}

function differenceOf(exact, mixed) {
  const between = exact.measures.flatMap(({ relativeError }, at) =>
    Math.abs(mixed.measures[at].relativeError - relativeError),
  );
  return Math.max(...between);
}

console.log(JSON.stringify(provenance(kernels)));
for (const name of options.only.split(',')) {
  const settings = settingsOf(WORKLOADS[name]);
  const rounds = Array.from({ length: Number(options.rounds) }, () => {
    const [exact, mixed] = PRECISIONS.map((precision) => timed(precision, settings, TRIALS[name]));
    const difference = differenceOf(exact, mixed);
    if (!(difference < LARGEST_DIFFERENCE)) throw new Error(`${name}: errors differ by ${difference}`);
    return { exact: exact.seconds, mixed: mixed.seconds, ratio: exact.seconds / mixed.seconds, difference };
  });
  const show = (of, digits) => {
    const { median, low, high } = spread(rounds.map(of));
    return `${median.toFixed(digits)} (${low.toFixed(digits)}–${high.toFixed(digits)})`;
  };
  console.log(
    `${name}  float64 ${show((r) => r.exact * 1e3, 1)} ms  mixed ${show((r) => r.mixed * 1e3, 1)} ms  ratio ${show((r) => r.ratio, 2)}  errors differ by ${rounds[0].difference.toExponential(1)}`,
  );
}
