import { describe, expect, it } from 'vitest';
import { exact } from '../../../src/statistics/estimate.js';
import {
  isAsymptotic,
  overPredicted,
  predictedError,
  predictedRows,
} from '../../../src/experiments/common/prediction.js';

const FU2018 = { K: 3, teacher: 'orthonormal', teacherScale: 2, inputs: 'gaussian', labels: 'classification' };
const CNN = { ...FU2018, architecture: 'cnn', loss: 'cross-entropy' } as const;

describe('the predicted error', () => {
  // Computed apart from basin.
  it.each([
    [FU2018, 20, 40000, 0.591],
    [FU2018, 20, 320000, 0.209],
    [FU2018, 60, 80000, 0.71],
    [{ ...FU2018, loss: 'cross-entropy' }, 20, 160000, 0.288],
    [CNN, 36, 10000, 0.179],
    [CNN, 36, 160000, 0.0447],
  ])('of %j at d = %i, n = %i is %d', (problem, d, n, error) => {
    expect(Math.abs(predictedError(problem, d, n) / error - 1)).toBeLessThan(3e-3);
  });

  it('gains 2.5 % by cross entropy at ‖w‖ = 2, 0.6 % at 1, 4.7 % at 3', () => {
    const gain = (teacherScale: number): number =>
      predictedError({ ...FU2018, teacherScale }, 20, 1) /
      predictedError({ ...FU2018, teacherScale, loss: 'cross-entropy' }, 20, 1);
    expect([1, 2, 3].map((scale) => Number(gain(scale).toFixed(3)))).toEqual([1.006, 1.025, 1.047]);
  });

  it.each([
    { ...FU2018, teacher: 'gaussian' },
    { ...FU2018, inputs: 'laplace' },
    { ...FU2018, labels: 'regression' },
    { ...FU2018, K: 5 },
    { ...FU2018, loss: 'L' },
  ])('of %j is not known', (problem) => {
    expect(predictedError(problem, 20, 1000)).toBeNaN();
    expect(predictedRows(problem, [cellAt(1000)], {})).toEqual([]);
  });
});

function cellAt(n: number) {
  const measures = { rmsError: exact(0.6) };
  return { settings: { d: 20, n }, trials: 1, planned: 1, failed: 0, diverged: 0, measures };
}

describe('measured over predicted', () => {
  it('is of the largest n, and unknown where the prediction is above 0.15‖W*‖_F', () => {
    expect(isAsymptotic(FU2018, 20, 80000)).toBe(true);
    expect(overPredicted(FU2018, [cellAt(80000), cellAt(10000)]).value).toBeCloseTo(0.6 / 0.418, 2);
    const far = overPredicted(FU2018, [cellAt(10000)]);
    expect([far.value, far.note]).toEqual([Number.NaN, 'the predicted error is above 0.15‖W*‖_F at n = 10000']);
    expect(overPredicted(FU2018, []).value).toBeNaN();
  });
});
