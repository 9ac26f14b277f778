/** fu2018-thm1 and fu2018-thm2 in process, at sizes where the facts are already clear. */
import { describe, expect, it } from 'vitest';
import { judgedClaims } from '../../src/experiments/claims.js';
import { findExperiment } from '../../src/experiments/registry.js';
import type { CellSummary } from '../../src/experiments/spec.js';
import { exact } from '../../src/statistics/estimate.js';
import { cellText } from '../../src/settings/cellText.js';
import { resolveValues } from '../../src/study/grid/values.js';
import { runInProcess as run, type InProcessRun } from './inProcess.js';
import { UNKNOWN } from '../../src/statistics/estimate.js';
import { interval } from '../statistics/estimates.js';

function verdictOf(
  { experiment, values, cells }: InProcessRun,
  claim: string,
  change: (cell: CellSummary) => CellSummary['measures'],
): string | undefined {
  const changed = cells.map((cell) => ({ ...cell, measures: { ...cell.measures, ...change(cell) } }));
  return judgedClaims(experiment, changed, values).find(({ id }) => id === claim)?.verdict;
}

it.each(['fu2018-thm1', 'fu2018-thm2'])('%s has all its claims, undecided, before its first trial', (id) => {
  const experiment = findExperiment(id);
  for (const labels of ['classification', 'regression']) {
    const values = resolveValues(experiment, 'quick', new Map([['labels', labels]]));
    const cells = experiment
      .cells(values)
      .map(({ settings, trials }): CellSummary => ({
        settings,
        trials: 0,
        planned: trials,
        failed: 0,
        diverged: 0,
        measures: Object.fromEntries(experiment.measures.map(({ name }) => [name, UNKNOWN])),
      }));
    const verdicts = judgedClaims(experiment, cells, values).map(({ verdict }) => verdict);
    expect(verdicts.length).toBeGreaterThanOrEqual(3);
    expect(new Set(verdicts)).toEqual(new Set(['undecided']));
    for (const make of experiment.figures(cells, values)) expect(make).not.toThrow();
  }
});

describe('fu2018-thm1', () => {
  const done = run('fu2018-thm1', {
    K: '2',
    d: '4',
    n: '200,16000',
    radius: '0.01,0.1',
    sweep: '2,4',
    sweepSamples: '16000',
    trials: '6',
  });
  const measure = (name: string, settings: Record<string, number>): number =>
    done.cells.find((cell) => Object.entries(settings).every(([key, value]) => cell.settings[key] === value))?.measures[
      name
    ].value ?? Number.NaN;

  it('has the grid of radii and sample sizes, and other K at the smallest radius, each cell once', () => {
    expect(done.cells.map(({ settings }) => cellText(settings))).toEqual([
      'K=2,d=4,n=200,radius=0.01',
      'K=2,d=4,n=16000,radius=0.01',
      'K=2,d=4,n=200,radius=0.1',
      'K=2,d=4,n=16000,radius=0.1',
      'K=4,d=4,n=16000,radius=0.01',
    ]);
  });

  it('turns positive definite as n grows, in a small ball', () => {
    expect(measure('positiveAdversarial', { K: 2, n: 200, radius: 0.01 })).toBeLessThan(0.5);
    expect(measure('positiveAdversarial', { K: 2, n: 16000, radius: 0.01 })).toBe(1);
  });

  it('the search finds less curvature than W* and random points, on every training set', () => {
    for (const { measures } of done.outcomes.flat()) {
      expect(measures['lambdaMinAdversarial']).toBeLessThan(measures['lambdaMinRandom']);
      expect(measures['lambdaMinAdversarial']).toBeLessThan(measures['lambdaMinCentre']);
    }
  });

  it('has about ρ(σ)/K² as smallest eigenvalue at an orthonormal W*', () => {
    // ρ(2) = 3.08e-3: open-details, section 1.
    expect(measure('lambdaMinCentre', { K: 2, n: 16000, radius: 0.01 }) / (3.08e-3 / 4)).toBeCloseTo(1, 0);
  });

  it('claims what it finds, and fails on the opposite', () => {
    const verdicts = Object.fromEntries(done.claims.map(({ id, verdict }) => [id, verdict]));
    expect(verdicts['positive-definite']).not.toBe('fails');
    expect(verdicts['lambda-max']).toBe('holds');
    expect(verdicts['concentration']).not.toBe('fails');
    expect(verdictOf(done, 'positive-definite', () => ({ positiveAdversarial: interval(0.1, 0, 0.4) }))).toBe('fails');
    expect(verdictOf(done, 'lambda-max', () => ({ lambdaMax: interval(1, 0.99, 1.01) }))).toBe('fails');
    expect(
      verdictOf(done, 'concentration', ({ settings }) => ({
        hessianDeviation: interval(
          1 / Number(settings['n']),
          0.99 / Number(settings['n']),
          1.01 / Number(settings['n']),
        ),
      })),
    ).toBe('fails');
  });

  it('draws every figure from known numbers', () => {
    expect(done.figures.map(({ name }) => name)).toEqual([
      'fu2018-thm1-lambda-min-r0-01',
      'fu2018-thm1-lambda-min-r0-1',
      'fu2018-thm1-positive',
      'fu2018-thm1-turn',
      'fu2018-thm1-lambda-max',
      'fu2018-thm1-concentration',
    ]);
    for (const { rows } of done.figures) expect(rows.length).toBeGreaterThan(0);
  });

  it('takes cross entropy, whose Hessian at W* is positive definite in the mean too', () => {
    const { outcomes } = run('fu2018-thm1', {
      K: '2',
      d: '4',
      n: '16000',
      radius: '0.01',
      sweep: '2',
      sweepSamples: '16000',
      trials: '2',
      loss: 'cross-entropy',
    });
    for (const { measures } of outcomes.flat()) expect(measures['lambdaMinAdversarial']).toBeGreaterThan(0);
  });
});

