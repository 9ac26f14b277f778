import { describe, expect, test } from 'vitest';
import { parseActivation } from '../../../src/core/networks/activations.js';
import { takeStarts } from '../../../src/core/descent/batch.js';
import { descent, descentState, runDescent } from '../../../src/core/descent/descent.js';
import {
  RunStatus,
  type DescentKernels,
  type DescentState,
  type NativeKernels,
  type Points,
  type Problem,
} from '../../../src/core/kernels/contract.js';
import { loadNativeKernels } from '../../../src/core/kernels/native.js';
import { referenceKernels } from '../../../src/core/kernels/reference.js';
import type { SingleKernels } from '../../../src/core/kernels/singleContract.js';
import { ROUND } from '../../../src/core/descent/mixed.js';
import { LARGEST_ERROR } from '../../../src/core/descent/mixedRules.js';
import { withPrecision } from '../../../src/core/descent/precisions.js';
import { BASE, descentFor, distance, pointsFor, problemFor, type Case } from '../kernels/cases.js';

const native = loadNativeKernels();
const inMixed = withPrecision(native, 'mixed');
const SMALL: Case = { ...BASE, samples: 300, dimension: 4, shape: { strides: 1, rows: 2 } };
const NEVER = -1;

/** Labels are a teacher's outputs, and the starts lie around the teacher: every minimum near them is isolated. */
function planted(kernels: DescentKernels, c: Case): Problem {
  const problem = problemFor(kernels, c);
  const labels = kernels.outputs(problem.inputs, c.shape, problem.activation, teacher(c));
  return { ...problem, labels: labels.map((label, i) => label + 0.01 * Math.sin(i)) };
}

function teacher(c: Case): Points {
  const { weights, outputWeights } = pointsFor({ ...c, starts: 1 });
  return {
    starts: 1,
    weights: weights.map((w, i) => 2 * w + (i % 5 === 0 ? 1 : 0)),
    outputWeights: outputWeights.fill(1 / outputWeights.length),
  };
}

function startsFor(c: Case, stepSize: number): DescentState {
  const { weights, outputWeights } = teacher(c);
  const around = descentFor(c, { stepSize });
  return {
    ...around,
    weights: around.weights.map((w, i) => weights[i % weights.length] + 0.3 * w),
    outputWeights: around.outputWeights.map((_, i) => outputWeights[i % outputWeights.length]),
  };
}

interface Run {
  readonly iterations: number;
  readonly tolerance: number;
}

function mixed(
  c: Case,
  run: Run,
  stepSize: number,
  kernels: DescentKernels & SingleKernels = native,
  chosen?: readonly number[],
): DescentState {
  const whole = startsFor(c, stepSize);
  const state = chosen === undefined ? whole : takeStarts(whole, chosen);
  for (const iteration of descent(withPrecision(kernels, 'mixed'), planted(kernels, c), state, run))
    expect(iteration).toBeLessThanOrEqual(run.iterations);
  return state;
}

function exact(c: Case, run: Run, stepSize: number): DescentState {
  const state = startsFor(c, stepSize);
  runDescent(native, planted(native, c), state, run);
  return state;
}

/** The native kernels, counting float32 steps, with a float32 gradient that is off by a share of itself. */
function distorted(share: number): { readonly kernels: NativeKernels; readonly counted: { steps: number } } {
  const counted = { steps: 0 };
  const kernels: NativeKernels = {
    ...native,
    gradientSingle: (problem, points) => {
      const { gradient, outputGradient } = native.gradientSingle(problem, points);
      return {
        gradient: gradient.map((g) => g * (1 + share)),
        outputGradient: outputGradient.map((g) => g * (1 + share)),
      };
    },
    descendSingle: (problem, state, updates, cancel) => {
      counted.steps += updates * state.starts;
      native.descendSingle(problem, state, updates, cancel);
    },
  };
  return { kernels, counted };
}

describe.each<[string, Case['loss'], number]>([
  ['tanh', 'squared', 0.5],
  ['sigmoid', 'squared', 4],
  ['softplus', 'squared', 0.3],
  ['erf', 'squared', 0.5],
  ['sigmoid', 'cross-entropy', 1],
])('%s, %s', (activation, loss, stepSize) => {
  const c = { ...SMALL, activation, loss };

  test('ends where float64 ends, and stops at the tolerance in float64', () => {
    const run = { iterations: 200_000, tolerance: 1e-12 };
    const [got, expected] = [mixed(c, run, stepSize), exact(c, run, stepSize)];
    expect([...expected.status]).toEqual(new Array(c.starts).fill(RunStatus.converged));
    expect([...got.status]).toEqual([...expected.status]);
    expect(distance(got.weights, expected.weights)).toBeLessThan(1e-10);
    got.gradientNorm.forEach((norm) => {
      expect(norm).toBeLessThanOrEqual(1e-12);
    });
    const at = native.evaluate(planted(native, c), got);
    expect(got.loss).toEqual(at.loss);
  });
});

test('most of the way is made in float32', () => {
  const { kernels, counted } = distorted(0);
  const state = mixed(SMALL, { iterations: 2000, tolerance: NEVER }, 0.5, kernels);
  expect(state.iterations).toEqual(new Int32Array(SMALL.starts).fill(2000));
  expect(counted.steps).toBeGreaterThan(1000 * SMALL.starts);
});

