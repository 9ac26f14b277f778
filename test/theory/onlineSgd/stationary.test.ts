/** The final error with noisy labels, against the published closed form; spare rows against their derivation. */
import { describe, expect, it } from 'vitest';
import { parseActivation } from '../../../src/core/networks/activations.js';
import { publishedFinal } from '../../../src/experiments/papers/goldt2019/published.js';
import { orderCourse } from '../../../src/theory/onlineSgd/course.js';
import { generalisationError, type OnlineSgd, type OrderParameters } from '../../../src/theory/onlineSgd/dynamics.js';
import { finalErrorPerNoise } from '../../../src/theory/onlineSgd/stationary.js';

const V = Math.SQRT1_2;

const committee = (K: number, M: number, stepSize: number, noise = 0): OnlineSgd => ({
  activation: parseActivation('erf'),
  rows: K,
  teacherRows: M,
  teacherOutput: new Float64Array(M).fill(V),
  stepSize,
  noise,
  batch: 1,
  trainOutput: false,
});

/** W = (U, spare rows), with squared norm q of every spare row and the product f of any two. */
function withSpare(K: number, M: number, q: number, f: number): OrderParameters {
  const P = K + M;
  const kind = (i: number): number => (i < K ? i : i - K);
  const gram = Float64Array.from({ length: P * P }, (_, at) => {
    const [i, j] = [kind(Math.floor(at / P)), kind(at % P)];
    if (i < M || j < M) return Number(i === j);
    return i === j ? q : f;
  });
  return { gram, outputWeights: new Float64Array(K).fill(V) };
}

describe('the final error per σ²', () => {
  it.each([
    [2, 2, 0.2],
    [3, 2, 0.2],
    [6, 2, 0.2],
    [2, 2, 0.5],
    [4, 2, 0.5],
    [6, 2, 0.5],
    [4, 4, 0.2],
    [5, 4, 0.2],
  ])('K = %i, M = %i, η = %f is the published one', (K, M, stepSize) => {
    const published = publishedFinal(K, M, stepSize) ?? Number.NaN;
    expect(Math.abs(finalErrorPerNoise(committee(K, M, stepSize)) / published - 1)).toBeLessThan(1e-6);
  });

  it.each([
    [1, 1],
    [3, 1],
    [4, 2],
  ])('K = %i, M = %i: it is η/2π·(L + M/√3) for small η', (K, M) => {
    const eta = 1e-5;
    const slope = finalErrorPerNoise(committee(K, M, eta)) / eta;
    expect((2 * Math.PI * slope) / (K - M + M / Math.sqrt(3))).toBeCloseTo(1, 4);
  });

  it('is where the equations end', () => {
    const noise = 0.01;
    const sgd = committee(3, 2, 0.5, noise);
    const [end] = orderCourse(sgd, withSpare(3, 2, 0, 0), [600]);
    expect(generalisationError(sgd, end) / noise ** 2 / finalErrorPerNoise(sgd)).toBeCloseTo(1, 3);
  });
});

it('a pair w, −w of spare rows grows as derived: dq/dα = (2η²/π)(σ² + 2ε)q(1 + 2q)^(−3/2)', () => {
  const [eta, q] = [0.04, 0.3];
  const sgd = committee(3, 1, eta, 1);
  const [settled, length] = [1 / eta ** 2, 0.05 / eta ** 2];
  const points = orderCourse(sgd, withSpare(3, 1, q, -q), [settled, settled + length]);
  const [before, after] = points.map(({ gram }) => (gram[1 * 4 + 1] - gram[1 * 4 + 2]) / 2);
  const middle = (before + after) / 2;
  const noise = 1 + 2 * generalisationError(sgd, points[0]);
  const expected = ((2 * eta ** 2) / Math.PI) * noise * (1 + 2 * middle) ** -1.5;
  expect(Math.log(after / before) / length / expected).toBeCloseTo(1, 2);
});
