import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../../src/base/errors.js';
import { matchedDistance } from '../../../src/core/matching/matching.js';
import { whitening } from '../../../src/core/tensor/definite.js';
import { addMultiple, identity, norm, row, transpose, unitRows } from '../../../src/core/tensor/dense.js';
import { jointDiagonalizer } from '../../../src/core/tensor/diagonalize.js';
import { factorize, type Factorization } from '../../../src/core/tensor/kcl.js';
import { normalSource } from '../../../src/core/tensor/normals.js';
import { refined } from '../../../src/core/tensor/refine.js';
import { contracted, relativeAsymmetry, sumOfCubes, symmetrised } from '../../../src/core/tensor/symmetric.js';
import { kernels, largestDifference, normals, randomTensor, scaledRows, stream } from './fixtures.js';

function decompose(tensor: Float64Array, size: number, rank: number, purpose = 5): Factorization {
  return factorize(kernels, tensor, size, rank, { normals: normalSource(kernels, stream(purpose)) });
}

describe('exact tensors come back', () => {
  const sizes: [number, number][] = [
    [1, 1],
    [2, 1],
    [2, 2],
    [3, 3],
    [4, 4],
    [5, 5],
    [6, 6],
    [7, 7],
    [8, 8],
    [5, 2],
    [12, 5],
    [20, 8],
  ];
  it.each(sizes)('p = %d, k = %d, weights of both signs, to 1e-10', (size, rank) => {
    for (const kind of ['orthogonal', 'random', 'near-collinear'] as const) {
      const { tensor, weights, factors } = randomTensor(kind, size, rank, size + rank);
      const found = decompose(tensor, size, rank);
      expect(
        matchedDistance(scaledRows(found.weights, found.factors), scaledRows(weights, factors), rank),
        kind,
      ).toBeLessThan(1e-10);
      expect(largestDifference(sumOfCubes(kernels, found.factors, rank, found.weights), tensor), kind).toBeLessThan(
        1e-12,
      );
    }
  });

  it('with weights from 1e-4 to 1e4', () => {
    const factors = unitRows(normals(16, 0), 4);
    const weights = Float64Array.of(1e4, -1, 1e-2, 1e-4);
    const found = decompose(sumOfCubes(kernels, factors, 4, weights), 4, 4);
    found.weights.forEach((w, i) => expect(Math.abs(w / weights[i])).toBeCloseTo(1, 5));
  });
});

describe('a factorization', () => {
  const { tensor, weights } = randomTensor('random', 6, 4, 1);

  it('has unit factors, largest entries positive, |weights| descending', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 0, max: 1000 }), (rank, trial) => {
        const found = decompose(randomTensor('random', 5, rank, trial).tensor, 5, rank);
        const sizes = [...found.weights].map(Math.abs);
        expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
        for (let i = 0; i < rank; i++) {
          const factor = row(found.factors, i, 5);
          expect(norm(factor)).toBeCloseTo(1, 14);
          expect(Math.max(...factor)).toBe(Math.max(...factor.map(Math.abs)));
        }
      }),
      { numRuns: 30 },
    );
  });

  it('has the same bits every time, and the same terms whatever the projections', () => {
    const [first, again, other] = [decompose(tensor, 6, 4), decompose(tensor, 6, 4), decompose(tensor, 6, 4, 6)];
    expect(again).toEqual(first);
    expect(largestDifference(other.factors, first.factors)).toBeLessThan(1e-10);
    expect([...first.weights].map(Math.abs).sort()).toEqual([...first.weights].map(Math.abs).reverse());
    expect(matchedDistance(first.weights.map(Math.abs), weights.map(Math.abs), 4)).toBeLessThan(1e-10);
  });
});

