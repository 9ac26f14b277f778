/** The polish against a Newton method of its own, in plain loops, and on problems whose outcome is known. */
import { describe, expect, it } from 'vitest';
import { parseActivation } from '../../../src/core/networks/activations.js';
import type { Points, Problem } from '../../../src/core/kernels/contract.js';
import { loadNativeKernels } from '../../../src/core/kernels/native.js';
import { standardDeviationOfRuns } from '../../../src/core/matching/measures.js';
import { setClass, startClass } from '../../../src/core/outcomes/classify.js';
import { canPolish, POLISH_LIMITS, settle, type Settled } from '../../../src/core/outcomes/settle.js';
import { frobeniusNorm } from '../../../src/core/networks/teachers.js';
import { empiricalRisk } from '../../../src/core/risk/risk.js';
import { gaussian } from '../kernels/cases.js';

const kernels = loadNativeKernels();
const K = 2;
const D = 3;
const SIZE = K * D;
const V = Float64Array.of(0.5, 0.5);
const TEACHER = Float64Array.of(2, 0, 0, 0, 2, 0);

/** Labels in {0, 1} of a planted sigmoid network, from uniforms made of normals. */
function planted(samples: number, seed: number): { problem: Problem; x: Float64Array } {
  const x = gaussian(samples * D, seed);
  const inputs = kernels.allocateInputs(samples, D);
  inputs.values.set(x);
  const prepared = kernels.prepare(inputs);
  const [shape, activation] = [{ strides: 1, rows: K }, parseActivation('sigmoid')];
  const outputs = kernels.outputs(prepared, shape, activation, { starts: 1, weights: TEACHER, outputWeights: V });
  const uniforms = gaussian(samples, seed + 1).map((z) => 1 / (1 + Math.exp(-1.702 * z)));
  const labels = outputs.map((f, i) => (uniforms[i] < f ? 1 : 0));
  return { problem: { inputs: prepared, labels, shape, activation, loss: 'squared' }, x };
}

function starts(...weights: Float64Array[]): Points {
  return {
    starts: weights.length,
    weights: Float64Array.from(weights.flatMap((w) => [...w])),
    outputWeights: Float64Array.from(weights.flatMap(() => [...V])),
  };
}

function settleAll(problem: Problem, ...ends: Float64Array[]): Settled[] {
  return settle(
    kernels,
    empiricalRisk(kernels, problem),
    starts(...ends),
    ends.map(() => frobeniusNorm(TEACHER)),
    ends.map(() => false),
  ).filter((end) => end !== undefined);
}

function classesOf(ends: readonly Settled[], isNear = true): ReturnType<typeof startClass>[] {
  return ends.map((end) =>
    startClass({ ...end, diverged: false, growth: frobeniusNorm(end.weights) / frobeniusNorm(TEACHER), isNear }),
  );
}

function sigmoid(z: number): number {
  return 1 / (1 + Math.exp(-z));
}

/** ∇f_n by plain loops over the formula ½ mean (f − y)². */
function gradientAt(x: Float64Array, labels: Float64Array, w: Float64Array): Float64Array {
  const gradient = new Float64Array(SIZE);
  labels.forEach((y, i) => {
    const a = Array.from({ length: K }, (_, k) =>
      sigmoid(x[i * D] * w[k * D] + x[i * D + 1] * w[k * D + 1] + x[i * D + 2] * w[k * D + 2]),
    );
    const residual = a.reduce((sum, s) => sum + s / K, 0) - y;
    for (let k = 0; k < K; k++)
      for (let j = 0; j < D; j++)
        gradient[k * D + j] += (residual * a[k] * (1 - a[k]) * x[i * D + j]) / (K * labels.length);
  });
  return gradient;
}

/** Columns of ∇²f_n by central differences of the gradient. */
function hessianAt(x: Float64Array, labels: Float64Array, w: Float64Array): Float64Array {
  const h = 1e-5;
  const hessian = new Float64Array(SIZE * SIZE);
  for (let j = 0; j < SIZE; j++) {
    const [up, down] = [h, -h].map((step) =>
      gradientAt(
        x,
        labels,
        w.map((value, i) => (i === j ? value + step : value)),
      ),
    );
    for (let i = 0; i < SIZE; i++) hessian[i * SIZE + j] = (up[i] - down[i]) / (2 * h);
  }
  return hessian;
}

