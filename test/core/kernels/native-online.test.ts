/** Online descents of the native kernels against the plain loops. */
import { describe, expect, it } from 'vitest';
import { descentState } from '../../../src/core/descent/descent.js';
import { RunStatus, type DescentState } from '../../../src/core/kernels/contract.js';
import { loadNativeKernels } from '../../../src/core/kernels/native.js';
import type { OnlineKernels, OnlineProblem, OnlineSamples } from '../../../src/core/kernels/onlineContract.js';
import { referenceKernels } from '../../../src/core/kernels/reference.js';
import { onlineBy } from '../../../src/core/kernels/reference/online.js';
import { parseActivation } from '../../../src/core/networks/activations.js';
import { distance, gaussian } from './cases.js';

const native = loadNativeKernels();

interface Case {
  readonly activation?: string;
  readonly loss?: string;
  readonly dimension: number;
  readonly rows: number;
  readonly teacherRows: number;
  readonly batch: number;
  readonly noise?: number;
}

function problemOf({
  activation = 'erf',
  loss = 'squared',
  dimension,
  teacherRows,
  batch,
  noise,
}: Case): OnlineProblem {
  const scale = 1 / Math.sqrt(dimension);
  const teacher = {
    weights: gaussian(teacherRows * dimension, 1, scale),
    outputWeights: new Float64Array(teacherRows).fill(1 / teacherRows),
  };
  return { activation: parseActivation(activation), dimension, teacher, loss, noise: noise ?? 0.1, batch };
}

function stateOf({ dimension, rows }: Case, starts: number, trainOutput = true): DescentState {
  const points = {
    starts,
    weights: gaussian(starts * rows * dimension, 2, 1 / Math.sqrt(dimension)),
    outputWeights: gaussian(starts * rows, 3, 0.1).map((v) => (1 + v) / rows),
  };
  return descentState(points, new Float64Array(starts).fill(0.3 / dimension), trainOutput);
}

function samplesOf(sequences: readonly number[]): OnlineSamples {
  return { address: { key: [5, 6], trial: 7, purpose: 6 }, sequences: Uint32Array.from(sequences) };
}

/** The plain loops on the samples of the native generator, which has the rounding of floats. */
const loops = onlineBy(native);

/** How far a run of `kernels` is from one of the plain loops. */
function disagreement(kernels: OnlineKernels, c: Case, oracle: OnlineKernels = loops): number {
  const ends = [kernels, oracle].map((by) => {
    const state = stateOf(c, 2);
    by.descendOnline(problemOf(c), state, samplesOf([4, 0]), 5);
    return state;
  });
  expect(ends[0].iterations).toEqual(ends[1].iterations);
  return Math.max(
    distance(ends[0].weights, ends[1].weights, 1e-3),
    distance(ends[0].outputWeights, ends[1].outputWeights, 1e-3),
  );
}

const BASE: Case = { dimension: 37, rows: 3, teacherRows: 2, batch: 1 };

describe('the native steps are those of the plain loops', () => {
  it.each<[string, Partial<Case>]>([
    ['one number each', { dimension: 1, rows: 1, teacherRows: 1 }],
    ['whole vectors', { dimension: 64 }],
    ['no teacher', { teacherRows: 0 }],
    ['tiles of 8 and 7 rows', { rows: 11, teacherRows: 4 }],
    ['pairs of samples', { batch: 2 }],
    ['an odd batch', { batch: 7, rows: 6 }],
    ['more samples than a vector', { batch: 19, dimension: 5 }],
    ['no noise', { noise: 0 }],
    ['relu', { activation: 'relu', batch: 3 }],
    ['sigmoid, cross entropy', { activation: 'sigmoid', loss: 'cross-entropy', noise: 0, batch: 3 }],
    ['a formula', { activation: 'z*sigmoid(1.702*z)', batch: 3 }],
    ['a loss as a formula', { loss: 'sqrt(1+(f-y)^2)-1', batch: 3 }],
  ])('%s', (_, change) => {
    expect(disagreement(native, { ...BASE, ...change })).toBeLessThan(1e-13);
  });

  it('on their samples too, up to the rounding of floats', () => {
    expect(disagreement(native, { ...BASE, batch: 3 }, referenceKernels)).toBeLessThan(1e-7);
  });

  it.each<[string, OnlineKernels]>([
    [
      'other samples',
      {
        descendOnline: (p, s, { address }, ...rest) =>
          native.descendOnline(p, s, { address: { ...address, trial: 8 }, sequences: Uint32Array.of(4, 0) }, ...rest),
      },
    ],
    ['no noise', { descendOnline: (p, ...rest) => native.descendOnline({ ...p, noise: 0 }, ...rest) }],
    ['one step less', { descendOnline: (p, s, x, updates) => native.descendOnline(p, s, x, updates - 1) }],
  ])('a kernel with %s is seen', (name, wrong) => {
    if (name === 'one step less') expect(() => disagreement(wrong, BASE)).toThrow();
    else expect(disagreement(wrong, BASE)).toBeGreaterThan(1e-6);
  });
});

