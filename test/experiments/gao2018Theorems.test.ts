/** gao2018's theorems in process, at sizes where the facts are already clear. */
import { describe, expect, it } from 'vitest';
import { runInProcess, trialInProcess } from './inProcess.js';

describe('gao2018-thm2', () => {
  const run = runInProcess('gao2018-thm2', {});
  const population = (mu: number) =>
    run.cells.find(
      ({ settings }) => settings['condition'] === 1 && settings['mu'] === mu && settings['n'] === 'population',
    )?.measures ?? {};

  it('has the teacher as its only minimum within the assumptions, and others far outside', () => {
    expect(population(0.009)['teacherRate'].value).toBe(1);
    expect(population(0.009)['strictRate'].value).toBe(1);
    expect(population(0.009)['distance'].value).toBeLessThan(1e-8);
    expect(population(3)['teacherShare'].value).toBeLessThan(1);
    expect(population(3)['distance'].value).toBeGreaterThan(1);
  });

  it('claims of the population what is in the grid, and of the samples at the largest n', () => {
    expect(run.claims.map(({ id }) => id)).toEqual([
      'minima-are-teacher',
      'strict-saddles',
      'large-mu-misses',
      'kappa',
      'alternative-form',
      'sample-minima',
      'sample-rate',
    ]);
    expect(runInProcess('gao2018-thm2', { muCondition: '0.3', trials: '1', n: '100' }).claims).toHaveLength(4);
  });

  it('comes near the teacher on enough samples: κ* is −1/√(2π)', () => {
    const cell = { n: 300_000, d: 2, condition: 1, mu: 0.009 };
    const { measures } = trialInProcess('gao2018-thm2', { starts: '2' }, cell, 0);
    expect(measures['kappa']).toBeCloseTo(-1 / Math.sqrt(2 * Math.PI), 1);
    expect(measures['nearest']).toBeLessThan(0.2);
    expect(measures['allTeacher']).toBe(1);
  });
});
