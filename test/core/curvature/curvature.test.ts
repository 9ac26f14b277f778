import { describe, expect, it } from 'vitest';
import { parseActivation } from '../../../src/core/networks/activations.js';
import { loadNativeKernels } from '../../../src/core/kernels/native.js';
import type { Points, Problem } from '../../../src/core/kernels/contract.js';
import { largestEigenvalues } from '../../../src/core/curvature/lanczos.js';
import { networkShape, outputWeights } from '../../../src/core/networks/networks.js';
import { hessianLargestEigenvalues, stepSizes } from '../../../src/core/descent/stepsize.js';

const kernels = loadNativeKernels();
const stream = (purpose: number, trial = 0) => ({ key: [11, 12] as const, trial, purpose });

function normals(size: number, purpose: number): Float64Array {
  const out = new Float64Array(size);
  kernels.normals(stream(purpose), 0, out);
  return out;
}

function symmetric(size: number, purpose: number): Float64Array {
  const a = normals(size * size, purpose);
  return a.map((value, at) => value + a[(at % size) * size + Math.floor(at / size)]);
}

describe('Lanczos', () => {
  it.each([1, 2, 3, 17, 60])('finds λ_max of symmetric matrices of size %d, indefinite or negative', (size) => {
    const matrices = [
      symmetric(size, 1),
      symmetric(size, 2).map((value, at) => value - (at % (size + 1) === 0 ? 100 : 0)),
    ];
    const apply = (x: Float64Array): Float64Array => {
      const y = new Float64Array(x.length);
      matrices.forEach((a, l) =>
        y.set(kernels.multiply(a, x.slice(l * size, (l + 1) * size), size, 1, size), l * size),
      );
      return y;
    };
    const found = largestEigenvalues(kernels, apply, 2, size);
    matrices.forEach((a, l) => expect(found[l]).toBeCloseTo(kernels.symmetricEigen(a, size).values[size - 1], 8));
  });

  it('is NaN when the operator is', () => {
    expect(largestEigenvalues(kernels, (x) => x.map(() => Number.NaN), 1, 5)[0]).toBeNaN();
  });

  it('is 0 for the zero operator', () => {
    expect(largestEigenvalues(kernels, (x) => x.map(() => 0), 1, 5)[0]).toBe(0);
  });
});

describe('automatic step sizes', () => {
  const inputs = kernels.allocateInputs(50, 4);
  inputs.values.set(normals(200, 3));
  const problem: Problem = {
    inputs: kernels.prepare(inputs),
    labels: new Float64Array(50).fill(0.5),
    shape: networkShape('fcn', 2, 4),
    activation: parseActivation('sigmoid'),
    loss: 'squared',
  };
  const points: Points = { starts: 3, weights: normals(24, 4), outputWeights: outputWeights('mean', 3, 2) };

  it('are factor/λ_max of each start', () => {
    const largest = hessianLargestEigenvalues(kernels, problem, points, false);
    const steps = stepSizes(kernels, problem, points, { kind: 'auto', factor: 0.5 }, false);
    steps.forEach((eta, l) => expect(eta * largest[l]).toBeCloseTo(0.5, 12));
    expect(new Set(steps).size).toBe(3);
  });

  it('of a trained v belong to the larger Hessian', () => {
    const inW = hessianLargestEigenvalues(kernels, problem, points, false);
    hessianLargestEigenvalues(kernels, problem, points, true).forEach((both, l) =>
      expect(both).toBeGreaterThanOrEqual(inW[l] - 1e-12),
    );
  });

  it('are refused where the Hessian has no positive eigenvalue', () => {
    // A dead ReLU: every pre-activation is negative, so the loss is flat.
    const dead = { ...problem, activation: parseActivation('relu') };
    const away: Points = { starts: 1, weights: new Float64Array(8), outputWeights: outputWeights('mean', 1, 2) };
    expect(() => stepSizes(kernels, dead, away, { kind: 'auto', factor: 1 }, false)).toThrow(
      /positive Hessian eigenvalue.*got λ_max = 0/,
    );
  });
});
