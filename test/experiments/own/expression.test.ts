import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseExpression } from '../../../src/experiments/own/expression.js';

const values = { n: 3000, d: 7, K: 3 };

interface Written {
  readonly text: string;
  readonly value: number;
}

/** Expressions with their value worked out beside, every operation in brackets. */
const { written } = fc.letrec<{ written: Written }>((tie) => ({
  written: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom<Written>(
      { text: 'n', value: 3000 },
      { text: 'd', value: 7 },
      { text: 'K', value: 3 },
      { text: '2', value: 2 },
      { text: '1.5e-1', value: 0.15 },
      { text: '.25', value: 0.25 },
    ),
    fc.tuple(tie('written'), fc.constantFrom('+', '-', '*', '/'), tie('written')).map(([a, operator, b]): Written => {
      const value = { '+': a.value + b.value, '-': a.value - b.value, '*': a.value * b.value, '/': a.value / b.value }[
        operator
      ];
      return { text: `(${a.text} ${operator} ${b.text})`, value };
    }),
    tie('written').map(({ text, value }): Written => ({ text: `(-${text})`, value: -value })),
  ),
}));

describe('expressions', () => {
  it('are worked out as they are written', () => {
    fc.assert(
      fc.property(written, ({ text, value }) => {
        expect(parseExpression(text).evaluate(values)).toEqual(value);
      }),
      { seed: 11 },
    );
  });

  it.each<[string, number]>([
    ['200*d', 1400],
    ['n/(K*d)', 3000 / 21],
    ['2 + 3*4', 14],
    ['10 - 4 - 3', 3],
    ['12/3/2', 2],
    ['2*d^2', 98],
    ['-2^2', -4],
    ['2^3^2', 512],
    ['2^-1', 0.5],
    ['4^0.5*-1', -2],
    ['1e3*d', 7000],
  ])('%s = %d: powers first and from the right, products before sums, from the left', (text, value) => {
    expect(parseExpression(text).evaluate(values)).toBeCloseTo(value, 12);
  });

  it('name the settings that they use, each once', () => {
    expect(parseExpression('n/d + 2*d').names).toEqual(['n', 'd']);
    expect(parseExpression('17').names).toEqual([]);
  });

  it.each(['', '2*', '*d', '(d', 'd)', 'd d', '2d', 'd;K', 'a=b', '1..2', 'd**2', 'n%2'])('refuse %j', (text) => {
    expect(() => parseExpression(text)).toThrow(/an expression must be/);
  });
});
