import { describe, expect, it } from 'vitest';
import { descentState, runDescent } from '../../../src/core/descent/descent.js';
import { sampledBatches } from '../../../src/core/descent/batches.js';
import { methodNamed } from '../../../src/core/descent/method.js';
import { stepSizes } from '../../../src/core/descent/stepsize.js';
import { drawStarts } from '../../../src/core/networks/starts.js';
import { Purpose } from '../../../src/core/streams.js';
import { START_CLASSES } from '../../../src/core/outcomes/classes.js';
import { denseHessian } from '../../../src/core/curvature/hessian.js';
import { loadNativeKernels } from '../../../src/core/kernels/native.js';
import { fu2018Fig3 } from '../../../src/experiments/papers/fu2018/fig3.js';
import { gao2018Fig3 } from '../../../src/experiments/papers/gao2018/fig3.js';
import { startMeasure } from '../../../src/experiments/common/outcomes.js';
import type { Experiment, TrialContext, TrialOutcome } from '../../../src/experiments/spec.js';
import type { Settings } from '../../../src/settings/types.js';
import { drawTrainingSet, stepRule, type TrainingSet } from '../../../src/experiments/common/planted.js';
import { fu2018Alg2 } from '../../../src/experiments/papers/fu2018/alg2.js';
import { cellSettings, streamText, sampledSettings, studySettings } from '../../../src/experiments/own/settings.js';
import { studyTrial } from '../../../src/experiments/own/trial.js';
import { mean } from '../../../src/statistics/means.js';
import { trialSettings } from '../../../src/settings/trialSettings.js';
import { resolveValues } from '../../../src/study/grid/values.js';

const kernels = loadNativeKernels();

function contextOf(settings: Settings, trial = 0): TrialContext {
  return { settings, kernels, cancel: new Int32Array(1), stream: (purpose) => ({ key: [7, 11], trial, purpose }) };
}

/** The training set of a trial of a study. */
function drawn(cell: Settings, trial = 0): TrainingSet {
  return drawTrainingSet({ ...contextOf(cell, trial), settings: sampledSettings(studySettings(cell)) });
}

function paperTrial(
  experiment: Experiment,
  overrides: Record<string, string>,
  cell: Settings,
  trial: number,
): TrialOutcome {
  return experiment.trial(
    contextOf(trialSettings(resolveValues(experiment, 'smoke', new Map(Object.entries(overrides))), cell), trial),
  );
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
    const paper = paperTrial(
      gao2018Fig3,
      { d: '6', n: '2048', iterations: '1000', stepSize: '1e-3' },
      { d: 6, n: 2048, teacher: 'identity', loss: 'L' },
      0,
    );
    const own = studyTrial(
      contextOf({
        K: 6,
        d: 6,
        n: 2048,
        activation: 'relu',
        output: 'sum',
        teacher: 'identity',
        teacherScale: 1,
        inputs: 'laplace',
        labels: 'regression',
        loss: 'landscape-L',
        start: 'gaussian',
        stepSize: 1e-3,
        iterations: 1000,
      }),
    );
    expect(own.measures['parameterError']).toBeCloseTo(paper.measures['parameterError'], 6);
    expect(own.measures['finalLoss']).toBeCloseTo(paper.measures['finalLoss'], 8);
    expect(own.measures['teacherLoss']).toBeCloseTo(paper.measures['teacherLoss'], 10);
  });
});

