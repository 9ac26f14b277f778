/** soltanolkotabi2017 in process, at sizes where the facts are already clear. */
import { describe, expect, it } from 'vitest';
import { judgedClaims } from '../../src/experiments/claims.js';
import { findExperiment } from '../../src/experiments/registry.js';
import { OUTCOMES } from '../../src/core/certificates/outcome.js';
import { halfCrossing } from '../../src/experiments/papers/soltanolkotabi2017/crossing.js';
import { outputsOfRegime } from '../../src/experiments/papers/soltanolkotabi2017/thm21Trial.js';
import type { CellSummary } from '../../src/experiments/spec.js';
import { binomialRate } from '../../src/statistics/rates.js';
import { gridOf } from '../../src/study/grid/cells.js';
import { resolveValues } from '../../src/study/grid/values.js';
import { runInProcess as run, trialInProcess } from './inProcess.js';
import { exact, UNKNOWN } from '../../src/statistics/estimate.js';

const IDS = ['fig1', 'fig2a', 'fig2b', 'fig3a', 'fig3b', 'fig4a', 'fig4b', 'thm21', 'thm22', 'thm25', 'jacobian'].map(
  (figure) => `soltanolkotabi2017-${figure}`,
);

it.each(IDS)('%s has its claims, undecided, before its first trial', (id) => {
  const experiment = findExperiment(id);
  const values = resolveValues(experiment, 'paper', new Map());
  const cells = gridOf({ experiment, values }, 1).cells.map(({ settings, trials }): CellSummary => ({
    settings,
    trials: 0,
    planned: trials,
    failed: 0,
    diverged: 0,
    measures: Object.fromEntries(experiment.measures.map(({ name }) => [name, UNKNOWN])),
  }));
  const verdicts = judgedClaims(experiment, cells, values).map(({ verdict }) => verdict);
  expect(verdicts.length).toBeGreaterThanOrEqual(2);
  expect(new Set(verdicts)).toEqual(new Set(['undecided']));
  for (const make of experiment.figures(cells, values)) expect(make).not.toThrow();
});

it('a cell whose trials all failed has no successes', () => {
  const cell = (K: number, share: typeof UNKNOWN): CellSummary<{ K: number }> => ({
    settings: { K },
    trials: 10,
    planned: 10,
    failed: 10,
    diverged: 0,
    measures: { globalStarts: share },
  });
  const { crossing } = halfCrossing([cell(1, UNKNOWN), cell(2, UNKNOWN), cell(3, exact(1))], 'K', 'globalStarts');
  expect(crossing.value).toBeCloseTo(2.5, 6);
});

it('fig1: Example 2.4 satisfies Assumption 2.3', () => {
  const { claims, figures } = run('soltanolkotabi2017-fig1', {});
  expect(claims.map(({ verdict }) => verdict)).toEqual(claims.map(() => 'holds'));
  expect(claims).toHaveLength(8);
  // (2/√π)∫₀¹e^{−t²/2}dt = √2 erf(1/√2)
  const erf = figures[0].rows.find(({ activation, z }) => activation === 'erf' && z === 1);
  expect(erf?.['value']).toBeCloseTo(0.6826894921 * Math.SQRT2, 9);
});

