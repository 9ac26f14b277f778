/** The order parameters against the population risk and the kernels' steps; the plateau. */
import { describe, expect, it } from 'vitest';
import { descentState } from '../../../src/core/descent/descent.js';
import { loadNativeKernels } from '../../../src/core/kernels/native.js';
import { referenceKernels } from '../../../src/core/kernels/reference.js';
import { parseActivation } from '../../../src/core/networks/activations.js';
import { orderCourse } from '../../../src/theory/onlineSgd/course.js';
import {
  drift,
  generalisationError,
  orderParameters,
  type OnlineSgd,
  type OrderParameters,
} from '../../../src/theory/onlineSgd/dynamics.js';

const native = loadNativeKernels();
const activation = parseActivation('erf');

function normals(purpose: number, count: number, scale: number): Float64Array {
  const values = new Float64Array(count);
  native.normals({ key: [3, 4], trial: 0, purpose }, 0, values);
  return values.map((x) => x * scale);
}

const [K, M] = [3, 2];
const SGD: OnlineSgd = {
  activation,
  rows: K,
  teacherRows: M,
  teacherOutput: Float64Array.of(0.8, -1.1),
  stepSize: 0.7,
  noise: 0.3,
  batch: 2,
  trainOutput: true,
};

function problemIn(dimension: number) {
  const scale = 1 / Math.sqrt(dimension);
  const weights = normals(1, K * dimension, scale);
  const outputWeights = Float64Array.of(0.9, 0.5, -0.7);
  const teacher = { weights: normals(2, M * dimension, scale), outputWeights: SGD.teacherOutput };
  return { weights, outputWeights, teacher, dimension, activation };
}

describe('at one point', () => {
  const { weights, outputWeights, teacher, dimension } = problemIn(6);
  const point = orderParameters(weights, outputWeights, teacher.weights, dimension);
  const problem = { activation, dimension, teacher };
  const evaluation = referenceKernels.evaluatePopulation(problem, { starts: 1, weights, outputWeights });

  it('the generalisation error is the population risk', () => {
    expect(generalisationError(SGD, point)).toBeCloseTo(evaluation.loss[0], 14);
  });

  it('the terms of first order are the gradient flow of the risk', () => {
    const slow = 1e-9;
    const { gram, outputWeights: dv } = drift({ ...SGD, stepSize: slow }, point);
    const flow = evaluation.gradient.map((g) => -slow * g);
    const row = (of: Float64Array, i: number): Float64Array => of.subarray(i * dimension, (i + 1) * dimension);
    const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, x, t) => sum + x * b[t], 0);
    for (let i = 0; i < K; i++) {
      for (let j = 0; j < M; j++)
        expect(gram[i * (K + M) + K + j] / slow).toBeCloseTo(dot(row(flow, i), row(teacher.weights, j)) / slow, 7);
      for (let k = 0; k < K; k++)
        expect(gram[i * (K + M) + k] / slow).toBeCloseTo(
          (dot(row(flow, i), row(weights, k)) + dot(row(weights, i), row(flow, k))) / slow,
          7,
        );
      expect(dv[i] / slow).toBeCloseTo(-evaluation.outputGradient[i], 12);
    }
  });
});

it('the mean change of the order parameters in one step of the kernels is their drift / d', () => {
  const dimension = 200;
  const L = 3000;
  const { weights, outputWeights, teacher } = problemIn(dimension);
  const repeated = <T>(of: ArrayLike<T>): T[] => Array.from({ length: L }, () => Array.from(of)).flat();
  const state = descentState(
    {
      starts: L,
      weights: Float64Array.from(repeated(weights)),
      outputWeights: Float64Array.from(repeated(outputWeights)),
    },
    new Float64Array(L).fill(SGD.stepSize / dimension),
    true,
  );
  const problem = { activation, dimension, teacher, loss: 'squared', noise: SGD.noise, batch: SGD.batch };
  const samples = {
    address: { key: [5, 6], trial: 0, purpose: 6 } as const,
    sequences: Uint32Array.from({ length: L }, (_, l) => l),
  };
  native.descendOnline(problem, state, samples, 1);

  const before = orderParameters(weights, outputWeights, teacher.weights, dimension);
  const changes = Array.from({ length: L }, (_, l) => {
    const moved = orderParameters(
      state.weights.subarray(l * K * dimension, (l + 1) * K * dimension),
      state.outputWeights.subarray(l * K, (l + 1) * K),
      teacher.weights,
      dimension,
    );
    const change = (of: 'gram' | 'outputWeights'): number[] =>
      Array.from(moved[of], (x, i) => dimension * (x - before[of][i]));
    return [...change('gram'), ...change('outputWeights')];
  });
  const expected = drift(SGD, before);
  const flat = [...expected.gram, ...expected.outputWeights];
  flat.forEach((mean, i) => {
    const values = changes.map((change) => change[i]);
    const average = values.reduce((sum, x) => sum + x, 0) / L;
    const spread = Math.sqrt(values.reduce((sum, x) => sum + (x - average) ** 2, 0) / L / L);
    // The terms of order 1/d are below 0.01 here.
    expect(Math.abs(average - mean)).toBeLessThan(5 * spread + 0.01);
  });
});

describe('a committee of K rows that learns one of as many orthonormal rows', () => {
  const small = (K: number): OnlineSgd => ({
    ...SGD,
    rows: K,
    teacherRows: K,
    teacherOutput: new Float64Array(K).fill(Math.SQRT1_2),
    stepSize: 0.05,
    noise: 0,
    batch: 1,
    trainOutput: false,
  });
  /** Rows of the student with equal products with all rows of the teacher; `own`: their squared norm. */
  const symmetric = (K: number, own = 0.3): OrderParameters => {
    const P = 2 * K;
    const gram = Float64Array.from({ length: P * P }, (_, at) => {
      const [i, j] = [Math.floor(at / P), at % P];
      if (i < K && j < K) return i === j ? own : 0.2;
      return i >= K && j >= K ? Number(i === j) : 0.1;
    });
    return { gram, outputWeights: new Float64Array(K).fill(Math.SQRT1_2) };
  };

  it.each([2, 3])('K = %i: the symmetric plateau for η → 0 has the height (K/π)(π/6 − K asin(1/2K))', (K) => {
    const sgd = { ...small(K), stepSize: 1e-6 };
    // Equal rows stay equal; the norm of rows that differ would approach the plateau as 1/α only.
    const [end] = orderCourse(sgd, symmetric(K, 0.2), [2e8]);
    const height = (K / Math.PI) * (Math.PI / 6 - K * Math.asin(1 / (2 * K)));
    expect(generalisationError(sgd, end)).toBeCloseTo(height, 6);
  });

  it('leaves the plateau where symmetry is broken, and reaches zero error', () => {
    const start = symmetric(2);
    const P = 4;
    const broken = start.gram.slice();
    for (const [i, j, x] of [
      [0, 2, 0.11],
      [1, 3, 0.11],
    ])
      broken[i * P + j] = broken[j * P + i] = x;
    const sgd = { ...small(2), stepSize: 0.5 };
    const [middle, end] = orderCourse(sgd, { ...start, gram: broken }, [20, 2000]);
    expect(generalisationError(sgd, middle)).toBeGreaterThan(5e-3);
    expect(generalisationError(sgd, end)).toBeLessThan(1e-8);
    expect(end.gram[0 * P + 2]).toBeCloseTo(1, 3);
  });
});
