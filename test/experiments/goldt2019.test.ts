/** goldt2019-dynamics and goldt2019-final in process. */
import { describe, expect, it } from 'vitest';
import { publishedFinal } from '../../src/experiments/papers/goldt2019/published.js';
import { runInProcess, trialInProcess } from './inProcess.js';

describe('goldt2019-dynamics', () => {
  it('starts overlap have the same equations at every d, and random ones have not', () => {
    const limits = (start: string) =>
      [16, 64].map((d) => trialInProcess('goldt2019-dynamics', {}, { K: 2, d, start }, 0).curves?.['limit']);
    const [small, large] = limits('overlap');
    expect(small).toEqual(large);
    expect(new Set(limits('random').map((limit) => limit?.[0])).size).toBe(2);
  });

  it('a run begins where its equations do, and follows them more closely in more dimensions', () => {
    const at = (d: number) => trialInProcess('goldt2019-dynamics', {}, { K: 2, d, start: 'overlap' }, 0);
    const [small, large] = [16, 600].map(at);
    expect(large.curves?.['error'][0]).toBeCloseTo(large.curves?.['limit'][0] ?? Number.NaN, 12);
    expect(large.measures['deviation']).toBeLessThan(small.measures['deviation'] / 2);
    for (const gap of ['gap1', 'gap20', 'gap150', 'gap300']) expect(Math.abs(large.measures[gap])).toBeLessThan(0.3);
  });
});

describe('goldt2019-final', () => {
  it('has the published error in the equations, and no run at the wrong one', () => {
    const { claims, cells } = runInProcess('goldt2019-final', { K: '2,3' });
    const verdicts = Object.fromEntries(claims.map(({ id, verdict }) => [id, verdict]));
    expect(verdicts).toMatchObject({
      'printed-K=2,eta=0.5': 'holds',
      'printed-K=3,eta=0.5': 'holds',
      'small-step-K=3': 'holds',
    });
    expect(cells.map(({ diverged }) => diverged)).toEqual([0, 0]);
    expect(cells[1].measures['early'].value).toBeGreaterThan(cells[0].measures['early'].value);
    expect(cells[0].measures['spareNorm'].value).toBeNaN();
  });

  it('says where the step is too large for a fixed point', () => {
    const { claims } = runInProcess('goldt2019-final', { K: '4', stepSize: '1', trials: '1' });
    const settled = claims.find(({ id }) => id === 'settled-K=4,eta=1');
    expect(settled?.verdict).toBe('undecided');
    expect(settled?.reason).toContain('no stable fixed point');
  });

  it('has no published number for other teachers and steps, and refuses a narrower student', () => {
    expect(publishedFinal(5, 3, 0.5)).toBeUndefined();
    expect(publishedFinal(2, 2, 0.3)).toBeUndefined();
    expect(() => runInProcess('goldt2019-final', { K: '1,3' })).toThrow(
      'K, rows of the student must be at least teacherRows = 2, got 1',
    );
  });
});
