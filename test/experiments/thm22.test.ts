/** soltanolkotabi2017-thm22 in process: the bound against closed forms, and the landscape at a small size. */
import { describe, expect, it } from 'vitest';
import { trainingRows } from '../../src/core/certificates/linearisation.js';
import { curvatureAt } from '../../src/core/certificates/newton.js';
import { loadNativeKernels } from '../../src/core/kernels/native.js';
import { parseActivation } from '../../src/core/networks/activations.js';
import { drawInputs } from '../../src/core/networks/inputs.js';
import { drawTeacher, frobeniusNorm } from '../../src/core/networks/teachers.js';
import { Purpose } from '../../src/core/streams.js';
import { approximateMinimumBound } from '../../src/experiments/papers/soltanolkotabi2017/thm22Trial.js';
import { findExperiment } from '../../src/experiments/registry.js';
import { cellKey } from '../../src/study/grid/streams.js';
import { resolveValues } from '../../src/study/grid/values.js';
import { runInProcess, trialInProcess } from './inProcess.js';

const ID = 'soltanolkotabi2017-thm22';
const kernels = loadNativeKernels();

/** X (n, d) row-major, M* = W*ᵀW* and y of a trial, by plain loops. */
function planted(cell: { K: number; d: number; n: number }, trial: number) {
  const { d, n } = cell;
  const key = cellKey(findExperiment(ID), 1, cell);
  const stream = (purpose: number) => ({ key, trial, purpose });
  const x = drawInputs(kernels, 'gaussian', n, d, stream(Purpose.data)).values.slice(0, n * d);
  const teacher = drawTeacher(kernels, 'gaussian', d, d, 1 / Math.sqrt(d), stream(Purpose.teacher));
  const y = Float64Array.from({ length: n }, (_, i) => {
    let sum = 0;
    for (let k = 0; k < d; k++) {
      let product = 0;
      for (let j = 0; j < d; j++) product += teacher[k * d + j] * x[i * d + j];
      sum += product * product;
    }
    return sum;
  });
  return { x, y, nuclear: frobeniusNorm(teacher) ** 2 };
}

/** The largest eigenvalue of (1/n) Σ y x xᵀ, by the power method. */
function largestMoment(x: Float64Array, y: Float64Array, d: number): number {
  let [u, size] = [new Float64Array(d).fill(1), 0];
  for (let step = 0; step < 500; step++) {
    const next = new Float64Array(d);
    y.forEach((label, i) => {
      const product = u.reduce((sum, value, j) => sum + value * x[i * d + j], 0);
      for (let j = 0; j < d; j++) next[j] += (label * product * x[i * d + j]) / y.length;
    });
    size = frobeniusNorm(next);
    u = next.map((value) => value / size);
  }
  return size;
}

describe('the bound on approximate minima', () => {
  it.each(['0.5', '1', '2'])('at W = 0 is λ_max(mean of y x xᵀ) N, whatever ν is: ν = %s', (nu) => {
    const cell = { K: 4, d: 3, n: 27 };
    const { x, y, nuclear } = planted(cell, 0);
    const loss = y.reduce((sum, label) => sum + label * label, 0) / (2 * y.length);
    // The descents have hardly begun after one iteration from here: the largest ratio is that of the saddle W = 0.
    const { measures } = trialInProcess(ID, { nu, smallStart: '1e-9', iterations: '1' }, cell, 0);
    expect(measures['boundRatio']).toBeCloseTo(loss / (largestMoment(x, y, 3) * nuclear), 6);
  });

  it('is at least twice the loss that (6.28) with the factor 2/n of (6.1) allows', () => {
    const cell = { K: 4, d: 3, n: 27 };
    const { x, y, nuclear } = planted(cell, 1);
    const rows = trainingRows(kernels, x, y);
    for (const scale of [0.01, 0.3, 1, 3]) {
      const weights = Float64Array.from({ length: 12 }, (_, j) => scale * Math.sin(1 + j * j));
      const point = curvatureAt(kernels, rows, {
        activation: parseActivation('quadratic'),
        neurons: 4,
        weights,
        outputWeights: new Float64Array(4).fill(1),
        trainOutput: false,
      });
      const exact =
        (point.gradientNorm * frobeniusNorm(weights)) / 4 + (Math.max(0, -point.eigenvalues[0]) * nuclear) / 4;
      expect(point.loss).toBeLessThanOrEqual(exact * (1 + 1e-9));
      expect(approximateMinimumBound(point, nuclear, 1)).toBeGreaterThanOrEqual(2 * exact);
    }
  });

  it('has both of its branches', () => {
    const eigenvalues = Float64Array.of(-3, 1);
    // ε_g = 2, ν = 4: 1 · max(√(1 + 14·2), 4) + 3·2/8
    expect(approximateMinimumBound({ gradientNorm: 2, eigenvalues }, 2, 4)).toBeCloseTo(Math.sqrt(29) + 0.75, 12);
    expect(approximateMinimumBound({ gradientNorm: 20, eigenvalues }, 2, 4)).toBeCloseTo(10 * 40 + 0.75, 12);
  });
});

