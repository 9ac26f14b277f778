/** mei2018-runaway in process: fates of starts, against what is proved. */
import { describe, expect, it } from 'vitest';
import { runInProcess, trialInProcess } from './inProcess.js';

const at = (d: number, ratio: number, norm: number, trial = 0, overrides: Record<string, string> = {}) =>
  trialInProcess('mei2018-runaway', overrides, { d, n: ratio * d, norm }, trial).measures;

describe('mei2018-runaway', () => {
  it('few samples are separable: nothing is finite', () => {
    expect(at(10, 1, 2)).toMatchObject({ overlapping: 0, finite: 0, ballFinite: 0, separableFinite: 0, oneMinimum: 0 });
  });

  it('many samples: all starts meet at one minimum, near w*, and infinity is not lower', () => {
    const found = at(5, 100, 1);
    expect(found).toMatchObject({
      overlapping: 1,
      finite: 1,
      ballFinite: 1,
      oneMinimum: 1,
      mixed: 0,
      infinityLower: 0,
    });
    expect(found['error']).toBeLessThan(0.5);
  });

  it('in between the cross entropy has a finite minimiser, the squared loss has none, and no norm is too large for that', () => {
    for (const reach of ['30', '100'])
      expect(at(40, 4, 0, 0, { reach })).toMatchObject({ overlapping: 1, logisticAgrees: 1, finite: 0, ballFinite: 0 });
  });

  it('compares with the limit at large d only', () => {
    const { claims } = runInProcess('mei2018-runaway', { trials: '1', perDimension: '2,40', norm: '0' });
    const claim = claims.find(({ id }) => id === 'squared-norm=0');
    expect(claim?.verdict).toBe('undecided');
    expect(claim?.reason).toContain('d = 5 is too small');
  });
});
