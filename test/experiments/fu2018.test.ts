/** The three experiments in process: published facts at small scale, with intervals wide enough not to flake. */
import { describe, expect, it } from 'vitest';
import { judgedClaims } from '../../src/experiments/claims.js';
import { SET_CLASSES, START_CLASSES } from '../../src/core/outcomes/classes.js';
import { trialCounts } from '../../src/experiments/common/counts.js';
import { setMeasure, startMeasure } from '../../src/experiments/common/outcomes.js';
import { findExperiment } from '../../src/experiments/registry.js';
import { resolveValues } from '../../src/study/grid/values.js';
import { runInProcess as run } from './inProcess.js';
import { exact, UNKNOWN } from '../../src/statistics/estimate.js';

describe('fu2018-fig2', () => {
  it('gives the ρ of the sigmoid, positive everywhere', () => {
    const { cells, claims } = run('fu2018-fig2', {});
    const rho = (sigma: number): number =>
      cells.find(({ settings }) => settings['sigma'] === sigma)?.measures['rho'].value ?? Number.NaN;
    // open-details, section 1
    for (const [sigma, expected] of [
      [0.25, 2.7e-5],
      [0.5, 3.2e-4],
      [1, 2.14e-3],
      [1.5, 3.56e-3],
      [2, 3.08e-3],
      [3, 1.75e-3],
      [5, 5.6e-4],
    ]) {
      expect(rho(sigma) / expected).toBeCloseTo(1, 1);
    }
    expect(claims.map(({ verdict }) => verdict)).toEqual(['holds']);
  });

  it('decides nothing while values are missing', () => {
    const experiment = findExperiment('fu2018-fig2');
    const values = resolveValues(experiment, 'smoke', new Map());
    const empty = { trials: 0, planned: 1, failed: 0, diverged: 0, measures: { rho: UNKNOWN } };
    expect(judgedClaims(experiment, [{ settings: { sigma: 1 }, ...empty }], values)[0].verdict).toBe('undecided');
    const one = {
      settings: { sigma: 2 },
      trials: 1,
      planned: 1,
      failed: 0,
      diverged: 0,
      measures: { rho: exact(1e-3) },
    };
    expect(judgedClaims(experiment, [one, { settings: { sigma: 1 }, ...empty }], values)[0].verdict).toBe('undecided');
  });

  it('fails its claim for an activation without curvature', () => {
    const experiment = findExperiment('fu2018-fig2');
    const flat = [
      { settings: { sigma: 1 }, trials: 1, planned: 1, failed: 0, diverged: 0, measures: { rho: exact(-1e-3) } },
    ];
    expect(judgedClaims(experiment, flat, resolveValues(experiment, 'smoke', new Map()))[0].verdict).toBe('fails');
  });
});

