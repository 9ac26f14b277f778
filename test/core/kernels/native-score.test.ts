import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LocalMoments, PreparedInputs, ScoreKernels } from '../../../src/core/kernels/contract.js';
import { loadNativeKernels } from '../../../src/core/kernels/native.js';
import { referenceKernels } from '../../../src/core/kernels/reference.js';
import { distance, gaussian } from './cases.js';

const native = loadNativeKernels();
const TOLERANCE = 1e-12;

interface Case {
  readonly samples: number;
  readonly dimension: number;
  readonly points: number;
  readonly bandwidth: number;
  readonly leftOut?: number | undefined;
  /** what is added to every coordinate of the samples; the points follow them */
  readonly shift?: number;
}

const BASE: Case = { samples: 100, dimension: 3, points: 5, bandwidth: 0.8 };

function prepared(
  kernels: Pick<typeof native, 'allocateInputs' | 'prepare'>,
  { samples, dimension, shift = 0 }: Case,
): PreparedInputs {
  const inputs = kernels.allocateInputs(samples, dimension);
  inputs.values.set(gaussian(samples * dimension, 1).map((x) => x + shift));
  return kernels.prepare(inputs);
}

/** Relative to the local spread: a covariance of 1e-6 must be right to twelve of its own digits. */
function distances(got: LocalMoments, expected: LocalMoments): number {
  const spread = expected.covariances.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
  return Math.max(
    distance(got.shares, expected.shares, 1e-6),
    distance(got.means, expected.means, Math.sqrt(spread)),
    distance(got.covariances, expected.covariances, spread),
  );
}

function disagreement(kernels: ScoreKernels, c: Case): number {
  const points = gaussian(c.points * c.dimension, 2).map((x) => x + (c.shift ?? 0));
  const got = kernels.localMoments(prepared(native, c), points, c.bandwidth, c.leftOut);
  const expected = referenceKernels.localMoments(prepared(referenceKernels, c), points, c.bandwidth, c.leftOut);
  return distances(got, expected);
}

describe('local moments agree with the reference', () => {
  test.each([1, 2, 3, 31, 32, 33, 63, 64, 65, 511, 512, 513, 547])('samples %i', (samples) => {
    expect(disagreement(native, { ...BASE, samples, points: 2 })).toBeLessThan(TOLERANCE);
  });

  test.each([1, 2, 3, 4, 5, 6, 7, 8, 11, 12, 13, 17, 50])('dimension %i', (dimension) => {
    expect(disagreement(native, { ...BASE, dimension, bandwidth: 1 + 0.1 * dimension })).toBeLessThan(TOLERANCE);
  });

  test.each([0, 1, 2, 15, 16, 17, 33])('points %i', (points) => {
    expect(disagreement(native, { ...BASE, points })).toBeLessThan(TOLERANCE);
  });

  test.each([0, 31, 32, 95])('left out from sample %i on', (leftOut) => {
    expect(disagreement(native, { ...BASE, leftOut })).toBeLessThan(TOLERANCE);
  });

  test.each([0.05, 0.2, 1, 1e3, 1e9])('bandwidth %d', (bandwidth) => {
    expect(disagreement(native, { ...BASE, bandwidth })).toBeLessThan(TOLERANCE);
  });

  test('far from the origin no digits are lost to it', () => {
    expect(disagreement(native, { ...BASE, shift: 1e4 })).toBeLessThan(TOLERANCE);
  });

  test('any sizes', () => {
    const sizes = fc.record({
      samples: fc.integer({ min: 2, max: 90 }),
      dimension: fc.integer({ min: 1, max: 14 }),
      points: fc.integer({ min: 1, max: 20 }),
      bandwidth: fc.double({ min: 0.3, max: 10, noNaN: true }),
      leftOut: fc.option(fc.nat({ max: 60 }), { nil: undefined }),
    });
    fc.assert(
      fc.property(sizes, (c) => {
        expect(disagreement(native, c)).toBeLessThan(TOLERANCE);
      }),
      { numRuns: 100, seed: 1 },
    );
  });

  test('the bits of a point do not depend on the other points', () => {
    const inputs = prepared(native, BASE);
    const points = gaussian(20 * BASE.dimension, 2);
    const all = native.localMoments(inputs, points, 0.8, 3);
    for (let p = 0; p < 20; p++) {
      const alone = native.localMoments(inputs, points.slice(3 * p, 3 * p + 3), 0.8, 3 + p);
      expect(alone.covariances).toEqual(all.covariances.slice(9 * p, 9 * p + 9));
      expect(alone.means).toEqual(all.means.slice(3 * p, 3 * p + 3));
    }
  });
});

/** Kernels that are wrong in one way each. The comparison must tell every one of them from a right one. */
const WRONG: Readonly<Record<string, ScoreKernels['localMoments']>> = {
  'bandwidth off by 1e-9': (inputs, points, bandwidth, leftOut) =>
    native.localMoments(inputs, points, bandwidth * (1 + 1e-9), leftOut),
  'kernel exp(−‖u‖²)': (inputs, points, bandwidth, leftOut) =>
    native.localMoments(inputs, points, bandwidth / Math.SQRT2, leftOut),
  'nothing left out': (inputs, points, bandwidth) => native.localMoments(inputs, points, bandwidth),
  'the next sample left out': (inputs, points, bandwidth, leftOut = 0) =>
    native.localMoments(inputs, points, bandwidth, leftOut + 1),
  'last sample dropped': (inputs, points, bandwidth, leftOut) =>
    native.localMoments({ ...inputs, samples: inputs.samples - 1 }, points, bandwidth, leftOut),
  'second moment instead of covariance': (inputs, points, bandwidth, leftOut) => {
    const moments = native.localMoments(inputs, points, bandwidth, leftOut);
    const d = inputs.dimension;
    return {
      ...moments,
      covariances: moments.covariances.map(
        (value, i) => value + moments.means[Math.floor(i / d)] * moments.means[Math.floor(i / (d * d)) * d + (i % d)],
      ),
    };
  },
  'unbiased covariance': (inputs, points, bandwidth, leftOut) => {
    const moments = native.localMoments(inputs, points, bandwidth, leftOut);
    return {
      ...moments,
      covariances: moments.covariances.map((value) => (value * inputs.samples) / (inputs.samples - 1)),
    };
  },
};

describe('the comparison rejects wrong kernels', () => {
  test.each(Object.keys(WRONG))('%s', (name) => {
    expect(disagreement({ ...native, localMoments: WRONG[name] }, { ...BASE, leftOut: 40 })).toBeGreaterThan(
      100 * TOLERANCE,
    );
  });
});

describe('far from all samples', () => {
  test('weights do not underflow: a point 1000 bandwidths away sees the nearest side of the cloud', () => {
    const c = { ...BASE, dimension: 2, samples: 400 };
    const moments = native.localMoments(prepared(native, c), Float64Array.of(100, 0), 0.1);
    expect(moments.shares[0]).toBeGreaterThanOrEqual(0);
    expect(moments.means[0]).toBeLessThan(-95);
    expect(moments.covariances.every(Number.isFinite)).toBe(true);
  });

  test('inputs of the reference layout are refused', () => {
    expect(() => native.localMoments(prepared(referenceKernels, BASE), new Float64Array(3), 1)).toThrow(
      "layout 'rows'",
    );
  });
});
