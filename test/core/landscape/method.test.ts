import { describe, expect, it } from 'vitest';
import { parseActivation } from '../../../src/core/networks/activations.js';
import { Cancelled } from '../../../src/base/errors.js';
import { RunStatus } from '../../../src/core/kernels/contract.js';
import { loadNativeKernels } from '../../../src/core/kernels/native.js';
import { methodState, runMethod, type Method, type Objective } from '../../../src/core/landscape/method.js';
import { gaussian } from '../kernels/cases.js';
import { CASE, landscapeFor, rowsFor } from './cases.js';

const kernels = loadNativeKernels();
const PLAIN: Method = { rule: 'gd', stepSize: 1e-3, unitRows: true };
const landscape = {
  kind: 'landscape',
  problem: landscapeFor(kernels, { ...CASE, samples: 500, penalty: 0 }),
} as const satisfies Objective;

/** ℓ2 on a planted ReLU network of two rows. */
function risk(): { objective: Objective; teacher: Float64Array } {
  const inputs = kernels.allocateInputs(400, 2);
  inputs.values.set(gaussian(800, 3));
  const [teacher, outputWeights, shape, activation] = [
    Float64Array.of(0.6, 0.8, -1, 0),
    Float64Array.of(1, 1),
    { strides: 1, rows: 2 },
    parseActivation('relu'),
  ];
  const prepared = kernels.prepare(inputs);
  const labels = kernels.outputs(prepared, shape, activation, { starts: 1, weights: teacher, outputWeights });
  return {
    objective: {
      kind: 'risk',
      problem: { inputs: prepared, labels, shape, activation, loss: 'squared' },
      outputWeights,
    },
    teacher,
  };
}

function norms(weights: Float64Array, d: number): number[] {
  return Array.from({ length: weights.length / d }, (_, m) => Math.hypot(...weights.subarray(m * d, (m + 1) * d)));
}

describe('a method', () => {
  it('looks at the scheduled steps, also after it has settled', () => {
    const seen: { step: number; loss: number; done: number }[] = [];
    const state = methodState(PLAIN, rowsFor(CASE));
    runMethod(kernels, landscape, state, {
      iterations: 100_000,
      tolerance: 1e-8,
      schedule: [0, 1, 10, 100_000],
      look: (step, { loss, iterations }) => seen.push({ step, loss: loss[0], done: iterations[0] }),
    });
    expect(seen.map(({ step }) => step)).toEqual([0, 1, 10, 100_000]);
    expect(seen.slice(0, 3).map(({ done }) => done)).toEqual([0, 1, 10]);
    expect(state.status[0]).toBe(RunStatus.converged);
    expect(seen[3].done).toBeLessThan(100_000);
    expect(seen[0].loss).toBe(kernels.evaluateLandscape(landscape.problem, rowsFor(CASE)).loss);
  });

  it('leaves its start alone, keeps rows on the sphere and lowers the loss', () => {
    const start = rowsFor(CASE);
    const state = methodState(PLAIN, start);
    runMethod(kernels, landscape, state, { iterations: 50, tolerance: -1 });
    expect(start).toEqual(rowsFor(CASE));
    for (const norm of norms(state.weights, 3)) expect(norm).toBeCloseTo(1, 14);
    const projected = methodState(
      PLAIN,
      start.map((a, at) => a / norms(start, 3)[Math.floor(at / 3)]),
    );
    runMethod(kernels, landscape, projected, { iterations: 0, tolerance: -1 });
    expect(state.loss[0]).toBeLessThan(projected.loss[0]);
  });

  it('with free rows is held by the penalty', () => {
    const held = landscapeFor(kernels, { ...CASE, samples: 500, penalty: 1000 });
    const state = methodState({ rule: 'gd', stepSize: 1e-5, unitRows: false }, rowsFor(CASE));
    runMethod(kernels, { kind: 'landscape', problem: held }, state, { iterations: 20_000, tolerance: -1 });
    for (const norm of norms(state.weights, 3)) expect(Math.abs(norm - 1)).toBeLessThan(0.1);
    expect(norms(state.weights, 3).some((norm) => Math.abs(norm - 1) > 1e-6)).toBe(true);
  });

  it('by Adam moves every entry by its step at first, against the sign of the gradient', () => {
    const start = rowsFor(CASE);
    const { gradient } = kernels.evaluateLandscape(landscape.problem, start);
    const state = methodState({ rule: 'adam', stepSize: 0.01, unitRows: false }, start);
    runMethod(kernels, landscape, state, { iterations: 1, tolerance: -1 });
    state.weights.forEach((a, at) => expect(a).toBeCloseTo(start[at] - 0.01 * Math.sign(gradient[at]), 8));
  });

  it.each(['gd', 'adam'] as const)('finds a planted network from near it on ℓ2: %s', (rule) => {
    const { objective, teacher } = risk();
    const state = methodState(
      { rule, stepSize: rule === 'adam' ? 0.003 : 0.2, unitRows: true },
      teacher.map((a, at) => a + [0.2, -0.1, 0.1, 0.3][at]),
    );
    runMethod(kernels, objective, state, { iterations: 5000, tolerance: 1e-12 });
    state.weights.forEach((a, at) => expect(a).toBeCloseTo(teacher[at], 5));
  });

  it('stops when it is cancelled', () => {
    const cancel = new Int32Array(new SharedArrayBuffer(4));
    cancel[0] = 1;
    expect(() =>
      runMethod(kernels, landscape, methodState(PLAIN, rowsFor(CASE)), { iterations: 5, tolerance: -1, cancel }),
    ).toThrow(Cancelled);
  });
});