describe('the landscape', () => {
  const run = runInProcess(ID, { trials: '4' });
  const of = (K: number, n: number) =>
    run.cells.find(({ settings }) => settings['K'] === K && settings['n'] === n)?.measures ?? {};

  it('has no minimum above zero for k ≥ d, and others for k < d', () => {
    for (const K of [3, 4]) {
      for (const n of [3, 27]) {
        for (const name of ['zeroRate', 'noSpurious', 'allStrict', 'finishedRate'])
          expect(of(K, n)[name].value).toBe(1);
      }
    }
    expect(of(2, 27)['missesRate'].value).toBe(1);
    expect(of(2, 27)['noSpurious'].value).toBe(0);
  });

  it.each(['1', '100'])('is left from W ≈ 0, where ‖W‖ is no scale: ν = %s', (nu) => {
    const { measures } = trialInProcess(ID, { nu, smallStart: '1e-9', iterations: '1' }, { K: 3, d: 3, n: 27 }, 0);
    expect([measures['allZero'], measures['allFinished']]).toEqual([1, 1]);
    expect(measures['worstLoss']).toBeLessThan(1e-12);
  });

  it('ends for k = 1 at minima over the direction of the one row, with losses relative to L(0)', () => {
    const cell = { K: 1, d: 2, n: 12 };
    const { x, y } = planted(cell, 0);
    const squares = (values: Iterable<number>): number =>
      Array.from(values).reduce((sum, value) => sum + value ** 2, 0);
    // At each angle the best length gives Σy² − (Σyq)²/Σq², q = (u·x)².
    const losses = Array.from({ length: 4000 }, (_, step) => {
      const angle = (step * Math.PI) / 4000;
      const q = y.map((_label, i) => (Math.cos(angle) * x[2 * i] + Math.sin(angle) * x[2 * i + 1]) ** 2);
      return 1 - q.reduce((sum, value, i) => sum + value * y[i], 0) ** 2 / squares(q) / squares(y);
    });
    const minima = losses.filter((loss, at) => loss < losses[(at + 3999) % 4000] && loss < losses[(at + 1) % 4000]);
    const { measures } = trialInProcess(ID, {}, cell, 0);
    expect(Math.min(...minima.map((loss) => Math.abs(measures['worstLoss'] / loss - 1)))).toBeLessThan(1e-4);
    expect([measures['zeroEnds'], measures['allZero'], measures['noneZero']]).toEqual([0, 0, 1]);
  });

  it('has a bound for k > d only', () => {
    expect(of(4, 27)['boundRate'].value).toBe(1);
    expect(of(4, 27)['boundRatio'].value).toBeGreaterThan(0.05);
    expect(of(3, 27)['boundRatio'].value).toBeNaN();
  });

  it('claims nothing of what is not run, and refuses a network without units', () => {
    const experiment = findExperiment(ID);
    const ids = (extra: string): string[] =>
      experiment.claims([], resolveValues(experiment, 'smoke', new Map([['extra', extra]]))).map(({ id }) => id);
    expect(ids('0')).toEqual([]);
    expect(() => experiment.cells(resolveValues(experiment, 'smoke', new Map([['extra', '-3']])))).toThrow(
      'the width k = d + extra must be at least 1, got 0',
    );
  });
});