describe('fig2 and fig3', () => {
  const done = run('soltanolkotabi2017-fig3a', {
    K: '1,3,12',
    d: '4',
    n: '12',
    trials: '6',
    starts: '4',
    iterations: '3000',
    certificates: '4',
  });
  const of = (K: number): CellSummary => done.cells.find(({ settings }) => settings['K'] === K) ?? done.cells[0];

  it('find a global minimum from every start once the network is wide, and not when it is narrow', () => {
    expect(of(12).measures['polishedRate'].value).toBe(1);
    expect(of(3).measures['polishedRate'].value).toBeLessThan(0.5);
    expect(of(3).measures['spuriousStarts'].value).toBeGreaterThan(0);
  });

  it('count every start in one class', () => {
    for (const { measures } of done.outcomes.flat()) {
      expect(OUTCOMES.reduce((sum, name) => sum + measures[`${name}Starts`], 0)).toBeCloseTo(1, 12);
      expect(measures['allPolished']).toBe(measures['globalStarts'] === 1 ? 1 : 0);
    }
  });

  it('tell starts with at most one positive entry of v0 from the others: they add up', () => {
    const { measures } = trialInProcess(
      'soltanolkotabi2017-fig3a',
      { starts: '12', iterations: '300' },
      { K: 3, d: 6, n: 18 },
      0,
    );
    expect(measures['globalFewPositive']).toBeLessThanOrEqual(measures['globalManyPositive']);
    const ones = trialInProcess(
      'soltanolkotabi2017-fig3a',
      { starts: '3', outputStart: 'ones', iterations: '300' },
      { K: 3, d: 6, n: 18 },
      0,
    ).measures;
    expect(ones['globalFewPositive']).toBeNaN();
    expect(ones['globalManyPositive']).toBe(ones['globalStarts']);
  });

  it('are stricter for a smaller τ and for fewer iterations, and the polish is the most lenient', () => {
    for (const { measures } of done.outcomes.flat()) {
      expect(measures['share4']).toBeGreaterThanOrEqual(measures['share6']);
      expect(measures['share6']).toBeGreaterThanOrEqual(measures['share8']);
      expect(measures['share6']).toBeGreaterThanOrEqual(measures['share6Tenth']);
      expect(measures['share6Tenth']).toBeGreaterThanOrEqual(measures['share6Hundredth']);
      expect(measures['globalStarts']).toBeGreaterThanOrEqual(measures['share8']);
    }
  });

  it('judge within the cap what a shorter descent judges', () => {
    const settings = { K: 12, d: 4, n: 12 };
    const long = trialInProcess('soltanolkotabi2017-fig3a', { starts: '4', iterations: '3000' }, settings, 0).measures;
    const short = trialInProcess('soltanolkotabi2017-fig3a', { starts: '4', iterations: '300' }, settings, 0).measures;
    for (const digits of [4, 6, 8]) expect(long[`share${digits}Tenth`]).toBe(short[`share${digits}`]);
  });

  it('certify no more starts than asked', () => {
    const measuresOf = (certificates: string): Record<string, number> =>
      trialInProcess(
        'soltanolkotabi2017-fig3a',
        { starts: '4', certificates, iterations: '300' },
        { K: 3, d: 4, n: 40 },
        0,
      ).measures;
    const [none, one, all] = ['0', '1', '4'].map(measuresOf);
    expect(none['globalStarts']).toBe(0);
    expect(none['lambdaMinLeft']).not.toBeNaN();
    expect(none['polishSteps']).toBeLessThan(one['polishSteps']);
    expect(one['polishSteps']).toBeLessThan(all['polishSteps']);
    expect(all['spuriousStarts']).toBe(1);
  });

  it('a wider planted network, v of one sign and v held fixed are other problems', () => {
    const loss = (overrides: Record<string, string>): number =>
      trialInProcess('soltanolkotabi2017-fig3a', { starts: '2', ...overrides }, { K: 3, d: 4, n: 12 }, 0).measures[
        'worstLoss'
      ];
    expect(
      new Set(
        [{}, { plantedWidth: '5' }, { outputStart: 'ones' }, { trainOutput: 'no' }, { startScale: '0.5' }].map(loss),
      ).size,
    ).toBe(5);
  });

  it('claim the crossing that the counts have, and fail on another', () => {
    const experiment = findExperiment('soltanolkotabi2017-fig2a');
    const values = resolveValues(experiment, 'paper', new Map());
    const cellsCrossingAt = (half: number, trials: number): CellSummary<{ K: number; d: number; n: number }>[] =>
      gridOf({ experiment, values }, 1).cells.map(({ settings }) => {
        const K = Number(settings['K']);
        const rate = binomialRate(Math.round(trials / (1 + Math.exp(-2 * (K - half)))), trials);
        return {
          settings: { K, d: 10, n: 100 },
          trials,
          planned: trials,
          failed: 0,
          diverged: 0,
          measures: Object.fromEntries(experiment.measures.map(({ name }) => [name, rate])),
        };
      });
    const verdict = (half: number, trials: number, id: string): string | undefined =>
      judgedClaims(experiment, cellsCrossingAt(half, trials), values).find((claim) => claim.id === id)?.verdict;
    expect(halfCrossing(cellsCrossingAt(11.4, 1000), 'K', 'polishedRate').crossing.value).toBeCloseTo(11.4, 1);
    expect(verdict(11.4, 200, 'half-polished')).toBe('holds');
    expect(verdict(10.2, 200, 'half-polished')).toBe('fails');
    expect(verdict(12.3, 10, 'half-polished')).toBe('undecided');
    expect(verdict(9, 200, 'all-descent')).toBe('holds');
    expect(verdict(14, 200, 'all-descent')).toBe('fails');
  });

  it('allow a crossing the step of the grid there and the printed rounding', () => {
    const tolerance = (id: string, overrides: Record<string, string>): string | undefined => {
      const experiment = findExperiment(id);
      const values = resolveValues(experiment, 'paper', new Map(Object.entries(overrides)));
      return /± [\d.]+$/.exec(
        experiment.claims([], values).find((claim) => claim.id === 'half-polished')?.statement ?? '',
      )?.[0];
    };
    expect(tolerance('soltanolkotabi2017-fig3b', {})).toBe('± 1.005');
    expect(tolerance('soltanolkotabi2017-fig3b', { d: '18,22,30,34' })).toBe('± 8.005');
    expect(tolerance('soltanolkotabi2017-fig3a', {})).toBe('± 1.05');
  });

  it('a rate that does not rise has no crossing', () => {
    const cells = [1, 2, 3].map((K): CellSummary<{ K: number }> => ({
      settings: { K },
      trials: 10,
      planned: 10,
      failed: 0,
      diverged: 0,
      measures: { rate: binomialRate(10 - 3 * K, 10) },
    }));
    expect(halfCrossing(cells, 'K', 'rate').crossing.value).toBeNaN();
  });
});

