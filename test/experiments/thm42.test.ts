/** zhong2017-thm42 and zhong2017-remark43 in process. */
import { describe, expect, it } from 'vitest';
import { parseActivation } from '../../src/core/networks/activations.js';
import { quantities } from '../../src/theory/quantities.js';
import { runInProcess } from './inProcess.js';

describe('zhong2017-thm42', () => {
  const { cells, outcomes, claims } = runInProcess('zhong2017-thm42', {
    activation: 'squared-relu,tanh',
    d: '4',
    K: '3',
    n: '1000,16000',
    sweep: '2,4',
    conditions: '1,3',
    trials: '6',
  });
  const [few, many] = outcomes;

  it('has at κ = 1, K = 2 the closed form: the least eigenvalue of the blocks of α and β', () => {
    const { alpha, beta } = quantities(parseActivation('squared-relu'), 1);
    const least = (a: number, b: number, c: number): number => (a + b) / 2 - Math.hypot((a - b) / 2, c);
    const exact = Math.min(
      beta[0] - alpha[0] ** 2,
      ...[1, -1].map((sign) =>
        least(beta[1] + sign * alpha[1] ** 2, beta[0] + sign * alpha[1] ** 2, alpha[0] * alpha[2]),
      ),
    );
    const cell = cells.findIndex(({ settings }) => settings['K'] === 2 && settings['condition'] === 1);
    for (const { measures } of outcomes[cell]) expect(measures['exactMin']).toBeCloseTo(exact, 9);
    expect(exact).toBeCloseTo(0.62911, 5);
  });

  it('samples come to the population as n grows', () => {
    const worst = (trials: typeof few): number => Math.max(...trials.map(({ measures }) => measures['deviation']));
    expect(worst(many)).toBeLessThan(worst(few));
    for (const { measures } of many) {
      expect(measures['nearMin']).toBeGreaterThan(0.5);
      expect(measures['nearMin']).toBeLessThan(1.5);
      expect(measures['nearMax']).toBeCloseTo(1, 0);
    }
  });

  it('has no teacher below ρ(σ_k)/(κ²λ)', () => {
    expect(outcomes.flat().every(({ measures }) => measures['boundHolds'] === 1)).toBe(true);
    expect(claims.map(({ id }) => id)).toEqual(
      ['squared-relu', 'tanh'].flatMap((name) =>
        ['lower-bound', 'lambda-max', 'near-teacher', 'concentration'].map((id) => `${id}-${name}`),
      ),
    );
  });

  it('says why one number of neurons decides nothing about the growth', () => {
    const one = runInProcess('zhong2017-thm42', {
      activation: 'tanh',
      d: '2',
      K: '2',
      n: '100,200',
      sweep: '2',
      trials: '2',
    });
    const growth = one.claims.find(({ id }) => id === 'lambda-max-tanh');
    expect(growth?.reason).toBe('it compares two numbers of neurons, and there is one');
  });

  it('refuses more neurons than dimensions', () => {
    expect(() => runInProcess('zhong2017-thm42', { d: '4' })).toThrow('at most d = 4, got 5');
  });
});

describe('zhong2017-remark43', () => {
  const { cells, claims, figures } = runInProcess('zhong2017-remark43', { d: '4', K: '2,4' });

  it('counts k(k − 1)/2 zeros of z², (k − 1)d of z, d of two equal rows', () => {
    const zeros = cells.map(({ settings, measures }) => [
      settings['activation'],
      settings['arrangement'],
      measures['zeros'].value,
    ]);
    expect(zeros.filter(([name]) => name === 'quadratic').map(([, , count]) => count)).toEqual([1, 6]);
    expect(zeros.filter(([name]) => name === 'linear').map(([, , count]) => count)).toEqual([4, 12]);
    expect(zeros.filter(([, where]) => where === 'equal-pair').map(([, , count]) => count)).toEqual([4, 4, 4, 4]);
  });

  it('finds that rank deficiency alone does not make the Hessian singular', () => {
    const failed = claims.filter(({ verdict }) => verdict === 'fails').map(({ id }) => id);
    expect(failed).toEqual(['relu', 'squared-relu', 'sigmoid', 'tanh'].map((name) => `rank-deficient-${name}`));
    expect(figures[0].rows).toHaveLength(12);
  });

  it('refuses more rows than dimensions', () => {
    expect(() => runInProcess('zhong2017-remark43', { d: '4', K: '5' })).toThrow('at most d = 4, got 5');
  });
});
