/** What any activation must satisfy: one call checks φ, φ′, φ″ and all that its entry says of them. */
import fc from 'fast-check';
import { expect } from 'vitest';
import { parseActivation, type Activation } from '../../../src/core/networks/activations.js';

/** Rows z, φ, φ′, φ″. */
export type Rows = readonly (readonly [number, number, number, number])[];

/** Central difference with the error of order h². */
function difference(f: (z: number) => number, z: number, h = 1e-5): number {
  return (f(z + h) - f(z - h)) / (2 * h);
}

const GRID = Array.from({ length: 8001 }, (_, i) => (i - 4000) / 200);
const FAR = [-1e150, -1e4, 1e4, 1e150];

/** A point that is neither a kink nor near one. */
function away({ kinks }: Activation): fc.Arbitrary<number> {
  return fc.double({ min: -6, max: 6, noNaN: true }).filter((z) => kinks.every((kink) => Math.abs(z - kink) > 1e-3));
}

export function expectReferenceValues(phi: Activation, rows: Rows): void {
  expect(rows.length).toBeGreaterThan(0);
  for (const [z, ...expected] of rows) {
    [phi.value(z), phi.derivative(z), phi.secondDerivative(z)].forEach((value, order) => {
      const size = Math.max(Math.abs(expected[order]), 1e-300);
      expect(Math.abs(value - expected[order]) / size, `${phi.name}: derivative ${order} at ${z}`).toBeLessThan(2e-14);
    });
  }
}

export function expectDerivatives(phi: Activation): void {
  fc.assert(
    fc.property(away(phi), (z) => {
      expect(phi.derivative(z)).toBeCloseTo(difference(phi.value, z), 6);
      expect(phi.secondDerivative(z)).toBeCloseTo(difference(phi.derivative, z), 6);
    }),
  );
}

/** At a kink φ′ is the one from the left, and φ′ or φ″ jumps; elsewhere neither does. */
export function expectKinks(phi: Activation): void {
  const h = 1e-9;
  const jumps = (z: number): boolean =>
    [phi.derivative, phi.secondDerivative].some((f) => Math.abs(f(z + h) - f(z - h)) > 1e-3);
  for (const kink of phi.kinks) {
    expect(jumps(kink), `${phi.name} at ${kink}`).toBe(true);
    expect(phi.derivative(kink)).toBeCloseTo(phi.derivative(kink - h), 6);
  }
  expect(GRID.filter((z) => jumps(z))).toEqual(GRID.filter((z) => phi.kinks.includes(z)));
}

export function expectParity({ value, parity }: Activation): void {
  const close = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-12 * Math.max(1, Math.abs(a));
  expect(GRID.every((z) => close(value(-z), value(z)))).toBe(parity === 'even');
  expect(GRID.every((z) => close(value(-z), -value(z)))).toBe(parity === 'odd');
}

/** The least and the largest value come as near to the ends of the range as it says, and none lies beyond. */
export function expectRange({ value, range: [low, high] }: Activation): void {
  const values = [...GRID, ...FAR].map(value).filter((v) => !Number.isNaN(v));
  const [least, most] = values.reduce(([a, b], v) => [Math.min(a, v), Math.max(b, v)], [Infinity, -Infinity]);
  expect(least).toBeGreaterThanOrEqual(low);
  expect(most).toBeLessThanOrEqual(high);
  expect(low === -Infinity ? least < -99 : least - low < 1e-3).toBe(true);
  expect(high === Infinity ? most > 99 : high - most < 1e-3).toBe(true);
}

export function expectDegree({ value, degree }: Activation): void {
  const isHomogeneous = (p: number): boolean =>
    [-2, -0.3, 0.7, 4].every((z) => [0.5, 3].every((c) => Math.abs(value(c * z) - c ** p * value(z)) < 1e-9));
  expect([1, 2, 3].filter(isHomogeneous)).toEqual(degree === undefined ? [] : [degree]);
}

export function expectActivation(name: string, rows: Rows): void {
  const phi = parseActivation(name);
  expectReferenceValues(phi, rows);
  expectDerivatives(phi);
  expectKinks(phi);
  expectParity(phi);
  expectRange(phi);
  expectDegree(phi);
  expect(phi.value(Number.NaN)).toBeNaN();
  expect(parseActivation(phi.name)).toMatchObject({ name: phi.name, kind: phi.kind, parameters: phi.parameters });
}
