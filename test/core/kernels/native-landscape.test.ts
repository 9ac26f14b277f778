import { describe, expect, test } from 'vitest';
import { RunStatus } from '../../../src/core/kernels/contract.js';
import type { LandscapeKernels, LandscapeProblem, MethodState } from '../../../src/core/kernels/landscapeContract.js';
import { UPDATE_RULE_NAMES } from '../../../src/core/kernels/updates.js';
import { loadNativeKernels } from '../../../src/core/kernels/native.js';
import { referenceKernels } from '../../../src/core/kernels/reference.js';
import { methodState, type Method } from '../../../src/core/landscape/method.js';
import { CASE, landscapeFor, rowsFor, SCORES, type LandscapeCase } from '../landscape/cases.js';
import { BASE, distance, pointsFor, problemFor } from './cases.js';

const native = loadNativeKernels();
const TOLERANCE = 1e-12;
const NEVER = -1;
const METHODS: readonly Method[] = [
  ...UPDATE_RULE_NAMES.flatMap((rule) =>
    [false, true].map((unitRows) => ({ rule, unitRows, stepSize: rule === 'adam' ? 0.01 : 1e-4 })),
  ),
  { rule: 'momentum', momentum: 0.5, factor: (t) => 1 / (1 + t), unitRows: true, stepSize: 1e-4 },
];

const stateFor = (c: LandscapeCase, method: Method): MethodState => methodState(method, rowsFor(c));

function statesApart(got: MethodState, expected: MethodState): number {
  return Math.max(
    distance(got.weights, expected.weights),
    distance(got.firstMoment, expected.firstMoment),
    distance(got.secondMoment, expected.secondMoment),
    distance(got.loss, expected.loss),
    distance(got.gradientNorm, expected.gradientNorm),
    distance(
      Float64Array.of(got.status[0], got.iterations[0]),
      Float64Array.of(expected.status[0], expected.iterations[0]),
    ),
  );
}

/** How far kernels are from the reference on one case, in loss, gradient or three updates by any method. */
function disagreement(kernels: LandscapeKernels, c: LandscapeCase): number {
  const [mine, theirs] = [landscapeFor(native, c), landscapeFor(referenceKernels, c)];
  const [got, expected] = [
    kernels.evaluateLandscape(mine, rowsFor(c)),
    referenceKernels.evaluateLandscape(theirs, rowsFor(c)),
  ];
  const scale = Math.max(1, ...expected.gradient.map(Math.abs));
  const distances = [Math.abs(got.loss - expected.loss) / scale, distance(got.gradient, expected.gradient)];
  for (const method of METHODS) {
    const [a, b] = [stateFor(c, method), stateFor(c, method)];
    kernels.descendLandscape(mine, a, 3, NEVER);
    referenceKernels.descendLandscape(theirs, b, 3, NEVER);
    distances.push(statesApart(a, b));
  }
  return Math.max(...distances);
}

describe('native landscapes agree with the reference', () => {
  for (const score of SCORES) {
    test.each([1, 7, 31, 32, 33, 65])(`${score}, %i samples`, (samples) => {
      expect(disagreement(native, { ...CASE, score, samples })).toBeLessThan(TOLERANCE);
    });
    test.each([
      [1, 1],
      [2, 5],
      [5, 2],
      [8, 13],
      [9, 7],
    ])(`${score}, d = %i, k = %i`, (dimension, rows) => {
      expect(disagreement(native, { ...CASE, score, samples: 20, dimension, rows })).toBeLessThan(TOLERANCE);
    });
  }

  test('over several runs of blocks', () => {
    expect(disagreement(native, { ...CASE, samples: 1100, dimension: 5, rows: 7 })).toBeLessThan(TOLERANCE);
    expect(
      disagreement(native, { ...CASE, score: 'second-degree', samples: 1100, dimension: 3, rows: 2 }),
    ).toBeLessThan(TOLERANCE);
  });

  test('without penalty and with the other sign', () => {
    expect(disagreement(native, { ...CASE, score: 'mixture', penalty: 0, sign: 1 })).toBeLessThan(TOLERANCE);
  });

  test.each(METHODS)('$rule on the risk, unit rows $unitRows', (method) => {
    const c = { ...BASE, starts: 1, activation: 'relu' };
    const points = pointsFor(c);
    const [a, b] = [methodState(method, points.weights), methodState(method, points.weights)];
    native.descendRisk(problemFor(native, c), points.outputWeights, a, 5, NEVER);
    referenceKernels.descendRisk(problemFor(referenceKernels, c), points.outputWeights, b, 5, NEVER);
    expect(statesApart(a, b)).toBeLessThan(TOLERANCE);
    expect(a.iterations[0]).toBe(5);
  });
});

