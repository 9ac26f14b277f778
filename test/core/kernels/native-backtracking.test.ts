import { describe, expect, test } from 'vitest';
import {
  LEAST_PROGRESS,
  RunStatus,
  type DescentKernels,
  type DescentState,
} from '../../../src/core/kernels/contract.js';
import { loadNativeKernels } from '../../../src/core/kernels/native.js';
import { referenceKernels } from '../../../src/core/kernels/reference.js';
import { BASE, descentFor, problemFor, type Case } from './cases.js';

const native = loadNativeKernels();
const NEVER = -1;
/** Far too long at first: every start has to take steps back. */
const CHOICES = { trainOutput: true, backtracking: true, stepSize: 200 } as const;

const CASES: readonly Case[] = [
  { ...BASE, starts: 10, shape: { strides: 1, rows: 11 }, dimension: 10, samples: 100, activation: 'softplus:10' },
  { ...BASE, starts: 5, shape: { strides: 1, rows: 6 }, activation: 'quadratic' },
  { ...BASE, starts: 7, shape: { strides: 4, rows: 1 }, activation: 'tanh' },
];

function startOf(state: DescentState, l: number): Record<string, number[]> {
  const part = (all: Float64Array | Int32Array): number[] => [
    ...all.slice((l * all.length) / state.starts, ((l + 1) * all.length) / state.starts),
  ];
  const { weights, outputWeights, stepSizes, status, iterations, firstLoss, loss, gradientNorm } = state;
  return Object.fromEntries(
    Object.entries({ weights, outputWeights, stepSizes, status, iterations, firstLoss, loss, gradientNorm }).map(
      ([name, all]) => [name, part(all)],
    ),
  );
}

function alone(c: Case, l: number): DescentState {
  const all = descentFor(c, CHOICES);
  const part = <T extends Float64Array | Int32Array>(values: T): T =>
    values.slice((l * values.length) / c.starts, ((l + 1) * values.length) / c.starts) as T;
  return {
    starts: 1,
    trainOutput: true,
    backtracking: true,
    weights: part(all.weights),
    outputWeights: part(all.outputWeights),
    stepSizes: part(all.stepSizes),
    status: part(all.status),
    iterations: part(all.iterations),
    firstLoss: part(all.firstLoss),
    loss: part(all.loss),
    gradientNorm: part(all.gradientNorm),
  };
}

describe.each(CASES)('bits of backtracking, $activation, strides $shape.strides', (c) => {
  const problem = problemFor(native, c);

  test('do not depend on how a descent is cut into calls', () => {
    const [whole, cut] = [descentFor(c, CHOICES), descentFor(c, CHOICES)];
    native.descend(problem, whole, 40, NEVER);
    for (const updates of [1, 0, 7, 0, 0, 30, 2]) native.descend(problem, cut, updates, NEVER);
    expect(whole.stepSizes.some((eta, l) => eta < descentFor(c, CHOICES).stepSizes[l])).toBe(true);
    expect(cut).toEqual(whole);
  });

  test('do not depend on the other starts of the batch', () => {
    const together = descentFor(c, CHOICES);
    native.descend(problem, together, 25, NEVER);
    for (let l = 0; l < c.starts; l++) {
      const single = alone(c, l);
      native.descend(problem, single, 25, NEVER);
      expect(startOf(single, 0)).toEqual(startOf(together, l));
    }
  });
});

