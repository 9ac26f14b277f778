import { describe, expect, it } from 'vitest';
import { studyExperiment } from '../../../src/experiments/own/experiment.js';
import type { StudySpec } from '../../../src/experiments/own/spec.js';
import { performInProcess } from '../inProcess.js';

const SPEC: StudySpec = {
  title: 'How the starts of a training set end',
  description: '',
  grid: {
    d: [4],
    K: [2, 4],
    activation: ['relu'],
    output: ['sum'],
    labels: ['regression'],
    starts: [2],
    iterations: [3],
  },
  trials: 2,
  measures: ['recoveryRate', 'oneMinimumRate', 'relativeError'],
  figures: [
    { kind: 'line', measure: 'oneMinimumRate', x: 'K' },
    { kind: 'stacked', measure: 'sets', x: 'K', title: 'Of each training set' },
  ],
};

/** Everything that the report says about a study. */
function texts(grid: StudySpec['grid']): string {
  const experiment = studyExperiment({ ...SPEC, grid: { ...SPEC.grid, ...grid } });
  return JSON.stringify([experiment.measures, performInProcess(experiment, {}).figures, experiment.about?.()]);
}

describe('what a study repeats', () => {
  it('is called a training set where a trial has one', () => {
    expect(texts({ n: [50] })).toContain('training sets per point');
    expect(texts({ n: [50], risk: ['empirical', 'population'] })).toContain('training sets per point');
  });

  it('is called a trial with the population risk, except in titles of the user', () => {
    const text = texts({ risk: ['population'] });
    expect(text.replaceAll('Of each training set', '')).not.toContain('training set');
    expect(text).toContain('trials per point');
    expect(text).toContain('share of trials');
    expect(text).toContain('Of each training set');
  });
});
