import { describe, expect, it } from 'vitest';
import { norm, row, transpose } from '../../../src/core/tensor/dense.js';
import { normalSource } from '../../../src/core/tensor/normals.js';
import { leadingEigenspace, powerMethod } from '../../../src/core/tensor/subspace.js';
import { kernels, largestDifference, normals, stream } from './fixtures.js';

/** Q diag(values) Qᵀ for a random orthogonal Q. */
function withEigenvalues(values: readonly number[], trial: number): Float64Array {
  const size = values.length;
  const { q } = kernels.qr(normals(size * size, 0, trial), size, size);
  const scaled = q.map((entry, at) => entry * values[at % size]);
  return kernels.multiply(scaled, q, size, size, size, false, true);
}

function projector(basis: Float64Array, rank: number): Float64Array {
  const dimension = basis.length / rank;
  return kernels.multiply(basis, basis, dimension, dimension, rank, true);
}

describe('subspace', () => {
  it.each([
    ['positive eigenvalues', [5, 4, 3, 0.3, -0.2, 0.1], 3],
    ['both signs', [5, -4, 3, 0.3, -0.2, 0.1, 0], 3],
    ['negative eigenvalues', [-5, -4, 0.3, 0.1], 2],
    ['2k > d, where the two sides as printed would overlap', [5, 4, 3, -1], 3],
    ['k = d', [5, -4, 3], 3],
    ['k = 1', [0.1, -2, 0.5, 1], 1],
  ])('of a matrix with %s: the power method agrees with the eigen-solver', (_what, values, rank) => {
    const matrix = withEigenvalues(values, rank);
    const [dimension, normalsOf] = [values.length, normalSource(kernels, stream(7))];
    const power = powerMethod(kernels, matrix, dimension, rank, normalsOf);
    const eigen = leadingEigenspace(kernels, matrix, dimension, rank);
    expect(largestDifference(projector(power.basis, rank), projector(eigen.basis, rank))).toBeLessThan(1e-9);
    const magnitudes = Float64Array.from(
      values
        .map(Math.abs)
        .sort((a, b) => b - a)
        .slice(0, rank),
    );
    expect(largestDifference(power.magnitudes, magnitudes)).toBeLessThan(1e-9);
    expect(largestDifference(eigen.magnitudes, magnitudes)).toBeLessThan(1e-12);
  });

  it('has orthonormal rows', () => {
    const { basis } = powerMethod(
      kernels,
      withEigenvalues([3, -2.9, 1, 0.5, 0.4], 9),
      5,
      2,
      normalSource(kernels, stream(8)),
    );
    const gram = kernels.multiply(basis, basis, 2, 2, 5, false, true);
    expect(largestDifference(gram, Float64Array.of(1, 0, 0, 1))).toBeLessThan(1e-14);
  });

  it('of a rank-k matrix contains what spans it', () => {
    const rows = normals(2 * 6, 4);
    const matrix = kernels.multiply(
      transpose(
        rows.map((value, at) => (at < 6 ? -value : 2 * value)),
        2,
        6,
      ),
      rows,
      6,
      6,
      2,
    );
    const { basis } = powerMethod(kernels, matrix, 6, 2, normalSource(kernels, stream(9)));
    const onto = projector(basis, 2);
    for (const i of [0, 1]) {
      const vector = row(rows, i, 6);
      expect(norm(kernels.multiply(onto, vector, 6, 1, 6).map((value, j) => value - vector[j]))).toBeLessThan(1e-9);
    }
  });
});