describe.each([
  ['native', native],
  ['reference', referenceKernels],
] as [string, DescentKernels][])('%s backtracking', (_, kernels) => {
  const c: Case = { ...CASES[1], starts: 3 };
  const problem = problemFor(kernels, c);

  test('never raises the loss, halves what would, and counts every try', () => {
    const state = descentFor(c, CHOICES);
    const first = state.stepSizes.slice();
    kernels.descend(problem, state, 0, NEVER);
    let before = state.loss.slice();
    for (let t = 1; t <= 60; t++) {
      const steps = state.stepSizes.slice();
      kernels.descend(problem, state, 1, NEVER);
      state.loss.forEach((loss, l) => {
        expect(loss).toBeLessThanOrEqual(before[l]);
        expect(state.stepSizes[l]).toBe(
          loss === before[l] && steps[l] !== state.stepSizes[l] ? steps[l] / 2 : steps[l],
        );
      });
      expect([...state.iterations]).toEqual([t, t, t]);
      before = state.loss.slice();
    }
    state.stepSizes.forEach((eta, l) => expect(Number.isInteger(Math.log2(first[l] / eta))).toBe(true));
    expect(state.stepSizes.every((eta, l) => eta < first[l])).toBe(true);
  });

  test('leaves a state whose loss and gradient norm are those of its weights', () => {
    const state = descentFor(c, CHOICES);
    kernels.descend(problem, state, 30, NEVER);
    const { loss, gradient, outputGradient } = kernels.evaluate(problem, state);
    const [size, units] = [gradient.length / 3, outputGradient.length / 3];
    for (let l = 0; l < 3; l++) {
      expect(state.loss[l]).toBe(loss[l]);
      expect(state.gradientNorm[l]).toBeCloseTo(
        Math.hypot(...gradient.slice(l * size, (l + 1) * size), ...outputGradient.slice(l * units, (l + 1) * units)),
        12,
      );
    }
  });

  test('with a step that never raises the loss it is the plain descent', () => {
    const short = { trainOutput: true, stepSize: 1e-3 } as const;
    const [plain, backtracking] = [descentFor(c, short), descentFor(c, { ...short, backtracking: true })];
    kernels.descend(problem, plain, 20, NEVER);
    kernels.descend(problem, plain, 0, NEVER);
    kernels.descend(problem, backtracking, 20, NEVER);
    expect({ ...backtracking, backtracking: undefined }).toEqual({ ...plain, backtracking: undefined });
  });

  test('does not move v that is not trained', () => {
    const state = descentFor(c, { backtracking: true, stepSize: 200 });
    kernels.descend(problem, state, 20, NEVER);
    expect(state.outputWeights).toEqual(descentFor(c).outputWeights);
    expect(state.weights).not.toEqual(descentFor(c).weights);
  });

  test('stops at a share of the first loss, each start by itself', () => {
    const state = descentFor(c, { ...CHOICES, lossTolerance: 0.9 });
    kernels.descend(problem, state, 5000, NEVER);
    expect([...state.status]).toEqual([RunStatus.converged, RunStatus.converged, RunStatus.converged]);
    state.loss.forEach((loss, l) => expect(loss).toBeLessThanOrEqual(0.9 * state.firstLoss[l]));
    expect(new Set(state.iterations).size).toBeGreaterThan(1);
  });

  test('stalls when rounding allows no further progress', () => {
    const small: Case = { ...c, samples: 12, dimension: 2, shape: { strides: 1, rows: 1 }, activation: 'linear' };
    const state = descentFor(small, { backtracking: true, stepSize: 0.5 });
    kernels.descend(problemFor(kernels, small), state, 20_000, NEVER);
    expect([...state.status]).toEqual([RunStatus.stalled, RunStatus.stalled, RunStatus.stalled]);
    state.loss.forEach((loss, l) =>
      expect(state.stepSizes[l] * state.gradientNorm[l] ** 2).toBeLessThanOrEqual(LEAST_PROGRESS * loss),
    );
  });

  test('a start that is not finite diverges, one whose candidate is not finite steps back', () => {
    const state = descentFor(c, CHOICES);
    state.weights[0] = Number.NaN;
    state.stepSizes[1] = 1e300;
    kernels.descend(problem, state, 3, NEVER);
    expect([...state.status]).toEqual([RunStatus.diverged, RunStatus.running, RunStatus.running]);
    expect(state.stepSizes[1]).toBe(1e300 / 8);
    expect(Number.isFinite(state.loss[1])).toBe(true);
  });

  test('does nothing once it is cancelled', () => {
    const state = descentFor(c, CHOICES);
    expect(kernels.descend(problem, state, 5, NEVER, Int32Array.of(1))).toBe(3);
    expect(state).toEqual(descentFor(c, CHOICES));
  });
});
