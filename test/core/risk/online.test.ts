/** The stop rules of online descents. */
import { describe, expect, it } from 'vitest';
import { descentState, statusNames } from '../../../src/core/descent/descent.js';
import { loadNativeKernels } from '../../../src/core/kernels/native.js';
import { parseActivation } from '../../../src/core/networks/activations.js';
import { onlineDescent } from '../../../src/core/risk/online.js';

const DIMENSION = 4;
const TEACHER = { weights: Float64Array.of(1, 0, 0, 0, 0, 1, 0, 0), outputWeights: Float64Array.of(1, 1) };

/** How a descent from the teacher's own weights ends, and its risk there. */
function fromMinimum(stepSize: number, noise: number) {
  const problem = {
    activation: parseActivation('quadratic'),
    dimension: DIMENSION,
    teacher: TEACHER,
    loss: 'squared',
    noise,
    batch: 1,
  };
  const start = { starts: 1, weights: TEACHER.weights.slice(), outputWeights: TEACHER.outputWeights.slice() };
  const state = descentState(start, Float64Array.of(stepSize), false);
  const samples = { address: { key: [1, 2], trial: 0, purpose: 6 }, sequences: Uint32Array.of(0) } as const;
  const options = { iterations: 200, tolerance: -1, schedule: [0, 1, 10, 100] };
  const descent = onlineDescent(loadNativeKernels(), problem, state, samples, options);
  while (!descent.next().done);
  return { status: statusNames(state)[0], loss: state.loss[0] };
}

describe('online descents from the minimum, with noisy labels', () => {
  it('do not diverge when small steps leave it', () => {
    const { status, loss } = fromMinimum(1e-3, 0.1);
    expect(status).toBe('iterations');
    expect(loss).toBeGreaterThan(1e-12);
  });

  it('diverge when steps are too long', () => {
    expect(fromMinimum(10, 0.1).status).toBe('diverged');
  });
});
