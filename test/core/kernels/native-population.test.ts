/** The population risk of the native kernels against the plain loops. */
import { describe, expect, it } from 'vitest';
import type { DescentState, Points } from '../../../src/core/kernels/contract.js';
import { loadNativeKernels } from '../../../src/core/kernels/native.js';
import type { PopulationKernels, PopulationProblem } from '../../../src/core/kernels/populationContract.js';
import { referenceKernels } from '../../../src/core/kernels/reference.js';
import { parseActivation } from '../../../src/core/networks/activations.js';

const native = loadNativeKernels();
const NAMES = ['relu', 'leaky-relu:0.3', 'squared-relu', 'erf', 'erf:std', 'quadratic', 'linear'];

function normals(purpose: number, count: number): Float64Array {
  const values = new Float64Array(count);
  referenceKernels.normals({ key: [7, 8], trial: 0, purpose }, 0, values);
  return values;
}

/** A teacher with K rows of which the last has a zero entry, in d dimensions. */
function problemOf(name: string, K: number, d: number): PopulationProblem {
  const weights = normals(1, K * d);
  weights[K * d - 1] = 0;
  return { activation: parseActivation(name), dimension: d, teacher: { weights, outputWeights: normals(2, K) } };
}

function pointsOf(starts: number, rows: number, d: number): Points {
  return { starts, weights: normals(3, starts * rows * d), outputWeights: normals(4, starts * rows) };
}

function apart(a: Float64Array, b: Float64Array): number {
  const scale = Math.max(...b.map(Math.abs), 1e-300);
  return Math.max(...a.map((x, i) => Math.abs(x - b[i]))) / scale;
}

describe.each(NAMES)('%s', (name) => {
  it.each([
    [1, 1, 1, 1],
    [3, 2, 2, 3],
    [8, 5, 4, 7],
    [9, 4, 6, 5],
    [17, 3, 1, 9],
  ])('L = %i, %i rows, K = %i, d = %i', (starts, rows, K, d) => {
    const [problem, points] = [problemOf(name, K, d), pointsOf(starts, rows, d)];
    const [found, expected] = [native, referenceKernels].map((kernels) => kernels.evaluatePopulation(problem, points));
    expect(apart(found.loss, expected.loss)).toBeLessThan(1e-13);
    expect(apart(found.gradient, expected.gradient)).toBeLessThan(1e-13);
    expect(apart(found.outputGradient, expected.outputGradient)).toBeLessThan(1e-13);
  });
});

function stateOf({ starts, weights, outputWeights }: Points, stepSize: number, trainOutput: boolean): DescentState {
  return {
    starts,
    weights: weights.slice(),
    outputWeights: outputWeights.slice(),
    trainOutput,
    stepSizes: new Float64Array(starts).fill(stepSize),
    status: new Int32Array(starts),
    iterations: new Int32Array(starts),
    firstLoss: new Float64Array(starts).fill(Number.NaN),
    loss: new Float64Array(starts),
    gradientNorm: new Float64Array(starts),
  };
}

describe('a descent', () => {
  const [problem, points] = [problemOf('relu', 3, 4), pointsOf(11, 3, 4)];

  it.each([true, false])('is that of the plain loops, with v trained: %s', (trainOutput) => {
    const descended = (kernels: PopulationKernels, tolerance: number): DescentState => {
      const state = stateOf(points, 0.1, trainOutput);
      kernels.descendPopulation(problem, state, 60, tolerance);
      return state;
    };
    const half = [...descended(native, 0).gradientNorm].sort((a, b) => a - b)[5] * 1.001;
    const [found, expected] = [native, referenceKernels].map((kernels) => descended(kernels, half));
    expect(found.status).toEqual(expected.status);
    expect(found.iterations).toEqual(expected.iterations);
    expect(new Set(found.status).size).toBeGreaterThan(1);
    expect(apart(found.weights, expected.weights)).toBeLessThan(1e-11);
    expect(apart(found.outputWeights, expected.outputWeights)).toBeLessThan(1e-11);
    expect(apart(found.loss, expected.loss)).toBeLessThan(1e-11);
    expect(apart(found.gradientNorm, expected.gradientNorm)).toBeLessThan(1e-10);
  });

  it('has the same bits however it is cut into calls and batches', () => {
    const whole = stateOf(points, 0.2, true);
    native.descendPopulation(problem, whole, 60, 0.02);
    const parts = stateOf(points, 0.2, true);
    for (let call = 0; call < 12; call++) native.descendPopulation(problem, parts, 5, 0.02);
    expect(parts).toEqual(whole);
    for (const l of [0, 4, 10]) {
      const alone = {
        starts: 1,
        weights: points.weights.slice(l * 12, (l + 1) * 12),
        outputWeights: points.outputWeights.slice(l * 3, (l + 1) * 3),
      };
      const state = stateOf(alone, 0.2, true);
      native.descendPopulation(problem, state, 60, 0.02);
      expect(state.weights).toEqual(whole.weights.slice(l * 12, (l + 1) * 12));
      expect(state.loss[0]).toBe(whole.loss[l]);
    }
  });

  it('stops as diverged at the point that was evaluated last, and leaves its neighbours alone', () => {
    const state = stateOf(points, 0.2, false);
    state.stepSizes[5] = 1e9;
    native.descendPopulation(problem, state, 60, -1);
    expect([...state.status]).toEqual(Array.from({ length: 11 }, (_, l) => (l === 5 ? 2 : 0)));
    const calm = stateOf(points, 0.2, false);
    native.descendPopulation(problem, calm, 60, -1);
    expect(state.weights.slice(72)).toEqual(calm.weights.slice(72));
  });

  it('ends when it is cancelled, and evaluates only with 0 updates', () => {
    const cancelled = stateOf(points, 0.2, false);
    expect(native.descendPopulation(problem, cancelled, 60, 0, Int32Array.of(1))).toBe(11);
    expect(cancelled.weights).toEqual(points.weights);
    const looked = stateOf(points, 0.2, false);
    native.descendPopulation(problem, looked, 0, -1);
    expect(looked.weights).toEqual(points.weights);
    expect(looked.loss).toEqual(native.evaluatePopulation(problem, points).loss);
  });

  it('refuses what it cannot do', () => {
    const sigmoid = { ...problem, activation: parseActivation('sigmoid') };
    expect(() => native.evaluatePopulation(sigmoid, points)).toThrow('must be one with a closed form of its risk');
    const state = { ...stateOf(points, 0.2, false), backtracking: true };
    expect(() => native.descendPopulation(problem, state, 1, 0)).toThrow('must be without backtracking');
    expect(() => native.descendPopulation(problem, { ...state, backtracking: false, signOutput: true }, 1, 0)).toThrow(
      'must be without signs of v',
    );
  });
});
