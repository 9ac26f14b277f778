import { describe, expect, it } from 'vitest';
import { loadNativeKernels } from '../../../src/core/kernels/native.js';
import { newtonStep, spectrumOf } from '../../../src/core/certificates/newtonStep.js';
import { frobeniusNorm } from '../../../src/core/networks/teachers.js';
import { gaussian } from '../kernels/cases.js';

const kernels = loadNativeKernels();
const SIZE = 4;

/** A symmetric matrix with these eigenvalues. */
function matrixOf(values: readonly number[]): Float64Array {
  const { q } = kernels.qr(gaussian(SIZE * SIZE, 3), SIZE, SIZE);
  const scaled = q.map((entry, at) => entry * values[at % SIZE]);
  return kernels.multiply(scaled, q, SIZE, SIZE, SIZE, false, true);
}

function modelValue(matrix: Float64Array, gradient: Float64Array, p: Float64Array): number {
  const product = kernels.multiply(matrix, p, SIZE, 1, SIZE);
  return p.reduce((sum, x, i) => sum + x * (gradient[i] + product[i] / 2), 0);
}

describe('a Newton step', () => {
  const gradient = gaussian(SIZE, 4);
  const matrix = matrixOf([0.5, 1, 2, 4]);
  const spectrum = spectrumOf(kernels, matrix);

  it('is −H⁻¹g where that is short enough', () => {
    const solved = kernels.solve(matrix, gradient, SIZE, 1);
    newtonStep(kernels, spectrum, gradient, 100).forEach((p, i) => expect(p).toBeCloseTo(-solved[i], 12));
  });

  it('has the allowed length otherwise, and no point of the ball is lower in the model', () => {
    const step = newtonStep(kernels, spectrum, gradient, 0.3);
    expect(frobeniusNorm(step)).toBeCloseTo(0.3, 12);
    const least = modelValue(matrix, gradient, step);
    for (let i = 0; i < 200; i++) {
      const other = gaussian(SIZE, 100 + i);
      const norm = frobeniusNorm(other);
      expect(
        modelValue(
          matrix,
          gradient,
          other.map((x) => (0.3 * x) / norm),
        ),
      ).toBeGreaterThan(least);
    }
    // The scaled Newton step, which is what halving would try, is not it.
    const newton = newtonStep(kernels, spectrum, gradient);
    const scaled = newton.map((p) => (0.3 * p) / frobeniusNorm(newton));
    expect(modelValue(matrix, gradient, scaled)).toBeGreaterThan(least + 1e-4);
  });

  it('leads downhill where the curvature is negative', () => {
    const indefinite = spectrumOf(kernels, matrixOf([-2, -0.1, 1, 3]));
    for (const longest of [Infinity, 0.1]) {
      const step = newtonStep(kernels, indefinite, gradient, longest);
      expect(step.reduce((sum, p, i) => sum + p * gradient[i], 0)).toBeLessThan(0);
    }
  });
});
