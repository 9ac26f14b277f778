import { describe, expect, test } from 'vitest';
import { ACTIVATION_EXAMPLES } from '../../../src/core/networks/activationTable.js';
import { takeStarts } from '../../../src/core/descent/batch.js';
import type { DescentKernels, DescentState } from '../../../src/core/kernels/contract.js';
import { loadNativeKernels } from '../../../src/core/kernels/native.js';
import { referenceKernels } from '../../../src/core/kernels/reference.js';
import type { SingleKernels, SingleState } from '../../../src/core/kernels/singleContract.js';
import { BASE, descentFor, distance, pointsFor, problemFor, type Case } from './cases.js';

const native = loadNativeKernels();
type Kernels = DescentKernels & SingleKernels;

function stateFor(c: Case, choices: Parameters<typeof descentFor>[1] = {}): DescentState & SingleState {
  return {
    ...descentFor(c, choices),
    leastNorm: new Float64Array(c.starts).fill(Infinity),
    largestLoss: new Float64Array(c.starts),
  };
}

const CASES: readonly Case[] = [
  ...ACTIVATION_EXAMPLES.map((activation) => ({ ...BASE, activation })),
  ...[1, 31, 32, 33, 511, 512, 513, 1009].map((samples) => ({ ...BASE, samples })),
  ...[1, 2, 7, 13].map((rows) => ({ ...BASE, shape: { strides: 1, rows }, starts: 7 })),
  { ...BASE, shape: { strides: 4, rows: 1 } },
  { ...BASE, loss: 'cross-entropy' },
];

function gradients(kernels: Kernels, c: Case): Float64Array[] {
  const { gradient, outputGradient } = kernels.gradientSingle(
    kernels.roundProblem(problemFor(kernels, c)),
    pointsFor(c),
  );
  return [gradient, outputGradient];
}

/** Errors of single products of floats, relative to the largest entry. */
const CLOSE = 2e-6;

describe.each(CASES)(
  'in float32: $activation $loss, $samples samples, strides $shape.strides, $shape.rows rows',
  (c) => {
    test('the gradient agrees with that of rounded numbers', () => {
      const [got, expected] = [gradients(native, c), gradients(referenceKernels, c)];
      got.forEach((values, i) => {
        expect(distance(values, expected[i], 1e-6)).toBeLessThan(CLOSE);
      });
    });

    test('steps agree with those of rounded numbers', () => {
      const [got, expected] = [native, referenceKernels].map((kernels: Kernels) => {
        const state = stateFor(c, { trainOutput: true, stepSize: 0.01 });
        kernels.descendSingle(kernels.roundProblem(problemFor(kernels, c)), state, 5);
        return state;
      });
      expect(distance(got.weights, expected.weights)).toBeLessThan(CLOSE);
      expect(distance(got.outputWeights, expected.outputWeights)).toBeLessThan(CLOSE);
      expect(distance(got.leastNorm, expected.leastNorm)).toBeLessThan(CLOSE);
      expect(distance(got.largestLoss, expected.largestLoss)).toBeLessThan(CLOSE);
    });
  },
);

test('the agreement can fail: another activation is seen', () => {
  const [got] = gradients(native, { ...BASE, activation: 'tanh' });
  expect(distance(got, gradients(referenceKernels, { ...BASE, activation: 'erf:std' })[0], 0)).toBeGreaterThan(1e-3);
});

test('bits depend neither on the cut into calls nor on the other starts', () => {
  const c = { ...BASE, samples: 700, dimension: 60, starts: 25, shape: { strides: 1, rows: 3 } };
  const problem = native.roundProblem(problemFor(native, c));
  const [whole, cut] = [stateFor(c), stateFor(c)];
  native.descendSingle(problem, whole, 9);
  for (const updates of [4, 0, 5]) native.descendSingle(problem, cut, updates);
  expect(cut).toEqual(whole);
  const alone = {
    ...takeStarts(descentFor(c), [17]),
    leastNorm: Float64Array.of(Infinity),
    largestLoss: Float64Array.of(0),
  };
  native.descendSingle(problem, alone, 9);
  expect(alone.weights).toEqual(takeStarts(whole, [17]).weights);
});

test('what the stop rules look at is kept of every point that a step leaves, and of no other', () => {
  const [c, exact] = [{ ...BASE, starts: 1 }, problemFor(native, { ...BASE, starts: 1 })];
  const [state, float64] = [stateFor(c, { stepSize: 30 }), descentFor(c, { stepSize: 30 })];
  native.descendSingle(native.roundProblem(exact), state, 4);
  const seen = Array.from({ length: 4 }, () => {
    native.descend(exact, float64, 1, -1);
    return [float64.gradientNorm[0], float64.loss[0]];
  });
  expect(state.leastNorm[0]).toBeCloseTo(Math.min(...seen.map(([norm]) => norm)), 5);
  expect(state.largestLoss[0]).toBeCloseTo(Math.max(...seen.map(([, loss]) => loss)), 5);
});

test('a cancelled call makes no step', () => {
  const state = stateFor(BASE);
  native.descendSingle(native.roundProblem(problemFor(native, BASE)), state, 3, Int32Array.of(1));
  expect(state.weights).toEqual(descentFor(BASE).weights);
});
