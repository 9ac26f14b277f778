import { describe, expect, it } from 'vitest';
import { parseActivation } from '../../../src/core/networks/activations.js';
import {
  descent,
  descentState,
  logSchedule,
  runDescent,
  statusNames,
  type DescentOptions,
} from '../../../src/core/descent/descent.js';
import { Cancelled } from '../../../src/base/errors.js';
import type { Points, Problem } from '../../../src/core/kernels/contract.js';
import { referenceKernels as kernels } from '../../../src/core/kernels/reference.js';
import { networkShape, outputWeights } from '../../../src/core/networks/networks.js';

const samples = 40;
const stream = (purpose: number) => ({ key: [5, 6] as const, trial: 0, purpose });

/** A planted regression problem with K = 2, d = 3, and L starts. */
function planted(starts: number): { problem: Problem; points: Points } {
  const values = new Float64Array(samples * 3);
  kernels.normals(stream(0), 0, values);
  const inputs = kernels.prepare({ samples, dimension: 3, values });
  const shape = networkShape('fcn', 2, 3);
  const teacher = { starts: 1, weights: Float64Array.of(1, 0, 0, 0, 1, 0), outputWeights: outputWeights('mean', 1, 2) };
  const activation = parseActivation('sigmoid');
  const labels = kernels.outputs(inputs, shape, activation, teacher);
  const weights = new Float64Array(starts * 6);
  kernels.normals(stream(1), 0, weights);
  return {
    problem: { inputs, labels, shape, activation, loss: 'squared' },
    points: { starts, weights, outputWeights: outputWeights('mean', starts, 2) },
  };
}

const fixed = (starts: number, eta: number): Float64Array => new Float64Array(starts).fill(eta);

/** The calls of a descent that evaluate only. */
function evaluationsOf(problem: Problem, points: Points, options: DescentOptions): number {
  let calls = 0;
  const counting: typeof kernels = {
    ...kernels,
    descend: (...args) => {
      if (args[2] === 0) calls += 1;
      return kernels.descend(...args);
    },
  };
  runDescent(counting, problem, descentState(points, fixed(points.starts, 2), false), options);
  return calls;
}

