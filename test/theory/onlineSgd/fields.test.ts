/** Closed expectations of local fields against sums over a grid, which are exact for Gaussian weights. */
import { describe, expect, it } from 'vitest';
import { parseActivation } from '../../../src/core/networks/activations.js';
import { fieldsOf } from '../../../src/theory/onlineSgd/fields.js';

const P = 4;
/** A Cholesky factor (P, P) of the covariance of the fields. */
const FACTOR = [
  [0.9, 0, 0, 0],
  [0.4, 0.7, 0, 0],
  [-0.3, 0.5, 0.8, 0],
  [0.2, -0.6, 0.3, 0.5],
];
const COVARIANCE = Float64Array.from(
  FACTOR.flatMap((row) => FACTOR.map((other) => row.reduce((sum, x, k) => sum + x * other[k], 0))),
);

/** Points of the grid with a smaller weight are left out. */
const LEAST = 1e-13;
const STEP = 0.6;
const NODES = Array.from({ length: 23 }, (_, i) => (i - 11) * STEP);
const WEIGHTS = NODES.map((z) => (STEP * Math.exp((-z * z) / 2)) / Math.sqrt(2 * Math.PI));

/** E[f(u)] by the trapezoidal rule in the four independent normals. */
function expectation(f: (u: readonly number[]) => number): number {
  let sum = 0;
  const z = [0, 0, 0, 0];
  const visit = (axis: number, weight: number): void => {
    if (axis === P) {
      sum += weight * f(FACTOR.map((row) => row.reduce((total, x, k) => total + x * z[k], 0)));
      return;
    }
    NODES.forEach((node, i) => {
      if (weight * WEIGHTS[i] < LEAST) return;
      z[axis] = node;
      visit(axis + 1, weight * WEIGHTS[i]);
    });
  };
  visit(0, 1);
  return sum;
}

describe.each(['erf', 'erf:std'])('%s', (name) => {
  const activation = parseActivation(name);
  const { value, derivative } = activation;
  const { pair, tilt, linear } = fieldsOf(activation, P);
  const law = { weight: 1, covariance: COVARIANCE };

  it('E[φφ], E[φ′uφ], E[φ′φ′φφ] and E[φ′φ′]', () => {
    const [one, two] = [tilt(law, 0), tilt(tilt(law, 0), 1)];
    const closed = [
      pair(COVARIANCE, 1, 2),
      one.weight * linear(one.covariance, 1, 2),
      one.weight * linear(one.covariance, 0, 3),
      two.weight * pair(two.covariance, 2, 3),
      two.weight,
    ];
    const sums = [
      ([, b, c]: readonly number[]) => value(b) * value(c),
      ([a, b, c]: readonly number[]) => derivative(a) * b * value(c),
      ([a, , , d]: readonly number[]) => derivative(a) * a * value(d),
      ([a, b, c, d]: readonly number[]) => derivative(a) * derivative(b) * value(c) * value(d),
      ([a, b]: readonly number[]) => derivative(a) * derivative(b),
    ].map((f) => expectation(f));
    closed.forEach((x, i) => {
      expect(Math.abs(x - sums[i])).toBeLessThan(1e-8);
    });
  });

  it('E[φ′φ′φφ] with equal fields, as on the diagonal of Q', () => {
    const twice = tilt(tilt(law, 2), 2);
    const sum = expectation(([, , c, d]) => derivative(c) ** 2 * value(c) * value(d));
    expect(Math.abs(twice.weight * pair(twice.covariance, 2, 3) - sum)).toBeLessThan(1e-8);
  });
});

it('is refused for other activations', () => {
  expect(() => fieldsOf(parseActivation('relu'), 2)).toThrow('relu: φ must be an erf');
});