describe('fu2018-thm2', () => {
  const done = run('fu2018-thm2', { K: '2', d: '4', n: '8000,64000', trials: '6' });

  it('finds a critical point with a positive definite Hessian, the same from every start', () => {
    for (const { measures, status } of done.outcomes.flat()) {
      expect(status).toBe('ok');
      expect(measures).toMatchObject({ critical: 1, same: 1 });
      expect(measures['gradientNorm']).toBeLessThanOrEqual(1e-12);
    }
  });

  it('converges linearly at the rate of the smallest eigenvalue there', () => {
    for (const { measures } of done.outcomes.flat()) {
      expect(Math.abs(measures['slopeDifference'])).toBeLessThan(0.15);
      expect(measures['lineDeviation']).toBeLessThan(0.05);
      // One e-fold per unit of scaled time: log₁₀ falls by 4/ln 10 from τ = 8 to 12.
      expect(measures['logDistance12'] - measures['logDistance8']).toBeCloseTo(-4 / Math.LN10, 0);
    }
  });

  it('keeps the whole curve', () => {
    const { iteration, distance } = done.outcomes[0][0].curves ?? {};
    expect(iteration.length).toBe(distance.length);
    expect(iteration.length).toBeGreaterThan(10);
    expect(distance[distance.length - 1]).toBeLessThan(1e-8 * distance[0]);
  });

  it('is nearer to the teacher with more samples', () => {
    const [few, many] = done.cells.map(({ measures }) => measures['estimationError'].value);
    // Eight times the samples: a factor 8^(−1/2) = 0.35.
    expect(many / few).toBeGreaterThan(0.2);
    expect(many / few).toBeLessThan(0.6);
  });

  it('fails its claims on the opposite', () => {
    expect(done.claims.map(({ verdict }) => verdict)).not.toContain('fails');
    expect(verdictOf(done, 'critical-point', () => ({ criticalRate: exact(0.2) }))).toBe('fails');
    expect(verdictOf(done, 'one-point', () => ({ sameRate: exact(0.2) }))).toBe('fails');
    expect(verdictOf(done, 'rate-d=4', () => ({ slopeDifference: interval(0.5, 0.4, 0.6) }))).toBe('fails');
    expect(verdictOf(done, 'error-n-d=4', () => ({ estimationError: interval(1, 0.99, 1.01) }))).toBe('fails');
  });

  it('with regression labels the critical point is the teacher', () => {
    const noiseless = run('fu2018-thm2', { K: '2', d: '4', n: '8000', trials: '2', labels: 'regression' });
    const [
      {
        measures: { estimationError, recoveredRate },
      },
    ] = noiseless.cells;
    expect(estimationError.value).toBeLessThan(1e-12);
    expect(recoveredRate.value).toBe(1);
    // Two trials are too few for nine of ten.
    expect(noiseless.claims.find(({ id }) => id === 'recovery')?.verdict).toBe('undecided');
    const [{ estimate, whenFailed }] = noiseless.experiment.measures.filter(({ name }) => name === 'recoveredRate');
    // Also where all errors are 0: a rate has an interval then.
    expect(estimate(new Float64Array(40), {})).toMatchObject({ value: 1, high: 1 });
    expect(estimate(new Float64Array(40), {}).low).toBeGreaterThan(0.9);
    expect(estimate(Float64Array.of(0, 1e-8, 1.1e-8, Number(whenFailed)), {}).value).toBe(0.5);
  });

  it('marks a trial whose descent cannot reach a critical point', () => {
    const { outcomes } = run('fu2018-thm2', { K: '2', d: '4', n: '8000', trials: '1', iterations: '3', starts: '2' });
    expect(outcomes[0][0].measures['same']).toBe(0);
  });
});