test('a float32 gradient that is off by more than allowed is never followed', () => {
  const run = { iterations: 300, tolerance: NEVER };
  const { kernels, counted } = distorted(1.01 * LARGEST_ERROR);
  expect(mixed(SMALL, run, 0.5, kernels)).toEqual(exact(SMALL, run, 0.5));
  expect(counted.steps).toBe(0);
});

test('the bits of a start do not depend on the other starts', () => {
  const run = { iterations: 5 * ROUND + 7, tolerance: NEVER };
  const whole = mixed(SMALL, run, 0.5);
  for (let l = 0; l < SMALL.starts; l++) expect(mixed(SMALL, run, 0.5, native, [l])).toEqual(takeStarts(whole, [l]));
});

test('a descent near its tolerance stops at the same iteration as in float64', () => {
  const run = { iterations: 20_000, tolerance: 1e-3 };
  const [got, expected] = [mixed(SMALL, run, 0.5), exact(SMALL, run, 0.5)];
  expect([...got.status]).toEqual([...expected.status]);
  got.iterations.forEach((iterations, l) => {
    expect(Math.abs(iterations - expected.iterations[l])).toBeLessThanOrEqual(1);
  });
});

test('a divergence is found as in float64', () => {
  const c = { ...SMALL, activation: 'quadratic' };
  const run = { iterations: 2000, tolerance: NEVER };
  const [got, expected] = [mixed(c, run, 20), exact(c, run, 20)];
  expect([...expected.status]).toEqual(new Array(c.starts).fill(RunStatus.diverged));
  expect(got).toEqual(expected);
});

test('a tolerance that is met in the middle of a round stops a start as in float64', () => {
  const c = { ...SMALL, activation: 'tanh' };
  const run = { iterations: ROUND, tolerance: 0.0018 };
  const [got, expected] = [mixed(c, run, 100), exact(c, run, 100)];
  expect([...expected.status]).toEqual(new Array(c.starts).fill(RunStatus.converged));
  expect(got).toEqual(expected);
});

test('a divergence in the middle of a round is one, even when the unit dies and the loss comes back', () => {
  const inputs = native.allocateInputs(1, 1);
  inputs.values[0] = 1;
  const problem: Problem = {
    inputs: native.prepare(inputs),
    labels: Float64Array.of(1),
    shape: { strides: 1, rows: 1 },
    activation: parseActivation('squared-relu'),
    loss: 'squared',
  };
  const state = descentState(
    { starts: 1, weights: Float64Array.of(1.001), outputWeights: Float64Array.of(1) },
    Float64Array.of(10),
    false,
  );
  runDescent(inMixed, problem, state, { iterations: ROUND, tolerance: NEVER });
  expect([state.status[0], state.iterations[0]]).toEqual([RunStatus.diverged, 2]);
});

test('a descent is looked at in float64 at any iteration, and ends within rounding of one that is not', () => {
  const run = { iterations: 3 * ROUND, tolerance: NEVER };
  const problem = planted(native, SMALL);
  const seen: number[] = [];
  const state = startsFor(SMALL, 0.5);
  runDescent(inMixed, problem, state, {
    ...run,
    schedule: [0, 1, ROUND - 1, ROUND + 5],
    look: (iteration, at) => {
      seen.push(iteration);
      expect([...at.iterations]).toEqual(new Array(SMALL.starts).fill(iteration));
      expect(at.loss).toEqual(native.evaluate(problem, at).loss);
    },
  });
  expect(seen).toEqual([0, 1, ROUND - 1, ROUND + 5]);
  expect(distance(state.weights, exact(SMALL, run, 0.5).weights)).toBeLessThan(1e-5);
});

test('a start at a minimum stays there', () => {
  const problem = planted(native, SMALL);
  const state = exact(SMALL, { iterations: 200_000, tolerance: 1e-12 }, 0.5);
  const again = {
    ...state,
    weights: state.weights.slice(),
    status: new Int32Array(SMALL.starts),
    firstLoss: state.firstLoss.slice(),
    iterations: new Int32Array(SMALL.starts),
  };
  runDescent(inMixed, problem, again, { iterations: 10, tolerance: 1e-12 });
  expect(again.weights).toEqual(state.weights);
  expect(again.iterations).toEqual(new Int32Array(SMALL.starts));
});

test('the plain loops make a mixed descent too', () => {
  const c = { ...SMALL, samples: 40, starts: 1 };
  const run = { iterations: 3 * ROUND, tolerance: NEVER };
  expect(distance(mixed(c, run, 0.5).weights, mixed(c, run, 0.5, referenceKernels).weights)).toBeLessThan(1e-5);
});

test.each([
  ['backtracking', { backtracking: true }, 'mixed precision must be without backtracking'],
  ['a loss tolerance', { lossTolerance: 0.1 }, 'mixed precision must be without loss tolerance'],
])('%s is refused', (_, choice, message) => {
  const state = descentFor(SMALL, choice);
  expect(() => {
    runDescent(inMixed, problemFor(native, SMALL), state, { iterations: 1, tolerance: NEVER });
  }).toThrow(message);
});

test('signs of v are refused', () => {
  const state = { ...descentFor(SMALL), signOutput: true };
  expect(() => {
    runDescent(inMixed, problemFor(native, SMALL), state, { iterations: 1, tolerance: NEVER });
  }).toThrow('without signs of v');
});
