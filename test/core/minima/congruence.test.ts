import { describe, expect, it } from 'vitest';
import { loadNativeKernels } from '../../../src/core/kernels/native.js';
import { areCongruent, type LabelledVector } from '../../../src/core/minima/congruence.js';
import { gaussian } from '../kernels/cases.js';

const kernels = loadNativeKernels();

const vectors = (matrix: Float64Array, d: number, label = 'x'): LabelledVector[] =>
  Array.from({ length: matrix.length / d }, (_, i) => ({ label, vector: matrix.slice(i * d, (i + 1) * d) }));

/** Vectors whose Gram matrix is I + 0.3·adjacency: the rows of its root. */
function ofGraph(edges: readonly (readonly [number, number])[], size: number): LabelledVector[] {
  const gram = new Float64Array(size * size);
  for (let i = 0; i < size; i++) gram[i * (size + 1)] = 1;
  for (const [a, b] of edges) gram[a * size + b] = gram[b * size + a] = 0.3;
  const { values, vectors: rows } = kernels.symmetricEigen(gram, size);
  const root = rows.map((entry, at) => entry * Math.sqrt(values[Math.floor(at / size)]));
  return Array.from({ length: size }, (_, i) => ({
    label: 'x',
    vector: Float64Array.from({ length: size }, (__, j) => root[j * size + i]),
  }));
}

describe('areCongruent', () => {
  const [n, d] = [7, 5];
  const set = vectors(gaussian(n * d, 3), d);
  const { q } = kernels.qr(gaussian(d * d, 4), d, d);
  const turned = set.map(({ label, vector }) => ({ label, vector: kernels.multiply(vector, q, 1, d, d) }));
  const order = [3, 0, 6, 2, 5, 1, 4];

  it('finds a set again that is turned and in another order', () => {
    const other = order.map((i) => turned[i]);
    expect(areCongruent(set, other, 1e-12)).toBe(true);
  });

  it('sees that one vector has moved, unless the tolerance is larger', () => {
    const other = order.map((i) => turned[i]);
    other[2] = { label: 'x', vector: other[2].vector.map((entry, j) => (j === 1 ? entry + 1e-6 : entry)) };
    expect(areCongruent(set, other, 1e-8)).toBe(false);
    expect(areCongruent(set, other, 1e-4)).toBe(true);
  });

  it('keeps labels', () => {
    const marked = (at: number) => set.map((one, i) => (i === at ? { ...one, label: 'y' } : one));
    expect(areCongruent(marked(2), marked(2), 1e-12)).toBe(true);
    expect(areCongruent(marked(2), marked(3), 1e-12)).toBe(false);
  });

  it('of another number of vectors is false', () => {
    expect(areCongruent(set, turned.slice(1), 1)).toBe(false);
  });

  it('tells a hexagon from two triangles, whose sorted products agree', () => {
    const ring = [0, 1, 2, 3, 4, 5].map((i) => [i, (i + 1) % 6] as const);
    const triangles = [0, 1, 2].flatMap((i) => [[i, (i + 1) % 3] as const, [3 + i, 3 + ((i + 1) % 3)] as const]);
    const [hexagon, pair] = [ofGraph(ring, 6), ofGraph(triangles, 6)];
    expect(areCongruent(hexagon, pair, 1e-9)).toBe(false);
    const renamed = ofGraph(
      ring.map(([a, b]) => [(5 * a + 2) % 6, (5 * b + 2) % 6] as const),
      6,
    );
    expect(areCongruent(hexagon, renamed, 1e-9)).toBe(true);
  });

  it('gives up where many small parts agree but the whole does not', () => {
    const triangles = (first: number, count: number) =>
      Array.from({ length: count }, (_, t) =>
        [0, 1, 2].map((i) => [first + 3 * t + i, first + 3 * t + ((i + 1) % 3)] as const),
      ).flat();
    const ring = (first: number, size: number) =>
      Array.from({ length: size }, (_, i) => [first + i, first + ((i + 1) % size)] as const);
    const [a, b] = [
      ofGraph([...triangles(0, 10), ...ring(30, 6)], 36),
      ofGraph([...triangles(0, 8), ...ring(24, 12)], 36),
    ];
    expect(areCongruent(a, b, 1e-9)).not.toBe(true);
    expect(areCongruent(a, a, 1e-9)).toBe(true);
  });
});
