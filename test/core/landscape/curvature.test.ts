import { describe, expect, it } from 'vitest';
import { loadNativeKernels } from '../../../src/core/kernels/native.js';
import { largestCurvature } from '../../../src/core/landscape/curvature.js';
import { CASE, landscapeFor, rowsFor, SCORES } from './cases.js';

const native = loadNativeKernels();

describe('the largest curvature', () => {
  it.each(SCORES)('of %s is the largest |eigenvalue| of the whole Hessian', (score) => {
    const c = { ...CASE, score, dimension: 4, rows: 3 };
    const problem = landscapeFor(native, c);
    const at = rowsFor(c);
    const size = at.length;
    const gradient = (j: number, by: number): Float64Array =>
      native.evaluateLandscape(
        problem,
        at.map((a, i) => (i === j ? a + by : a)),
      ).gradient;
    const hessian = new Float64Array(size * size);
    for (let j = 0; j < size; j++) {
      const [above, below] = [gradient(j, 1e-3), gradient(j, -1e-3)];
      for (let i = 0; i < size; i++) hessian[i * size + j] = (above[i] - below[i]) / 2e-3;
    }
    const symmetric = hessian.map((_, k) => (hessian[k] + hessian[(k % size) * size + Math.floor(k / size)]) / 2);
    const { values } = native.symmetricEigen(symmetric, size);
    const largest = Math.max(Math.abs(values[0]), Math.abs(values[size - 1]));
    expect(largestCurvature(native, problem, at) / largest).toBeCloseTo(1, 3);
  });
});
