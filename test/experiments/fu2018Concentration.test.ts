/** fu2018-concentration and fu2018-thm1-samples in process: against the population, and against Hessians written out. */
import { describe, expect, it } from 'vitest';
import { denseHessian } from '../../src/core/curvature/hessian.js';
import { loadNativeKernels } from '../../src/core/kernels/native.js';
import { parseActivation } from '../../src/core/networks/activations.js';
import { predictedGradient } from '../../src/experiments/common/prediction.js';
import { concentrationProblem } from '../../src/experiments/papers/fu2018/concentrationTrial.js';
import { findExperiment } from '../../src/experiments/registry.js';
import { cellKey } from '../../src/study/grid/streams.js';
import { populationHessian } from '../../src/theory/populationHessian.js';
import { runInProcess, trialInProcess } from './inProcess.js';

const kernels = loadNativeKernels();

/** The planted problem of a trial of fu2018-concentration. */
function problemOf(cell: { K: number; d: number; n: number }, trial: number) {
  const key = cellKey(findExperiment('fu2018-concentration'), 1, cell);
  return concentrationProblem({
    settings: { ...cell, teacherScale: 2, radius: 1, moves: 2 },
    stream: (purpose) => ({ key, trial, purpose }),
    kernels,
    cancel: new Int32Array(1),
  });
}

/** The mean over trials of a number. */
function meanOf(count: number, of: (trial: number) => number): number {
  return Array.from({ length: count }, (_, trial) => of(trial)).reduce((sum, value) => sum + value, 0) / count;
}

describe('fu2018-concentration', () => {
  const cell = { K: 3, d: 5, n: 4000 };
  const measured = Array.from({ length: 12 }, (_, trial) => trialInProcess('fu2018-concentration', {}, cell, trial));

  it('has the distance to the exact population, on average', () => {
    const exact = meanOf(12, (trial) => {
      const { problem, teacher: weights, teacherOutput: outputWeights } = problemOf(cell, trial);
      const hessian = denseHessian(kernels, problem, { starts: 1, weights, outputWeights });
      const population = populationHessian({ activation: parseActivation('sigmoid'), weights, outputWeights });
      const { values } = kernels.symmetricEigen(
        hessian.map((entry, at) => entry - population[at]),
        weights.length,
      );
      return Math.max(-values[0], values[weights.length - 1]);
    });
    expect(Math.abs(meanOf(12, (trial) => measured[trial].measures['hessianCentre']) / exact - 1)).toBeLessThan(0.15);
  });

  it('has the gradient at W* written out', () => {
    const { problem, teacher, teacherOutput } = problemOf(cell, 0);
    const { gradient } = kernels.evaluate(problem, { starts: 1, weights: teacher, outputWeights: teacherOutput });
    const square = cell.n * gradient.reduce((sum, entry) => sum + entry * entry, 0);
    expect(measured[0].measures['gradientSquare']).toBeCloseTo(square, 12);
  });

  it('climbs: the largest of the ball is above W*', () => {
    for (const { measures } of measured) {
      expect(measures['hessianBall']).toBeGreaterThan(measures['hessianCentre']);
      expect(measures['gradientBall']).toBeGreaterThan(measures['gradientCentre']);
    }
  });

  // Computed apart from basin, K = 3, s = 2.
  it('predicts n·E‖∇f_n(W*)‖² = 0.0046175 + 0.0021633(d − 3), and nothing for K > 4', () => {
    expect(predictedGradient(3, 2, 3)).toBeCloseTo(0.0046175, 7);
    expect(predictedGradient(3, 2, 20)).toBeCloseTo(0.0046175 + 17 * 0.0021633, 5);
    expect(predictedGradient(5, 2, 20)).toBeNaN();
  });

  it('judges both lemmas at W* and in the ball', () => {
    const { claims, figures } = runInProcess('fu2018-concentration', { trials: '2', n: '500,1000,2000' });
    expect(claims).toHaveLength(13);
    expect(figures.map(({ rows }) => rows.length)).toEqual([12, 8, 8]);
  });
});

describe('fu2018-thm1-samples', () => {
  it('lowers λ_min in a small ball, and has both outcomes on its grid', () => {
    const { cells, claims, figures } = runInProcess('fu2018-thm1-samples', { perUnit: '15,300', trials: '3' });
    for (const { measures } of cells)
      expect(measures['lambdaMinAdversarial'].value).toBeLessThan(measures['lambdaMinCentre'].value);
    const shares = cells.map(({ measures }) => measures['positiveAdversarial'].value);
    expect([Math.min(...shares), Math.max(...shares)]).toEqual([0, 1]);
    expect(claims.map(({ id }) => id)).toEqual(['samples-d', 'samples-d-linear', 'samples-K']);
    // Two lines of four points, and for each the rates with the curves that the claims use.
    expect(figures.map(({ name }) => name)).toEqual([
      'fu2018-thm1-samples-d',
      'fu2018-thm1-samples-d-rates',
      'fu2018-thm1-samples-K',
      'fu2018-thm1-samples-K-rates',
    ]);
    expect(figures.map(({ rows }) => rows.length)).toEqual([4, 126, 4, 126]);
  });

  it('has n in proportion to dK², and the exponent of d log² d', () => {
    const { cells, claims } = runInProcess('fu2018-thm1-samples', {
      dimensions: '4,16',
      neurons: '3',
      d: '5',
      perUnit: '2',
      trials: '1',
    });
    expect(cells.map(({ settings: { K, d, n } }) => [K, d, n])).toEqual([
      [2, 4, 32],
      [2, 16, 128],
      [3, 5, 90],
    ]);
    // 16 log² 16 over 4 log² 4 is 16.
    expect(claims[0].statement).toContain('at most 2.00');
  });
});
