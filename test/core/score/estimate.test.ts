import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Cancelled } from '../../../src/base/errors.js';
import type { DescentKernels, PreparedInputs, ScoreKernels } from '../../../src/core/kernels/contract.js';
import { loadNativeKernels } from '../../../src/core/kernels/native.js';
import { referenceKernels } from '../../../src/core/kernels/reference.js';
import { SCORE_ORDERS, type ScoreOrder } from '../../../src/core/score/derivatives.js';
import { estimateDerivatives, type LocalFit } from '../../../src/core/score/estimate.js';
import { scoresFromDerivatives } from '../../../src/core/score/scores.js';
import { distance, gaussian } from '../kernels/cases.js';

interface Fixture {
  readonly name: string;
  readonly bandwidth: number;
  readonly leaveOneOut: boolean;
  /** the largest condition of a point's local covariance */
  readonly condition: number;
  readonly samples: readonly number[][];
  readonly points: readonly number[][];
  /** by order: per point, all entries */
  readonly scores: Readonly<Record<string, readonly number[][]>>;
}

const FIXTURES = JSON.parse(readFileSync(join(import.meta.dirname, 'fixtures.json'), 'utf8')) as Fixture[];
const native = loadNativeKernels();

type Kernels = Pick<DescentKernels, 'allocateInputs' | 'prepare'> & ScoreKernels;

function prepare(kernels: Kernels, rows: Float64Array, dimension: number): PreparedInputs {
  const inputs = kernels.allocateInputs(rows.length / dimension, dimension);
  inputs.values.set(rows);
  return kernels.prepare(inputs);
}

function fit(
  rows: Float64Array,
  dimension: number,
  bandwidth: number,
  points = rows,
  leaveOneOut = false,
  kernels: Kernels = native,
): LocalFit {
  return estimateDerivatives(kernels, prepare(kernels, rows, dimension), { points, leaveOneOut }, bandwidth);
}

describe('agrees with the formulas as printed, in 60 digits', () => {
  describe.each(FIXTURES)('$name', ({ bandwidth, leaveOneOut, condition, samples, points, scores }) => {
    const flat = (rows: readonly number[][]): Float64Array => Float64Array.from(rows.flat());
    it.each([
      ['native', native],
      ['reference', referenceKernels],
    ] as const)('%s', (_, kernels) => {
      const derivatives = fit(flat(samples), samples[0].length, bandwidth, flat(points), leaveOneOut, kernels);
      for (const order of SCORE_ORDERS) {
        expect(distance(scoresFromDerivatives(order, derivatives), flat(scores[order]), 0)).toBeLessThan(
          1e-12 * Math.max(1, condition / 1000),
        );
      }
    });
  });

  it('and another bandwidth or another sample would be seen', () => {
    const [, plane] = FIXTURES;
    const flat = (rows: readonly number[][]): Float64Array => Float64Array.from(rows.flat());
    const error = (change: (rows: Float64Array) => Float64Array, factor: number, order: ScoreOrder): number => {
      const derivatives = fit(change(flat(plane.samples)), 2, plane.bandwidth * factor, flat(plane.points));
      return distance(scoresFromDerivatives(order, derivatives), flat(plane.scores[order]), 0);
    };
    expect(error((rows) => rows, 1 + 1e-10, 2)).toBeGreaterThan(1e-11);
    expect(error((rows) => rows.map((x, i) => (i === 4 ? x + 1e-9 : x)), 1, 4)).toBeGreaterThan(1e-11);
  });
});

/**
 * ∫ e^{a₁u + A₂u²/2} u^j e^{−u²/2h²} du in one dimension, by the trapezoidal rule, which converges exponentially here.
 */
function integral(a1: number, A2: number, h: number, j: number): number {
  const step = 0.01 * h;
  let sum = 0;
  for (let i = -6000; i <= 6000; i++) {
    const u = i * step;
    sum += Math.exp(a1 * u + (A2 * u * u) / 2 - (u * u) / (2 * h * h)) * u ** j * step;
  }
  return sum;
}

describe('is the maximum of the local likelihood', () => {
  const samples = gaussian(60, 21);
  const h = 0.6;
  const x = 0.4;
  const {
    first: [a1],
    second: [A2],
  } = fit(samples, 1, h, Float64Array.of(x));
  const kernel = (u: number): number => Math.exp((-u * u) / (2 * h * h));
  const steps = Array.from(samples, (sample) => sample - x);
  const moment = (j: number): number => steps.reduce((sum, u) => sum + u ** j * kernel(u), 0) / steps.length;

  it('the normal equations (5) hold for j = 1 and 2 with the a₀ of j = 0', () => {
    const density = moment(0) / integral(a1, A2, h, 0);
    for (const j of [1, 2]) expect(density * integral(a1, A2, h, j)).toBeCloseTo(moment(j), 12);
  });

  it('and every step away from it lowers (3)', () => {
    const likelihood = (a0: number, b1: number, B2: number): number =>
      steps.reduce((sum, u) => sum + kernel(u) * (a0 + b1 * u + (B2 * u * u) / 2), 0) / steps.length -
      Math.exp(a0) * integral(b1, B2, h, 0);
    const a0 = Math.log(moment(0) / integral(a1, A2, h, 0));
    const best = likelihood(a0, a1, A2);
    for (const [d0, d1, d2] of [
      [1e-3, 0, 0],
      [-1e-3, 0, 0],
      [0, 1e-3, 0],
      [0, -1e-3, 0],
      [0, 0, 1e-3],
      [0, 0, -1e-3],
      [1e-3, -1e-3, 1e-3],
    ]) {
      expect(likelihood(a0 + d0, a1 + d1, A2 + d2)).toBeLessThan(best);
    }
  });
});

