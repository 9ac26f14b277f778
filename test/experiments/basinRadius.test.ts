/** basin-radius in process: starts near, far and beyond the basin. */
import { describe, expect, it } from 'vitest';
import { printedRadius } from '../../src/experiments/papers/fu2018/populationTrial.js';
import { trialInProcess } from './inProcess.js';

const at = (radius: number, overrides: Record<string, string> = {}) =>
  trialInProcess('basin-radius', overrides, { d: 4, n: 400, radius }, 0).measures;

describe('basin-radius', () => {
  it('the ball of the lemma is convex, and its starts end at W*', () => {
    expect(at(printedRadius(3, 2) / (2 * Math.sqrt(3)))).toMatchObject({ recovered: 1, convex: 1, convexRecovered: 1 });
  });

  it('a start outside of the convex region may end at W* too', () => {
    expect(at(1)).toMatchObject({ recovered: 1, convex: 0, convexRecovered: Number.NaN });
  });

  it('where all sigmoids are saturated no descent moves', () => {
    expect(at(1000)).toMatchObject({ recovered: 0, convex: 0, recoveredStarts: 0 });
  });

  it('examines the whole segment, and not only its end', () => {
    const convex = (radius: number, points: string) => at(radius, { points })['convex'];
    const ends = [2, 5, 10, 20, 40].map((radius) => [convex(radius, '1'), convex(radius, '40')]);
    for (const [end, segment] of ends) expect(segment).toBeLessThanOrEqual(end);
  });
});
