/** Students made from the teacher's rows, whose groups are known. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foundRows, type NetworkWeights } from '../../../src/core/matching/foundRows.js';
import { parseActivation } from '../../../src/core/networks/activations.js';

const WITHIN = 0.01;
/** Three rows of length 2, 1 and 3 in R². */
const TEACHER: NetworkWeights = { weights: Float64Array.of(2, 0, 0, 1, -3, 0.5), v: Float64Array.of(1, 0.5, -2) };

interface Row {
  readonly of: number;
  readonly factor: number;
  readonly v: number;
}

/** Rows that are multiples of rows of the teacher. */
function studentOf(rows: readonly Row[]): NetworkWeights {
  return {
    weights: Float64Array.from(
      rows.flatMap(({ of, factor }) => [...TEACHER.weights.slice(2 * of, 2 * of + 2)].map((w) => factor * w)),
    ),
    v: Float64Array.from(rows, ({ v }) => v),
  };
}

function judged(rows: readonly Row[], activation: string) {
  return foundRows(studentOf(rows), TEACHER, parseActivation(activation), WITHIN);
}

const EXACT: readonly Row[] = [
  { of: 0, factor: 1, v: 1 },
  { of: 1, factor: 1, v: 0.5 },
  { of: 2, factor: 1, v: -2 },
];
const SPARE: Row = { of: 0, factor: 0, v: 3 };

describe.each(['relu', 'squared-relu', 'sigmoid', 'tanh', 'erf'])('%s', (activation) => {
  it('has found every row of its teacher, in any order', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([0, 1, 2], { minLength: 3 }), (order) => {
        const rows = order.map((i) => EXACT[i]);
        expect(judged(rows, activation)).toEqual({ found: 1, perFound: 1, spare: 0 });
      }),
    );
  });

  it('finds a row by several rows of one place whose v add up, and by no other ones', () => {
    const split = [{ ...EXACT[0], v: 0.3 }, { ...EXACT[0], v: 0.9 }, { ...EXACT[0], v: -0.2 }, EXACT[1], EXACT[2]];
    expect(judged(split, activation)).toEqual({ found: 1, perFound: 5 / 3, spare: 0 });
    const short = split.slice(1);
    expect(judged(short, activation)).toEqual({ found: 2 / 3, perFound: 1, spare: 1 / 2 });
  });

  it('counts rows of no place as spare', () => {
    expect(judged([...EXACT, SPARE, { of: 1, factor: -0.7, v: 0.1 }], activation)).toEqual({
      found: 1,
      perFound: 1,
      spare: 2 / 5,
    });
  });

  it('has a tolerance for the place and one for the sum', () => {
    const changed = (by: number): number | undefined =>
      judged([{ ...EXACT[0], v: 1 + by }, EXACT[1], EXACT[2]], activation)?.found;
    expect(changed(0.9 * WITHIN)).toBe(1);
    expect(changed(1.1 * WITHIN)).toBe(2 / 3);
    const turned = (angle: number): number | undefined => {
      const { weights, v } = studentOf(EXACT);
      const rows = { weights: Float64Array.from([2 * Math.cos(angle), 2 * Math.sin(angle), ...weights.slice(2)]), v };
      return foundRows(rows, TEACHER, parseActivation(activation), WITHIN)?.found;
    };
    expect(turned(0.9 * Math.sqrt(WITHIN))).toBe(1);
    expect(turned(1.1 * Math.sqrt(WITHIN))).toBe(2 / 3);
  });
});

it.each([
  ['relu', 1, 1],
  ['squared-relu', 2, 1],
  ['sigmoid', 1, 2 / 3],
  ['tanh', 1, 2 / 3],
])('a row of another length is the same place for %s of degree %i only', (activation, degree, found) => {
  const rows = [{ of: 0, factor: 4, v: 1 / 4 ** degree }, EXACT[1], EXACT[2]];
  expect(judged(rows, activation)?.found).toBe(found);
});

it('both signs of a row are one place: v changes sign where φ is odd, and not where it is even', () => {
  const flipped = [{ of: 0, factor: -1, v: -1 }, EXACT[1], EXACT[2]];
  expect(judged(flipped, 'tanh')?.found).toBe(1);
  expect(judged(flipped, 'sigmoid')?.found).toBe(2 / 3);
  expect(judged(flipped, 'exp(-z^2)')?.found).toBe(2 / 3);
  expect(judged([{ of: 0, factor: -1, v: 1 }, EXACT[1], EXACT[2]], 'exp(-z^2)')?.found).toBe(1);
});

it('has no rows per found row where none is found, and says nothing about polynomials', () => {
  expect(judged([SPARE], 'relu')).toEqual({ found: 0, perFound: Number.NaN, spare: 1 });
  expect(judged(EXACT, 'quadratic')).toBeUndefined();
  expect(judged(EXACT, 'linear')).toBeUndefined();
});