describe('each stage does its part', () => {
  const { tensor, factors } = randomTensor('random', 4, 4, 17);
  const vectors = unitRows(normals(8 * 4, 5), 8);
  const matrices = Array.from({ length: 8 }, (_, l) => contracted(kernels, tensor, 4, row(vectors, l, 4)));
  const directions = (b: Float64Array): Float64Array =>
    unitRows(transpose(kernels.solve(b, identity(4), 4, 4), 4, 4), 4);
  const error = (rows: Float64Array): number => matchedDistance(rows, factors, 4, { signs: true });

  it('QRJ1D alone stops short, the refinement does not', () => {
    const short = directions(jointDiagonalizer(kernels, matrices, 4, identity(4)));
    expect(error(short)).toBeGreaterThan(1e-4);
    expect(error(short)).toBeLessThan(0.2);
    const gram = kernels.multiply(short, short, 4, 4, 4, false, true).map((value) => value ** 3);
    const values = Float64Array.from({ length: 4 }, (_, i) => {
      const direction = row(short, i, 4);
      return kernels.multiply(
        kernels.multiply(contracted(kernels, tensor, 4, direction), direction, 4, 1, 4),
        direction,
        1,
        1,
        4,
      )[0];
    });
    const start = scaledRows(kernels.solve(gram, values, 4, 1), short);
    expect(error(unitRows(refined(kernels, tensor, start, 4), 4))).toBeLessThan(1e-11);
  });

  it('whitening makes factors of an exact tensor orthogonal', () => {
    const by = whitening(kernels, tensor, 4);
    const images = unitRows(kernels.multiply(factors, by ?? identity(4), 4, 4, 4), 4);
    expect(largestDifference(kernels.multiply(images, images, 4, 4, 4, false, true), identity(4))).toBeLessThan(1e-9);
    const plain = kernels.multiply(factors, factors, 4, 4, 4, false, true);
    expect(largestDifference(plain, identity(4))).toBeGreaterThan(0.3);
  });

  it('there is no whitening where no contraction is positive definite', () => {
    // T(I, I, w) = w₁ diag(1, −1) + w₂ offdiag(−1): the real part of (x + iy)³ has rank 3.
    expect(whitening(kernels, Float64Array.of(1, 0, 0, -1, 0, -1, -1, 0), 2)).toBeUndefined();
  });
});

describe('noisy tensors', () => {
  it.each([
    [3, 1e-3],
    [3, 1e-2],
    [5, 1e-3],
    [5, 1e-2],
    [5, 0.1],
  ])('k = %d at a relative %d: errors of the order of the noise, residual below that of the truth', (rank, noise) => {
    for (const trial of [0, 1, 2]) {
      const { tensor, weights, factors } = randomTensor('orthogonal', rank, rank, trial);
      const disturbance = symmetrised(normals(rank ** 3, 2, trial), rank);
      const noisy = tensor.slice();
      addMultiple(noisy, disturbance, (noise * norm(tensor)) / norm(disturbance));
      const found = decompose(noisy, rank, rank);
      expect(
        matchedDistance(scaledRows(found.weights, found.factors), scaledRows(weights, factors), rank),
      ).toBeLessThan(3 * noise * Math.sqrt(rank));
      const rest = sumOfCubes(kernels, found.factors, rank, found.weights);
      addMultiple(rest, noisy, -1);
      expect(norm(rest)).toBeLessThan(noise * norm(tensor));
    }
  });
});

describe('what cannot be decomposed is refused', () => {
  const { tensor } = randomTensor('random', 3, 3, 0);
  const changed = (at: number, value: number): Float64Array => tensor.map((entry, i) => (i === at ? value : entry));

  it.each<[string, Float64Array, number, RegExp]>([
    [
      'rank above the dimension',
      tensor,
      4,
      /rank of a decomposition must be from 1 to 3 for a tensor of dimension 3, got 4/,
    ],
    ['rank 0', tensor, 0, /from 1 to 3.*got 0/],
    ['NaN', changed(5, Number.NaN), 2, /tensor must be finite, got 'NaN at index 5'/],
    ['asymmetry', changed(1, tensor[1] + 1e-6), 2, /tensor must be symmetric to a relative 1e-8, got 'asymmetry/],
    [
      'dependent factors',
      sumOfCubes(kernels, Float64Array.of(1, 0, 0, 0, 1, 0, 0.6, 0.8, 0), 3),
      3,
      /at most 2, the rank of the tensor's unfolding.*got 3/,
    ],
    ['the zero tensor', new Float64Array(27), 1, /at most 0, the rank.*got 1/],
  ])('%s', (_what, given, rank, pattern) => {
    expect(() => decompose(given, 3, rank)).toThrow(InputError);
    expect(() => decompose(given, 3, rank)).toThrow(pattern);
  });

  it('but rounding is not asymmetry', () => {
    expect(relativeAsymmetry(changed(1, tensor[1] * (1 + 1e-12)), 3)).toBeLessThan(1e-11);
    expect(decompose(changed(1, tensor[1] * (1 + 1e-12)), 3, 3).weights).toHaveLength(3);
  });
});
