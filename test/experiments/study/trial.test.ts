import { describe, expect, it } from 'vitest';
import { loadNativeKernels } from '../../../src/core/kernels/native.js';
import { fu2018Fig3 } from '../../../src/experiments/fu2018/fig3.js';
import { gao2018Fig3 } from '../../../src/experiments/gao2018/fig3.js';
import type { Experiment, Settings, TrialContext, TrialOutcome } from '../../../src/experiments/spec.js';
import { studyTrial } from '../../../src/experiments/study/trial.js';
import { resolveValues, trialSettings } from '../../../src/study/values.js';

const kernels = loadNativeKernels();

function contextOf(settings: Settings, trial = 0): TrialContext {
  return { settings, kernels, cancel: new Int32Array(1), stream: (purpose) => ({ key: [7, 11], trial, purpose }) };
}

function paperTrial(experiment: Experiment, overrides: Record<string, string>, cell: Settings, trial: number): TrialOutcome {
  return experiment.runTrial(contextOf(trialSettings(resolveValues(experiment, 'smoke', new Map(Object.entries(overrides))), cell), trial));
}

function only(outcome: TrialOutcome, ...names: string[]): Record<string, number | undefined> {
  return Object.fromEntries(names.map((name) => [name, outcome.measures[name]]));
}

describe('the generic trial', () => {
  it.each([0, 1, 2])('gives the bits of fu2018-fig3, trial %i', (trial) => {
    for (const n of [150, 600]) {
      const cell = { K: 3, d: 4, n };
      const paper = paperTrial(fu2018Fig3, {}, cell, trial);
      const own = studyTrial(contextOf({ ...cell, starts: 4, iterations: 500 }, trial));
      const shared = ['sdN', 'success', 'iterations', 'stepSize'];
      expect(only(own, ...shared)).toEqual(only(paper, ...shared));
      // The curve follows the first start, whose end fu2018-fig3 measures.
      expect(own.curves?.['error'].at(-1)).toBe(paper.measures['estimationError']);
    }
  });

  it('descends on L as gao2018-fig3 does', () => {
    const paper = paperTrial(gao2018Fig3, { d: '6', n: '2048', iterations: '1000', stepSize: '1e-3' }, { d: 6, n: 2048, teacher: 'identity', loss: 'L' }, 0);
    const own = studyTrial(contextOf({
      K: 6, d: 6, n: 2048, activation: 'relu', output: 'sum', teacher: 'identity', teacherScale: 1, inputs: 'laplace', labels: 'regression',
      loss: 'landscape-L', start: 'gaussian', stepSize: 1e-3, iterations: 1000,
    }));
    expect(own.measures['parameterError']).toBeCloseTo(paper.measures['parameterError'], 6);
    expect(own.measures['finalLoss']).toBeCloseTo(paper.measures['finalLoss'], 8);
    expect(own.measures['teacherLoss']).toBeCloseTo(paper.measures['teacherLoss'], 10);
  });
});
