import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseActivation } from '../../src/core/networks/activations.js';
import { InputError } from '../../src/base/errors.js';
import { quantities, type Quantities } from '../../src/theory/quantities.js';

const NAMES = [
  'sigmoid',
  'sigmoid:10',
  'tanh',
  'softplus',
  'softplus:10',
  'relu',
  'leaky-relu',
  'leaky-relu:1',
  'squared-relu',
  'quadratic',
  'linear',
  'erf',
  'erf:std',
  'erf:zhong',
];
const VARIANTS = ['fu2018', 'fu2019Fcn', 'fu2019Cnn', 'zhong2017'] as const;
const sigmas = fc.double({ min: Math.log(1e-6), max: Math.log(1e6), noNaN: true }).map(Math.exp);

function at(name: string, sigma: number): Quantities {
  return quantities(parseActivation(name), sigma);
}

type Row = Quantities & { readonly activation: string };
const FIXTURES = JSON.parse(readFileSync(new URL('fixtures.json', import.meta.url), 'utf8')) as Row[];

function reference(name: string, sigma: number): Row {
  const row = FIXTURES.find((candidate) => candidate.activation === name && candidate.sigma === sigma);
  if (row === undefined) throw new Error(`no reference for ${name} at σ = ${String(sigma)}`);
  return row;
}

/**
 * The largest error of a row: α, β, γ against themselves, m and ρ against the largest term of the difference that
 * defines them.
 */
function discrepancy(actual: Quantities, expected: Quantities): number {
  const relative = (key: 'alpha' | 'beta' | 'gamma'): number[] =>
    expected[key].map((want, i) => Math.abs(actual[key][i] - want) / (want === 0 ? 1 : Math.abs(want)));
  const largestMoment = Math.max(...expected.gamma.map(Math.abs));
  const largestTerm = Math.max(...expected.beta, ...expected.alpha.map((alpha) => alpha * alpha));
  return Math.max(
    ...relative('alpha'),
    ...relative('beta'),
    ...relative('gamma'),
    ...expected.m.map((want, i) => Math.abs(actual.m[i] - want) / largestMoment),
    ...VARIANTS.map((key) => Math.abs(actual.rho[key] - expected.rho[key]) / largestTerm),
  );
}

describe('quantities against 60-digit reference values', () => {
  it.each(FIXTURES.map((row) => [row.activation, row.sigma, row] as const))('%s at σ = %f', (name, sigma, row) => {
    expect(discrepancy(at(name, sigma), row)).toBeLessThan(1e-14);
  });

  it('rejects each quantity when one is off by 1e-12', () => {
    const row = reference('softplus', 1.5);
    const q = at('softplus', 1.5);
    const nudge = <T extends readonly number[]>(values: T): T =>
      values.map((value) => value * (1 + 1e-12)) as unknown as T;
    for (const wrong of [
      { alpha: nudge(q.alpha) },
      { beta: nudge(q.beta) },
      { gamma: nudge(q.gamma) },
      { m: nudge(q.m) },
    ]) {
      expect(discrepancy({ ...q, ...wrong }, row)).toBeGreaterThan(1e-14);
    }
    for (const key of VARIANTS) {
      expect(discrepancy({ ...q, rho: { ...q.rho, [key]: q.rho[key] + 1e-12 } }, row)).toBeGreaterThan(1e-14);
    }
  });

  it.each([
    ['sigmoid', 0.001],
    ['tanh', 0.001],
    ['softplus', 0.55],
    ['erf', 0.001],
  ] as const)(
    "keeps ρ's own digits where the terms cancel: %s at σ = %f; the printed differences do not",
    (name, sigma) => {
      const want = reference(name, sigma).rho.fu2018;
      const {
        alpha: [a0, a1, a2],
        beta: [b0, b2],
        rho,
      } = at(name, sigma);
      const printed = Math.min(b0 - a0 * a0 - a1 * a1, b2 - a1 * a1 - a2 * a2);
      const error = Math.abs(rho.fu2018 / want - 1);
      expect(error).toBeLessThan(1e-10);
      expect(error).toBeLessThan(Math.abs(printed / want - 1));
    },
  );
});

