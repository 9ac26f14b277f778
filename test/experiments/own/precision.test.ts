import { estimating } from '../prefixes.js';
import { describe, expect, it } from 'vitest';
import { studyExperiment } from '../../../src/experiments/own/experiment.js';
import type { PrecisionSpec, StudySpec } from '../../../src/experiments/own/spec.js';
import type { PrefixEstimate } from '../../../src/experiments/spec.js';
import { meanSequence, trialsForRate } from '../../../src/statistics/sequences.js';
import { Draws } from '../../statistics/draws.js';

function specOf(precision: PrecisionSpec, trials = 20): StudySpec {
  return { title: '', description: '', grid: { d: [5], n: [100, 200] }, trials, measures: [], figures: [], precision };
}

/** What is planned in the end when a cell's trials have these values. */
function plannedTrials(spec: StudySpec, values: (n: number) => Float64Array): number[] {
  const estimate: PrefixEstimate = (settings, measure, trials) =>
    measure.estimate(values(settings['n'] as number).subarray(0, trials), settings);
  return (studyExperiment(spec).grow?.({}, estimating(estimate)) ?? []).map(({ trials }) => trials);
}

function looksFrom(first: number): number[] {
  const all = [first];
  while (all[all.length - 1] < 1e5) all.push(Math.ceil(1.25 * all[all.length - 1]));
  return all;
}

const draws = new Draws(1);
const coin = (p: number): Float64Array => Float64Array.from({ length: 20_000 }, () => (draws.uniform() < p ? 1 : 0));

describe('a study with a precision', () => {
  it('begins with the first look, and stays there while a trial is missing', () => {
    const { cells, grow } = studyExperiment(specOf({ measure: 'recoveryRate', rate: 0.1, most: 1000 }));
    expect(cells({}).map(({ trials }) => trials)).toEqual([20, 20]);
    const known: PrefixEstimate = (settings, measure, trials) =>
      settings['n'] === 100 && trials <= 25 ? measure.estimate(coin(0.5).subarray(0, trials), settings) : undefined;
    expect(grow?.({}, estimating(known)).map(({ trials }) => trials)).toEqual([32, 20]);
  });

  it('says how many trials are likely, as soon as every cell had a look', () => {
    const { likely } = studyExperiment(specOf({ measure: 'recoveryRate', rate: 0.05, most: 1e5 }));
    const upTo = (most: number): PrefixEstimate => {
      const values = coin(0.5);
      return (settings, measure, trials) =>
        trials > most || (most === 0 && settings['n'] === 200)
          ? undefined
          : measure.estimate(values.subarray(0, trials), settings);
    };
    expect(likely?.({}, estimating(upTo(0)))).toBeUndefined();
    const needed = 2 * trialsForRate(0.05);
    for (const most of [100, 400]) {
      expect(likely?.({}, estimating(upTo(most)))).toBeGreaterThan(0.6 * needed);
      expect(likely?.({}, estimating(upTo(most)))).toBeLessThan(1.7 * needed);
    }
    const planned = plannedTrials(specOf({ measure: 'recoveryRate', rate: 0.05, most: 1e5 }), () => coin(0.5));
    expect(likely?.({}, estimating(upTo(1e5)))).toBeCloseTo(planned[0] + planned[1], -3);
  });

  it.each([0.1, 0.05, 0.02])(
    'of ± %f stops within the look that holds the trials that theory says, at rate ½',
    (rate) => {
      const predicted = looksFrom(20).find((look) => look >= trialsForRate(rate));
      expect(plannedTrials(specOf({ measure: 'recoveryRate', rate, most: 1e5 }), () => coin(0.5))).toEqual([
        predicted,
        predicted,
      ]);
    },
  );

  it('stops earlier where the rate is near 0 or 1, cell by cell', () => {
    const [half, rare] = plannedTrials(specOf({ measure: 'recoveryRate', rate: 0.05, most: 1e5 }), (n) =>
      coin(n === 100 ? 0.5 : 0.02),
    );
    expect(rare).toBeLessThan(half / 2);
  });

  it('relative to a mean stops when its sequence is so narrow, not below 30, and not where the values merely agree', () => {
    const skewed = Float64Array.from({ length: 10_000 }, () => -Math.log(1 - draws.uniform()));
    const [trials] = plannedTrials(specOf({ measure: 'estimationError', relative: 0.1, most: 1e5 }, 5), () => skewed);
    const narrow = (n: number): boolean => {
      const { value, low, high } = meanSequence(skewed.subarray(0, n));
      return high - low <= 0.2 * value;
    };
    expect(looksFrom(30).find(narrow)).toBe(trials);
    expect(
      plannedTrials(specOf({ measure: 'estimationError', relative: 0.1, most: 1e5 }, 5), () =>
        new Float64Array(100).fill(1),
      ),
    ).toEqual([1e5, 1e5]);
  });

  it('ends with the most there may be, and at once where a mean is infinite', () => {
    expect(plannedTrials(specOf({ measure: 'recoveryRate', rate: 0.001, most: 777 }), () => coin(0.5))).toEqual([
      777, 777,
    ]);
    expect(plannedTrials(specOf({ measure: 'recoveryRate', rate: 0.001, most: 7 }), () => coin(0.5))).toEqual([7, 7]);
    expect(
      plannedTrials(specOf({ measure: 'estimationError', relative: 0.1, most: 777 }), () =>
        new Float64Array(777).fill(Infinity),
      ),
    ).toEqual([30, 30]);
  });

  it('says in legends and captions that its intervals are confidence sequences', () => {
    const experiment = studyExperiment(specOf({ measure: 'recoveryRate', rate: 0.1, most: 1000 }));
    expect(experiment.measures.every(({ description }) => description.endsWith('(with a confidence sequence)'))).toBe(
      true,
    );
  });
});
