/** fu2019's experiments in process: facts at small scale, with intervals wide enough not to flake. */
import { describe, expect, it } from 'vitest';
import { runInProcess, trialInProcess } from './inProcess.js';

describe('fu2019-fig1', () => {
  it('has a much larger ρ for the CNN, and both positive', () => {
    const { cells, claims } = runInProcess('fu2019-fig1', {});
    expect(claims.map(({ verdict }) => verdict)).toEqual(['holds', 'holds']);
    const at = cells.find(({ settings }) => settings['sigma'] === 1.5);
    // open-details, section 1
    expect(at?.measures['rhoCnn'].value).toBeCloseTo(2.75e-2, 4);
  });
});

describe('fu2019-success', () => {
  const { cells, claims } = runInProcess('fu2019-success', {
    d: '6',
    cnnD: '6',
    perDimension: '30,800',
    cnnPerDimension: '4,800',
    trials: '10',
  });

  it('rises with n for both networks', () => {
    for (const architecture of ['fcn', 'cnn']) {
      const [few, many] = cells
        .filter(({ settings }) => settings['architecture'] === architecture)
        .map(({ measures }) => measures['successRate'].value);
      expect(many).toBeGreaterThan(few);
      expect(many).toBeGreaterThan(0.7);
    }
  });

  it('needs fewer samples for the CNN', () => {
    expect(claims.find(({ id }) => id === 'cnn-needs-fewer')?.value).toBeGreaterThan(2);
  });

  it('refuses a CNN whose K does not divide d', () => {
    expect(() => runInProcess('fu2019-success', { cnnD: '7' })).toThrow(/K of a cnn must be a divisor of d = 7, got 3/);
  });
});

describe('fu2019-error', () => {
  it('has the smaller error for the CNN at the same d and n', () => {
    const { cells } = runInProcess('fu2019-error', {
      d: '6',
      cnnD: '6',
      n: '8000,32000',
      trials: '8',
      iterations: '1000',
    });
    const error = (architecture: string, n: number) =>
      cells.find(({ settings }) => settings['architecture'] === architecture && settings['n'] === n)?.measures[
        'estimationError'
      ];
    for (const n of [8000, 32000]) expect(error('cnn', n)?.high).toBeLessThan(error('fcn', n)?.low ?? 0);
    expect(error('fcn', 32000)?.value).toBeLessThan(error('fcn', 8000)?.value ?? 0);
  });
});

describe('fu2019-loss', () => {
  it('compares both losses on the very same data and start', () => {
    const { measures } = trialInProcess('fu2019-loss', { d: '5' }, { K: 3, d: 5, n: 4000 }, 0);
    expect(measures['errorDifference']).toBeCloseTo(measures['errorSquared'] - measures['errorCrossEntropy'], 12);
    // Paired: the difference is far smaller than the errors themselves.
    expect(Math.abs(measures['errorDifference'])).toBeLessThan(0.3 * measures['errorSquared']);
  });

  it('finds the teacher with both from noiseless labels', () => {
    const { measures } = trialInProcess(
      'fu2019-loss',
      { d: '5', labels: 'regression', iterations: '20000', tolerance: '1e-12' },
      { K: 3, d: 5, n: 1000 },
      0,
    );
    expect(measures['errorSquared']).toBeLessThan(1e-5);
    expect(measures['errorCrossEntropy']).toBeLessThan(1e-5);
  });
});
