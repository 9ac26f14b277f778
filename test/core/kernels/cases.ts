/** Problems for comparing kernels: the same numbers for every implementation, drawn from the reference streams. */
import { parseActivation } from '../../../src/core/networks/activations.js';
import type {
  DescentKernels,
  DescentState,
  NetworkShape,
  Points,
  Problem,
} from '../../../src/core/kernels/contract.js';
import { referenceKernels } from '../../../src/core/kernels/reference.js';
import { updateState, type UpdateMethod } from '../../../src/core/kernels/updates.js';

export interface Case {
  readonly samples: number;
  readonly dimension: number;
  readonly shape: NetworkShape;
  readonly starts: number;
  readonly activation: string;
  readonly loss: string;
}

export const BASE: Case = {
  samples: 100,
  dimension: 12,
  shape: { strides: 1, rows: 5 },
  starts: 3,
  activation: 'sigmoid',
  loss: 'squared',
};

export function gaussian(length: number, purpose: number, scale = 1): Float64Array {
  const out = new Float64Array(length);
  referenceKernels.normals({ key: [11, 13], trial: 17, purpose }, 0, out);
  return out.map((x) => scale * x);
}

/** Labels inside (0, 1), so that both losses take them. */
function labels(samples: number): Float64Array {
  const out = new Float64Array(samples);
  referenceKernels.uniforms({ key: [11, 13], trial: 17, purpose: 100 }, 0, out);
  return out;
}

export function problemFor(kernels: DescentKernels, c: Case): Problem {
  const inputs = kernels.allocateInputs(c.samples, c.dimension);
  inputs.values.set(gaussian(c.samples * c.dimension, 1));
  return {
    inputs: kernels.prepare(inputs),
    labels: labels(c.samples),
    shape: c.shape,
    activation: parseActivation(c.activation),
    loss: c.loss,
  };
}

/** Points whose outputs lie around 1/2, where the cross entropy is curved and not clipped. */
export function pointsFor(c: Case, purpose = 2): Points {
  const units = c.shape.strides * c.shape.rows;
  const length = c.dimension / c.shape.strides;
  return {
    starts: c.starts,
    weights: gaussian(c.starts * c.shape.rows * length, purpose, 0.5),
    outputWeights: gaussian(c.starts * units, purpose + 1, 0.1).map((v) => (0.5 + v) / units),
  };
}

export interface DescentChoices {
  readonly trainOutput?: boolean;
  readonly stepSize?: number;
  readonly backtracking?: boolean;
  readonly lossTolerance?: number;
  readonly method?: UpdateMethod;
}

export function descentFor(c: Case, options: DescentChoices = {}): DescentState {
  const points = pointsFor(c);
  const { weights, outputWeights } = points;
  const variables = weights.length + (options.trainOutput === true ? outputWeights.length : 0);
  return {
    ...points,
    trainOutput: options.trainOutput ?? false,
    stepSizes: Float64Array.from({ length: c.starts }, (_, l) => (options.stepSize ?? 0.1) * (1 + l / 7)),
    status: new Int32Array(c.starts),
    iterations: new Int32Array(c.starts),
    firstLoss: new Float64Array(c.starts).fill(Number.NaN),
    loss: new Float64Array(c.starts),
    gradientNorm: new Float64Array(c.starts),
    ...(options.backtracking === undefined ? {} : { backtracking: options.backtracking }),
    ...(options.lossTolerance === undefined ? {} : { lossTolerance: options.lossTolerance }),
    ...(options.method === undefined ? {} : { method: updateState(options.method, variables) }),
  };
}

/**
 * The largest difference, in units of the largest entry (of 1 where all are smaller than that). NaN counts as infinite.
 */
export function distance(got: Float64Array, expected: Float64Array, floor = 1): number {
  if (got.length !== expected.length) return Infinity;
  let worst = 0;
  let scale = floor;
  for (let i = 0; i < expected.length; i++) {
    const error = Math.abs(got[i] - expected[i]);
    worst =
      Number.isNaN(error) && !Object.is(got[i], expected[i])
        ? Infinity
        : Math.max(worst, Number.isNaN(error) ? 0 : error);
    scale = Math.max(scale, Math.abs(expected[i]));
  }
  return worst / scale;
}

/** How far `kernels` is from the reference on one case, in any of its results. */
export function disagreement(kernels: DescentKernels, c: Case): number {
  const [mine, theirs] = [problemFor(kernels, c), problemFor(referenceKernels, c)];
  const [points, directions] = [pointsFor(c), pointsFor(c, 5)];
  const got = kernels.evaluate(mine, points);
  const expected = referenceKernels.evaluate(theirs, points);
  const outputs = [kernels, referenceKernels].map((k, i) =>
    k.outputs([mine, theirs][i].inputs, c.shape, mine.activation, points),
  );
  const distances = [
    distance(got.loss, expected.loss),
    distance(got.gradient, expected.gradient, 1e-3),
    distance(got.outputGradient, expected.outputGradient, 1e-3),
    distance(outputs[0], outputs[1]),
  ];
  for (const trainOutput of [false, true]) {
    const product = kernels.hessianVector(mine, points, directions, trainOutput);
    const exact = referenceKernels.hessianVector(theirs, points, directions, trainOutput);
    distances.push(
      distance(product.weights, exact.weights, 1e-3),
      distance(product.outputWeights, exact.outputWeights, 1e-3),
    );
    distances.push(descentDistance(kernels, mine, theirs, c, { trainOutput }));
    distances.push(
      descentDistance(kernels, mine, theirs, c, {
        trainOutput,
        backtracking: true,
        stepSize: LONG_STEP,
        lossTolerance: 0.999,
      }),
    );
  }
  return Math.max(...distances);
}

function momentDistances({ method: got }: DescentState, { method: expected }: DescentState): number[] {
  if (got === undefined || expected === undefined) return [];
  return [
    distance(got.firstMoment, expected.firstMoment, 1e-3),
    distance(got.secondMoment, expected.secondMoment, 1e-6),
  ];
}

/** Raises the loss of every activation at least once, so that steps are taken back. */
const LONG_STEP = 300;

export function descentDistance(
  kernels: DescentKernels,
  mine: Problem,
  theirs: Problem,
  c: Case,
  choices: DescentChoices,
): number {
  const [got, expected] = [descentFor(c, choices), descentFor(c, choices)];
  const running = [kernels.descend(mine, got, 3, -1), referenceKernels.descend(theirs, expected, 3, -1)];
  if (running[0] !== running[1]) return Infinity;
  return Math.max(
    distance(got.weights, expected.weights),
    distance(got.outputWeights, expected.outputWeights),
    distance(got.loss, expected.loss),
    distance(got.gradientNorm, expected.gradientNorm, 1e-3),
    distance(got.stepSizes, expected.stepSizes),
    distance(got.firstLoss, expected.firstLoss),
    ...momentDistances(got, expected),
    distance(Float64Array.from(got.iterations), Float64Array.from(expected.iterations)),
    distance(Float64Array.from(got.status), Float64Array.from(expected.status)),
  );
}
