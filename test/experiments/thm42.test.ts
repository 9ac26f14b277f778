/** zhong2017-thm42 and zhong2017-remark43 in process. */
import { describe, expect, it } from 'vitest';
import { parseActivation } from '../../src/core/networks/activations.js';
import { quantities } from '../../src/theory/quantities.js';
import { denseHessian } from '../../src/core/curvature/hessian.js';
import { loadNativeKernels } from '../../src/core/kernels/native.js';
import { curvatureProblem } from '../../src/experiments/papers/zhong2017/thm42Trial.js';
import { findExperiment } from '../../src/experiments/registry.js';
import { cellKey } from '../../src/study/grid/streams.js';
import { trialSettings } from '../../src/settings/trialSettings.js';
import { resolveValues } from '../../src/study/grid/values.js';
import { populationHessian } from '../../src/theory/populationHessian.js';
import { runInProcess } from './inProcess.js';

const kernels = loadNativeKernels();

describe('zhong2017-thm42', () => {
  const { cells, outcomes, claims } = runInProcess('zhong2017-thm42', {
    activation: 'squared-relu,tanh',
    d: '4',
    K: '3',
    n: '1000,16000',
    sweep: '2,4',
    conditions: '1,3',
    trials: '6',
  });
  const [few, many] = outcomes;

  it('has at κ = 1, K = 2 the closed form: the least eigenvalue of the blocks of α and β', () => {
    const { alpha, beta } = quantities(parseActivation('squared-relu'), 1);
    const least = (a: number, b: number, c: number): number => (a + b) / 2 - Math.hypot((a - b) / 2, c);
    const exact = Math.min(
      beta[0] - alpha[0] ** 2,
      ...[1, -1].map((sign) =>
        least(beta[1] + sign * alpha[1] ** 2, beta[0] + sign * alpha[1] ** 2, alpha[0] * alpha[2]),
      ),
    );
    const cell = cells.findIndex(({ settings }) => settings['K'] === 2 && settings['condition'] === 1);
    for (const { measures } of outcomes[cell]) expect(measures['exactMin']).toBeCloseTo(exact, 9);
    expect(exact).toBeCloseTo(0.62911, 5);
  });

  it('has the bound ρ(σ_k)/(κ²λ), λ = Π σ_i/σ_k, and counts with it', () => {
    cells.forEach(({ settings }, at) => {
      const [K, condition] = [Number(settings['K']), Number(settings['condition'])];
      const ratios = Array.from({ length: K }, (_, i) => 1 + ((condition - 1) * i) / (K - 1));
      const { rho } = quantities(parseActivation(String(settings['activation'])), 1);
      const bound = rho.zhong2017 / (condition ** 2 * ratios.reduce((product, ratio) => product * ratio, 1));
      for (const { measures } of outcomes[at]) {
        expect(measures['boundRatio'] / (measures['exactMin'] / bound)).toBeCloseTo(1, 9);
        expect(measures['exactMax']).toBeGreaterThan(measures['exactMin']);
      }
    });
  });

  it.each([
    ['squared-relu', 0],
    ['tanh', 0],
    ['tanh', 1],
    ['tanh', 2],
  ])('has the deviation and both ends near W* of Hessians of its own: %s, trial %i', (activation, trial) => {
    const cell = { activation, K: 2, condition: 3, n: 1000 };
    const experiment = findExperiment('zhong2017-thm42');
    const settings = trialSettings(resolveValues(experiment, 'smoke', new Map([['d', '4']])), cell);
    const context = {
      settings: { K: 2, d: 4, n: 1000, teacherScale: 1, activation, condition: 3, radius: 0.01 },
      stream: (purpose: number) => ({ key: cellKey(experiment, 1, cell), trial, purpose }),
      kernels,
      cancel: new Int32Array(1),
    };
    const { problem, teacher, teacherOutput, starts } = curvatureProblem(context);
    const exact = populationHessian({ activation: problem.activation, weights: teacher, outputWeights: teacherOutput });
    const at = (weights: Float64Array) =>
      denseHessian(kernels, problem, { starts: 1, weights, outputWeights: teacherOutput });
    const ends = (matrix: Float64Array): number[] => {
      const { values } = kernels.symmetricEigen(matrix, 8);
      return [values[0], values[7]];
    };
    const [low, high] = ends(exact);
    const { s } = kernels.svd(
      at(teacher).map((entry, j) => entry - exact[j]),
      8,
      8,
    );
    const [nearLow, nearHigh] = ends(at(starts.weights));
    const { measures } = experiment.trial({ ...context, settings });
    expect(measures['deviation']).toBeCloseTo(s[0] / high, 9);
    expect(measures['nearMin']).toBeCloseTo(nearLow / low, 9);
    expect(measures['nearMax']).toBeCloseTo(nearHigh / high, 9);
  });

  it('samples come to the population as n grows', () => {
    const worst = (trials: typeof few): number => Math.max(...trials.map(({ measures }) => measures['deviation']));
    expect(worst(many)).toBeLessThan(worst(few));
    for (const { measures } of many) {
      expect(measures['nearMin']).toBeGreaterThan(0.5);
      expect(measures['nearMin']).toBeLessThan(1.5);
      expect(measures['nearMax']).toBeCloseTo(1, 0);
    }
  });

  it('has no teacher below ρ(σ_k)/(κ²λ)', () => {
    expect(outcomes.flat().every(({ measures }) => measures['boundHolds'] === 1)).toBe(true);
    expect(claims.map(({ id }) => id)).toEqual(
      ['squared-relu', 'tanh'].flatMap((name) =>
        ['lower-bound', 'lambda-max', 'near-teacher', 'concentration'].map((id) => `${id}-${name}`),
      ),
    );
  });

  it('says why one number of neurons decides nothing about the growth', () => {
    const one = runInProcess('zhong2017-thm42', {
      activation: 'tanh',
      d: '2',
      K: '2',
      n: '100,200',
      sweep: '2',
      trials: '2',
    });
    const growth = one.claims.find(({ id }) => id === 'lambda-max-tanh');
    expect(growth?.reason).toBe('it compares two numbers of neurons, and there is one');
  });

  it('refuses more neurons than dimensions', () => {
    expect(() => runInProcess('zhong2017-thm42', { d: '4' })).toThrow('at most d = 4, got 5');
  });
});

