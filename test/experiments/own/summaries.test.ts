import { describe, expect, it } from 'vitest';
import { studyExperiment } from '../../../src/experiments/own/experiment.js';
import { STUDY_MEASURES } from '../../../src/experiments/own/measures.js';
import type { StudySpec } from '../../../src/experiments/own/spec.js';
import { summaryMeasure } from '../../../src/experiments/own/summaries.js';
import { mean, positiveMean } from '../../../src/statistics/means.js';
import { quantileSequence, rateSequence } from '../../../src/statistics/sequences.js';

const SPEC: StudySpec = { title: '', description: '', trials: 10, grid: {}, measures: [], figures: [] };
const TRIAL = { relativeError: 0.3, finalLoss: 2, teacherLoss: 4, recovered: 1, iterations: 7, stepSize: 3 };

describe('a summary', () => {
  it.each([
    ['relativeError/noise', 0.6],
    ['log(finalLoss / teacherLoss)', Math.log(0.5)],
    ['-max(finalLoss, d)^2', -25],
    ['recoveryRate + recovered', 2],
    ['iterations*n', 70],
  ])('of %s works out every trial', (of, value) => {
    const { value: taken } = summaryMeasure('mine', { of, statistic: 'median' });
    expect(taken?.(TRIAL, { noise: 0.5, d: 5, n: 10, iterations: 2000 })).toBeCloseTo(value, 14);
  });

  it('has no value where the trial lacks a measure, or the cell a setting', () => {
    const { value } = summaryMeasure('mine', { of: 'sdN/noise', statistic: 'share(<= 1)' });
    expect(value?.(TRIAL, { noise: 1 })).toBeUndefined();
    expect(value?.({ sdN: 1 }, {})).toBeUndefined();
    expect(value?.({ sdN: 1 }, { noise: 1 })).toBe(1);
  });

  it.each([
    ['recovered', 'recoveryRate'],
    ['recoveryRate', 'recoveryRate'],
    ['recoveredShare', 'recoveredShare'],
    ['iterations', 'iterations'],
    ['estimationError', 'estimationError'],
  ])('that is the mean of %s has the interval of its range, and counts failed trials alike', (of, name) => {
    const own = STUDY_MEASURES.find((measure) => measure.name === name);
    expect(summaryMeasure('mine', { of, statistic: 'mean' })).toMatchObject({
      of: own?.of,
      estimate: own?.estimate,
      ...(own?.whenFailed === undefined ? {} : { whenFailed: own.whenFailed }),
    });
  });

  it('that is a mean of what has no known range takes any numbers, of an error positive ones', () => {
    expect(summaryMeasure('mine', { of: 'relativeError', statistic: 'mean' }).estimate).toBe(positiveMean);
    expect(summaryMeasure('mine', { of: 'lambdaMin', statistic: 'mean' }).estimate).toBe(mean);
    expect(summaryMeasure('mine', { of: 'relativeError-1', statistic: 'mean' }).estimate).toBe(mean);
  });

  it('may say again what basin’s own measure is', () => {
    expect(summaryMeasure('medianError', { of: 'estimationError', statistic: 'median' }).of).toBe('estimationError');
  });

  it.each([
    ['medianError', { of: 'estimationError', statistic: 'mean' }, /must be free, got 'medianError', which is basin's/],
    ['recovered', { of: 'estimationError', statistic: 'median' }, /must be free, got 'recovered'/],
    ['loss', { of: 'finalLoss', statistic: 'median' }, /must be free, got 'loss'/],
    ['d', { of: 'finalLoss', statistic: 'median' }, /must be free, got 'd'/],
    ['a b', { of: 'finalLoss', statistic: 'median' }, /letters, digits and '_', a letter first, got 'a b'/],
    ['x', { of: 'relativError', statistic: 'median' }, /got 'relativError' \(did you mean 'relativeError'\?\)/],
    ['x', { of: 'activation', statistic: 'median' }, /must be made of measures and numeric settings, got 'activation'/],
    ['x', { of: 'noise/2', statistic: 'median' }, /x.of must have a measure of the trial in it, got 'noise\/2'/],
    ['x', { of: 'finalLoss)', statistic: 'median' }, /at column 10/],
    ['x', { of: 'finalLoss', statistic: 'quantile(2)' }, /x.statistic must be quantile\(q\) with 0 < q < 1/],
  ])('%s: %j is refused', (name, summary, message) => {
    expect(() => summaryMeasure(name, summary)).toThrow(message);
  });
});

describe('a study with summaries', () => {
  const summaries = {
    upper: { of: 'relativeError', statistic: 'quantile(0.9)' },
    close: { of: 'relativeError', statistic: 'share(<= 0.1)' },
  };

  it('shows them after its measures, or where its measures name them', () => {
    const names = (spec: Partial<StudySpec>): string[] =>
      studyExperiment({ ...SPEC, summaries, ...spec }).measures.map(({ name }) => name);
    expect(names({})).toEqual(['recoveryRate', 'estimationError', 'finalLoss', 'iterations', 'upper', 'close']);
    expect(names({ measures: ['close', 'sdN'] })).toEqual(['close', 'sdN', 'upper']);
  });

  it('gives them confidence sequences where results decide on the number of trials', () => {
    const precision = { measure: 'recoveryRate', rate: 0.1, most: 100 } as const;
    const [upper, close] = studyExperiment({ ...SPEC, summaries, precision }).measures.slice(-2);
    const values = Float64Array.from({ length: 100 }, (_, i) => i);
    expect(upper.estimate(values, {})).toEqual(quantileSequence(0.9)(values));
    const met = values.map((value) => (value < 50 ? 1 : 0));
    expect(close.estimate(met, {})).toEqual(rateSequence(0.1)(met));
  });
});
