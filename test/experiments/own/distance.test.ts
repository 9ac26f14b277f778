/** Networks that compute the same function are at distance 0, whatever makes them look different. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseActivation } from '../../../src/core/networks/activations.js';
import { networkShape } from '../../../src/core/networks/networks.js';
import type { NetworkWeights } from '../../../src/core/matching/foundRows.js';
import { distanceBetween } from '../../../src/experiments/own/distance.js';
import { studySettings } from '../../../src/experiments/own/settings.js';
import type { Settings } from '../../../src/settings/types.js';

const [K, d] = [3, 6];

function problemOf(settings: Settings): Parameters<typeof distanceBetween>[1] {
  return {
    activation: parseActivation(String(settings['activation'])),
    shape: networkShape(settings['architecture'] as 'fcn' | 'cnn', K, d),
  };
}

const real = fc.double({ min: 0.2, max: 2, noNaN: true });
const sign = fc.constantFrom(-1, 1);
const numbers = (length: number): fc.Arbitrary<Float64Array> =>
  fc
    .array(
      fc.tuple(real, sign).map(([size, s]) => size * s),
      { minLength: length, maxLength: length },
    )
    .map((values) => Float64Array.from(values));

interface Change {
  readonly order: readonly number[];
  readonly signs: readonly number[];
  readonly scales: readonly number[];
}
const change = fc.record({
  order: fc.shuffledSubarray([0, 1, 2], { minLength: 3 }),
  signs: fc.array(sign, { minLength: 3, maxLength: 3 }),
  scales: fc.array(real, { minLength: 3, maxLength: 3 }),
});

/** Reorders the neurons and multiplies w by a_k and v by b_k. */
function changed(
  { weights, v }: NetworkWeights,
  { order }: Change,
  factors: (k: number) => readonly [number, number],
): NetworkWeights {
  const m = weights.length / K;
  return {
    weights: Float64Array.from(
      weights,
      (_, at) => weights[order[Math.floor(at / m)] * m + (at % m)] * factors(Math.floor(at / m))[0],
    ),
    v: v.map((_, k) => v[order[k]] * factors(k)[1]),
  };
}

describe.each<[string, Settings, (c: Change) => (k: number) => readonly [number, number]]>([
  ['order', { activation: 'sigmoid' }, () => () => [1, 1]],
  ['order, with v', { activation: 'sigmoid', trainOutput: 'yes' }, () => () => [1, 1]],
  [
    'signs of w where φ is even',
    { activation: 'quadratic' },
    ({ signs }) =>
      (k) => [signs[k], 1],
  ],
  [
    'signs of w and v where φ is odd',
    { activation: 'tanh', trainOutput: 'yes' },
    ({ signs }) =>
      (k) => [signs[k], signs[k]],
  ],
  [
    'scales of w and v where φ is homogeneous',
    { activation: 'relu', trainOutput: 'yes' },
    ({ scales }) =>
      (k) => [scales[k], 1 / scales[k]],
  ],
  [
    'scales with φ of degree 2',
    { activation: 'squared-relu', trainOutput: 'yes' },
    ({ scales }) =>
      (k) => [scales[k], scales[k] ** -2],
  ],
  [
    'signs of w and scales with φ even and of degree 2',
    { activation: 'quadratic', trainOutput: 'yes' },
    ({ signs, scales }) =>
      (k) => [signs[k] * scales[k], scales[k] ** -2],
  ],
])('%s', (_, given, factors) => {
  const settings = studySettings({ ...given, d, n: 4 });
  const between = distanceBetween(settings, problemOf(settings));

  it('make no difference, and a real difference does', () => {
    fc.assert(
      fc.property(numbers(K * d), numbers(K), change, (weights, v, c) => {
        const other = changed({ weights, v }, c, factors(c));
        expect(between({ weights, v }, other)).toBeLessThan(1e-7);
        const moved = { ...other, weights: other.weights.map((w, at) => (at === 0 ? w + 5 : w)) };
        expect(between({ weights, v }, moved)).toBeGreaterThan(0.02);
      }),
      { seed: 5, numRuns: 60 },
    );
  });
});

describe('a cnn', () => {
  it('has no order of its strides to choose', () => {
    const settings = studySettings({ architecture: 'cnn', activation: 'tanh', trainOutput: 'yes', d, n: 4 });
    const between = distanceBetween(settings, problemOf(settings));
    const [weights, v] = [Float64Array.of(1, -2), Float64Array.of(1, 2, 3)];
    expect(between({ weights, v }, { weights: weights.map((w) => -w), v: v.map((u) => -u) })).toBe(0);
    expect(between({ weights, v }, { weights, v: Float64Array.of(2, 1, 3) })).toBeCloseTo(Math.SQRT2, 12);
  });
});