describe('zhong2017-remark43', () => {
  const { cells, claims, figures } = runInProcess('zhong2017-remark43', { d: '4', K: '2,4' });

  it('counts k(k − 1)/2 zeros of z², (k − 1)d of z, d of two equal rows', () => {
    const zeros = cells.map(({ settings, measures }) => [
      settings['activation'],
      settings['arrangement'],
      measures['zeros'].value,
    ]);
    expect(zeros.filter(([name]) => name === 'quadratic').map(([, , count]) => count)).toEqual([1, 6]);
    expect(zeros.filter(([name]) => name === 'linear').map(([, , count]) => count)).toEqual([4, 12]);
    expect(zeros.filter(([, where]) => where === 'equal-pair').map(([, , count]) => count)).toEqual([4, 4, 4, 4]);
  });

  it('finds that rank deficiency alone does not make the Hessian singular', () => {
    const failed = claims.filter(({ verdict }) => verdict === 'fails').map(({ id }) => id);
    expect(failed).toEqual(['relu', 'squared-relu', 'sigmoid', 'tanh'].map((name) => `rank-deficient-${name}`));
    expect(figures[0].rows).toHaveLength(12);
  });

  it('refuses more rows than dimensions', () => {
    expect(() => runInProcess('zhong2017-remark43', { d: '4', K: '5' })).toThrow('at most d = 4, got 5');
  });
});
