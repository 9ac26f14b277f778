/** fu2018-alg2 in process. */
import { describe, expect, it } from 'vitest';
import { trialInProcess } from './inProcess.js';

const cell = (changes: Record<string, string | number>) => ({
  K: 3,
  d: 5,
  n: 12000,
  activation: 'sigmoid',
  labels: 'regression',
  mode: 'unfold',
  ...changes,
});

describe('fu2018-alg2', () => {
  it.each([['sigmoid'], ['tanh']])(
    'unfold on %s regression comes near W*, and descent from it ends where descent from W* does',
    (activation) => {
      const { measures } = trialInProcess('fu2018-alg2', { iterations: '3000' }, cell({ activation, n: 40000 }), 0);
      expect(measures['initializationError']).toBeLessThan(0.5);
      expect(measures['sameMinimum']).toBe(1);
    },
  );

  it('has the larger error in faithful mode', () => {
    const error = (mode: string): number => {
      const errors = [0, 1, 2, 3, 4].map(
        (trial) =>
          trialInProcess('fu2018-alg2', { iterations: '1' }, cell({ mode }), trial).measures['initializationError'],
      );
      return errors.toSorted((a, b) => a - b)[2];
    };
    expect(error('faithful')).toBeGreaterThan(2 * error('unfold'));
  });

  it('tells a start in another basin from one in the right one', () => {
    const trials = [0, 1, 2, 3].map(
      (trial) =>
        trialInProcess(
          'fu2018-alg2',
          { iterations: '300' },
          cell({ labels: 'classification', mode: 'faithful', n: 1000 }),
          trial,
        ).measures,
    );
    expect(Math.max(...trials.map((measures) => measures['minimaApart']))).toBeGreaterThan(1);
    for (const measures of trials) expect(measures['sameMinimum']).toBe(measures['minimaApart'] <= 1e-2 ? 1 : 0);
  });
});
