import { describe, expect, test } from 'vitest';
import { loadNativeKernels } from '../../../src/core/kernels/native.js';
import { distance, gaussian } from './cases.js';

const native = loadNativeKernels();
const SIZES = [0, 1, 2, 3, 7, 16, 33, 65];

function transposed(a: Float64Array, rows: number, columns: number): Float64Array {
  return Float64Array.from({ length: rows * columns }, (_, k) => a[(k % rows) * columns + Math.floor(k / rows)]);
}

/** The definition, entry by entry. */
function product(a: Float64Array, b: Float64Array, m: number, n: number, k: number): Float64Array {
  const c = new Float64Array(m * n);
  for (let i = 0; i < m; i++)
    for (let j = 0; j < n; j++) for (let l = 0; l < k; l++) c[i * n + j] += a[i * k + l] * b[l * n + j];
  return c;
}

function identity(n: number): Float64Array {
  return Float64Array.from({ length: n * n }, (_, k) => (k % (n + 1) === 0 ? 1 : 0));
}

function symmetric(n: number): Float64Array {
  const a = gaussian(n * n, 1);
  const t = transposed(a, n, n);
  return a.map((x, i) => x + t[i]);
}

describe('multiply', () => {
  test.each(SIZES)('(%i, 5, 3), plain and transposed', (m) => {
    const [n, k] = [5, 3];
    const [a, b] = [gaussian(m * k, 1), gaussian(k * n, 2)];
    const expected = product(a, b, m, n, k);
    expect(distance(native.multiply(a, b, m, n, k), expected)).toBeLessThan(1e-14);
    expect(distance(native.multiply(transposed(a, m, k), b, m, n, k, true), expected)).toBeLessThan(1e-14);
    expect(distance(native.multiply(a, transposed(b, k, n), m, n, k, false, true), expected)).toBeLessThan(1e-14);
  });

  test('an empty inner dimension gives zeros', () => {
    expect([...native.multiply(new Float64Array(0), new Float64Array(0), 2, 2, 0)]).toEqual([0, 0, 0, 0]);
  });

  test('a full-size product agrees with a random vector: C r = A (B r)', () => {
    const n = 600;
    const [a, b, r] = [gaussian(n * n, 1), gaussian(n * n, 2), gaussian(n, 3)];
    const c = native.multiply(a, b, n, n, n);
    expect(distance(product(c, r, n, 1, n), product(a, product(b, r, n, 1, n), n, 1, n))).toBeLessThan(1e-12);
  });
});

describe('symmetricEigen', () => {
  test.each(SIZES)('n = %i: A vᵢ = λᵢ vᵢ, orthonormal rows, ascending', (n) => {
    const a = symmetric(n);
    const { values, vectors } = native.symmetricEigen(a, n);
    const scaled = vectors.map((x, i) => x * values[Math.floor(i / n)]);
    expect(distance(product(vectors, a, n, n, n), scaled)).toBeLessThan(1e-12);
    expect(distance(product(vectors, transposed(vectors, n, n), n, n, n), identity(n))).toBeLessThan(1e-13);
    expect([...values]).toEqual([...values].sort((x, y) => x - y));
  });

  test('leaves its argument alone', () => {
    const a = symmetric(4);
    native.symmetricEigen(a, 4);
    expect(a).toEqual(symmetric(4));
  });
});

describe('qr', () => {
  test.each(
    SIZES.flatMap((n) => [
      [n, n],
      [n + 5, n],
    ]),
  )('(%i, %i): A = QR, orthonormal columns, R upper with diagonal ≥ 0', (m, n) => {
    const a = gaussian(m * n, 1);
    const { q, r } = native.qr(a, m, n);
    expect(distance(product(q, r, m, n, n), a)).toBeLessThan(1e-13);
    expect(distance(product(transposed(q, m, n), q, n, n, m), identity(n))).toBeLessThan(1e-13);
    for (let i = 0; i < n; i++) {
      expect(r[i * n + i]).toBeGreaterThanOrEqual(0);
      for (let j = 0; j < i; j++) expect(r[i * n + j]).toBe(0);
    }
  });

  test('more columns than rows are refused', () => {
    expect(() => native.qr(new Float64Array(6), 2, 3)).toThrow('m must be n or more, got 2');
  });
});

describe('svd', () => {
  test.each(
    SIZES.flatMap((m) => [
      [m, 4],
      [5, m],
    ]),
  )('(%i, %i): A = U S Vᵀ, orthonormal, descending', (m, n) => {
    const p = Math.min(m, n);
    const a = gaussian(m * n, 1);
    const { u, s, vt } = native.svd(a, m, n);
    expect(
      distance(
        product(
          u.map((x, i) => x * s[i % p]),
          vt,
          m,
          n,
          p,
        ),
        a,
      ),
    ).toBeLessThan(1e-13);
    expect(distance(product(transposed(u, m, p), u, p, p, m), identity(p))).toBeLessThan(1e-13);
    expect(distance(product(vt, transposed(vt, p, n), p, p, n), identity(p))).toBeLessThan(1e-13);
    expect([...s]).toEqual([...s].sort((x, y) => y - x));
  });
});

describe('solve', () => {
  test.each(SIZES.filter((n) => n > 0))('n = %i: A X = B', (n) => {
    const [a, b] = [gaussian(n * n, 1), gaussian(n * 3, 2)];
    const x = native.solve(a, b, n, 3);
    expect(distance(product(a, x, n, 3, n), b, Math.max(...x.map(Math.abs)))).toBeLessThan(1e-12);
  });

  test.each([
    ['zero', Float64Array.of(0, 0, 0, 0)],
    ['of rank one', Float64Array.of(1, 2, 2, 4)],
    ['singular to working precision', Float64Array.of(1, 1, 1, 1 + 2 ** -52)],
  ])('a matrix that is %s is refused', (_, a) => {
    expect(() => native.solve(a, Float64Array.of(1, 1), 2, 1)).toThrow('singular to working precision');
  });
});
