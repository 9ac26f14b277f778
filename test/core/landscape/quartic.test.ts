/** The landscape of a known fourth-order tensor, against the kernels, differences and closed forms. */
import { describe, expect, it } from 'vitest';
import { loadNativeKernels } from '../../../src/core/kernels/native.js';
import { landscapeProblem } from '../../../src/core/landscape/problem.js';
import {
  hermiteTensor,
  plantedTensor,
  quarticAt,
  quarticMinimum,
  quarticStationary,
} from '../../../src/core/landscape/quartic.js';
import { gaussianTerms } from '../../../src/core/landscape/terms.js';
import { identity } from '../../../src/core/tensor/dense.js';

const kernels = loadNativeKernels();
const some = (size: number, seed: number): Float64Array =>
  Float64Array.from({ length: size }, (_, i) => Math.sin(seed + 1.7 * i + 0.3 * i * i));

describe('loss, gradient and Hessian', () => {
  const [n, d] = [5000, 3];
  const [inputs, labels, weights] = [some(n * d, 1), some(n, 2), some(d * d, 3)];
  const landscape = { dimension: d, tensor: hermiteTensor(kernels, inputs, labels), mu: 0.7, penalty: 1.3 };

  it('are those of the kernels under the Gaussian score', () => {
    const problem = landscapeProblem(kernels, gaussianTerms(inputs, n, d), labels, { sign: 1, mu: 0.7, penalty: 1.3 });
    const { loss, gradient } = kernels.evaluateLandscape(problem, weights);
    const own = quarticAt(kernels, landscape, weights);
    expect(own.loss).toBeCloseTo(loss, 9);
    own.gradient.forEach((value, j) => expect(value).toBeCloseTo(gradient[j], 9));
  });

  it('fit together by differences', () => {
    const { gradient, hessian } = quarticAt(kernels, landscape, weights);
    const h = 1e-5;
    const at = (j: number, sign: number) =>
      quarticAt(
        kernels,
        landscape,
        weights.map((a, i) => (i === j ? a + sign * h : a)),
      );
    for (let j = 0; j < d * d; j++) {
      const [above, below] = [at(j, 1), at(j, -1)];
      expect((above.loss - below.loss) / (2 * h)).toBeCloseTo(gradient[j], 6);
      above.gradient.forEach((value, i) =>
        expect((value - below.gradient[i]) / (2 * h)).toBeCloseTo(hessian[i * d * d + j], 5),
      );
    }
  });
});

describe('the population (21) of A* = I', () => {
  it.each([
    [0.01, 4.04],
    [0.3, 5.22],
    [0.6, 6.44],
  ])('has minima with rows of norm (1 − μκ/λ)^(−1/2) and the exact λ_min: μ = %s', (mu, printed) => {
    const landscape = { dimension: 4, tensor: plantedTensor(identity(4), [1, 1, 1, 1]), mu, penalty: 100 };
    const { weights, spectrum, isStationary } = quarticMinimum(kernels, landscape, some(16, 4));
    expect(isStationary).toBe(true);
    const norm = 1 / Math.sqrt(1 - mu / 100);
    const sizes = weights.map(Math.abs).toSorted();
    sizes.forEach((value, at) => expect(value).toBeCloseTo(at < 12 ? 0 : norm, 8));
    expect(spectrum.values[0]).toBeCloseTo(4 * norm ** 2 * (1 + mu), 6);
    expect(spectrum.values[0]).toBeCloseTo(printed, 2);
  });

  it('with unequal κ has λ_min = min over i ≠ j of 4κ_i/(1 − μκ_i/λ) + 4μκ_j/(1 − μκ_j/λ)', () => {
    const [kappas, mu, penalty] = [[1, 2, 5], 0.2, 500];
    const landscape = { dimension: 3, tensor: plantedTensor(identity(3), kappas), mu, penalty };
    const term = (kappa: number): number => (4 * kappa) / (1 - (mu * kappa) / penalty);
    const exact = Math.min(
      ...kappas.flatMap((one, i) => kappas.flatMap((other, j) => (i === j ? [] : [term(one) + mu * term(other)]))),
    );
    expect(quarticMinimum(kernels, landscape, some(9, 5)).spectrum.values[0]).toBeCloseTo(exact, 6);
  });

  it('has A = 0 as a stationary point that is no minimum, from which the search for one leaves', () => {
    const landscape = { dimension: 2, tensor: plantedTensor(identity(2), [1, 1]), mu: 0.1, penalty: 100 };
    const zero = quarticStationary(kernels, landscape, new Float64Array(4));
    expect([zero.isStationary, zero.spectrum.values[0]]).toEqual([true, -400]);
  });

  it('keeps two rows on one axis when μ is above 1 only', () => {
    const twice = Float64Array.of(1, 0, 1, 1e-3);
    const end = (mu: number): Float64Array =>
      quarticMinimum(
        kernels,
        { dimension: 2, tensor: plantedTensor(identity(2), [1, 1]), mu, penalty: 100 },
        twice,
      ).weights.map(Math.abs);
    expect(end(2)[3]).toBeCloseTo(0, 6);
    expect(end(0.5)[3]).toBeCloseTo(1, 1);
  });
});
