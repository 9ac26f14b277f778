import { describe, expect, it } from 'vitest';
import { mean, meanShare, median } from '../../../src/statistics/means.js';
import { quantile } from '../../../src/statistics/quantiles.js';
import { rate } from '../../../src/statistics/rates.js';
import { comparedMeasures } from '../../../src/study/comparison/measures.js';

const measure = { description: '', of: 'error', estimate: mean };
const trial = {
  trial: 0,
  status: 'ok',
  seconds: 1,
  measures: { error: 2, hit: 1 },
  error: null,
  origin: null,
} as const;

describe('comparedMeasures', () => {
  it('are those of both experiments, each test once, then failures and divergences', () => {
    const a = {
      measures: [
        { ...measure, name: 'meanError' },
        { ...measure, name: 'medianError', estimate: median },
        { ...measure, name: 'p75', estimate: quantile(0.75) },
      ],
    };
    const b = {
      measures: [
        { ...measure, name: 'meanError' },
        { ...measure, name: 'covered', of: 'hit', estimate: meanShare },
        { ...measure, name: 'rate', of: 'hit', estimate: rate, whenFailed: 0 },
      ],
    };
    expect(comparedMeasures(a, b).map(({ name, by }) => [name, by])).toEqual([
      ['meanError', 'mean'],
      ['medianError, p75', 'order'],
      ['covered', 'mean'],
      ['rate', 'order'],
      ['failed', 'order'],
      ['diverged', 'order'],
    ]);
  });

  it('take their values as tables do: a failed trial counts as whenFailed says, or is left out', () => {
    const [error, hit, failed, diverged] = comparedMeasures(
      {
        measures: [
          { ...measure, name: 'e' },
          { ...measure, name: 'h', of: 'hit', estimate: rate, whenFailed: 0 },
        ],
      },
      { measures: [] },
    );
    const values = (status: 'ok' | 'diverged' | 'failed'): (number | undefined)[] =>
      [error, hit, failed, diverged].map(({ taking }) => taking({})({ ...trial, status }));
    expect(values('ok')).toEqual([2, 1, 0, 0]);
    expect(values('diverged')).toEqual([2, 1, 0, 1]);
    expect(values('failed')).toEqual([undefined, 0, 1, 0]);
  });
});