describe('an update rule', () => {
  const cell = { K: 2, d: 4, n: 200, labels: 'regression', iterations: 40 };

  it.each([
    { method: 'nesterov', momentum: 0.5, schedule: 'inverse-time:20' },
    { method: 'adam', stepSize: 0.01 },
  ])('is that of the settings, on the same training set: %o', (method) => {
    const settings = studySettings({ ...cell, ...method });
    const { problem, teacher, teacherOutput } = drawn(cell);
    expect(drawn({ ...cell, ...method }).problem.labels).toEqual(problem.labels);
    expect(streamText({ ...cell, ...method })).toBe(streamText(cell));
    const weights = drawStarts(kernels, 'sphere', teacher, 1, settings.radius, contextOf(cell).stream(Purpose.start));
    const start = { starts: 1, weights, outputWeights: teacherOutput };
    const steps = stepSizes(kernels, problem, start, stepRule(settings), false);
    const state = descentState(start, steps, false, { method: methodNamed(settings) });
    runDescent(kernels, problem, state, { iterations: 40, tolerance: settings.tolerance });
    expect(studyTrial(contextOf({ ...cell, ...method })).measures['finalLoss']).toBe(state.loss[0]);
    expect(state.loss[0]).not.toBe(studyTrial(contextOf(cell)).measures['finalLoss']);
  });

  it('of batches has a stream of its own, and is that of the settings', () => {
    const stochastic = { ...cell, method: 'sgd', batch: 8, replacement: 'yes' };
    const { problem, teacherOutput, teacher } = drawn(cell);
    const { stream } = contextOf(cell);
    const weights = drawStarts(kernels, 'sphere', teacher, 1, studySettings(cell).radius, stream(Purpose.start));
    const start = { starts: 1, weights, outputWeights: teacherOutput };
    const sampling = { size: 8, replacement: true, stream: stream(Purpose.batches) };
    const batches = sampledBatches(kernels, sampling, 200);
    const state = descentState(start, stepSizes(kernels, problem, start, { kind: 'auto', factor: 1 }, false), false, {
      batches,
    });
    runDescent(kernels, problem, state, { iterations: 40, tolerance: -1 });
    const { measures } = studyTrial(contextOf(stochastic));
    expect(measures['finalLoss']).toBe(state.loss[0]);
    expect(studyTrial(contextOf({ ...stochastic, replacement: 'no' })).measures['finalLoss']).not.toBe(state.loss[0]);
    expect(cellSettings({ ...cell, batch: 8 })).toEqual(cellSettings(cell));
  });

  it('has an address of its own, in which β stands only where it has a meaning', () => {
    expect(cellSettings({ ...cell, method: 'adam', momentum: 0.5 })).toEqual({ ...cellSettings(cell), method: 'adam' });
    expect(cellSettings({ ...cell, method: 'nesterov', momentum: 0.5 })).toMatchObject({ momentum: 0.5 });
    expect(cellSettings({ ...cell, method: 'gd', schedule: 'constant' })).toEqual(cellSettings(cell));
  });

  it('also descends on the population risk', () => {
    const population = {
      ...{ K: 2, d: 4, risk: 'population', activation: 'erf', labels: 'regression', radius: 0.5 },
      ...{ stepSize: 1, iterations: 100 },
    };
    const loss = (more: Settings): number => studyTrial(contextOf({ ...population, ...more })).measures['finalLoss'];
    expect(loss({ method: 'momentum', momentum: 0 })).toBe(loss({}));
    expect(loss({ method: 'nesterov' })).toBeLessThan(loss({}));
  });

  it('also descends on L', () => {
    const landscape = {
      ...{ K: 3, d: 3, n: 400, activation: 'relu', output: 'sum', teacher: 'identity', teacherScale: 1 },
      ...{ labels: 'regression', loss: 'landscape-L', start: 'gaussian', stepSize: 1e-4, iterations: 50 },
    };
    const loss = (more: Settings): number => studyTrial(contextOf({ ...landscape, ...more })).measures['finalLoss'];
    expect(loss({ method: 'momentum', momentum: 0 })).toBe(loss({}));
    expect(loss({ method: 'momentum' })).toBeLessThan(loss({}));
  });
});

describe('a study with the settings of fu2018-fig3', () => {
  // Other streams, the same law: success rates differ by chance alone.
  it('has its success rate', () => {
    const trials = 120;
    const cell = { K: 3, d: 4, n: 1000 };
    const successes = (run: (trial: number) => TrialOutcome): number =>
      Array.from({ length: trials }, (_, trial) => run(trial).measures['success']).reduce((sum, one) => sum + one, 0);
    const paper = successes((trial) => paperTrial(fu2018Fig3, {}, cell, trial));
    const own = successes((trial) =>
      studyTrial({
        ...contextOf({ ...cell, starts: 4, iterations: 500 }, trial),
        stream: (purpose) => ({ key: [123, 456], trial, purpose }),
      }),
    );
    const pooled = (paper + own) / (2 * trials);
    expect(pooled).toBeGreaterThan(0.2);
    expect(pooled).toBeLessThan(0.8);
    expect(Math.abs(paper - own) / trials / Math.sqrt((2 * pooled * (1 - pooled)) / trials)).toBeLessThan(3);
  });
});

