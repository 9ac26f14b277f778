import { describe, expect, it } from 'vitest';
import { likeness, type Minimum, type Symmetry } from '../../../src/core/minima/likeness.js';
import { gaussian } from '../kernels/cases.js';

const [K, D] = [4, 4];
const WEIGHTS = gaussian(K * D, 11);
const V = Float64Array.of(1, 1, -2, -2);

function minimum(weights: Float64Array, outputWeights = V, loss = 0.1): Minimum {
  return { weights, outputWeights, loss, lossError: 1e-13, reach: 1e-9 };
}

/** Rows and columns in another order. */
function permuted(weights: Float64Array, rows: readonly number[], columns = [0, 1, 2, 3]): Float64Array {
  return Float64Array.from(rows.flatMap((i) => columns.map((j) => weights[i * D + j])));
}

const IDENTITY = Float64Array.from({ length: D * D }, (_, at) => (at % (D + 1) === 0 ? 1 : 0));
const planted = (outputWeights: Float64Array) => ({ weights: IDENTITY, outputWeights });
const plain: Symmetry = { rows: K, parity: 'none' };
const first = minimum(WEIGHTS);

describe('modulo the order of neurons', () => {
  it('neurons of equal v change places', () => {
    expect(likeness(first, minimum(permuted(WEIGHTS, [1, 0, 3, 2])), plain)).toBe('same');
    expect(likeness(first, minimum(permuted(WEIGHTS, [2, 0, 1, 3])), plain)).toBe('different');
    const moved = minimum(permuted(WEIGHTS, [2, 0, 1, 3]), Float64Array.of(-2, 1, 1, -2));
    expect(likeness(first, moved, plain)).toBe('same');
  });

  it('columns do not', () => {
    expect(likeness(first, minimum(permuted(WEIGHTS, [0, 1, 2, 3], [1, 0, 2, 3])), plain)).toBe('different');
  });

  it('signs count unless φ is even, or v changes its sign too and φ is odd', () => {
    const flipped = WEIGHTS.map((w, at) => (at < D ? -w : w));
    const both = minimum(flipped, Float64Array.of(-1, 1, -2, -2));
    expect(likeness(first, minimum(flipped), plain)).toBe('different');
    expect(likeness(first, minimum(flipped), { ...plain, parity: 'even' })).toBe('same');
    expect(likeness(first, minimum(flipped), { ...plain, parity: 'odd' })).toBe('different');
    expect(likeness(first, both, { ...plain, parity: 'odd' })).toBe('same');
    expect(likeness(first, both, plain)).toBe('different');
  });

  it('the strides of a cnn keep their order', () => {
    const filter: Symmetry = { rows: 1, parity: 'none' };
    const [w, v] = [WEIGHTS.slice(0, D), Float64Array.of(1, 2)];
    expect(likeness(minimum(w, v), minimum(w.slice(), v.slice()), filter)).toBe('same');
    expect(likeness(minimum(w, v), minimum(w, Float64Array.of(2, 1)), filter)).toBe('different');
  });
});

describe('modulo what keeps the teacher', () => {
  const shuffled = minimum(permuted(WEIGHTS, [1, 0, 3, 2], [2, 3, 1, 0]));

  it('rows of I change places together with columns', () => {
    expect(likeness(first, shuffled, { ...plain, teacher: planted(new Float64Array(D).fill(1)) })).toBe('same');
  });

  it('only those of equal v*', () => {
    const teacher = planted(Float64Array.of(1, 1, 5, 5));
    expect(likeness(first, shuffled, { ...plain, teacher })).toBe('different');
    const within = minimum(permuted(WEIGHTS, [1, 0, 3, 2], [1, 0, 3, 2]));
    expect(likeness(first, within, { ...plain, teacher })).toBe('same');
  });

  it('not those at other angles', () => {
    const weights = IDENTITY.map((entry, at) => (at === 1 ? 0.3 : entry));
    const teacher = { weights, outputWeights: new Float64Array(D).fill(1) };
    expect(likeness(first, shuffled, { ...plain, teacher })).toBe('different');
    expect(likeness(first, minimum(permuted(WEIGHTS, [1, 0, 2, 3])), { ...plain, teacher })).toBe('same');
  });

  it('of an even φ their signs change too', () => {
    const teacher = planted(new Float64Array(D).fill(1));
    const flipped = minimum(shuffled.weights.map((w, at) => (at % D === 0 ? -w : w)));
    expect(likeness(first, flipped, { ...plain, teacher })).toBe('different');
    expect(likeness(first, flipped, { ...plain, parity: 'even', teacher })).toBe('same');
  });
});

describe('distance and loss', () => {
  const shifted = (by: number) => minimum(WEIGHTS.map((w, at) => (at === 0 ? w + by : w)));
  const teacher = { ...plain, teacher: planted(new Float64Array(D).fill(1)) };

  it.each([plain, teacher])('near is the same, far is different, and between them it is unclear', (symmetry) => {
    expect(likeness(first, shifted(1e-9), symmetry)).toBe('same');
    expect(likeness(first, shifted(1e-6), symmetry)).toBe('unclear');
    expect(likeness(first, shifted(1e-3), symmetry)).toBe('different');
  });

  it('minima of another loss are different', () => {
    expect(likeness(first, minimum(WEIGHTS, V, 0.1 + 1e-10), plain)).toBe('different');
    expect(likeness(first, minimum(WEIGHTS, V, 0.1 + 1e-13), plain)).toBe('same');
  });
});
