import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { drawInputs, type InputLaw } from '../../../src/core/networks/inputs.js';
import { referenceKernels } from '../../../src/core/kernels/reference.js';
import { exactDerivatives } from '../../../src/core/score/densities.js';
import { estimateDerivatives } from '../../../src/core/score/estimate.js';
import { estimateByQuadrature } from '../../../src/core/score/polynomial.js';
import { gaussianBox, gaussLegendre } from '../../../src/core/score/quadrature.js';
import { scoresFromDerivatives } from '../../../src/core/score/scores.js';
import { distance } from '../kernels/cases.js';

interface Fixture {
  readonly name: string;
  readonly bandwidth: number;
  readonly leaveOneOut: boolean;
  readonly samples: readonly number[][];
  readonly points: readonly number[][];
  readonly scores: Readonly<Record<string, readonly number[][]>>;
}

const FIXTURES = JSON.parse(readFileSync(join(import.meta.dirname, 'fixtures.json'), 'utf8')) as Fixture[];

function draw(law: InputLaw, n: number, d: number, trial = 0): Float64Array {
  return drawInputs(referenceKernels, law, n, d, { key: [5, 6], trial, purpose: 1 }).values;
}

describe('quadrature', () => {
  it('of k nodes is exact for polynomials of degree 2k − 1', () => {
    for (const k of [1, 2, 5, 40]) {
      const { nodes, weights } = gaussLegendre(k);
      for (let power = 0; power < Math.min(2 * k, 20); power++) {
        const integral = weights.reduce((sum, w, i) => sum + w * nodes[i] ** power, 0);
        expect(integral).toBeCloseTo(power % 2 === 1 ? 0 : 2 / (power + 1), 13);
      }
    }
  });

  it('of a Gaussian on a wide box is (2π)^{d/2}', () => {
    const { weights } = gaussianBox(2, 8, 60);
    expect(weights.reduce((sum, w) => sum + w, 0)).toBeCloseTo(2 * Math.PI, 12);
  });
});

describe('the second degree', () => {
  it.each(FIXTURES.filter(({ name }) => ['line', 'plane', 'plane, leave-one-out'].includes(name)))(
    'with the whole kernel is the closed form: $name',
    ({ samples, points, bandwidth, leaveOneOut, scores }) => {
      const flat = (rows: readonly number[][]): Float64Array => Float64Array.from(rows.flat());
      const dimension = samples[0].length;
      const fit = estimateByQuadrature({ rows: flat(samples), dimension }, flat(points), {
        degree: 2,
        bandwidth,
        leaveOneOut,
        cut: 8,
      });
      expect(fit.singular).toEqual([]);
      // Where the fit is wider than the kernel, some 1e-7 of it lies outside of the box.
      expect(distance(scoresFromDerivatives(2, fit), flat(scores['2']), 0)).toBeLessThan(leaveOneOut ? 1e-6 : 1e-9);
    },
  );
});