describe('closed forms', () => {
  const root = Math.sqrt(2 * Math.PI);

  it.each([0, 0.01, 0.5])('leaky ReLU with leak %f', (a) => {
    const sigma = 1.7;
    const { alpha, beta, gamma, m, rho } = at(a === 0 ? 'relu' : `leaky-relu:${String(a)}`, sigma);
    const jump = 1 - a;
    expectClose(alpha, [(1 + a) / 2, jump / root, (1 + a) / 2]);
    expectClose(beta, [(1 + a * a) / 2, (1 + a * a) / 2]);
    expectClose(
      gamma,
      [jump / root, (1 + a) / 2, (2 * jump) / root, (3 * (1 + a)) / 2, (8 * jump) / root].map((x) => sigma * x),
    );
    expectClose(
      m,
      [(1 + a) / 2, jump / root, 0, -jump / root].map((x) => sigma * x),
    );
    expectClose([rho.fu2018], [jump ** 2 * (1 / 4 - 1 / (2 * Math.PI))]);
  });

  it('squared ReLU', () => {
    const sigma = 0.3;
    const { alpha, beta, m, rho } = at('squared-relu', sigma);
    expectClose(alpha, [(2 * sigma) / root, sigma, (4 * sigma) / root]);
    expectClose(beta, [2 * sigma ** 2, 6 * sigma ** 2]);
    expectClose(
      m,
      [2 / root, 1, 2 / root, 0].map((x) => sigma ** 2 * x),
    );
    expectClose([rho.zhong2017], [sigma ** 2 * (4 / Math.PI - 1)]);
  });

  it('quadratic and linear: ρ = 0, as zhong2017 says of Property 3.2', () => {
    expectClose(at('quadratic', 2).gamma, [4, 0, 12, 0, 60]);
    expect(at('quadratic', 2).rho.zhong2017).toBeCloseTo(-16, 12);
    for (const name of ['quadratic', 'linear', 'leaky-relu:1']) {
      for (const sigma of [1e-3, 0.5, 1, 30]) expect(Math.abs(at(name, sigma).rho.fu2018)).toBeLessThan(1e-12);
    }
  });

  it.each([
    ['erf', Math.SQRT2, Math.SQRT1_2],
    ['erf:std', 1, 1],
    ['erf:zhong', Math.sqrt(Math.PI) / 2, 1],
  ] as const)('%s is A·erf(cz) with A = %f, c = %f', (name, amplitude, c) => {
    const sigma = 1.3;
    const slope = (2 * amplitude * c) / Math.sqrt(Math.PI);
    const [once, twice] = [1 + 2 * (c * sigma) ** 2, 1 + 4 * (c * sigma) ** 2];
    const { alpha, beta, m } = at(name, sigma);
    expectClose(alpha, [slope * once ** -0.5, 0, slope * once ** -1.5]);
    expectClose(beta, [slope ** 2 * twice ** -0.5, slope ** 2 * twice ** -1.5]);
    expectClose(m, [sigma * alpha[0], 0, sigma * (alpha[2] - alpha[0]), 0]);
  });

  it('a sigmoid far narrower than the Gaussian acts as a step: α0 → 1/(σ√2π), β0 → b/(6σ√2π), γ3 → 2/√2π', () => {
    const { alpha, beta, gamma } = at('sigmoid:1000000', 1e6);
    expectClose([alpha[0], beta[0], gamma[3]], [1e-6 / root, 1 / 6 / root, 2 / root]);
  });
});

describe('numbers read elsewhere', () => {
  it.each([
    [0.25, 2.7e-5, 3.57e-3, 0.0616, -0.0018],
    [0.5, 3.2e-4, 1.13e-2, 0.118, -0.0125],
    [1, 2.14e-3, 2.37e-2, 0.2066, -0.0624],
    [1.5, 3.56e-3, 2.75e-2, 0.2651, -0.1254],
    [2, 3.08e-3, 2.7e-2, 0.3029, -0.1818],
    [3, 1.75e-3, 2.08e-2, 0.3445, -0.261],
    [5, 5.6e-4, 1.3e-2, 0.3757, -0.3344],
  ])('sigmoid at σ = %f: ρ, ρ of the CNN, m1, m3', (sigma, fcn, cnn, m1, m3) => {
    const { rho, m } = at('sigmoid', sigma);
    expect(Math.abs(rho.fu2018 / fcn - 1)).toBeLessThan(0.02);
    expect(Math.abs(rho.fu2019Cnn / cnn - 1)).toBeLessThan(0.005);
    expect(m[0]).toBeCloseTo(m1, 4);
    expect(m[2]).toBeCloseTo(m3, 4);
  });
});

