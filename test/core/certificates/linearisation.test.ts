import { describe, expect, it } from 'vitest';
import {
  gradientOf,
  jacobianGram,
  linearise,
  moved,
  outputsOf,
  transposedJacobian,
  variableCount,
} from '../../../src/core/certificates/linearisation.js';
import { curvatureAt, hessianOf } from '../../../src/core/certificates/newton.js';
import { hessianOperator } from '../../../src/core/curvature/hessian.js';
import { gaussNewtonLargestEigenvalues } from '../../../src/core/descent/stepsize.js';
import { largestDifference, native, normals, small } from './fixtures.js';

const CASES = ['softplus:10', 'quadratic', 'tanh'].flatMap((activation) =>
  [true, false].map((trainOutput) => ({ n: 23, d: 4, K: 3, activation, trainOutput })),
);

describe.each(CASES)('$activation, v trained: $trainOutput', (options) => {
  const { rows, network, problem, point } = small(options);
  const at = linearise(native, rows, network);
  const size = variableCount(rows, network);
  const direction = normals(size, 9);
  const lossAt = (factor: number): number => outputsOf(native, rows, moved(network, direction, factor)).loss;

  it('has the loss and the gradient of the kernels, in W and in v (eq. 5.6 with φ, not φ′)', () => {
    const { loss, gradient, outputGradient } = native.evaluate(problem, point);
    expect(at.loss).toBeCloseTo(loss[0], 14);
    const expected = options.trainOutput ? [...gradient, ...outputGradient] : [...gradient];
    expect(largestDifference(gradientOf(native, rows, network, at), expected)).toBeLessThan(1e-13);
  });

  it('has the gradient of finite differences', () => {
    const h = 1e-5;
    const slope = gradientOf(native, rows, network, at).reduce((sum, g, j) => sum + g * direction[j], 0);
    expect(slope).toBeCloseTo((lossAt(h) - lossAt(-h)) / (2 * h), 6);
  });

  it('has J Jᵀ = (SᵀS) ∘ (XXᵀ) + ΦᵀΦ', () => {
    const gram = jacobianGram(native, rows, network, at);
    const columns = Array.from({ length: 23 }, (_, i) =>
      transposedJacobian(
        native,
        rows,
        network,
        at,
        Float64Array.from({ length: 23 }, (_, m) => (m === i ? 1 : 0)),
      ),
    );
    const dense = columns.flatMap((a) => columns.map((b) => a.reduce((sum, x, j) => sum + x * b[j], 0)));
    expect(largestDifference(gram, dense)).toBeLessThan(1e-12);
  });

  it('has the Hessian of the kernels’ Hessian–vector products', () => {
    const hessian = hessianOf(native, rows, network, at);
    const { apply } = hessianOperator(native, problem, point, options.trainOutput);
    for (let j = 0; j < size; j++) {
      const unit = Float64Array.from({ length: size }, (_, m) => (m === j ? 1 : 0));
      expect(largestDifference(hessian.subarray(j * size, (j + 1) * size), apply(unit))).toBeLessThan(1e-12);
    }
  });

  it('has λ_max(J Jᵀ/n), the step’s curvature', () => {
    const gram = native.symmetricEigen(jacobianGram(native, rows, network, at), 23);
    expect(gaussNewtonLargestEigenvalues(native, problem, point, options.trainOutput)[0]).toBeCloseTo(
      gram.values[22] / 23,
      9,
    );
  });

  it('bounds the gradient by √(2Lλ_max(J Jᵀ/n))', () => {
    const { relativeGradient, gradientNorm } = curvatureAt(native, rows, network);
    expect(gradientNorm).toBeGreaterThan(0);
    expect(relativeGradient).toBeGreaterThan(0);
    expect(relativeGradient).toBeLessThan(3);
  });
});

it('refuses a Gauss–Newton step for another loss', () => {
  const { problem, point } = small({ n: 5, d: 2, K: 2, activation: 'sigmoid' });
  expect(() => gaussNewtonLargestEigenvalues(native, { ...problem, loss: 'cross-entropy' }, point, false)).toThrow(
    "must be squared, got 'cross-entropy'",
  );
});
