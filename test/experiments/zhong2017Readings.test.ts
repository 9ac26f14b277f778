/** zhong2017-claim55, -kcl and -fig1c-printed in process, beside plain loops over the arrays that a trial hands out. */
import { describe, expect, it } from 'vitest';
import { Collector } from '../../src/app/problem/collector.js';
import type { StreamAddress } from '../../src/core/kernels/contract.js';
import { loadNativeKernels } from '../../src/core/kernels/native.js';
import { findExperiment } from '../../src/experiments/registry.js';
import type { TrialOutcome } from '../../src/experiments/spec.js';
import { gridOf } from '../../src/study/grid/cells.js';
import { resolveValues } from '../../src/study/grid/values.js';

const kernels = loadNativeKernels();

/** The first trial of the first cell at smoke scale, with the arrays that it hands out. */
function kept(
  id: string,
  overrides: Record<string, string>,
): { outcome: TrialOutcome; arrays: Map<string, Float64Array> } {
  const experiment = findExperiment(id);
  const values = resolveValues(experiment, 'smoke', new Map(Object.entries(overrides)));
  const [{ key, trialSettings: settings }] = gridOf({ experiment, values }, 3).cells;
  const keep = new Collector();
  const stream = (purpose: number): StreamAddress => ({ key, trial: 0, purpose });
  const outcome = experiment.trial({ settings, kernels, cancel: new Int32Array(1), stream, keep });
  return { outcome, arrays: new Map(keep.arrays.map(({ name, values: found }) => [name, found])) };
}

describe('zhong2017-claim55', () => {
  const { outcome, arrays } = kept('zhong2017-claim55', { K: '1', condition: '1', d: '3', perDimension: '40' });
  const [X, y, w] = ['X', 'y', 'teacher'].map((name) => Array.from(arrays.get(name) ?? []));
  const d = 3;
  const n = y.length;
  /** m_3(1) = E[z₊²(z³ − 3z)] */
  const m3 = 2 / Math.sqrt(2 * Math.PI);

  it('has the noise of P_3 that plain loops over its entries find', () => {
    const v = (arrays.get('teacher-v') ?? [])[0];
    let square = 0;
    for (let a = 0; a < d; a++)
      for (let b = 0; b < d; b++)
        for (let c = 0; c < d; c++) {
          let entry = -v * m3 * w[a] * w[b] * w[c];
          for (let i = 0; i < n; i++) {
            const [p, q, r] = [X[i * d + a], X[i * d + b], X[i * d + c]];
            entry += (y[i] * (p * q * r - (a === b ? r : 0) - (a === c ? q : 0) - (b === c ? p : 0))) / n;
          }
          square += entry * entry;
        }
    expect(outcome.measures['noiseP3']).toBeCloseTo(Math.sqrt(square) / m3, 10);
  });

  it('has the expectation whose value for d = 1 is E[z₊⁴(z³ − 3z)²] = 225', () => {
    const meanOf = (dimension: number): number => 1.5 * (dimension + 2) * (dimension + 4) * (dimension + 9);
    // E[z₊¹⁰] − 6 E[z₊⁸] + 9 E[z₊⁶]
    expect(meanOf(1)).toBe(945 / 2 - 6 * (105 / 2) + 9 * (15 / 2));
    expect(outcome.measures['exactP3']).toBeCloseTo(Math.sqrt((meanOf(d) - m3 ** 2) / n) / m3, 10);
  });
});

describe('zhong2017-fig1c-printed', () => {
  const step = 0.01;
  const overrides = { K: '2', condition: '1', d: '3', n: '20', iterations: '3', every: '3', stepSize: String(step) };
  const { outcome, arrays } = kept('zhong2017-fig1c-printed', overrides);
  const [X, y, start, startV] = ['X', 'y', 'start', 'start-v'].map((name) => Array.from(arrays.get(name) ?? []));
  const [K, d] = [2, 3];

  /** Σ r² after three plain steps from the start of one reading. */
  function objective(reading: number, output: (v: number) => number): number {
    const [W, v] = [start.slice(reading * K * d, (reading + 1) * K * d), startV.slice(reading * K, (reading + 1) * K)];
    const n = y.length;
    const pre = (i: number, k: number): number =>
      Math.max(
        0,
        [0, 1, 2].reduce((sum, j) => sum + W[k * d + j] * X[i * d + j], 0),
      );
    const residuals = (): number[] => y.map((label, i) => v[0] * pre(i, 0) ** 2 + v[1] * pre(i, 1) ** 2 - label);
    for (let t = 0; t < 3; t++) {
      const r = residuals();
      const slopes = y.map((_, i) => [pre(i, 0), pre(i, 1)]);
      for (let k = 0; k < K; k++) {
        for (let j = 0; j < d; j++)
          W[k * d + j] -= (step / n) * r.reduce((sum, e, i) => sum + e * v[k] * 2 * slopes[i][k] * X[i * d + j], 0);
      }
      v.forEach((old, k) => {
        v[k] = output(old - (step / n) * r.reduce((sum, e, i) => sum + e * slopes[i][k] ** 2, 0));
      });
    }
    return residuals().reduce((sum, e) => sum + e * e, 0);
  }

  it('makes plain steps in v, and those of the script end at signs', () => {
    const [printed, script] = [objective(0, (v) => v), objective(1, Math.sign)];
    expect(outcome.measures['objectivePrinted'] / printed).toBeCloseTo(1, 10);
    expect(outcome.measures['objectiveScript'] / script).toBeCloseTo(1, 10);
    expect(Math.sign(startV[0])).toBe(startV[K]);
  });

  it('counts a run that diverges, and does not fail', () => {
    const { outcome: wild } = kept('zhong2017-fig1c-printed', { d: '5', n: '100', iterations: '200', stepSize: '10' });
    expect(wild.status).toBe('ok');
    expect(wild.measures).toMatchObject({ divergedPrinted: 1, convergedPrinted: 0 });
    expect(wild.measures['objectivePrinted']).toBeGreaterThan(1e10);
  });
});

describe('zhong2017-kcl', () => {
  it('gives the error of basin when it is asked for the same decomposition, and another one otherwise', () => {
    const same = { K: '3', d: '5', n: '3000', projections: '6', decompositionStart: 'whitened' };
    expect(kept('zhong2017-kcl', same).outcome.measures['ratio']).toBe(1);
    const printed = kept('zhong2017-kcl', { ...same, projections: '100', decompositionStart: 'identity' });
    expect(printed.outcome.measures['ratio']).not.toBe(1);
    expect(printed.outcome.measures['ratio']).toBeCloseTo(1, 1);
  });
});