describe('many samples', () => {
  it('a Gaussian is fitted without bias: log f is quadratic', () => {
    const n = 40_000;
    const { first, second } = fit(gaussian(2 * n, 31), 2, 1.5, Float64Array.of(0.8, -0.5));
    expect(first[0]).toBeCloseTo(-0.8, 1);
    expect(first[1]).toBeCloseTo(0.5, 1);
    expect(second[0]).toBeCloseTo(-1, 1);
    expect(second[1]).toBeCloseTo(0, 1);
    expect(second[3]).toBeCloseTo(-1, 1);
  });

  it('the results do not depend on how points are cut into calls', () => {
    // About 900 points per call at this size.
    const samples = gaussian(6000, 41);
    const whole = fit(samples, 2, 0.5, samples, true);
    for (const p of [0, 1, 899, 1500, 2999]) {
      const rest = samples.filter((_, i) => i >> 1 !== p);
      const alone = fit(rest, 2, 0.5, samples.slice(2 * p, 2 * p + 2));
      expect(distance(alone.second, whole.second.slice(4 * p, 4 * p + 4))).toBeLessThan(1e-12);
    }
  });
});

describe('singular points are named and not inverted', () => {
  const line = (slope: number): Float64Array =>
    Float64Array.from({ length: 40 }, (_, i) => (i % 2 === 0 ? i / 7 : (slope * (i - 1)) / 7));

  it.each([
    ['along an axis', 0],
    ['oblique', 1],
    ['of an odd slope', Math.PI / 3],
    ['steep', 1e5],
  ])('samples on a line %s', (_, slope) => {
    const { first, second, singular } = fit(line(slope), 2, 1, Float64Array.of(1, 1, 2, 2));
    expect(singular).toEqual([0, 1]);
    expect([...first, ...second].every(Number.isNaN)).toBe(true);
  });

  it('samples near a line by 1e-4 are not', () => {
    const near = line(1).map((x, i) => x + 1e-4 * Math.sin(i * i));
    expect(fit(near, 2, 1, Float64Array.of(1, 1)).singular).toEqual([]);
  });

  it('duplicates: only the point that sees nothing else', () => {
    const cloud = gaussian(200, 51);
    const samples = Float64Array.from([...cloud, ...Array.from({ length: 20 }, () => [100.1, 100.7]).flat()]);
    const { singular, first } = fit(samples, 2, 1, Float64Array.of(0, 0, 100, 100, 0.3, 0.2));
    expect(singular).toEqual([1]);
    expect(first.map(Number.isNaN as (x: number) => never)).toEqual(Float64Array.of(0, 0, 1, 1, 0, 0));
  });

  it('one sample takes the whole weight', () => {
    const samples = Float64Array.of(0, 0, 100, 0, 0, 100, 100, 100, 50, 30);
    expect(fit(samples, 2, 1, Float64Array.of(1, 1, 50, 50)).singular).toEqual([0, 1]);
    expect(fit(samples, 2, 40, Float64Array.of(1, 1, 50, 50)).singular).toEqual([]);
  });

  it('large and small units alike', () => {
    const samples = gaussian(100, 61);
    for (const unit of [1e-60, 1e60]) {
      const { singular, first } = fit(
        samples.map((x) => unit * x),
        2,
        unit,
        new Float64Array(2),
      );
      const plain = fit(samples, 2, 1, new Float64Array(2));
      expect(singular).toEqual([]);
      expect(
        distance(
          first.map((x) => x * unit),
          plain.first,
        ),
      ).toBeLessThan(1e-12);
    }
  });
});

describe('refusals', () => {
  const samples = gaussian(20, 71);
  it.each([
    ['no bandwidth', () => fit(samples, 2, 0), /bandwidth must be a number above 0, from 1e-100 to 1e100, got 0/],
    ['negative bandwidth', () => fit(samples, 2, -1), /bandwidth must be/],
    ['NaN bandwidth', () => fit(samples, 2, Number.NaN), /bandwidth must be/],
    [
      'too few samples',
      () => fit(samples.slice(0, 4), 2, 1),
      /number of samples must be at least 3 for dimension 2, got 2/,
    ],
    [
      'too few to leave one out',
      () => fit(samples.slice(0, 6), 2, 1, samples.slice(0, 6), true),
      /at least 4 for dimension 2 with one left out, got 3/,
    ],
    [
      'points of another dimension',
      () => fit(samples, 2, 1, new Float64Array(3)),
      /points must be rows of 2 numbers, got '3 numbers'/,
    ],
    [
      'other points to leave out',
      () => fit(samples, 2, 1, new Float64Array(2), true),
      /leave-one-out points must be the 10 samples, got '1 points'/,
    ],
  ])('%s', (_, call, message) => {
    expect(call).toThrow(message);
  });

  it('stops when told to', () => {
    const inputs = prepare(native, samples, 2);
    expect(() =>
      estimateDerivatives(native, inputs, { points: samples, leaveOneOut: true }, 1, Int32Array.of(1)),
    ).toThrow(Cancelled);
  });
});