describe('what the settings say', () => {
  const BASE = { K: 2, d: 5, n: 3000, labels: 'regression', iterations: 400 };

  it('gives label noise of its standard deviation, from a stream of its own', () => {
    const clean = drawn(BASE);
    const noisy = drawn({ ...BASE, noise: 0.3 });
    expect(noisy.teacher).toEqual(clean.teacher);
    const noise = noisy.problem.labels.map((y, i) => y - clean.problem.labels[i]);
    const variance = noise.reduce((sum, e) => sum + e * e, 0) / noise.length;
    // The variance of the estimate is 2σ⁴/n.
    expect(Math.abs(variance - 0.09)).toBeLessThan(4 * 0.09 * Math.sqrt(2 / noise.length));
    // The loss at W* is half the noise in the labels.
    expect(studyTrial(contextOf({ ...BASE, noise: 0.3 })).measures['teacherLoss']).toBeCloseTo(variance / 2, 12);
  });

  // Least squares near W*: Ŵ − W* ≈ H⁻¹Jᵀε/n with H = JᵀJ/n, so E‖Ŵ − W*‖² = σ² tr(H⁻¹)/n.
  it('has the error that the curvature at W* predicts', () => {
    const [sigma, trials] = [0.01, 100];
    const ratios = Array.from({ length: trials }, (_, trial) => {
      const context = contextOf({ ...BASE, noise: sigma, iterations: 3000 }, trial);
      const { problem, teacher, teacherOutput } = drawn(BASE, trial);
      const hessian = denseHessian(kernels, problem, { starts: 1, weights: teacher, outputWeights: teacherOutput });
      const inverse = kernels.symmetricEigen(hessian, teacher.length).values.reduce((sum, value) => sum + 1 / value, 0);
      return studyTrial(context).measures['estimationError'] ** 2 / ((sigma ** 2 * inverse) / BASE.n);
    });
    const { low, high } = mean(Float64Array.from(ratios));
    expect(low).toBeLessThan(1);
    expect(high).toBeGreaterThan(1);
    expect(high - low).toBeLessThan(0.35);
  });

  it('ends at W* from noiseless labels, with v trained or not, and the curves end where the descent does', () => {
    for (const more of [{}, { trainOutput: 'yes' }, { output: 'signs', trainOutput: 'yes', activation: 'tanh' }]) {
      const { measures, curves } = studyTrial(contextOf({ ...BASE, ...more, iterations: 20000 }));
      expect(measures['recovered'], JSON.stringify(more)).toBe(1);
      expect(measures['relativeError']).toBeLessThan(1e-3);
      expect(curves?.['error'].at(-1)).toBe(measures['estimationError']);
      expect(curves?.['error'][0]).toBeGreaterThan(0.01);
      expect(curves?.['loss'].at(-1)).toBe(measures['finalLoss']);
    }
  });

  it('moves v only where it is trained', () => {
    const error = (trainOutput: string): number =>
      studyTrial(contextOf({ ...BASE, trainOutput, iterations: 1, radius: 0.5 })).measures['estimationError'];
    expect(error('yes')).not.toBe(error('no'));
  });

  it('starts where the tensor method of the paper does', () => {
    const cell = { K: 2, d: 5, n: 4000 };
    const paper = paperTrial(
      fu2018Alg2,
      { K: '2', teacherScale: '2' },
      { ...cell, mode: 'unfold', labels: 'classification' },
      0,
    );
    const own = studyTrial(contextOf({ ...cell, start: 'tensor', labels: 'classification', iterations: 10 }));
    expect(own.measures['initializationError']).toBe(paper.measures['initializationError']);
  });

  it('keeps the training set when only the method changes: the loss at W* stays, bit by bit', () => {
    const loss = (more: Settings): number =>
      studyTrial(contextOf({ ...BASE, labels: 'classification', iterations: 2, ...more })).measures['teacherLoss'];
    for (const more of [
      { start: 'ball' },
      { start: 'gaussian' },
      { start: 'tensor' },
      { starts: 7 },
      { stepSize: 0.1 },
      { trainOutput: 'yes' },
    ])
      expect(loss(more)).toBe(loss({}));
    for (const more of [{ inputs: 'laplace' }, { teacherScale: 3 }]) expect(loss(more)).not.toBe(loss({}));
  });

  it('says of several starts what one cannot', () => {
    expect(studyTrial(contextOf(BASE)).measures).not.toHaveProperty('sdN');
    const { measures } = studyTrial(
      contextOf({ ...BASE, activation: 'squared-relu', d: 8, n: 60, start: 'gaussian', starts: 12, iterations: 3000 }),
    );
    expect(measures['spuriousShare']).toBeGreaterThan(0);
    expect(measures['spuriousShare']).toBeLessThan(1);
    expect(measures['recoveredShare']).toBeLessThanOrEqual(1);
    expect(measures['success']).toBe(0);
  });

  it('says how starts end: from the descent alone, with the values it always had, or after a polish', () => {
    const cell = { ...BASE, labels: 'classification', starts: 4, iterations: 40 };
    const [descent, polish] = [{}, { outcomes: 'polish' }].map(
      (more) => studyTrial(contextOf({ ...cell, ...more })).measures,
    );
    const sum = (measures: Readonly<Record<string, number>>): number =>
      START_CLASSES.reduce((total, { name }) => total + measures[startMeasure(name)], 0);
    expect([sum(descent), sum(polish)]).toEqual([1, 1]);
    for (const name of ['recovered', 'estimationError', 'sdN', 'success', 'finalLoss', 'iterations', 'stepSize'])
      expect(polish[name]).toBe(descent[name]);
    expect(descent).toMatchObject({ capStarts: 1, polishedShare: 0 });
    expect(descent).not.toHaveProperty('oneMinimum');
    expect(polish).toMatchObject({
      otherMinimumStarts: 1,
      capStarts: 0,
      polishedShare: 1,
      oneMinimum: 1,
      oneMinimumElsewhereSet: 1,
    });
    expect(polish['lambdaMin']).toBeGreaterThan(1e-6);
    expect(polish['polishedSdN']).toBeLessThan(1e-6);
  });

  it('counts the orders of the neurons as one minimum', () => {
    const { measures } = studyTrial(
      contextOf({
        ...BASE,
        n: 1000,
        start: 'gaussian',
        startScale: 1,
        starts: 8,
        iterations: 4000,
        outcomes: 'polish',
      }),
    );
    expect(measures['sdN']).toBeGreaterThan(0.1);
    expect(measures).toMatchObject({ recoveredStarts: 1, oneMinimumNearSet: 1 });
    expect(measures['polishedSdN']).toBeLessThan(1e-6);
  });

  it('does not call a start near 0 a runaway when it comes to a minimum', () => {
    const { measures } = studyTrial(
      contextOf({
        ...BASE,
        n: 1000,
        start: 'gaussian',
        startScale: 0.01,
        starts: 3,
        iterations: 4000,
        outcomes: 'polish',
      }),
    );
    expect(measures['runawayStarts']).toBe(0);
  });

  it('has no polish where v is trained or the loss is a landscape: the setting is no part of such a cell', () => {
    for (const more of [{ trainOutput: 'yes' }, { loss: 'landscape-G' }])
      expect(cellSettings({ ...BASE, ...more, outcomes: 'polish' })).toEqual(cellSettings({ ...BASE, ...more }));
    expect(cellSettings({ ...BASE, outcomes: 'descent' })).toEqual(cellSettings(BASE));
    expect(cellSettings({ ...BASE, outcomes: 'polish' })).toMatchObject({ outcomes: 'polish' });
    expect(streamText({ ...BASE, outcomes: 'polish' })).toBe(streamText(BASE));
  });

  it('counts a descent that diverges', () => {
    const outcome = studyTrial(contextOf({ ...BASE, activation: 'squared-relu', stepSize: 100, starts: 3 }));
    expect(outcome.status).toBe('diverged');
    expect(outcome.measures).toMatchObject({
      recovered: 0,
      divergedShare: 1,
      estimationError: Infinity,
      success: 0,
      spuriousShare: 1,
      covered: 0,
    });
  });

  it('finds an orthonormal teacher by L with samples enough, in steps of its own', () => {
    const { measures } = studyTrial(
      contextOf({
        K: 3,
        d: 3,
        n: 100_000,
        activation: 'relu',
        output: 'sum',
        teacherScale: 1,
        labels: 'regression',
        loss: 'landscape-L',
        start: 'gaussian',
        mu: 0.5,
        iterations: 300,
        within: 0.1,
      }),
    );
    expect(measures).toMatchObject({ covered: 1, recovered: 1 });
    expect(measures['parameterError']).toBeLessThan(0.02);
  });
});