/** Kernels that are wrong in one way each. The comparison must tell every one of them from a right one. */
const descendOn = (change: (problem: LandscapeProblem) => LandscapeProblem): Partial<LandscapeKernels> => ({
  evaluateLandscape: (problem, weights) => native.evaluateLandscape(change(problem), weights),
  descendLandscape: (problem, state, updates, tolerance) =>
    native.descendLandscape(change(problem), state, updates, tolerance),
});
const WRONG: Readonly<
  Record<string, { readonly score: LandscapeCase['score']; readonly kernels: Partial<LandscapeKernels> }>
> = {
  'the pairs m = n counted twice': {
    score: 'laplace',
    kernels: descendOn((problem) => ({ ...problem, mu: problem.mu + 1 })),
  },
  'the second moment left out': {
    score: 'gaussian',
    kernels: descendOn((problem) => ({ ...problem, moments: { ...problem.moments, second: null } })),
  },
  'the curvature left out': {
    score: 'second-degree',
    kernels: descendOn((problem) => ({ ...problem, curvatures: null })),
  },
  'third derivatives transposed': {
    score: 'logistic',
    kernels: descendOn((problem) => ({
      ...problem,
      moments: { ...problem.moments, third: transposed(problem.moments.third, 3) },
    })),
  },
  'the penalty left out': { score: 'laplace', kernels: descendOn((problem) => ({ ...problem, penalty: 0 })) },
  'the last weight ignored': {
    score: 'mixture',
    kernels: descendOn((problem) => ({
      ...problem,
      weights: problem.weights.map((w, t) => (t === problem.weights.length - 1 ? 0 : w)),
    })),
  },
  'one update too many': {
    score: 'laplace',
    kernels: {
      descendLandscape: (problem, state, updates, tolerance) =>
        native.descendLandscape(problem, state, updates + 1, tolerance),
    },
  },
  'rows not normalised': {
    score: 'laplace',
    kernels: {
      descendLandscape: (problem, state, updates, tolerance) =>
        native.descendLandscape(problem, { ...state, unitRows: false }, updates, tolerance),
    },
  },
  'Adam without bias correction': {
    score: 'laplace',
    kernels: {
      descendLandscape: (problem, state, updates, tolerance) => {
        state.iterations[0] += 1000;
        const running = native.descendLandscape(problem, state, updates, tolerance);
        state.iterations[0] -= 1000;
        return running;
      },
    },
  },
};

function transposed(matrix: Float64Array | null, d: number): Float64Array | null {
  return matrix === null ? null : matrix.map((_, at) => matrix[(at % d) * d + Math.floor(at / d)]);
}

describe('the comparison rejects wrong kernels', () => {
  test.each(Object.keys(WRONG))('%s', (name) => {
    const { score, kernels } = WRONG[name];
    expect(disagreement({ ...native, ...kernels }, { ...CASE, score })).toBeGreaterThan(1e4 * TOLERANCE);
  });
});

describe('a descent on a landscape', () => {
  test.each(METHODS)('has the same bits however it is cut: $rule, unit rows $unitRows', (method) => {
    const c: LandscapeCase = { ...CASE, samples: 600, score: 'G', dimension: 6, rows: 6, penalty: 0 };
    const problem = landscapeFor(native, c);
    const [whole, cut] = [stateFor(c, method), stateFor(c, method)];
    native.descendLandscape(problem, whole, 17, NEVER);
    for (const updates of [1, 0, 5, 0, 0, 11]) native.descendLandscape(problem, cut, updates, NEVER);
    for (const state of [whole, cut]) native.descendLandscape(problem, state, 0, NEVER);
    expect(cut).toEqual(whole);
  });

  test('stops at the tolerance, where the tangential gradient vanishes and the whole one does not', () => {
    const c: LandscapeCase = { ...CASE, samples: 600, penalty: 0, mu: 5 };
    const problem = landscapeFor(native, c);
    const state = stateFor(c, { rule: 'gd', unitRows: true, stepSize: 1e-3 });
    expect(native.descendLandscape(problem, state, 1_000_000, 1e-9)).toBe(0);
    expect(state.status[0]).toBe(RunStatus.converged);
    expect(state.gradientNorm[0]).toBeLessThanOrEqual(1e-9);
    expect(Math.hypot(...native.evaluateLandscape(problem, state.weights).gradient)).toBeGreaterThan(0.1);
  });

  test('diverges when the loss overflows', () => {
    const state = stateFor(CASE, { rule: 'gd', unitRows: false, stepSize: 1e3 });
    native.descendLandscape(landscapeFor(native, CASE), state, 100, NEVER);
    expect(state.status[0]).toBe(RunStatus.diverged);
    expect(state.iterations[0]).toBeLessThan(100);
  });

  test('does not move when it is cancelled', () => {
    const state = stateFor(CASE, METHODS[0]);
    const cancel = new Int32Array(new SharedArrayBuffer(4));
    cancel[0] = 1;
    expect(native.descendLandscape(landscapeFor(native, CASE), state, 5, NEVER, cancel)).toBe(1);
    expect(state.weights).toEqual(rowsFor(CASE));
  });
});
