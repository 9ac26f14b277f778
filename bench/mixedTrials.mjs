/**
 * `node bench/mixedTrials.mjs [--rounds 5] [--iterations 2000] [--only A,B]` (after the program is built): a whole trial
 * of a study with the shapes of workloads A to E, in float64 and in mixed precision in turn, by processor time on one
 * thread. A trial draws teacher, training set and starts, chooses step sizes from curvatures, descends, records curves
 * and computes its measures. Ratios are taken inside a round; both precisions must find the same networks.
 */
import { PRECISIONS, withPrecision } from '../dist/core/descent/precisions.js';
import { loadNativeKernels } from '../dist/core/kernels/native.js';
import { studyRunner } from '../dist/experiments/registry.js';
import { performTrial } from '../dist/pool/trial.js';
import { cpuSeconds, inRounds, whenAlone } from './alone.mjs';
import { shown } from './statistics.mjs';
import { WORKLOADS } from './workloads.mjs';

export const DEFAULTS = { rounds: 5, iterations: 2000, only: 'A,B,C,D,E' };

/** Beyond this the errors ‖Ŵ − W*‖/‖W*‖ of the two precisions are those of different ways. */
const LARGEST_DIFFERENCE = 1e-4;
/** Trials of a measurement: some tenths of a second of them. */
const TRIALS = { A: 1, B: 1, C: 10, D: 30, E: 4 };

/** The settings of a study file. */
function settingsOf({ activation, loss, samples, dimension, neurons, starts, trainOutput = false }, iterations) {
  return {
    activation,
    loss,
    n: samples,
    d: dimension,
    K: neurons,
    starts,
    iterations,
    tolerance: 0,
    labels: loss === 'cross-entropy' || activation === 'sigmoid' ? 'classification' : 'regression',
    ...(neurons > dimension ? { teacher: 'gaussian' } : {}),
    ...(trainOutput ? { trainOutput: 'yes' } : {}),
  };
}

function timed(kernels, experiment, settings, trials) {
  let done = [];
  const seconds = cpuSeconds(() => {
    done = Array.from({ length: trials }, (_, trial) =>
      performTrial({ experiment, settings, key: [2018, 7], trial }, kernels, new Int32Array(1)),
    );
  });
  const failed = done.find(({ error }) => error !== null);
  if (failed !== undefined) throw new Error(failed.error);
  return { seconds: seconds / trials, measures: done.map(({ measures }) => measures) };
}

function differenceOf(exact, mixed) {
  const between = exact.measures.flatMap(({ relativeError }, at) =>
    Math.abs(mixed.measures[at].relativeError - relativeError),
  );
  return Math.max(...between);
}

function measureShape(name, kernels, { rounds: count, iterations }) {
  const settings = settingsOf(WORKLOADS[name], iterations);
  const experiment = studyRunner();
  const { rounds, over } = inRounds(count, () => {
    const [exact, mixed] = PRECISIONS.map((precision) =>
      timed(withPrecision(kernels, precision), experiment, settings, TRIALS[name]),
    );
    const difference = differenceOf(exact, mixed);
    if (!(difference < LARGEST_DIFFERENCE)) throw new Error(`${name}: errors differ by ${difference}`);
    return { exact: exact.seconds, mixed: mixed.seconds, difference };
  });
  const milliseconds = (of) =>
    shown(
      over((round) => 1e3 * of(round)),
      1,
    );
  return {
    ratio: over(({ exact, mixed }) => exact / mixed),
    detail: `${name}: float64 ${milliseconds((r) => r.exact)} ms, mixed ${milliseconds((r) => r.mixed)} ms, errors differ by ${rounds[0].difference.toExponential(1)}`,
  };
}

export function measure(options) {
  const kernels = loadNativeKernels();
  const names = options.only.split(',');
  const shapes = names.map((name) => measureShape(name, kernels, options));
  return {
    results: Object.fromEntries(shapes.map(({ ratio }, i) => [`mixed ${names[i]}: float64 / mixed`, ratio])),
    details: shapes.map(({ detail }) => detail),
  };
}

await whenAlone(import.meta, { DEFAULTS, measure });
