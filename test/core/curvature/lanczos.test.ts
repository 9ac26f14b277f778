import { describe, expect, it } from 'vitest';
import { loadNativeKernels } from '../../../src/core/kernels/native.js';
import { extremeEigenvalues, largestEigenvalues } from '../../../src/core/curvature/lanczos.js';

const kernels = loadNativeKernels();

function symmetric(size: number, purpose: number): Float64Array {
  const a = new Float64Array(size * size);
  kernels.normals({ key: [21, 22], trial: 0, purpose }, 0, a);
  return a.map((value, at) => value + a[(at % size) * size + Math.floor(at / size)]);
}

/** A diagonal matrix with an upper end far from the rest and a crowded lower end, as Hessians have. */
function crowded(size: number): Float64Array {
  return Float64Array.from({ length: size * size }, (_, at) =>
    at % (size + 1) !== 0 ? 0 : at === 0 ? 30 : 1e-3 * (1 + at / (size * size)),
  );
}

function operatorOf(matrices: readonly Float64Array[], size: number): (x: Float64Array) => Float64Array {
  return (x) => {
    const y = new Float64Array(x.length);
    matrices.forEach((a, l) => y.set(kernels.multiply(a, x.slice(l * size, (l + 1) * size), size, 1, size), l * size));
    return y;
  };
}

describe('both ends of a spectrum', () => {
  it.each([1, 2, 3, 17, 60, 130])('of symmetric matrices of size %d, several at once', (size) => {
    const matrices = [
      symmetric(size, 1),
      symmetric(size, 2).map((value, at) => value - (at % (size + 1) === 0 ? 100 : 0)),
      crowded(size),
    ];
    extremeEigenvalues(kernels, operatorOf(matrices, size), 3, size).forEach(
      ({ smallest, largest, smallestVector, residual }, l) => {
        const { values } = kernels.symmetricEigen(matrices[l], size);
        const scale = Math.max(Math.abs(values[0]), Math.abs(values[size - 1]));
        expect(Math.abs(smallest - values[0])).toBeLessThan(1e-9 * scale);
        expect(Math.abs(largest - values[size - 1])).toBeLessThan(1e-9 * scale);
        expect(residual).toBeLessThan(1e-9 * scale);
        const image = kernels.multiply(matrices[l], smallestVector, size, 1, size);
        image.forEach((value, j) => expect(Math.abs(value - smallest * smallestVector[j])).toBeLessThan(1e-8 * scale));
      },
    );
  });

  it('the upper end is the one that largestEigenvalues finds', () => {
    const apply = operatorOf([symmetric(40, 3)], 40);
    expect(extremeEigenvalues(kernels, apply, 1, 40)[0].largest).toBeCloseTo(
      largestEigenvalues(kernels, apply, 1, 40)[0],
      8,
    );
  });

  it('cut short, it says how far it came, and an eigenvalue is that close', () => {
    const a = symmetric(60, 4);
    const [{ smallest, residual }] = extremeEigenvalues(kernels, operatorOf([a], 60), 1, 60, 1e-10, 8);
    const { values } = kernels.symmetricEigen(a, 60);
    expect(residual).toBeGreaterThan(1e-3);
    expect(Math.min(...values.map((value) => Math.abs(value - smallest)))).toBeLessThanOrEqual(residual);
  });

  it('of an operator with an invariant start', () => {
    const [{ smallest, largest }] = extremeEigenvalues(kernels, (x) => x.map((value) => 3 * value), 1, 50);
    expect([smallest, largest]).toEqual([expect.closeTo(3, 12), expect.closeTo(3, 12)]);
    expect(extremeEigenvalues(kernels, (x) => x.map(() => 0), 1, 50)[0]).toMatchObject({
      smallest: 0,
      largest: 0,
      residual: 0,
    });
  });

  it('is NaN when the operator is', () => {
    const [{ smallest, largest, smallestVector }] = extremeEigenvalues(kernels, (x) => x.map(() => Number.NaN), 1, 5);
    expect([smallest, largest, ...smallestVector]).toEqual(new Array(7).fill(Number.NaN));
  });
});
