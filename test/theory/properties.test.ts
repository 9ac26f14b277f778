import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseActivation, type Activation } from '../../src/core/networks/activations.js';
import { bendProperty, curvatureProperty, relativeCurvature, slopeProperty } from '../../src/theory/properties.js';
import { curvatureTerms, quantities, type CurvatureTerms, type Quantities } from '../../src/theory/quantities.js';

const SIGMAS = Float64Array.from({ length: 41 }, (_, i) => 0.05 * 200 ** (i / 40));
const NONE = {
  value: () => Number.NaN,
  secondDerivative: () => Number.NaN,
  parameters: [0, 0],
  parity: 'none',
  kinks: [],
  range: [-Infinity, Infinity],
  name: 'made up',
  kind: 'linear',
} as const;

/** An activation of which only φ′, or only φ″, is asked. */
const withSlope = (derivative: Activation['derivative']): Activation => ({ ...NONE, derivative });
const withBend = (secondDerivative: Activation['secondDerivative']): Activation => ({
  ...NONE,
  derivative: () => 0,
  secondDerivative,
});

function termsAt(name: string, sigma: number): CurvatureTerms {
  const activation = parseActivation(name);
  return curvatureTerms(activation, quantities(activation, sigma));
}

describe('Property 3.1', () => {
  it.each([
    ['relu', 0, 0, 1, true, false],
    ['leaky-relu', 0.01, 0, 1, true, false],
    ['squared-relu', 0, 1, 2, true, true],
    ['sigmoid', 0, 0, 1 / 4, true, false],
    ['tanh', 0, 0, 1, true, false],
    ['erf:zhong', 0, 0, 1, true, false],
    ['softplus', 0, 0, 1, true, false],
    ['linear', 1, 0, 1, true, false],
    ['quadratic', -Infinity, 1, 2, false, false],
    ['sigmoid:1000000', 0, 0, 250000, true, false],
    ['softplus:0.000001', 0, 0, 1, true, false],
    ['erf', 0, 0, 2 / Math.sqrt(Math.PI), true, false],
  ])(
    '%s: inf φ′ = %d, p = %d, L₁ = %d, holds with p ≥ 0 %s, with p > 0 %s',
    (name, minimum, power, bound, holds, holdsAsPrinted) => {
      const found = slopeProperty(parseActivation(name));
      expect(found).toMatchObject({ minimum, holds, holdsAsPrinted });
      expect(found.power).toBeCloseTo(power, 9);
      expect(found.bound / bound).toBeCloseTo(1, 12);
    },
  );

  it('sees growth that no finite mesh bounds, and an infinite slope at 0', () => {
    const power = slopeProperty(withSlope((z) => Math.abs(z) ** 1.5));
    expect(power).toMatchObject({ minimum: 0, holds: true, holdsAsPrinted: true });
    expect([power.power, power.bound]).toEqual([expect.closeTo(1.5, 9), expect.closeTo(1, 9)]);
    expect(slopeProperty(withSlope((z) => 1 + z * z))).toMatchObject({
      power: Number.NaN,
      bound: Infinity,
      holds: false,
    });
    expect(slopeProperty(withSlope((z) => Math.abs(z) ** -0.5))).toMatchObject({ power: Number.NaN, holds: false });
    expect(slopeProperty(withSlope((z) => z ** 3)).minimum).toBe(-Infinity);
  });

  it('finds a dip of φ′ below 0 and refines it', () => {
    const dip = slopeProperty(withSlope((z) => 1 - 1.01 * Math.exp(-200 * (z - 3.1) ** 2)));
    expect(dip.minimum).toBeCloseTo(-0.01, 9);
    expect(dip.holds).toBe(false);
  });
});

describe('Property 3.3', () => {
  it.each([
    ['relu', 0, 1, false, true],
    ['leaky-relu', 0, 1, false, true],
    ['squared-relu', 2, 0, true, false],
    ['sigmoid', 1 / (6 * Math.sqrt(3)), 0, true, false],
    ['tanh', 4 / (3 * Math.sqrt(3)), 0, true, false],
    ['erf:zhong', Math.sqrt(2 / Math.E), 0, true, false],
    ['softplus', 1 / 4, 0, true, false],
    ['linear', 0, 0, true, true],
    ['quadratic', 2, 0, true, false],
    ['leaky-relu:1', 0, 0, true, true],
  ])('%s: L₂ = %d, %d jumps, (a) %s, (b) %s', (name, bound, jumps, smooth, piecewiseLinear) => {
    const found = bendProperty(parseActivation(name));
    expect(found).toMatchObject({ jumps, smooth, piecewiseLinear, holds: true });
    expect(found.bound).toBeCloseTo(bound, 12);
  });

  it('fails where φ″ has no bound, at infinity or at 0', () => {
    expect(bendProperty(withBend((z) => z))).toMatchObject({ bound: Infinity, holds: false });
    expect(bendProperty(withBend((z) => Math.abs(z) ** -0.25))).toMatchObject({ bound: Infinity, holds: false });
  });

  it('fails where φ′ jumps and φ″ is not 0 elsewhere', () => {
    const hinge: Activation = { ...parseActivation('squared-relu'), derivative: (z) => (z > 0 ? 1 + 2 * z : 0) };
    expect(bendProperty(hinge)).toMatchObject({ jumps: 1, bound: 2, holds: false });
  });
});

