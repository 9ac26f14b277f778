/** Steps by mini-batches: native kernels against the plain loops, and against the gradient of the whole risk. */
import { describe, expect, it, test } from 'vitest';
import { sampledBatches } from '../../../src/core/descent/batches.js';
import { descentState, runDescent, statusNames } from '../../../src/core/descent/descent.js';
import { InputError } from '../../../src/base/errors.js';
import type { DescentKernels, DescentState } from '../../../src/core/kernels/contract.js';
import { loadNativeKernels } from '../../../src/core/kernels/native.js';
import { referenceKernels } from '../../../src/core/kernels/reference.js';
import { BASE, descentFor, distance, pointsFor, problemFor, type Case } from './cases.js';

const native = loadNativeKernels();
const stream = { key: [3, 5], trial: 7, purpose: 10 } as const;
const TOLERANCE = 1e-11;

const CASES: readonly (Case & { readonly size: number })[] = [
  { ...BASE, samples: 1, dimension: 1, shape: { strides: 1, rows: 1 }, starts: 1, size: 1 },
  { ...BASE, samples: 33, dimension: 7, starts: 9, size: 32 },
  { ...BASE, samples: 65, shape: { strides: 3, rows: 1 }, activation: 'tanh', size: 13 },
  { ...BASE, samples: 64, loss: 'cross-entropy', shape: { strides: 1, rows: 13 }, size: 33 },
  { ...BASE, samples: 100, activation: 'softplus:2', loss: 'softplus(f - y) + softplus(y - f)', size: 100 },
];

/** A state after some updates by mini-batches. */
function moved(kernels: DescentKernels, c: Case, size: number, trainOutput: boolean): DescentState {
  const state = descentFor(c, { trainOutput, stepSize: 0.05 });
  const { rows } = sampledBatches(referenceKernels, { size, replacement: false, stream }, c.samples);
  expect(kernels.descendSampled(problemFor(kernels, c), state, rows(0, 7), size)).toBe(c.starts);
  return state;
}

const apart = (kernels: DescentKernels, { size, ...c }: (typeof CASES)[number]): number =>
  Math.max(
    ...[false, true].map((trainOutput) => {
      const [mine, theirs] = [moved(kernels, c, size, trainOutput), moved(referenceKernels, c, size, trainOutput)];
      expect([...mine.iterations]).toEqual(Array.from({ length: c.starts }, () => 7));
      return Math.max(distance(mine.weights, theirs.weights), distance(mine.outputWeights, theirs.outputWeights));
    }),
  );

describe('native batches agree with the reference', () => {
  test.each(CASES)('$size of $samples samples, $shape, $activation, $loss', (c) => {
    expect(apart(native, c)).toBeLessThan(TOLERANCE);
  });

  it('and a kernel that takes other samples is noticed', () => {
    const shifted: DescentKernels = {
      ...native,
      descendSampled: (problem, state, rows, ...more) =>
        native.descendSampled(
          problem,
          state,
          rows.map((row) => (row + 1) % problem.inputs.samples),
          ...more,
        ),
    };
    expect(apart(shifted, CASES[1])).toBeGreaterThan(1e-6);
  });
});

it('the gradients of the batches of an epoch average to that of the whole risk', () => {
  const c = { ...BASE, samples: 60 };
  const problem = problemFor(native, c);
  const points = pointsFor(c);
  const { rows } = sampledBatches(native, { size: 12, replacement: false, stream }, c.samples);
  const steps = Array.from({ length: 5 }, (_, t) => {
    const state = descentState(points, new Float64Array(c.starts).fill(1), false);
    native.descendSampled(problem, state, rows(t, 1), 12);
    return state.weights.map((w, j) => points.weights[j] - w);
  });
  const mean = points.weights.map((_, j) => steps.reduce((sum, step) => sum + step[j], 0) / 5);
  expect(distance(mean, native.evaluate(problem, points).gradient)).toBeLessThan(1e-12);
});

describe('a descent by mini-batches', () => {
  const c = { ...BASE, samples: 50 };
  const run = (size: number, replacement: boolean, iterations = 40): DescentState => {
    const batches = sampledBatches(native, { size, replacement, stream }, c.samples);
    const state = descentState(pointsFor(c), new Float64Array(c.starts).fill(0.1), false, { batches });
    runDescent(native, problemFor(native, c), state, { iterations, tolerance: -1 });
    return state;
  };

  it('of all samples without replacement is gradient descent, to rounding', () => {
    const plain = descentState(pointsFor(c), new Float64Array(c.starts).fill(0.1), false);
    runDescent(native, problemFor(native, c), plain, { iterations: 40, tolerance: -1 });
    expect(distance(run(50, false).weights, plain.weights)).toBeLessThan(1e-12);
  });

  it('reports loss and gradient of the whole risk at its end', () => {
    const state = run(8, true);
    const { loss, gradient } = native.evaluate(problemFor(native, c), state);
    expect([...state.loss]).toEqual([...loss]);
    const first = gradient.subarray(0, gradient.length / c.starts);
    expect(state.gradientNorm[0]).toBeCloseTo(Math.hypot(...first), 12);
    expect(statusNames(state)).toEqual(['iterations', 'iterations', 'iterations']);
  });

  it('applies the stop rules before its first step, too', () => {
    const batches = sampledBatches(native, { size: 8, replacement: false, stream }, c.samples);
    const state = descentState(pointsFor(c), new Float64Array(c.starts).fill(0.1), false, { batches });
    runDescent(native, problemFor(native, c), state, { iterations: 40, tolerance: 1e3 });
    expect(state.weights).toEqual(pointsFor(c).weights);
    expect(statusNames(state)).toEqual(['converged', 'converged', 'converged']);
  });

  it('says where it has diverged', () => {
    const batches = sampledBatches(native, { size: 5, replacement: false, stream }, c.samples);
    const problem = {
      ...problemFor(native, c),
      activation: problemFor(native, { ...c, activation: 'quadratic' }).activation,
    };
    const state = descentState(pointsFor(c), new Float64Array(c.starts).fill(10), false, { batches });
    runDescent(native, problem, state, { iterations: 200, tolerance: -1 });
    expect(statusNames(state)).toEqual(['diverged', 'diverged', 'diverged']);
  });

  it('is refused with backtracking', () => {
    const batches = sampledBatches(native, { size: 5, replacement: false, stream }, c.samples);
    const state = descentState(pointsFor(c), new Float64Array(c.starts).fill(1), false, {
      batches,
      backtracking: true,
    });
    expect(() => native.descend(problemFor(native, c), state, 1, -1)).toThrow(InputError);
  });
});
