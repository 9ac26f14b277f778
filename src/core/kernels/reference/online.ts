/** Online descents as plain loops: each step is one of gradient descent on a training set of B new samples. */
import { lossOf } from '../../networks/losses.js';
import { SEQUENCE_BLOCKS, type OnlineKernels, type OnlineProblem, type OnlineSamples } from '../onlineContract.js';
import type { NetworkShape, Points, Problem } from '../problem.js';
import type { RandomKernels } from '../randomContract.js';
import { RunStatus, type DescentState } from '../state.js';
import { referenceDescent } from './descent.js';
import { referenceRandom } from './random.js';

type Random = Pick<RandomKernels, 'singleNormals'>;

/** The plain loops, on samples of any generator: the native one serves the comparison of steps alone. */
export function onlineBy(random: Random): OnlineKernels {
  return {
    descendOnline: (problem, state, samples, updates, cancel) => {
      const isCancelled = (): boolean => cancel !== undefined && Atomics.load(cancel, 0) !== 0;
      const isRunning = (l: number): boolean => state.status[l] === RunStatus.running;
      const starts = [...state.status.keys()].filter(isRunning);
      for (const l of starts)
        for (let t = 0; t < updates && isRunning(l) && !isCancelled(); t++)
          step(drawnProblem(random, problem, samples, state, l), state, l);
      return starts.filter(isRunning).length;
    },
  };
}

export const referenceOnline = onlineBy(referenceRandom);

function step(drawn: Problem, state: DescentState, l: number): void {
  const point = pointOf(state, l);
  const { derivative } = lossOf(drawn.loss);
  const outputs = referenceDescent.outputs(drawn.inputs, drawn.shape, drawn.activation, point);
  if (!outputs.every((f, i) => Number.isFinite(derivative(f, drawn.labels[i])))) {
    state.status[l] = RunStatus.diverged;
    return;
  }
  const { gradient, outputGradient } = referenceDescent.evaluate(drawn, point);
  const move = (values: Float64Array, slope: Float64Array): void => {
    slope.forEach((g, i) => {
      values[i] -= state.stepSizes[l] * g;
    });
  };
  move(point.weights, gradient);
  if (state.trainOutput) move(point.outputWeights, outputGradient);
  state.iterations[l] += 1;
}

/** The training set of the next step of start l. */
function drawnProblem(
  random: Random,
  { activation, dimension, teacher, loss, noise, batch }: OnlineProblem,
  { address, sequences }: OnlineSamples,
  state: DescentState,
  l: number,
): Problem {
  const numbers = new Float32Array(batch * (dimension + 1));
  const block = sequences[l] * SEQUENCE_BLOCKS + state.iterations[l] * Math.ceil(numbers.length / 4);
  random.singleNormals(address, block, numbers);
  const values = Float64Array.from(numbers.subarray(0, batch * dimension));
  const inputs = referenceDescent.prepare({ samples: batch, dimension, values });
  const planted: NetworkShape = { strides: 1, rows: teacher.outputWeights.length };
  const labels = referenceDescent.outputs(inputs, planted, activation, { starts: 1, ...teacher });
  return {
    inputs,
    labels: labels.map((y, i) => y + noise * numbers[values.length + i]),
    shape: { strides: 1, rows: state.outputWeights.length / state.starts },
    activation,
    loss,
  };
}

/** Views of start l in the arrays of the state. */
function pointOf({ starts, weights, outputWeights }: DescentState, l: number): Points {
  const part = (values: Float64Array): Float64Array =>
    values.subarray((l * values.length) / starts, ((l + 1) * values.length) / starts);
  return { starts: 1, weights: part(weights), outputWeights: part(outputWeights) };
}
