/** fu2019-thm1 and fu2019-thm2 in process. */
import { describe, expect, it } from 'vitest';
import { runInProcess } from './inProcess.js';

describe('fu2019-thm1', () => {
  const { cells, outcomes, figures, claims } = runInProcess('fu2019-thm1', {
    d: '3',
    stride: '3',
    n: '4000,16000',
    cnnN: '500,4000',
    cnnScale: '1',
    sweep: '2',
    cnnSweep: '1,2',
    trials: '4',
  });

  it('has both networks, each with its own sample sizes', () => {
    expect(
      cells.map(({ settings }) => [settings['architecture'], settings['K'], settings['d'], settings['n']]),
    ).toEqual([
      ['fcn', 2, 3, 4000],
      ['fcn', 2, 3, 16000],
      ['cnn', 2, 6, 500],
      ['cnn', 2, 6, 4000],
      ['cnn', 1, 3, 4000],
    ]);
  });

  it('comes to the population: the CNN’s eigenvalues to a few per cent at n = 4000', () => {
    for (const { measures } of outcomes[3]) {
      expect(Math.abs(measures['minOverExact'] - 1)).toBeLessThan(0.3);
      expect(measures['lambdaMinAdversarial']).toBeLessThanOrEqual(measures['lambdaMinCentre']);
      expect(measures['maxOverExact']).toBeGreaterThan(0.9);
    }
  });

  it('claims the bounds of both, at the norms that were asked for', () => {
    const ids = ['positive-definite', 'exact', 'lower-bound', 'upper-bound', 'upper-bound-sharp'];
    expect(claims.map(({ id }) => id)).toEqual(['fcn', 'cnn'].flatMap((name) => ids.map((id) => `${id}-${name}-s=1`)));
    expect(figures).toHaveLength(3);
  });

  it('refuses more neurons than the quadrature has axes for', () => {
    expect(() => runInProcess('fu2019-thm1', { K: '5' })).toThrow('4');
  });
});

describe('fu2019-thm2', () => {
  const { outcomes, cells } = runInProcess('fu2019-thm2', {
    d: '2',
    stride: '2',
    n: '8000',
    cnnN: '2000,8000',
    cnnScale: '1',
    cnnSweep: '1',
    trials: '3',
  });

  it('finds one critical point, approached at the rate of its smallest eigenvalue', () => {
    for (const { measures } of outcomes.flat()) {
      expect([measures['critical'], measures['same']]).toEqual([1, 1]);
      if (Number.isFinite(measures['slopeDifference']))
        expect(Math.abs(measures['slopeDifference'])).toBeLessThan(0.05);
    }
  });

  it('has an error near the exact asymptotic one, which needs no parameter', () => {
    const cnn = cells.find(({ settings }) => settings['architecture'] === 'cnn' && settings['n'] === 8000);
    const { value } = cnn?.measures['errorOverPredicted'] ?? { value: Number.NaN };
    expect(value).toBeGreaterThan(0.3);
    expect(value).toBeLessThan(2);
  });
});