/** Gaussian elimination with pivots. */
function solved(matrix: Float64Array, right: Float64Array): Float64Array {
  const rows = Array.from({ length: SIZE }, (_, i) => [...matrix.subarray(i * SIZE, (i + 1) * SIZE), right[i]]);
  for (let c = 0; c < SIZE; c++) {
    const pivot = rows
      .slice(c)
      .reduce((best, row, i) => (Math.abs(row[c]) > Math.abs(rows[best][c]) ? c + i : best), c);
    [rows[c], rows[pivot]] = [rows[pivot], rows[c]];
    for (let r = 0; r < SIZE; r++)
      if (r !== c) {
        const factor = rows[r][c] / rows[c][c];
        for (let j = c; j <= SIZE; j++) rows[r][j] -= factor * rows[c][j];
      }
  }
  return Float64Array.from(rows, (row, i) => row[SIZE] / row[i]);
}

describe('starts at one minimum', () => {
  const { problem, x } = planted(3000, 5);
  const near = (seed: number): Float64Array => TEACHER.map((w, j) => w + gaussian(SIZE, seed, 0.05)[j]);
  const ends = settleAll(problem, near(20), near(21), near(22));

  it('end where a plain Newton method ends', () => {
    let w = near(20);
    for (let step = 0; step < 8; step++) {
      const p = solved(hessianAt(x, problem.labels, w), gradientAt(x, problem.labels, w));
      w = w.map((value, j) => value - p[j]);
    }
    expect(frobeniusNorm(gradientAt(x, problem.labels, w))).toBeLessThan(1e-14);
    for (const { weights } of ends) weights.forEach((value, j) => expect(value).toBeCloseTo(w[j], 7));
  });

  it('have the curvature that differences of gradients give', () => {
    const [{ weights, lambdaMin }] = ends;
    const { values } = kernels.symmetricEigen(hessianAt(x, problem.labels, weights), SIZE);
    expect(lambdaMin).toBeGreaterThan(1e-4);
    expect(lambdaMin).toBeCloseTo(values[0], 8);
  });

  it('are one minimum; the later ones need no Hessian of their own and end as they do alone', () => {
    expect(ends[0].hessians).toBeGreaterThan(0);
    expect(ends.slice(1).map(({ hessians }) => hessians)).toEqual([0, 0]);
    const [alone] = settleAll(problem, near(22));
    expect(alone.hessians).toBeGreaterThan(0);
    ends[2].weights.forEach((value, j) => expect(value).toBeCloseTo(alone.weights[j], 7));
    expect(
      setClass(classesOf(ends), standardDeviationOfRuns(starts(...ends.map(({ weights }) => weights)).weights, 3)),
    ).toBe('one-minimum-near');
    expect(setClass(classesOf(ends, false), 0)).toBe('one-minimum-elsewhere');
  });

  it('leaves out those that are skipped', () => {
    const found = settle(kernels, empiricalRisk(kernels, problem), starts(near(20), near(21)), [2, 2], [true, false]);
    expect(found.map((end) => end === undefined)).toEqual([true, false]);
  });
});

it('two orders of the neurons are two minima: several', () => {
  const { problem } = planted(3000, 5);
  const swapped = Float64Array.from([...TEACHER.subarray(D), ...TEACHER.subarray(0, D)]);
  const ends = settleAll(problem, TEACHER, swapped);
  const spread = standardDeviationOfRuns(starts(...ends.map(({ weights }) => weights)).weights, 2);
  expect(spread).toBeGreaterThan(1);
  expect(ends.every(({ hessians }) => hessians > 0)).toBe(true);
  expect(setClass(classesOf(ends), spread)).toBe('several-minima');
});

it('labels that a step function fits have no minimum: runaway, without a Hessian more than it takes to see it', () => {
  const { problem } = planted(8, 40);
  const ends = settleAll(
    problem,
    TEACHER,
    TEACHER.map((w) => 1.1 * w),
  );
  expect(classesOf(ends)).toEqual(['runaway', 'runaway']);
  expect(Math.max(...ends.map(({ hessians }) => hessians))).toBeLessThan(12);
});

it('neurons that are equal stay equal and end at a saddle', () => {
  const { problem } = planted(3000, 5);
  const [end] = settleAll(problem, Float64Array.of(1, 1, 0, 1, 1, 0));
  expect(end.lambdaMin).toBeLessThan(-1e-4);
  expect(classesOf([end])).toEqual(['saddle']);
});

it('says which problems are too large', () => {
  expect(canPolish(180, 1e5 * 180 ** 2)).toBe(true);
  expect(canPolish(POLISH_LIMITS.variables + 1, 10)).toBe(false);
  expect(canPolish(2, POLISH_LIMITS.work + 1)).toBe(false);
});
