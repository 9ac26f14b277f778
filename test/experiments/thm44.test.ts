/** zhong2017-thm44 and zhong2017-thm56 in process. */
import { describe, expect, it } from 'vitest';
import { loadNativeKernels } from '../../src/core/kernels/native.js';
import { frobeniusNorm } from '../../src/core/networks/teachers.js';
import { drawPlanted } from '../../src/experiments/common/planted.js';
import { zhong2017Context } from '../../src/experiments/papers/zhong2017/problem.js';
import { findExperiment } from '../../src/experiments/registry.js';
import { cellKey } from '../../src/study/grid/streams.js';
import { populationHessian } from '../../src/theory/populationHessian.js';
import { runInProcess, trialInProcess } from './inProcess.js';

const kernels = loadNativeKernels();

describe('zhong2017-thm44', () => {
  const { outcomes, cells, claims } = runInProcess('zhong2017-thm44', {
    d: '5',
    K: '2',
    condition: '1',
    n: '6,4000',
    radii: '0.05',
    trials: '4',
    steps: '6',
  });

  it('contracts in every step when samples are many, and not when they are fewer than variables', () => {
    const shares = cells.map(({ measures }) => measures['contractsRate'].value);
    expect(shares[0]).toBeLessThan(1);
    expect(shares[1]).toBe(1);
    for (const { measures } of outcomes[1]) expect(measures['worst']).toBeLessThan(measures['bound']);
  });

  it('has the slowest of its steps, the verdict on all of them, and their gain in units of m_0/M_0', () => {
    for (const { measures } of outcomes.flat()) {
      const { worst, bound, margin, contracts } = measures;
      expect(contracts).toBe(worst <= bound ? 1 : 0);
      expect(margin).toBeCloseTo((1 - worst) / (1 - bound), 9);
    }
  });

  it('has near W* the q of the linear step δ ← (I − ∇²f(W*)/M_0)δ', () => {
    const cell = { d: 3, n: 200_000, radius: 1e-4 };
    const settings = { ...cell, K: 2, condition: 2, teacher: 'spectrum', teacherScale: 1, steps: 1 } as const;
    const context = {
      settings,
      stream: (purpose: number) => ({ key: cellKey(findExperiment('zhong2017-thm44'), 1, cell), trial: 0, purpose }),
      kernels,
      cancel: new Int32Array(1),
    };
    const { problem, teacher, teacherOutput, starts } = drawPlanted(
      zhong2017Context({ ...context, settings: { ...settings, activation: 'squared-relu', startLaw: 'sphere' } }),
      1,
    );
    const hessian = populationHessian({
      activation: problem.activation,
      weights: teacher,
      outputWeights: teacherOutput,
    });
    const largest = kernels.symmetricEigen(hessian, 6).values[5];
    const apart = starts.weights.map((w, j) => w - teacher[j]);
    const moved = apart.map(
      (delta, i) => delta - apart.reduce((sum, other, j) => sum + hessian[i * 6 + j] * other, 0) / largest,
    );
    const { measures } = trialInProcess('zhong2017-thm44', { K: '2', condition: '2', steps: '1' }, cell, 0);
    expect(Math.abs(measures['worst'] / (frobeniusNorm(moved) / frobeniusNorm(apart)) ** 2 - 1)).toBeLessThan(0.05);
  });

  it('has for two orthonormal rows the bound of the closed form, α and β of the squared ReLU by hand', () => {
    // φ′ = 2z₊: α0 = 2/√2π, α1 = 1, α2 = 4/√2π, β0 = 2, β2 = 6; the blocks of sums and differences of both rows.
    const coupling = 8 / (2 * Math.PI);
    const largest = (7 + 3) / 2 + Math.hypot((7 - 3) / 2, coupling);
    const smallest = (5 + 1) / 2 - Math.hypot((5 - 1) / 2, coupling);
    for (const { measures } of outcomes[1]) expect(measures['bound']).toBeCloseTo(1 - smallest / largest, 9);
    expect(claims.map(({ id }) => id)).toEqual(['contracts-d=5', 'margin-d=5']);
  });
});

it('zhong2017-thm44 refuses one variable, whose bound is 0', () => {
  expect(() => runInProcess('zhong2017-thm44', { K: '1', d: '1', condition: '1' })).toThrow(
    'the number of variables K·d must be at least 2, so that m_0 < M_0, got 1',
  );
});

describe('zhong2017-thm56', () => {
  const { cells, experiment } = runInProcess('zhong2017-thm56', {
    K: '2',
    d: '4',
    n: '2000,32000',
    conditions: '1',
    neurons: '3',
    trials: '6',
  });

  it('has an error that falls with n as n^(−1/2), within a factor of two', () => {
    const [few, many] = cells.map(({ measures }) => measures['initializationError'].value);
    // Sixteen times the samples: a quarter of the error.
    expect(many / few).toBeLessThan(0.5);
    expect(many / few).toBeGreaterThan(0.125);
  });

  it('has an error relative to ‖W*‖: that of a teacher of any size', () => {
    const cell = { K: 2, condition: 1, n: 4000 };
    const errors = ['1', '3'].map(
      (teacherScale) => trialInProcess('zhong2017-thm56', { d: '4', teacherScale }, cell, 0).measures,
    );
    expect(errors[1]['initializationError'] / errors[0]['initializationError']).toBeCloseTo(1, 6);
    expect([errors[0]['signsRight'], errors[1]['signsRight']]).toEqual([1, 1]);
  });

  it('finds exponents in κ and k, and refuses more neurons than dimensions', () => {
    expect(experiment.findings?.(cells).map(({ statement }) => statement)).toEqual([
      'exponent of the median error in κ at k = 2, n = 32000',
      'exponent of the median error in k at κ = 2, n = 32000',
    ]);
    expect(() => runInProcess('zhong2017-thm56', { d: '4' })).toThrow('at most the smallest d = 4, got 5');
  });
});