describe('the three differences of ρ', () => {
  type Row = Pick<Quantities, 'sigma' | 'alpha' | 'beta'> & {
    readonly activation: string;
    readonly terms: CurvatureTerms;
  };
  const rows = JSON.parse(readFileSync(new URL('fixtures.json', import.meta.url), 'utf8')) as Row[];

  it.each(rows.map((row) => [row.activation, row.sigma, row] as const))(
    '%s at σ = %f against 60 digits',
    (name, sigma, { terms, beta }) => {
      const found = termsAt(name, sigma);
      const scale = Math.max(...beta);
      for (const key of ['constant', 'linear', 'product'] as const)
        expect(Math.abs(found[key] - terms[key]), key).toBeLessThan(1e-14 * scale);
    },
  );

  it.each([0.05, 1, 10])('in closed form at σ = %f', (sigma) => {
    const [square, pi] = [sigma * sigma, Math.PI];
    const relu = 1 / 4 - 1 / (2 * pi);
    // E φ′ = u^(−1/2), E φ′z² = u^(−3/2), u = 1 + 2σ²; of φ′² with 4 in place of 2.
    const [once, twice] = [1 + 2 * square, 1 + 4 * square];
    const expected: Record<string, CurvatureTerms> = {
      relu: { constant: relu, linear: relu, product: relu },
      'leaky-relu': {
        constant: 0.99 ** 2 * relu,
        linear: 0.99 ** 2 * relu,
        product: 1.01 ** 2 / 4 - 0.99 ** 2 / (2 * pi),
      },
      'squared-relu': {
        constant: square * (1 - 2 / pi),
        linear: square * (5 - 8 / pi),
        product: square * (4 / pi - 1),
      },
      linear: { constant: 0, linear: 0, product: 1 },
      quadratic: { constant: 0, linear: 8 * square, product: -4 * square },
      'erf:zhong': { constant: twice ** -0.5 - 1 / once, linear: twice ** -1.5 - once ** -3, product: once ** -2 },
    };
    for (const [name, terms] of Object.entries(expected)) {
      const found = termsAt(name, sigma);
      const scale = Math.max(...quantities(parseActivation(name), sigma).beta);
      for (const key of ['constant', 'linear', 'product'] as const)
        expect(Math.abs(found[key] - terms[key]), `${name} ${key}`).toBeLessThan(1e-14 * scale);
    }
  });

  it('all are positive for mixtures that do not decrease and are not affine, as docs/papers/zhong2017.md proves', () => {
    const rise = fc.record({
      height: fc.double({ min: 0, max: 10, noNaN: true }),
      leak: fc.double({ min: 0, max: 1, noNaN: true }),
      b: fc.double({ min: 0.01, max: 100, noNaN: true }),
    });
    fc.assert(
      fc.property(rise, fc.double({ min: 0.05, max: 10, noNaN: true }), ({ height, leak, b }, sigma) => {
        // φ′ of leak·z + relu + height·sigmoid(bz): it does not decrease.
        const [relu, sigmoid] = [parseActivation('relu'), parseActivation(`sigmoid:${String(b)}`)];
        const mixed: Activation = {
          ...relu,
          value: (z) => leak * z + relu.value(z) + height * sigmoid.value(z),
          derivative: (z) => leak + relu.derivative(z) + height * sigmoid.derivative(z),
          secondDerivative: (z) => height * sigmoid.secondDerivative(z),
        };
        expect(relativeCurvature(mixed, quantities(mixed, sigma))).toBeGreaterThan(1e-6);
      }),
    );
  });
});

describe('Property 3.2', () => {
  it.each([
    ['relu', 0, 0],
    ['leaky-relu', 0, 0],
    ['squared-relu', 2, 2],
    ['sigmoid', 4, -4],
    ['tanh', 4, -4],
    ['erf:zhong', 4, -4],
    ['softplus', 6, 0],
  ])('%s: positive, ρ ~ σ^%d at 0 and σ^%d at infinity', (name, small, large) => {
    const { holds, rho, minimum, at, exponents } = curvatureProperty(parseActivation(name), SIGMAS);
    expect(holds).toBe(true);
    expect(minimum).toBe(Math.min(...rho));
    expect(rho[SIGMAS.indexOf(at)]).toBe(minimum);
    expect(exponents[0]).toBeCloseTo(small, 3);
    expect(Math.abs(exponents[1] - large)).toBeLessThan(0.005);
  });

  it('the leading terms at 0: σ⁴/128 for sigmoid, 2σ⁴ for tanh and erf:zhong, σ⁶/384 for softplus', () => {
    for (const [name, expected] of [
      ['sigmoid', 1e-12 / 128],
      ['tanh', 2e-12],
      ['erf:zhong', 2e-12],
      ['softplus', 1e-18 / 384],
    ] as const) {
      expect(quantities(parseActivation(name), 1e-3).rho.zhong2017 / expected).toBeCloseTo(1, 4);
    }
  });

  it.each([
    ['linear', 0],
    ['leaky-relu:1', 0],
    ['quadratic', -400],
  ])('%s: not positive, smallest ρ = %d', (name, minimum) => {
    const found = curvatureProperty(parseActivation(name), SIGMAS);
    expect(found).toMatchObject({ holds: false, exponents: [Number.NaN, Number.NaN] });
    expect(Math.abs(found.minimum - minimum)).toBeLessThan(1e-12 * Math.max(1, -minimum));
  });

  it('tells 0 from the smallest curvature there is: softplus at σ = 0.001 has ρ = 2.6e-21', () => {
    const [softplus, linear] = ['softplus', 'linear'].map((name) =>
      curvatureProperty(parseActivation(name), Float64Array.of(1e-3)),
    );
    expect(softplus).toMatchObject({ holds: true });
    expect(softplus.margin).toBeGreaterThan(1e-11);
    expect(linear.margin).toBeLessThan(1e-14);
  });
});
