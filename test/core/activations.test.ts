import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseActivation } from '../../src/core/activations.js';

const NAMES = ['sigmoid', 'sigmoid:4', 'tanh', 'softplus', 'softplus:10', 'relu', 'leaky-relu', 'leaky-relu:0.2', 'squared-relu', 'quadratic', 'linear', 'erf', 'erf:std', 'erf:zhong'];

/** Central difference with the error of order h². */
function difference(f: (z: number) => number, z: number, h = 1e-5): number {
  return (f(z + h) - f(z - h)) / (2 * h);
}

describe.each(NAMES)('activation %s', (name) => {
  const phi = parseActivation(name);
  const away = fc.double({ min: -6, max: 6, noNaN: true }).filter((z) => phi.kinks.every((kink) => Math.abs(z - kink) > 1e-3));

  it('has the derivatives it says', () => {
    fc.assert(fc.property(away, (z) => {
      expect(phi.derivative(z)).toBeCloseTo(difference(phi.value, z), 6);
      expect(phi.secondDerivative(z)).toBeCloseTo(difference(phi.derivative, z), 6);
    }));
  });

  it('has the parity it says', () => {
    fc.assert(fc.property(away, (z) => {
      if (phi.parity === 'odd') expect(phi.value(-z)).toBeCloseTo(-phi.value(z), 12);
      if (phi.parity === 'even') expect(phi.value(-z)).toBeCloseTo(phi.value(z), 12);
    }));
  });

  it('stays finite or saturates far out, and passes NaN on', () => {
    for (const z of [-1e3, 1e3, -1e150, 1e150]) expect(Number.isNaN(phi.value(z)) || Number.isNaN(phi.derivative(z))).toBe(false);
    expect(phi.value(Number.NaN)).toBeNaN();
  });

  it('parses back from its canonical name', () => {
    expect(parseActivation(phi.name).parameters).toEqual(phi.parameters);
  });
});

describe('the three error functions', () => {
  it.each([
    ['erf', (z: number) => (2 / Math.sqrt(Math.PI)) * Math.exp((-z * z) / 2)],
    ['erf:std', (z: number) => (2 / Math.sqrt(Math.PI)) * Math.exp(-z * z)],
    ['erf:zhong', (z: number) => Math.exp(-z * z)],
  ])('%s has its paper’s integrand as derivative', (name, integrand) => {
    for (const z of [-2, -0.3, 0, 0.7, 3]) expect(parseActivation(name).derivative(z)).toBeCloseTo(integrand(z), 14);
  });
});

describe('derivatives keep their digits in the tails', () => {
  it('sigmoid′(40) = e^{−40} to relative accuracy', () => {
    expect(parseActivation('sigmoid').derivative(40) / Math.exp(-40)).toBeCloseTo(1, 12);
    expect(parseActivation('tanh').derivative(-25) / (4 * Math.exp(-50))).toBeCloseTo(1, 12);
  });
});

describe('bad names are refused with what is allowed and what was received', () => {
  it.each(['', 'sigmoidd', 'sigmoid:', 'sigmoid:0', 'sigmoid:-1', 'sigmoid:nan', 'sigmoid:Infinity', 'softplus:1e9', 'tanh:2', 'leaky-relu:2', 'erf:', 'erf:foo', 'relu:0', 'constructor', '__proto__'])(
    '%j', (name) => expect(() => parseActivation(name)).toThrow(/must/));
});