describe('fig4', () => {
  const done = run('soltanolkotabi2017-fig4a', { K: '2,12', trials: '4' });

  it('fits random labels with many more weights than samples only', () => {
    const [narrow, wide] = done.cells.map(({ measures }) => measures['polishedZero'].value);
    expect(narrow).toBe(0);
    expect(wide).toBe(1);
  });

  it('records a curve that never rises, from the loss at the start to the final one', () => {
    for (const { curves, measures } of done.outcomes.flat()) {
      const [at, rmse] = [curves?.['at'] ?? [], curves?.['rmse'] ?? []];
      expect(at[0]).toBe(0);
      expect(rmse).toHaveLength(at.length);
      for (let i = 1; i < rmse.length; i++) expect(rmse[i]).toBeLessThanOrEqual(rmse[i - 1]);
      expect(rmse[rmse.length - 1]).toBe(measures['rmse']);
    }
  });

  it('cannot fit labels of both signs with v = 1 held fixed', () => {
    const fixed = trialInProcess(
      'soltanolkotabi2017-fig4a',
      { outputStart: 'ones', trainOutput: 'no' },
      { K: 12, d: 4, n: 20 },
      0,
    ).measures;
    expect(fixed['polishedZero']).toBe(0);
    expect(fixed['polishedRmse']).toBeGreaterThan(0.1);
  });
});

describe('thm21', () => {
  const done = run('soltanolkotabi2017-thm21', { trials: '6', starts: '5' });
  const of = (regime: string, n: number): CellSummary =>
    done.cells.find(({ settings }) => settings['regime'] === regime && settings['n'] === n) ?? done.cells[0];

  it('has the units of each regime', () => {
    const signs = (regime: Parameters<typeof outputsOfRegime>[0]): string =>
      outputsOfRegime(regime, 3).map(Math.sign).join();
    expect(signs('assumed')).toBe('1,1,1,-1,-1,-1');
    expect(signs('one-sign')).toBe('1,1,1,1,1,1');
    expect(signs('few-negative')).toBe('1,1,1,1,1,-1');
    expect(signs('narrow')).toBe('1,-1');
  });

  it('inside the assumptions: no spurious minima, strict saddles, the convex optimum, on every training set', () => {
    for (const n of [6, 12]) {
      const { measures } = of('assumed', n);
      for (const name of ['noSpurious', 'attainsConvex', 'allStrict', 'endsGlobal'])
        expect(measures[name].value).toBe(1);
      expect(measures['saddlePoints'].value).toBeGreaterThan(0);
    }
    expect(of('assumed', 6).measures['worstLoss'].value).toBeLessThan(1e-12);
    expect(of('assumed', 12).measures['bestLoss'].value).toBeGreaterThan(0.01);
  });

  it('one sign: its own convex optimum, proved by duality, and labels that cannot be fitted', () => {
    const { measures } = of('one-sign', 6);
    expect(measures['attainsConvex'].value).toBe(1);
    expect(measures['convexGap'].value).toBeLessThan(1e-10);
    expect(measures['bestLoss'].value).toBeGreaterThan(0.01);
  });

  it('arbitrary data: two labels for each input are fitted by their mean, and nothing is spurious', () => {
    const { measures } = of('duplicates', 6);
    for (const name of ['noSpurious', 'attainsConvex', 'allStrict', 'endsGlobal']) expect(measures[name].value).toBe(1);
    // Of y² = 1 the mean of two labels leaves a half.
    expect(measures['bestLoss'].value).toBeGreaterThan(0.1);
    expect(measures['bestLoss'].value).toBeLessThan(0.9);
  });

  it('outside: spurious minima, certain because a lower point is known', () => {
    const spurious = (['few-negative', 'narrow'] as const).map(
      (regime) => of(regime, 6).measures['spuriousPoints'].value,
    );
    expect(Math.max(...spurious)).toBeGreaterThan(0);
    expect(of('narrow', 12).measures['attainsConvex'].value).toBeLessThan(1);
  });

  it('refuses fewer samples than dimensions', () => {
    const experiment = findExperiment('soltanolkotabi2017-thm21');
    expect(() => gridOf({ experiment, values: resolveValues(experiment, 'smoke', new Map([['n', '2']])) }, 1)).toThrow(
      'the sample sizes n must be at least d = 3, got 2',
    );
  });
});
