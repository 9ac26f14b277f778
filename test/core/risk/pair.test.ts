/** k(w, u) and its derivatives in closed form, by quadrature, and by finite differences. */
import { describe, expect, it } from 'vitest';
import { parseActivation } from '../../../src/core/networks/activations.js';
import { closedPair, type Gram, type Pair } from '../../../src/core/risk/pair.js';
import { quadraturePair } from '../../../src/core/risk/quadrature.js';

const NAMES = ['relu', 'leaky-relu:0.3', 'squared-relu', 'erf', 'erf:std', 'quadratic', 'linear'];
const GRAMS: readonly Gram[] = [
  { a: 1, b: 1, c: 0.3 },
  { a: 0.04, b: 2.25, c: -0.2 },
  { a: 2, b: 0.5, c: 0 },
  { a: 9, b: 4, c: 5.9 },
  { a: 1.5, b: 1.5, c: 1.5 },
  { a: 1, b: 4, c: -2 },
];

function closed(name: string): Pair {
  const pair = closedPair(parseActivation(name));
  if (pair === undefined) throw new Error(name);
  return pair;
}

/** Differences relative to the largest of the numbers, which share a scale. */
function apart(some: object, others: object): number {
  const [a, b] = [some, others].map((numbers) => Object.values(numbers) as number[]);
  return Math.max(...a.map((x, i) => Math.abs(x - b[i]))) / Math.max(...a.map(Math.abs), ...b.map(Math.abs), 1e-3);
}

describe.each(NAMES)('%s', (name) => {
  const quadrature = quadraturePair(parseActivation(name));

  it('has the value and derivatives of the quadrature', () => {
    for (const gram of GRAMS) {
      const [exact, found] = [closed(name), quadrature].map((pair) => pair.slope(gram));
      expect(apart(exact, found)).toBeLessThan(1e-10);
      const [{ own, cross }, curvature] = [closed(name), quadrature].map((pair) => pair.curvature(gram));
      expect(apart(own, curvature.own)).toBeLessThan(1e-9);
      expect(apart(cross, curvature.cross)).toBeLessThan(1e-10);
    }
  });
});
