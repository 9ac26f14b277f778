/**
 * `node bench/mixed.mjs [--rounds 5] [--iterations 1000]` (after the program is built): the workloads A to E with
 * gradients in float64 and in mixed precision, in turn, on one thread. Labels are a teacher's outputs and the starts
 * lie near it, so that descents have somewhere to go. Ratios are taken inside a round; the points of both are compared
 * before anything is reported.
 */
import { parseArgs } from 'node:util';
import { parseActivation } from '../dist/core/networks/activations.js';
import { descent } from '../dist/core/descent/descent.js';
import { loadNativeKernels } from '../dist/core/kernels/native.js';
import { PRECISIONS, withPrecision } from '../dist/core/descent/precisions.js';
import { shown, spread } from './statistics.mjs';
import { dataOf, flopsPerIteration, problemOf, stateOf, WORKLOADS } from './workloads.mjs';

const { values: options } = parseArgs({
  options: { rounds: { type: 'string', default: '5' }, iterations: { type: 'string', default: '1000' } },
});
const kernels = loadNativeKernels();
/** Beyond this the two descents went different ways. */
const LARGEST_DIFFERENCE = 1e-4;
/** Operations that a measurement should have at least: some tenths of a second. */
const LEAST_FLOPS = 2e10;

function planted(workload) {
  const data = dataOf(kernels, workload);
  const problem = problemOf(kernels, workload, data, parseActivation(workload.activation));
  const length = workload.neurons * workload.dimension;
  const teacher = {
    starts: 1,
    weights: data.weights.slice(0, length),
    outputWeights: data.outputWeights.slice(0, workload.neurons),
  };
  const labels = kernels.outputs(problem.inputs, problem.shape, problem.activation, teacher);
  const weights = data.weights.map((w, i) => teacher.weights[i % length] + 0.3 * w);
  return { problem: { ...problem, labels }, data: { ...data, weights } };
}

function timed(precision, { problem, data }, workload, iterations) {
  const state = stateOf(workload, data);
  const begin = process.cpuUsage();
  const steps = descent(withPrecision(kernels, precision), problem, state, { iterations, tolerance: -1 });
  while (!steps.next().done);
  const { user, system } = process.cpuUsage(begin);
  return { seconds: (user + system) / 1e6, weights: state.weights };
}

for (const name of ['A', 'B', 'C', 'D', 'E']) {
  const workload = WORKLOADS[name];
  const task = planted(workload);
  const iterations = Math.max(Number(options.iterations), Math.ceil(LEAST_FLOPS / flopsPerIteration(workload)));
  const rounds = Array.from({ length: Number(options.rounds) }, () => {
    const [exact, mixed] = PRECISIONS.map((precision) => timed(precision, task, workload, iterations));
    const difference = Math.max(...exact.weights.map((w, i) => Math.abs(w - mixed.weights[i])));
    if (!(difference < LARGEST_DIFFERENCE)) throw new Error(`${name}: points differ by ${difference}`);
    return { exact: exact.seconds, mixed: mixed.seconds, ratio: exact.seconds / mixed.seconds, difference };
  });
  const show = (of, digits) => shown(spread(rounds.map(of)), digits);
  console.log(
    `${name}  ${iterations} iterations  float64 ${show((r) => r.exact, 2)} s  mixed ${show((r) => r.mixed, 2)} s  ratio ${show((r) => r.ratio, 2)}  points differ by ${rounds[0].difference.toExponential(1)}`,
  );
}
