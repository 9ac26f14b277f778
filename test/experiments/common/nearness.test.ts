import { describe, expect, it } from 'vitest';
import { loadNativeKernels } from '../../../src/core/kernels/native.js';
import { newtonPolish } from '../../../src/core/certificates/polish.js';
import { empiricalRisk } from '../../../src/core/risk/risk.js';
import { frobeniusNorm } from '../../../src/core/networks/teachers.js';
import { errorConstant, nearRadius } from '../../../src/experiments/common/nearness.js';
import {
  drawPlanted,
  type NearbySettings,
  type Planted,
  type TrainingSettings,
} from '../../../src/experiments/common/planted.js';
import type { TrialContext } from '../../../src/experiments/spec.js';
import { mean } from '../../../src/statistics/means.js';

const kernels = loadNativeKernels();
type DrawnSettings = TrainingSettings & NearbySettings;

const SETTINGS: DrawnSettings = {
  K: 2,
  d: 4,
  n: 40_000,
  teacher: 'orthonormal',
  teacherScale: 2,
  inputs: 'gaussian',
  labels: 'classification',
  startLaw: 'sphere',
  radius: 0.05,
};

function drawn(change: Partial<DrawnSettings>, trial = 0): { context: TrialContext<DrawnSettings>; planted: Planted } {
  const context: TrialContext<DrawnSettings> = {
    settings: { ...SETTINGS, ...change },
    kernels,
    cancel: new Int32Array(1),
    stream: (purpose) => ({ key: [5, 6], trial, purpose }),
  };
  return { context, planted: drawPlanted(context, 1) };
}

function constantOf(change: Partial<DrawnSettings>): number | undefined {
  const { context, planted } = drawn(change);
  return errorConstant(context, planted);
}

describe('near W*', () => {
  // n·E‖Ŵ − W*‖² → T: minimisers of 40 training sets, found by Newton from nearby.
  it.each<Partial<DrawnSettings>>([
    { teacher: 'gaussian', teacherScale: 1 },
    { loss: 'cross-entropy', architecture: 'cnn' },
  ])('is twice what the minimisers of %j really are away', (change) => {
    const trials = Array.from({ length: 40 }, (_, trial) => {
      const { context, planted } = drawn(change, trial);
      const { weights } = newtonPolish(kernels, empiricalRisk(kernels, planted.problem), planted.starts, { radius: 2 });
      return (frobeniusNorm(weights.map((w, j) => w - planted.teacher[j])) / nearRadius(context, planted)) ** 2;
    });
    const { low, high } = mean(Float64Array.from(trials));
    expect(low).toBeLessThan(0.25 * 1.25);
    expect(high).toBeGreaterThan(0.25 * 0.8);
  });

  it('is one minimum wide where labels have no noise', () => {
    const { context, planted } = drawn({ labels: 'regression' });
    expect(nearRadius(context, planted)).toBe(1e-3);
  });

  it.each<Partial<DrawnSettings>>([{ inputs: 'laplace' }, { K: 5, d: 5 }])(
    'is half of ‖W*‖ where the asymptotics are not known: %j',
    (change) => {
      const { context, planted } = drawn(change);
      expect(constantOf(change)).toBeUndefined();
      expect(nearRadius(context, planted)).toBeCloseTo(frobeniusNorm(planted.teacher) / 2, 12);
    },
  );

  it('is the same for every rotation of an orthonormal teacher, and grows by one constant per dimension', () => {
    const [four, six, eight] = [4, 6, 8].map((d) => constantOf({ d }) ?? Number.NaN);
    expect(four).toBeCloseTo(488.6 + 2 * 144.24, 0);
    expect(eight - six).toBeCloseTo(six - four, 6);
  });
});
