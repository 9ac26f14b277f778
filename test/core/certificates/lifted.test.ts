import { describe, expect, it } from 'vitest';
import { definiteOptimum, symmetricOptimum } from '../../../src/core/certificates/lifted.js';
import type { TrainingRows } from '../../../src/core/certificates/linearisation.js';
import { native, normals, small } from './fixtures.js';

/** xᵀMx for every sample. */
function quadraticForms({ samples, dimension: d, inputs }: TrainingRows, M: Float64Array): Float64Array {
  return Float64Array.from({ length: samples }, (_, i) => {
    let sum = 0;
    for (let j = 0; j < d; j++) for (let l = 0; l < d; l++) sum += inputs[i * d + j] * M[j * d + l] * inputs[i * d + l];
    return sum;
  });
}

function lossOf(rows: TrainingRows, M: Float64Array): number {
  return quadraticForms(rows, M).reduce((sum, f, i) => sum + (f - rows.labels[i]) ** 2, 0) / (2 * rows.samples);
}

/** ∇f(M) = mean r x xᵀ. */
function gradientAt(rows: TrainingRows, M: Float64Array): Float64Array {
  const { samples, dimension: d, inputs, labels } = rows;
  const gradient = new Float64Array(d * d);
  quadraticForms(rows, M).forEach((f, i) => {
    for (let j = 0; j < d; j++)
      for (let l = 0; l < d; l++)
        gradient[j * d + l] += ((f - labels[i]) * inputs[i * d + j] * inputs[i * d + l]) / samples;
  });
  return gradient;
}

/** The nearest positive semidefinite matrix. */
function definitePart(M: Float64Array, d: number): Float64Array {
  const { values, vectors } = native.symmetricEigen(M, d);
  const out = new Float64Array(d * d);
  values.forEach((value, a) => {
    for (let j = 0; j < d; j++)
      for (let l = 0; l < d; l++) out[j * d + l] += Math.max(value, 0) * vectors[a * d + j] * vectors[a * d + l];
  });
  return out;
}

/** Projected gradient descent on M, slowly and by another way. */
function byProjection(rows: TrainingRows, project: (M: Float64Array) => Float64Array, iterations: number): number {
  let M: Float64Array = new Float64Array(rows.dimension ** 2);
  for (let t = 0; t < iterations; t++) M = project(gradientAt(rows, M).map((g, j) => M[j] - 0.02 * g));
  return lossOf(rows, M);
}

describe('the convex problem over M', () => {
  it.each([
    [40, 3],
    [25, 4],
  ])('over symmetric matrices: n = %d, d = %d', (n, d) => {
    const { rows } = small({ n, d, K: 2, activation: 'quadratic' });
    const { loss, lowerBound } = symmetricOptimum(native, rows);
    expect(loss).toBe(lowerBound);
    expect(byProjection(rows, (M) => M, 20_000)).toBeCloseTo(loss, 9);
  });

  it('is zero as long as n ≤ d(d+1)/2, and not beyond', () => {
    expect(symmetricOptimum(native, small({ n: 10, d: 4, K: 2, activation: 'quadratic' }).rows).loss).toBeLessThan(
      1e-25,
    );
    expect(symmetricOptimum(native, small({ n: 11, d: 4, K: 2, activation: 'quadratic' }).rows).loss).toBeGreaterThan(
      1e-6,
    );
  });

  it.each([0, 1, 2, 3, 4])('over semidefinite matrices, with a proof: training set %d', (trial) => {
    const { rows } = small({ n: 20, d: 4, K: 2, activation: 'quadratic', trial });
    const { loss, lowerBound } = definiteOptimum(native, rows, normals(20, 7, trial));
    expect(lowerBound).toBeLessThanOrEqual(loss * (1 + 1e-12));
    expect(loss - lowerBound).toBeLessThan(1e-9);
    expect(loss).toBeGreaterThan(symmetricOptimum(native, rows).loss);
    expect(byProjection(rows, (M) => definitePart(M, 4), 5000)).toBeCloseTo(loss, 6);
  });
});