describe('the descent loop', () => {
  it('does exactly T updates, each W − η∇f', () => {
    const { problem, points } = planted(2);
    const state = descentState(points, fixed(2, 0.7), false);
    runDescent(kernels, problem, state, { iterations: 3, tolerance: -1 });
    let by = points.weights;
    for (let t = 0; t < 3; t++) {
      const { gradient } = kernels.evaluate(problem, { ...points, weights: by });
      by = by.map((w, j) => w - 0.7 * gradient[j]);
    }
    expect([...state.iterations]).toEqual([3, 3]);
    state.weights.forEach((w, j) => expect(w).toBeCloseTo(by[j], 14));
  });

  it('reports loss and gradient norm of the final point', () => {
    const { problem, points } = planted(1);
    const state = descentState(points, fixed(1, 5), false);
    runDescent(kernels, problem, state, { iterations: 25, tolerance: -1 });
    const { loss, gradient } = kernels.evaluate(problem, state);
    expect(state.loss[0]).toBe(loss[0]);
    expect(state.gradientNorm[0]).toBeCloseTo(Math.hypot(...gradient), 15);
    expect(statusNames(state)).toEqual(['iterations']);
  });

  it('stops each start by itself at the tolerance', () => {
    const { problem, points } = planted(3);
    const state = descentState(points, fixed(3, 30), false);
    runDescent(kernels, problem, state, { iterations: 20_000, tolerance: 1e-6 });
    expect(statusNames(state)).toEqual(['converged', 'converged', 'converged']);
    expect(Math.max(...state.gradientNorm)).toBeLessThanOrEqual(1e-6);
    expect(new Set(state.iterations).size).toBeGreaterThan(1);
  });

  it('marks a start as diverged and leaves the others alone', () => {
    const quadratic = { ...planted(2).problem, activation: parseActivation('quadratic') };
    const { points } = planted(2);
    const both = descentState(points, Float64Array.of(1e-3, 1e6), false);
    runDescent(kernels, quadratic, both, { iterations: 50, tolerance: -1 });
    expect(statusNames(both)).toEqual(['iterations', 'diverged']);
    const alone = descentState(
      { starts: 1, weights: points.weights.slice(0, 6), outputWeights: points.outputWeights.slice(0, 2) },
      fixed(1, 1e-3),
      false,
    );
    runDescent(kernels, quadratic, alone, { iterations: 50, tolerance: -1 });
    expect([...both.weights.slice(0, 6)]).toEqual([...alone.weights]);
  });

  it('does not call a start at an exact minimum diverged', () => {
    const { problem } = planted(1);
    const state = descentState(
      { starts: 1, weights: Float64Array.of(1, 0, 0, 0, 1, 0), outputWeights: outputWeights('mean', 1, 2) },
      fixed(1, 10),
      false,
    );
    runDescent(kernels, problem, state, { iterations: 200, tolerance: -1 });
    expect(statusNames(state)).toEqual(['iterations']);
  });

  it('shows the state at the scheduled iterations, with its own loss', () => {
    const { problem, points } = planted(1);
    const seen: { t: number; loss: number; own: number }[] = [];
    runDescent(kernels, problem, descentState(points, fixed(1, 2), false), {
      iterations: 10,
      tolerance: -1,
      schedule: [0, 1, 7, 10],
      look: (t, state) => seen.push({ t, loss: state.loss[0], own: kernels.evaluate(problem, state).loss[0] }),
    });
    expect(seen.map(({ t }) => t)).toEqual([0, 1, 7, 10]);
    for (const { loss, own } of seen) expect(loss).toBe(own);
  });

  it('shows the same points without computing their loss', () => {
    const { problem, points } = planted(2);
    const seen = [false, true].map((pointOnly) => {
      const state = descentState(points, fixed(2, 2), false);
      const shown: number[][] = [];
      const look = (t: number): number => shown.push([t, ...state.iterations, ...state.weights]);
      // The stop rule ends one of the two starts on the way.
      const options = { iterations: 60, tolerance: 4e-3, schedule: [0, 1, 2, 30, 31, 60], look, pointOnly };
      runDescent(kernels, problem, state, options);
      return { state, shown, evaluations: evaluationsOf(problem, points, options) };
    });
    expect(statusNames(seen[0].state).toSorted()).toEqual(['converged', 'iterations']);
    expect(seen[1].shown).toEqual(seen[0].shown);
    expect(seen[1].state).toEqual(seen[0].state);
    expect([seen[0].evaluations, seen[1].evaluations]).toEqual([6, 1]);
  });

  it('takes steps in v from the gradient at the same point', () => {
    const { problem, points } = planted(1);
    const state = descentState(points, fixed(1, 0.5), true);
    runDescent(kernels, problem, state, { iterations: 1, tolerance: -1 });
    const { outputGradient, gradient } = kernels.evaluate(problem, points);
    state.outputWeights.forEach((v, u) => expect(v).toBeCloseTo(points.outputWeights[u] - 0.5 * outputGradient[u], 15));
    state.weights.forEach((w, j) => expect(w).toBeCloseTo(points.weights[j] - 0.5 * gradient[j], 15));
  });

  it('stops between calls when it is cancelled', () => {
    const { problem, points } = planted(1);
    const cancel = new Int32Array(new SharedArrayBuffer(4));
    const steps = descent(kernels, problem, descentState(points, fixed(1, 1), false), {
      iterations: 5,
      tolerance: -1,
      cancel,
    });
    cancel[0] = 1;
    expect(() => steps.next()).toThrow(Cancelled);
  });
});

describe('logSchedule', () => {
  it('starts at 0, ends at T, and rises', () => {
    const schedule = logSchedule(2000);
    expect(schedule[0]).toBe(0);
    expect(schedule.at(-1)).toBe(2000);
    expect([...schedule].sort((a, b) => a - b)).toEqual(schedule);
    expect(schedule.length).toBeLessThan(50);
  });

  it.each([0, 1, 2])('works for T = %d', (T) =>
    expect(logSchedule(T)).toEqual([...new Set([0, 1, T])].filter((t) => t <= T)),
  );
});
