/** fu2019-thm1 and fu2019-thm2 in process. */
import { describe, expect, it } from 'vitest';
import { loadNativeKernels } from '../../src/core/kernels/native.js';
import { parseActivation } from '../../src/core/networks/activations.js';
import { predictedError, type PredictedProblem } from '../../src/experiments/common/prediction.js';
import { findExperiment } from '../../src/experiments/registry.js';
import type { Settings } from '../../src/settings/types.js';
import { cellKey } from '../../src/study/grid/streams.js';
import { trialSettings } from '../../src/settings/trialSettings.js';
import { resolveValues } from '../../src/study/grid/values.js';
import { quantities } from '../../src/theory/quantities.js';
import { runInProcess } from './inProcess.js';

/** How many times a trial at smoke scale prepares inputs. */
function preparations(id: string, cell: Settings): number {
  const experiment = findExperiment(id);
  const kernels = loadNativeKernels();
  let count = 0;
  experiment.trial({
    settings: trialSettings(resolveValues(experiment, 'smoke', new Map()), cell),
    stream: (purpose) => ({ key: cellKey(experiment, 1, cell), trial: 0, purpose }),
    kernels: {
      ...kernels,
      prepare: (inputs) => {
        count += 1;
        return kernels.prepare(inputs);
      },
    },
    cancel: new Int32Array(1),
  });
  return count;
}

const SMALL = { architecture: 'cnn', teacherScale: 1, K: 2, d: 4, n: 200 };

describe('fu2019-thm1', () => {
  const { cells, outcomes, figures, claims } = runInProcess('fu2019-thm1', {
    d: '3',
    stride: '3',
    n: '4000,16000',
    cnnN: '500,4000',
    cnnScale: '1',
    sweep: '2',
    cnnSweep: '1,2',
    trials: '4',
  });

  it('has both networks, each with its own sample sizes', () => {
    expect(
      cells.map(({ settings }) => [settings['architecture'], settings['K'], settings['d'], settings['n']]),
    ).toEqual([
      ['fcn', 2, 3, 4000],
      ['fcn', 2, 3, 16000],
      ['cnn', 2, 6, 500],
      ['cnn', 2, 6, 4000],
      ['cnn', 1, 3, 4000],
    ]);
  });

  it('comes to the population: the CNN’s eigenvalues to a few per cent at n = 4000', () => {
    for (const { measures } of outcomes[3]) {
      expect(Math.abs(measures['minOverExact'] - 1)).toBeLessThan(0.3);
      expect(measures['lambdaMinAdversarial']).toBeLessThanOrEqual(measures['lambdaMinCentre']);
      expect(measures['maxOverExact']).toBeGreaterThan(0.9);
    }
  });

  it('has ratios to the exact eigenvalues and to ρ_FCN/K² or ρ_CNN/K', () => {
    const { rho } = quantities(parseActivation('sigmoid'), 1);
    cells.forEach(({ settings }, at) => {
      const [K, isFcn] = [Number(settings['K']), settings['architecture'] === 'fcn'];
      const unit = isFcn ? rho.fu2019Fcn / K ** 2 : rho.fu2019Cnn / K;
      for (const { measures } of outcomes[at]) {
        expect(measures['minOverRho']).toBeCloseTo(measures['lambdaMinCentre'] / unit, 9);
        expect(measures['minOverExact']).toBeCloseTo(measures['lambdaMinCentre'] / measures['exactMin'], 9);
        expect(measures['maxOverExact']).toBeCloseTo(measures['lambdaMax'] / measures['exactMax'], 9);
        expect(measures['exactMax']).toBeGreaterThan(measures['exactMin']);
        expect(measures['positiveAdversarial']).toBe(measures['lambdaMinAdversarial'] > 0 ? 1 : 0);
      }
    });
  });

  it('draws a training set once, and one more for the fresh samples of the ball', () => {
    expect(preparations('fu2019-thm1', SMALL)).toBe(2);
  });

  it('claims the bounds of both, at the norms that were asked for', () => {
    const ids = ['positive-definite', 'exact', 'lower-bound', 'upper-bound', 'upper-bound-sharp'];
    expect(claims.map(({ id }) => id)).toEqual(['fcn', 'cnn'].flatMap((name) => ids.map((id) => `${id}-${name}-s=1`)));
    expect(figures).toHaveLength(3);
  });

  it('refuses more neurons than the quadrature has axes for', () => {
    expect(() => runInProcess('fu2019-thm1', { K: '5' })).toThrow('4');
  });
});