describe('the fourth degree', () => {
  it('matches the first four moments of the samples in the box, by another quadrature', () => {
    const rows = draw('mixture', 300, 1);
    const [x, h] = [0.3, 0.7];
    const { first, second, third, fourth } = estimateByQuadrature({ rows, dimension: 1 }, Float64Array.of(x), {
      degree: 4,
      bandwidth: h,
      leaveOneOut: false,
    });
    const inBox = [...rows].map((row) => row - x).filter((u) => Math.abs(u) <= 3 * h);
    const kernel = (u: number): number => Math.exp((-u * u) / (2 * h * h));
    const density = (u: number): number =>
      kernel(u) *
      Math.exp(
        first[0] * u + (second[0] * u ** 2) / 2 + ((third?.[0] ?? 0) * u ** 3) / 6 + ((fourth?.[0] ?? 0) * u ** 4) / 24,
      );
    const cells = 20_000;
    const model = (j: number): number => {
      let sum = 0;
      // Midpoint rule: error of order (6h/20000)².
      for (let i = 0; i < cells; i++) {
        const u = -3 * h + ((i + 0.5) * 6 * h) / cells;
        sum += u ** j * density(u);
      }
      return sum;
    };
    const sample = (j: number): number => inBox.reduce((sum, u) => sum + kernel(u) * u ** j, 0);
    for (const j of [1, 2, 3, 4]) expect(model(j) / model(0)).toBeCloseTo(sample(j) / sample(0), 6);
  });

  it('sees the third and fourth derivatives of a mixture, which the second degree sets to zero', () => {
    const n = 100_000;
    const rows = draw('mixture', n, 1);
    // 𝒢₃ = −0.76 and 𝒢₄ = −0.19 at 0.6; 0 and −2 at 0.
    const points = Float64Array.of(0, 0.6);
    const exact = scoresFromDerivatives(4, exactDerivatives('mixture', points, 1, 4));
    const quartic = estimateByQuadrature({ rows, dimension: 1 }, points, {
      degree: 4,
      bandwidth: 0.9,
      leaveOneOut: false,
    });
    const { third } = quartic;
    const inputs = referenceKernels.allocateInputs(n, 1);
    inputs.values.set(rows);
    const quadratic = estimateDerivatives(
      referenceKernels,
      referenceKernels.prepare(inputs),
      { points, leaveOneOut: false },
      0.9,
    );
    const error = (scores: Float64Array): number => Math.max(...scores.map((value, i) => Math.abs(value - exact[i])));
    // What is left is the bias of order h, and the noise.
    expect(error(scoresFromDerivatives(4, quartic))).toBeLessThan(1.7);
    expect(error(scoresFromDerivatives(4, quadratic))).toBeGreaterThan(2.1);
    expect(third?.[1]).toBeLessThan(-0.2);
  });

  it('in two dimensions has symmetric tensors, those of a Gaussian about zero', () => {
    const rows = draw('gaussian', 20_000, 2);
    const { third, fourth, second, singular } = estimateByQuadrature(
      { rows, dimension: 2 },
      Float64Array.of(0.2, -0.3),
      { degree: 4, bandwidth: 1.5, leaveOneOut: false },
    );
    expect(singular).toEqual([]);
    expect(second[1]).toBe(second[2]);
    expect([third?.[1], third?.[2]]).toEqual([third?.[2], third?.[4]]);
    expect(fourth?.[0b0011]).toBe(fourth?.[0b1010]);
    expect(Math.max(...Array.from(fourth ?? [1], Math.abs))).toBeLessThan(0.5);
    expect(second[0]).toBeCloseTo(-1, 0);
  });

  it('has a maximum for samples of either kurtosis: the box bounds what a positive fourth degree can do', () => {
    for (let trial = 0; trial < 20; trial++) {
      const rows = draw('gaussian', 400, 1, trial);
      expect(
        estimateByQuadrature({ rows, dimension: 1 }, Float64Array.of(0), {
          degree: 4,
          bandwidth: 1,
          leaveOneOut: false,
        }).singular,
      ).toEqual([]);
    }
  });
});

describe('singular', () => {
  const options = { degree: 4, bandwidth: 1, leaveOneOut: false } as const;
  it('where too few samples lie in the box, or on a curve of second degree', () => {
    const rows = Float64Array.from([...draw('gaussian', 100, 2), 50, 50, 50.2, 50.1]);
    expect(
      estimateByQuadrature({ rows, dimension: 2 }, Float64Array.of(0, 0, 50, 50, 1000, 0), options).singular,
    ).toEqual([1, 2]);
    const circle = Float64Array.from({ length: 80 }, (_, i) => (i % 2 === 0 ? Math.cos(i) : Math.sin(i - 1)));
    expect(estimateByQuadrature({ rows: circle, dimension: 2 }, Float64Array.of(0, 0), options).singular).toEqual([0]);
  });

  it('where the bandwidth is too wide for the nodes', () => {
    const rows = draw('gaussian', 500, 1);
    expect(
      estimateByQuadrature({ rows, dimension: 1 }, Float64Array.of(0), { ...options, bandwidth: 4 }).singular,
    ).toEqual([]);
    expect(
      estimateByQuadrature({ rows, dimension: 1 }, Float64Array.of(0), { ...options, bandwidth: 100 }).singular,
    ).toEqual([0]);
  });
});
