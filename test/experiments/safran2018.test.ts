/** Safran and Shamir's counts in process, against the published losses and a descent in plain loops. */
import { describe, expect, it } from 'vitest';
import { loadNativeKernels } from '../../src/core/kernels/native.js';
import { referenceKernels } from '../../src/core/kernels/reference.js';
import { parseActivation } from '../../src/core/networks/activations.js';
import { Purpose } from '../../src/core/streams.js';
import { findExperiment } from '../../src/experiments/registry.js';
import { cellKey } from '../../src/study/grid/streams.js';
import { runInProcess, trialInProcess } from './inProcess.js';

const kernels = loadNativeKernels();

describe('safran2018-square', () => {
  it('finds the published minimum of seven rows and both of nine, and nothing else below 0.1', () => {
    const lowest = (k: number, trials: number): Set<string> => {
      const found = Array.from({ length: trials }, (_, trial) => trialInProcess('safran2018-square', {}, { k }, trial));
      return new Set(found.map(({ measures }) => measures['lowest'].toFixed(5)).filter((loss) => loss !== 'NaN'));
    };
    expect(lowest(7, 6)).toEqual(new Set(['0.02320']));
    expect([...lowest(9, 8)].every((loss) => ['0.02001', '0.03749'].includes(loss))).toBe(true);
  });

  it('counts the ends of a descent in plain loops', () => {
    const [k, starts] = [7, 3];
    const overrides = { starts: String(starts), iterations: '40' };
    const { measures } = trialInProcess('safran2018-square', overrides, { k }, 0);
    const weights = new Float64Array(starts * k * k);
    const key = cellKey(findExperiment('safran2018-square'), 1, { k });
    kernels.normals({ key, trial: 0, purpose: Purpose.start }, 0, weights);
    const state = {
      starts,
      weights: weights.map((w) => w / Math.sqrt(k)),
      outputWeights: new Float64Array(starts * k).fill(1),
      trainOutput: false,
      stepSizes: new Float64Array(starts).fill(0.1),
      status: new Int32Array(starts),
      iterations: new Int32Array(starts),
      firstLoss: new Float64Array(starts).fill(Number.NaN),
      loss: new Float64Array(starts),
      gradientNorm: new Float64Array(starts),
    };
    const identity = Float64Array.from({ length: k * k }, (_, i) => (i % (k + 1) === 0 ? 1 : 0));
    const teacher = { weights: identity, outputWeights: new Float64Array(k).fill(1) };
    const problem = { activation: parseActivation('relu'), dimension: k, teacher };
    referenceKernels.descendPopulation(problem, state, 40, 1e-9);
    expect([...state.status]).toEqual([0, 0, 0]);
    expect(measures).toMatchObject({ unfinished: 1, nonGlobal: 0, iterations: 40 });
  });

  it('certifies an end whose Hessian defeats the divide and conquer of some versions of LAPACK', () => {
    const { measures } = trialInProcess('safran2018-square', { starts: '2' }, { k: 20 }, 1);
    expect(measures).toMatchObject({ nonGlobal: 1, certified: 1 });
  });

  it('judges a count from all starts, whatever their number in a trial', () => {
    const claim = (starts: string, trials: string) =>
      runInProcess('safran2018-square', { k: '7', starts, trials }).claims.find(({ id }) => id === 'count-k=7');
    const [eight, forty] = [claim('8', '5'), claim('40', '1')];
    expect(eight && eight.high - eight.low).toBeCloseTo(forty ? forty.high - forty.low : 0, 1);
  });
});

it('safran2018-wider has one row more, and finds global minima for nine rows', () => {
  const { measures } = trialInProcess('safran2018-wider', {}, { k: 9 }, 0);
  expect(measures).toMatchObject({ nonGlobal: 0, unfinished: 0 });
  expect(measures['worstGlobal']).toBeLessThan(1e-8);
});

describe('safran2018-minima', () => {
  it('finds the printed minimum of seven rows with its λ_min and entries, and counts it', () => {
    const { claims, figures, cells, experiment } = runInProcess('safran2018-minima', { k: '7' });
    const verdictOf = (id: string) => claims.find((claim) => claim.id === id)?.verdict;
    for (const id of ['loss-k=7-first', 'curvature-k=7-first', 'entries-k=7']) expect(verdictOf(id)).toBe('holds');
    const [{ rows }] = figures;
    const [global, spurious, ...others] = rows;
    expect(others).toEqual([]);
    expect(global).toMatchObject({ k: 7, starts: 32 });
    expect(Number(global['loss'])).toBeLessThan(1e-11);
    expect(spurious['loss']).toBeCloseTo(0.0232027149, 9);
    const [finding] = experiment.findings?.(cells) ?? [];
    expect(finding.statement).toContain('2 classes of minima in 32 starts');
    expect(finding.high).toBeLessThan(0.3);
  });

  it('descends from starts of its own, by the code of the counts', () => {
    const [one, other] = [0, 1].map((trial) => trialInProcess('safran2018-minima', {}, { k: 6 }, trial).measures);
    expect(one).toMatchObject({ nonGlobal: 0, open: 0, agreement: 1, firstShare: 0 });
    expect(one['lambdaMin1']).toBeCloseTo(0.0908450569, 9);
    expect(one['iterations']).not.toBe(other['iterations']);
  });

  it('counts a start whose descent is cut short as open', () => {
    const { measures } = trialInProcess('safran2018-minima', { iterations: '20' }, { k: 6 }, 0);
    expect(measures).toMatchObject({ open: 1, nonGlobal: 0, loss1: Number.NaN });
  });
});