describe('fu2019-thm2', () => {
  const { outcomes, cells } = runInProcess('fu2019-thm2', {
    d: '2',
    stride: '2',
    n: '8000',
    cnnN: '2000,8000',
    cnnScale: '1',
    cnnSweep: '1',
    trials: '3',
  });

  it('finds one critical point, approached at the rate of its smallest eigenvalue', () => {
    for (const { measures } of outcomes.flat()) {
      expect([measures['critical'], measures['same']]).toEqual([1, 1]);
      if (Number.isFinite(measures['slopeDifference']))
        expect(Math.abs(measures['slopeDifference'])).toBeLessThan(0.05);
    }
  });

  it('divides its error by that of the other quadrature, at every n, and draws once', () => {
    cells.forEach(({ settings }, at) => {
      const [K, d, n] = ['K', 'd', 'n'].map((name) => Number(settings[name]));
      const problem: PredictedProblem = {
        ...{ K, teacher: 'orthonormal', teacherScale: 1, inputs: 'gaussian', labels: 'classification' },
        architecture: settings['architecture'] === 'cnn' ? 'cnn' : 'fcn',
        loss: 'cross-entropy',
      };
      for (const { measures } of outcomes[at]) {
        const predicted = measures['estimationError'] / measures['errorOverPredicted'];
        expect(Math.abs(predicted / predictedError(problem, d, n) - 1)).toBeLessThan(2e-3);
      }
    });
    expect(preparations('fu2019-thm2', SMALL)).toBe(1);
  });

  it('costs what was measured, relative to fu2018-thm2, within a factor of four', () => {
    const costOf = (id: string, cell: Settings): number => {
      const experiment = findExperiment(id);
      return experiment.cost(trialSettings(resolveValues(experiment, 'paper', new Map([['starts', '2']])), cell));
    };
    // Seconds of one core, measured on one machine.
    const unit = costOf('fu2018-thm2', { d: 20, n: 20_000 }) / 0.41;
    const measured: [Settings, number][] = [
      [{ architecture: 'fcn', teacherScale: 1, K: 2, d: 6, n: 64_000 }, 2.9],
      [{ architecture: 'fcn', teacherScale: 1, K: 2, d: 4, n: 16_000 }, 0.9],
      [{ architecture: 'cnn', teacherScale: 1, K: 2, d: 20, n: 64_000 }, 0.9],
      [{ architecture: 'cnn', teacherScale: 0.5, K: 1, d: 10, n: 64_000 }, 0.84],
      [{ architecture: 'cnn', teacherScale: 1, K: 4, d: 40, n: 64_000 }, 1.04],
    ];
    for (const [cell, seconds] of measured) {
      const ratio = costOf('fu2019-thm2', cell) / unit / seconds;
      expect(ratio).toBeGreaterThan(1 / 4);
      expect(ratio).toBeLessThan(4);
    }
  });

  it('has an error near the exact asymptotic one, which needs no parameter', () => {
    const cnn = cells.find(({ settings }) => settings['architecture'] === 'cnn' && settings['n'] === 8000);
    const { value } = cnn?.measures['errorOverPredicted'] ?? { value: Number.NaN };
    expect(value).toBeGreaterThan(0.3);
    expect(value).toBeLessThan(2);
  });
});
