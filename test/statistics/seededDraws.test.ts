import { describe, expect, it } from 'vitest';
import { SeededDraws } from '../../src/statistics/draws.js';

const WORD = 2n ** 32n;

/** The definition in whole numbers: FNV-1a of the seed, two rounds of Murmur3's finaliser on a counter. */
function* words(seed: string): Generator<number, never> {
  const finalise = (word: bigint): bigint => {
    let w = word % WORD;
    w = ((w ^ (w >> 16n)) * 0x85ebca6bn) % WORD;
    w = ((w ^ (w >> 13n)) * 0xc2b2ae35n) % WORD;
    return w ^ (w >> 16n);
  };
  const key = Array.from(seed, (letter) => BigInt(letter.charCodeAt(0))).reduce(
    (state, code) => ((state ^ code) * 0x01000193n) % WORD,
    0x811c9dc5n,
  );
  for (let counter = 1n; ; counter++) yield Number(finalise(finalise(counter ^ key) + key));
}

describe('seeded draws', () => {
  it.each(['', 'a', 'K=3,d=20'])('of %j are what their definition says', (seed) => {
    const [draws, word] = [new SeededDraws(seed), words(seed)];
    for (let i = 0; i < 20; i++) {
      const [high, low] = [word.next().value >>> 5, word.next().value >>> 6];
      expect(draws.uniform()).toBe((high * 2 ** 26 + low + 0.5) / 2 ** 53);
    }
  });

  it('are normal by pairs of a radius and an angle', () => {
    const [draws, uniform] = [new SeededDraws('b'), new SeededDraws('b')];
    for (let i = 0; i < 5; i++) {
      const [radius, angle] = [Math.sqrt(-2 * Math.log(uniform.uniform())), 2 * Math.PI * uniform.uniform()];
      expect([draws.normal(), draws.normal()]).toEqual([radius * Math.cos(angle), radius * Math.sin(angle)]);
    }
  });

  it('of a gamma law are what they were: intervals of stored studies hang on them', () => {
    const draws = new SeededDraws('c');
    expect([1, 2.5, 40].map((shape) => draws.gamma(shape))).toEqual([
      0.7921261210608763, 1.4039870487857422, 47.52821928462741,
    ]);
  });

  it.each([1, 2.5, 40])('have the first two moments of a gamma law of shape %f', (shape) => {
    const [draws, n] = [new SeededDraws('c'), 20_000];
    const values = Array.from({ length: n }, () => draws.gamma(shape));
    const mean = values.reduce((sum, value) => sum + value, 0) / n;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / n;
    expect(Math.abs(mean - shape)).toBeLessThan(4 * Math.sqrt(shape / n));
    // Var of (X − k)² is 2k² + 6k.
    expect(Math.abs(variance - shape)).toBeLessThan(4 * Math.sqrt((2 * shape ** 2 + 6 * shape) / n));
  });
});
