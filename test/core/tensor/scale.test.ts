import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { factorize, type Factorization } from '../../../src/core/tensor/kcl.js';
import { addMultiple, norm } from '../../../src/core/tensor/dense.js';
import { normalSource } from '../../../src/core/tensor/normals.js';
import { refined } from '../../../src/core/tensor/refine.js';
import { powerOfTwo, rescaled } from '../../../src/core/tensor/scale.js';
import { sumOfCubes, symmetrised } from '../../../src/core/tensor/symmetric.js';
import { kernels, largestDifference, normals, randomTensor, stream } from './fixtures.js';

function decompose(tensor: Float64Array, size: number, rank: number): Factorization {
  return factorize(kernels, tensor, size, rank, { normals: normalSource(kernels, stream(5)) });
}

describe('a power of two', () => {
  it('brings values to about 1 and back, bit for bit', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 1, max: 2, noNaN: true }), { minLength: 1 }),
        fc.integer({ min: -1020, max: 1020 }),
        (values, exponent) => {
          const far = rescaled(Float64Array.from(values), exponent);
          const shift = powerOfTwo(far);
          const near = rescaled(far, -shift);
          expect(shift % 3).toBe(shift < 0 ? -0 : 0);
          if (Math.abs(exponent) > 92) expect(Math.max(...near)).toBeLessThanOrEqual(8);
          expect(rescaled(near, shift)).toEqual(far);
        },
      ),
    );
    expect([powerOfTwo(new Float64Array(3)), powerOfTwo(Float64Array.of(5e-324))]).toEqual([0, -1074]);
  });
});

describe('a factorization does not depend on units', () => {
  const { tensor } = randomTensor('random', 5, 3, 2);
  const own = decompose(tensor, 5, 3);

  it.each([1e-300, 1e-200, 1e-160, 1e-40, 1e-20, 1, 1e20, 1e100, 1e160, 1e200, 1e300])('T times %d', (scale) => {
    const found = decompose(
      tensor.map((value) => value * scale),
      5,
      3,
    );
    expect(largestDifference(found.factors, own.factors)).toBeLessThan(1e-12);
    expect(
      largestDifference(
        found.weights.map((w) => w / scale),
        own.weights,
      ),
    ).toBeLessThan(1e-12);
  });
});

describe('a noisy tensor', () => {
  it('gives the best fit to itself, not to its projection', () => {
    const [size, rank] = [6, 3];
    const { tensor } = randomTensor('random', size, rank, 4);
    const noisy = symmetrised(
      tensor.map((value, i) => value + 0.01 * normals(size ** 3, 7)[i]),
      size,
    );
    const { weights, factors } = decompose(noisy, size, rank);
    const misfit = (scaled: Float64Array): number => {
      const residual = sumOfCubes(kernels, scaled, rank);
      addMultiple(residual, noisy, -1);
      return norm(residual);
    };
    const scaled = factors.map((value, at) => Math.cbrt(weights[Math.floor(at / size)]) * value);
    const better = refined(kernels, noisy, scaled, rank);
    expect(misfit(scaled)).toBeLessThanOrEqual(misfit(better) * (1 + 1e-12));
    expect(largestDifference(better, scaled)).toBeLessThan(1e-6);
  });
});