describe('fu2018-fig3', () => {
  const { cells, outcomes } = run('fu2018-fig3', { d: '6', perDimension: '40,1600', trials: '8' });

  it('goes from failure to success as n grows', () => {
    const [few, many] = cells.map(({ measures }) => measures['successRate'].value);
    expect(few).toBeLessThan(0.5);
    expect(many).toBeGreaterThan(0.5);
  });

  it('counts success by SD_n and the threshold', () => {
    for (const { measures } of outcomes.flat()) expect(measures['success']).toBe(measures['sdN'] <= 1e-2 ? 1 : 0);
  });

  it('says how every start ends: shares of the starts and one class of the training set, each summing to 1', () => {
    for (const { measures } of outcomes.flat()) {
      const starts = START_CLASSES.map(({ name }) => measures[startMeasure(name)]);
      expect(starts.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
      expect(SET_CLASSES.map(({ name }) => measures[setMeasure(name)]).toSorted()).toEqual([0, 0, 0, 0, 1]);
      expect(measures['oneMinimum']).toBe(
        measures['polishedSdN'] <= 1e-3 && measures['recoveredStarts'] + measures['otherMinimumStarts'] === 1 ? 1 : 0,
      );
      expect(Number.isNaN(measures['successError'])).toBe(measures['success'] === 0);
      expect(Number.isNaN(measures['minimumError'])).toBe(measures['oneMinimum'] === 0);
      expect(measures['polishedShare']).toBe(1);
    }
  });

  it('fails with few samples because starts run away, not because they end at several minima', () => {
    const [few, many] = cells.map(({ measures }) => measures);
    expect(few['runawayRate'].value + few['mixedRate'].value).toBeGreaterThan(0.5);
    expect(few['runawayStarts'].value).toBeGreaterThan(0.5);
    expect(few['failureSeveralRate'].value).toBeLessThan(0.3);
    expect(few['normGrowth'].value).toBeGreaterThan(10);
    expect(many['oneMinimumNearRate'].value).toBe(1);
    expect(many['successNearRate'].value).toBe(many['successRate'].value);
    expect(many['minimumError'].value).toBeLessThan(many['nearRadius'].value);
  });

  it('keeps the values of version 1: the polish draws no numbers', () => {
    // As version 1 printed them, before ends were polished.
    const {
      outcomes: [[first, second]],
    } = run('fu2018-fig3', { d: '4', perDimension: '50', trials: '2' });
    expect(first.measures).toMatchObject({
      sdN: 0.0003811044698418557,
      success: 1,
      estimationError: 2.338644298310904,
      iterations: 500,
      stepSize: 118.59874545280468,
    });
    expect(second.measures).toMatchObject({
      sdN: 0.0722499600140539,
      success: 0,
      estimationError: 6.414119830933377,
      finalLoss: 0.10473571251941816,
    });
  });

  it('leaves SD_n at the spread of the starts when the step is tiny', () => {
    const { cells: unmoved } = run('fu2018-fig3', { d: '6', perDimension: '40', trials: '6', stepSize: '1e-6' });
    // L = 4 starts on a sphere of radius r = 0.1·√3·2: E SD² = r²(1 − 1/L) up to the correlation of directions.
    expect(unmoved[0].measures['sdN'].value).toBeCloseTo(0.1 * Math.sqrt(12) * Math.sqrt(3 / 4), 1);
  });

  it('recovers the teacher from noiseless labels', () => {
    const { outcomes: noiseless } = run('fu2018-fig3', {
      d: '6',
      perDimension: '100',
      trials: '3',
      labels: 'regression',
      iterations: '20000',
      tolerance: '1e-12',
    });
    for (const { measures } of noiseless.flat()) expect(measures['estimationError']).toBeLessThan(1e-5);
  });

  it('marks a divergent trial and counts it as a failure', () => {
    const { outcomes: divergent } = run('fu2018-fig3', { d: '6', perDimension: '40', trials: '1', stepSize: '1e9' });
    const [{ status, measures }] = divergent[0];
    // The sigmoid's loss is bounded: a huge step saturates it rather than diverging, but never succeeds.
    expect(['ok', 'diverged']).toContain(status);
    expect(measures['success']).toBe(0);
  });
});

describe('captions', () => {
  it('say how many trials stand behind the points, also while a study is not complete', () => {
    const cell = (trials: number) => ({ settings: {}, trials, planned: 50, failed: 0, diverged: 0, measures: {} });
    expect(trialCounts([cell(50), cell(50)])).toBe('50');
    expect(trialCounts([cell(10), cell(15)])).toBe('10–15 of 50');
    expect(trialCounts([cell(7), cell(7)])).toBe('7 of 50');
  });
});

describe('fu2018-fig4', () => {
  const { cells, claims } = run('fu2018-fig4', { d: '4', n: '4000,64000', trials: '16', iterations: '1500' });

  it('has an error that falls about as n^(−1/2)', () => {
    const [few, many] = cells.map(({ measures }) => measures['estimationError']);
    // Sixteen times the samples: a quarter of the error.
    expect(many.high / few.low).toBeGreaterThan(0.2);
    expect(many.low / few.high).toBeLessThan(0.35);
  });

  it('states its slope as a claim with an interval around −1/2', () => {
    const [slope] = claims;
    expect(slope.id).toBe('slope-d=4');
    expect(slope.low).toBeLessThan(-0.4);
    expect(slope.high).toBeGreaterThan(-0.6);
  });
});