describe('an online descent', () => {
  const c = { ...BASE, batch: 3 };
  const problem = problemOf(c);

  it('has the same bits however it is cut into calls and batches', () => {
    const whole = stateOf(c, 3);
    native.descendOnline(problem, whole, samplesOf([0, 8191, 2]), 40);
    const parts = stateOf(c, 3);
    for (const updates of [1, 0, 7, 32]) native.descendOnline(problem, parts, samplesOf([0, 8191, 2]), updates);
    expect(parts).toEqual(whole);
    const all = stateOf(c, 3);
    const alone = {
      ...stateOf(c, 1),
      weights: all.weights.slice(111, 222),
      outputWeights: all.outputWeights.slice(3, 6),
    };
    native.descendOnline(problem, alone, samplesOf([8191]), 40);
    expect(alone.weights).toEqual(whole.weights.slice(111, 222));
    expect(alone.outputWeights).toEqual(whole.outputWeights.slice(3, 6));
  });

  it('with v kept moves W alone, and starts of one sequence see the same samples', () => {
    const state = stateOf(c, 2, false);
    const size = state.weights.length / 2;
    state.weights.copyWithin(size, 0, size);
    state.outputWeights.copyWithin(c.rows, 0, c.rows);
    const before = state.outputWeights.slice();
    native.descendOnline(problem, state, samplesOf([5, 5]), 9);
    expect(state.outputWeights).toEqual(before);
    expect(state.weights.slice(size)).toEqual(state.weights.slice(0, size));
    expect(state.weights[0]).not.toBe(stateOf(c, 2).weights[0]);
  });

  it('stops a start whose residual is not finite, where it stood before', () => {
    const ends = [native, referenceKernels].map((kernels) => {
      const state = stateOf({ ...c, activation: 'quadratic' }, 2, false);
      state.weights[0] = 1e200;
      expect(
        kernels.descendOnline({ ...problem, activation: parseActivation('quadratic') }, state, samplesOf([0, 1]), 4),
      ).toBe(1);
      return state;
    });
    for (const state of ends) {
      expect([...state.status]).toEqual([RunStatus.diverged, RunStatus.running]);
      expect([...state.iterations]).toEqual([0, 4]);
      expect(state.weights[0]).toBe(1e200);
    }
  });

  it('ends when it is cancelled', () => {
    const state = stateOf(c, 2);
    expect(native.descendOnline(problem, state, samplesOf([0, 1]), 40, Int32Array.of(1))).toBe(2);
    expect(state).toEqual(stateOf(c, 2));
  });

  it('refuses arrays that are too short, and a batch beyond memory', () => {
    expect(() => native.descendOnline(problem, stateOf(c, 2), samplesOf([0]), 1)).toThrow('starts must be at most');
    expect(() =>
      native.descendOnline(
        {
          ...problem,
          batch: 2 ** 31 - 1,
          dimension: 2 ** 31 - 1,
          teacher: { weights: new Float64Array(0), outputWeights: new Float64Array(0) },
        },
        { ...stateOf(c, 1), weights: new Float64Array(0), outputWeights: new Float64Array(0) },
        samplesOf([0]),
        1,
      ),
    ).toThrow('batch must be small enough');
  });
});
