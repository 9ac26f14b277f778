/** The experiments of zhong2017 in process: published facts at small scale, with intervals wide enough not to flake. */
import { describe, expect, it } from 'vitest';
import { renderFigure } from '../../src/report/figures.js';
import { runInProcess as run, trialInProcess } from './inProcess.js';

describe('zhong2017-fig1a', () => {
  const { cells, outcomes, figures, claims } = run('zhong2017-fig1a', { d: '10,20', n: '500,8000', trials: '5' });
  const rates = cells.map(({ measures }) => measures['recoveryRate'].value);

  it('recovers more often with more samples', () => {
    expect(rates[1]).toBeGreaterThan(rates[0]);
    expect(rates[3]).toBeGreaterThan(rates[2]);
    expect((rates[1] + rates[3]) / 2).toBeGreaterThanOrEqual(0.8);
  });

  it('counts a trial as recovered by the tolerance, and never one with a wrong v', () => {
    for (const { measures } of outcomes.flat()) {
      if (measures['signsRight'] === 0) expect(measures['recovered']).toBe(0);
      else expect(measures['recovered']).toBe(measures['parameterError'] <= 0.01 ? 1 : 0);
    }
  });

  it('recovers W* far better than the tolerance asks: labels have no noise', () => {
    for (const { measures } of outcomes[3])
      if (measures['recovered'] === 1) expect(measures['parameterError']).toBeLessThan(1e-4);
  });

  it('draws the map, and claims the boundary', async () => {
    expect(claims.map(({ id }) => id)).toEqual(['rate-reaches-one', 'boundary-exponent', 'boundary-exponent-regime']);
    expect(figures[0].rows.filter((row) => 'xLow' in row)).toHaveLength(4);
    expect((await renderFigure(figures[0])).svg).toContain('recovery rate');
  });
});

describe('zhong2017-fig1b', () => {
  const { cells, outcomes, figures } = run('zhong2017-fig1b', {
    d: '10',
    n: '4000,64000',
    trials: '6',
    mode: 'unfold',
  });

  it('has an error that falls about as n^(−1/2)', () => {
    const [few, many] = cells.map(({ measures }) => measures['medianError'].value);
    // Sixteen times the samples: a quarter of the error.
    expect(many / few).toBeLessThan(0.45);
    expect(many / few).toBeGreaterThan(0.1);
  });

  it('has a floor of 12 % in the error as coded', () => {
    for (const { measures } of outcomes[1]) {
      expect(measures['initializationError']).toBeLessThan(measures['codedError']);
      // |1.1195 w − w*| ≥ 0.1195 − 1.1195·error for the neuron that is best in the one and worst in the other
      expect(measures['codedError']).toBeGreaterThan(0.1195 - 1.1195 * measures['initializationError']);
    }
    const asCoded = trialInProcess('zhong2017-fig1b', { mode: 'unfold', magnitudes: 'as-coded' }, cells[1].settings, 0);
    expect(asCoded.measures['initializationError']).toBe(outcomes[1][0].measures['codedError']);
  });

  it('marks cells with a wrong v in any trial on the paper’s map only', () => {
    const wrong = outcomes.map((cell) => cell.some(({ measures }) => measures['signsRight'] === 0));
    expect(figures[0].rows.map((row) => row['wrong'] === 1)).toEqual(wrong);
    expect(figures[1].rows.every((row) => row['wrong'] === 0 && row['error'] !== null)).toBe(true);
  });
});

describe('zhong2017-fig1c', () => {
  const { outcomes } = run('zhong2017-fig1c', { trials: '3', iterations: '3000', mode: 'unfold' });

  it('(I) and (III) converge, (I) first', () => {
    const good = outcomes[0].filter(({ measures }) => measures['convergedI'] === 1 && measures['convergedIII'] === 1);
    expect(good.length).toBeGreaterThanOrEqual(2);
    for (const { measures } of good) {
      expect(measures['parameterErrorI']).toBeLessThan(1e-4);
      expect(measures['lineDeviationI']).toBeLessThan(0.5);
    }
    expect(good.some(({ measures }) => measures['iterationsSaved'] > 0)).toBe(true);
  });

  it('(II) has v = v* up to order where it converges', () => {
    for (const { measures } of outcomes[0]) {
      if (measures['convergedII'] === 1) expect(measures['parameterErrorII']).toBeLessThan(1e-2);
      else expect(measures['objectiveII']).toBeGreaterThan(1e-6);
    }
  });

  it('records one objective per approach and scheduled iteration', () => {
    const [{ curves }] = outcomes[0];
    expect(Object.keys(curves ?? {})).toEqual(['iteration', 'objectiveI', 'objectiveII', 'objectiveIII']);
    expect(curves?.['iteration'].length).toBe(61);
    expect(curves?.['objectiveIII'][0]).toBeGreaterThan(1e4);
  });
});

describe('zhong2017-alg2', () => {
  const { outcomes } = run('zhong2017-alg2', { n: '8000', trials: '2', mode: 'unfold' });

  it('recovers with the same samples and with fresh ones, in about as many iterations', () => {
    for (const { measures } of outcomes[0]) {
      expect([measures['recoveredReuse'], measures['recoveredFresh']]).toEqual([1, 1]);
      expect(measures['iterationsFresh'] / measures['iterationsReuse']).toBeGreaterThan(0.7);
      expect(measures['iterationsFresh'] / measures['iterationsReuse']).toBeLessThan(1.4);
    }
  });

  it('counts the samples of every iteration, and of the initialization', () => {
    for (const { measures } of outcomes[0]) {
      expect(measures['samplesReuse']).toBe(8000);
      expect(measures['samplesFresh']).toBe(8000 * (1 + measures['iterationsFresh']));
      expect(measures['sampleRatio']).toBe(measures['samplesFresh'] / measures['samplesReuse']);
    }
  });
});

describe('grids that cannot be', () => {
  it.each([
    ['fig1a', { teacher: 'gaussian', K: '12' }, 'at most the smallest d = 8, got 12'],
    ['fig1b', { n: '5,2000', d: '6' }, 'at least 7 for the tensor initialization at d = 6 (mode whole), got 5'],
    ['fig1c', { mode: 'faithful', n: '20' }, 'at least 33'],
    ['alg2', { magnitudes: 'as-coded', activation: 'relu' }, "must be squared-relu, got 'relu'"],
    ['thm35', { sigmaMin: '10', sigmaMax: '1' }, 'below sigmaMax = 1, got 10'],
  ])('%s with %j is refused', (figure, overrides, message) => {
    expect(() => run(`zhong2017-${figure}`, overrides)).toThrow(message);
  });
});