describe('laws', () => {
  it('ρ > 0 for sigmoid, tanh and erf at every σ', () => {
    fc.assert(
      fc.property(fc.constantFrom('sigmoid', 'tanh', 'erf'), sigmas, (name, sigma) => {
        expect(Math.min(...VARIANTS.map((key) => at(name, sigma).rho[key]))).toBeGreaterThan(0);
      }),
    );
  });

  it('a homogeneous activation of degree p scales: m_j by σ^p, ρ by σ^(2p−2)', () => {
    const degrees = { relu: 1, 'leaky-relu': 1, 'squared-relu': 2 };
    fc.assert(
      fc.property(fc.constantFrom('relu', 'leaky-relu', 'squared-relu'), sigmas, (name, sigma) => {
        const p = degrees[name];
        const [unit, scaled] = [at(name, 1), at(name, sigma)];
        expectClose(
          scaled.m.map((m) => m / sigma ** p),
          unit.m,
        );
        expectClose([scaled.rho.fu2018 / sigma ** (2 * p - 2)], [unit.rho.fu2018]);
      }),
    );
  });

  it('the slope only rescales: sigmoid:b at σ is sigmoid at bσ', () => {
    fc.assert(
      fc.property(fc.double({ min: -5, max: 5, noNaN: true }), fc.double({ min: -1, max: 1, noNaN: true }), (u, v) => {
        const [b, sigma] = [10 ** u, 10 ** v];
        const [steep, plain] = [at(`sigmoid:${String(b)}`, sigma), at('sigmoid', b * sigma)];
        steep.m.forEach((m, j) => expect(Math.abs(m - plain.m[j])).toBeLessThan(1e-13 * Math.abs(steep.m[0])));
        expect(Math.abs(steep.rho.fu2018 / b ** 2 - plain.rho.fu2018)).toBeLessThan(1e-13 * plain.beta[0]);
      }),
    );
  });

  it('what parity makes zero is exactly zero', () => {
    fc.assert(
      fc.property(sigmas, (sigma) => {
        for (const name of ['sigmoid', 'tanh', 'erf', 'linear']) {
          const { alpha, m } = at(name, sigma);
          expect([alpha[1], m[1], m[3]].map(Math.abs)).toEqual([0, 0, 0]);
        }
        for (const name of ['softplus', 'softplus:10', 'relu']) expect(Math.abs(at(name, sigma).m[2])).toBe(0);
        expect([at('quadratic', sigma).m[0], at('quadratic', sigma).m[2]].map(Math.abs)).toEqual([0, 0]);
      }),
    );
  });

  it('every number is finite, β and ρ of the CNN are not negative, and zhong2017 never exceeds fu2018', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...NAMES, 'sigmoid:1000000', 'softplus:0.000001', 'softplus:1000000'),
        sigmas,
        (name, sigma) => {
          const { alpha, beta, gamma, m, rho } = at(name, sigma);
          expect([...alpha, ...beta, ...gamma, ...m, ...VARIANTS.map((key) => rho[key])].every(Number.isFinite)).toBe(
            true,
          );
          expect(Math.min(...beta, rho.fu2019Cnn)).toBeGreaterThanOrEqual(0);
          expect(rho.zhong2017).toBeLessThanOrEqual(rho.fu2018);
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('bad input', () => {
  it.each([0, -1, Number.NaN, Infinity, 1e-7, 1e7])('refuses σ = %f', (sigma) => {
    expect(() => at('sigmoid', sigma)).toThrow(InputError);
    expect(() => at('sigmoid', sigma)).toThrow(/sigma must be a number from 1e-6 to 1e6, got/);
  });

  it('refuses an activation with a kink off 0 instead of integrating over it', () => {
    expect(() => quantities({ ...parseActivation('relu'), kinks: [0.5] }, 1)).toThrow(/kinks must lie at 0/);
  });
});

function expectClose(actual: readonly number[], expected: readonly number[]): void {
  const scale = Math.max(...expected.map(Math.abs));
  expected.forEach((want, i) => expect(Math.abs(actual[i] - want)).toBeLessThan(2e-14 * scale));
}
