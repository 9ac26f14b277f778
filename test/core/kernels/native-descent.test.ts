import { describe, expect, test } from 'vitest';
import { ACTIVATION_KINDS } from '../../../src/core/networks/activationTable.js';
import { takeStarts } from '../../../src/core/descent/batch.js';
import { RunStatus, type DescentState, type Points } from '../../../src/core/kernels/contract.js';
import { loadNativeKernels } from '../../../src/core/kernels/native.js';
import { referenceKernels } from '../../../src/core/kernels/reference.js';
import { BASE, descentFor, gaussian, pointsFor, problemFor, type Case } from './cases.js';

const native = loadNativeKernels();
const NEVER = -1;

const CASES: readonly Case[] = [
  { ...BASE, starts: 20, shape: { strides: 1, rows: 3 }, dimension: 60, samples: 700 },
  { ...BASE, starts: 11, shape: { strides: 4, rows: 1 }, activation: 'tanh' },
  { ...BASE, starts: 5, shape: { strides: 1, rows: 13 }, activation: 'erf', loss: 'cross-entropy' },
];

describe.each(CASES)('bits of $activation, $starts starts, strides $shape.strides', (c) => {
  const problem = problemFor(native, c);

  test('do not depend on how a descent is cut into calls', () => {
    const [whole, cut] = [descentFor(c, { trainOutput: true }), descentFor(c, { trainOutput: true })];
    native.descend(problem, whole, 17, NEVER);
    for (const updates of [1, 0, 5, 0, 0, 11]) native.descend(problem, cut, updates, NEVER);
    native.descend(problem, whole, 0, NEVER);
    native.descend(problem, cut, 0, NEVER);
    expect(cut).toEqual(whole);
  });

  test('do not depend on the other starts of the batch', () => {
    const together = descentFor(c, { trainOutput: true });
    native.descend(problem, together, 7, NEVER);
    for (let l = 0; l < c.starts; l++) {
      const single = takeStarts(descentFor(c, { trainOutput: true }), [l]);
      native.descend(problem, single, 7, NEVER);
      expect(single).toEqual(takeStarts(together, [l]));
    }
  });

  test('nor on which of them have stopped', () => {
    const [all, some] = [descentFor(c), descentFor(c)];
    some.status.forEach((_, l) => (some.status[l] = l % 2 === 0 ? RunStatus.running : RunStatus.converged));
    native.descend(problem, all, 5, NEVER);
    expect(native.descend(problem, some, 5, NEVER)).toBe(Math.ceil(c.starts / 2));
    for (let l = 0; l < c.starts; l++) {
      const expected = l % 2 === 0 ? takeStarts(all, [l]) : takeStarts({ ...descentFor(c), status: some.status }, [l]);
      expect(takeStarts(some, [l])).toEqual(expected);
    }
  });

  test('evaluate gives each start the same bits alone', () => {
    const points = pointsFor(c);
    const together = native.evaluate(problem, points);
    const rows = points.weights.length / c.starts;
    const units = points.outputWeights.length / c.starts;
    for (let l = 0; l < c.starts; l++) {
      const single: Points = {
        starts: 1,
        weights: points.weights.slice(l * rows, (l + 1) * rows),
        outputWeights: points.outputWeights.slice(l * units, (l + 1) * units),
      };
      const evaluation = native.evaluate(problem, single);
      expect(evaluation.loss[0]).toBe(together.loss[l]);
      expect(evaluation.gradient).toEqual(together.gradient.slice(l * rows, (l + 1) * rows));
    }
  });
});

describe('stop rules', () => {
  const c: Case = { ...BASE, starts: 4, activation: 'linear', shape: { strides: 1, rows: 2 } };
  const problem = problemFor(native, c);

  test('no updates: one evaluation, no move', () => {
    const state = descentFor(c);
    const before = state.weights.slice();
    expect(native.descend(problem, state, 0, NEVER)).toBe(4);
    expect(state.weights).toEqual(before);
    expect([...state.iterations]).toEqual([0, 0, 0, 0]);
    expect([...state.firstLoss]).toEqual([...state.loss]);
    expect(state.gradientNorm.every((norm) => norm > 0)).toBe(true);
  });

  test('a start converges at the first point whose gradient norm is within the tolerance', () => {
    const state = descentFor(c);
    const expected = descentFor(c);
    native.descend(problem, state, 10_000, 1e-3);
    referenceKernels.descend(problemFor(referenceKernels, c), expected, 10_000, 1e-3);
    expect([...state.status]).toEqual(new Array(4).fill(RunStatus.converged));
    expect([...state.iterations]).toEqual([...expected.iterations]);
    expect(state.gradientNorm.every((norm) => norm <= 1e-3)).toBe(true);
  });

  test('a step that is too long diverges, and only that start', () => {
    const state = descentFor(c);
    state.stepSizes[2] = 1e3;
    native.descend(problem, state, 200, NEVER);
    expect([...state.status]).toEqual([RunStatus.running, RunStatus.running, RunStatus.diverged, RunStatus.running]);
    expect(state.iterations[2]).toBeLessThan(200);
    expect(state.loss[2] > 1e6 * state.firstLoss[2] || !Number.isFinite(state.loss[2])).toBe(true);
  });

  test.each(ACTIVATION_KINDS)('%s: NaN weights diverge', (activation) => {
    const state = descentFor({ ...c, activation });
    state.weights[0] = Number.NaN;
    native.descend(problemFor(native, { ...c, activation }), state, 3, NEVER);
    expect([...state.status]).toEqual([RunStatus.diverged, RunStatus.running, RunStatus.running, RunStatus.running]);
    expect(state.iterations[0]).toBe(0);
  });

  test.each(['sigmoid', 'relu'])('%s: NaN reaches the cross entropy', (activation) => {
    const state = descentFor({ ...c, activation, loss: 'cross-entropy' });
    state.weights[0] = Number.NaN;
    native.descend(problemFor(native, { ...c, activation, loss: 'cross-entropy' }), state, 3, NEVER);
    expect(state.status[0]).toBe(RunStatus.diverged);
  });

  test('infinite weights of a saturating network keep finite padding out of the gradient', () => {
    const wide: Case = { ...c, activation: 'sigmoid', samples: 33 };
    const state = descentFor(wide);
    state.weights[0] = 1e308;
    expect(native.descend(problemFor(native, wide), state, 2, NEVER)).toBe(4);
    expect(state.weights.every(Number.isFinite)).toBe(true);
  });

  test('no samples: loss 0, no move', () => {
    const empty: Case = { ...c, samples: 0 };
    const state = descentFor(empty);
    const before = state.weights.slice();
    native.descend(problemFor(native, empty), state, 3, NEVER);
    expect([...state.loss]).toEqual([0, 0, 0, 0]);
    expect(state.weights).toEqual(before);
  });
});

/**
 * Between the calls of one update the loss is always computed: a long call must stop and end with the same bits,
 * wherever it left it out.
 */
describe('cross entropy in one long call is as in calls of one update', () => {
  const c: Case = { ...BASE, starts: 4, loss: 'cross-entropy', shape: { strides: 1, rows: 2 } };
  const UPDATES = 60;

  interface Scenario {
    readonly case?: Partial<Case>;
    readonly tolerance?: number;
    readonly lossTolerance?: number;
    readonly change?: (state: DescentState) => void;
    readonly labels?: number;
    readonly ends: readonly number[];
  }
  const { running, converged, diverged } = RunStatus;
  const SCENARIOS: Readonly<Record<string, Scenario>> = {
    'while all run': { ends: [running, running, running, running] },
    'when starts converge on the way': {
      tolerance: 0.07,
      change: (state) => state.stepSizes.set([0.001, 0.1, 0.2, 0.3]),
      ends: [running, converged, converged, converged],
    },
    'when one is lost to an infinite step': {
      case: { activation: 'linear' },
      change: (state) => state.stepSizes.fill(1e308, 2, 3),
      ends: [running, running, diverged, running],
    },
    'with a tolerance of the loss': {
      lossTolerance: 0.999,
      change: (state) => state.stepSizes.fill(0, 0, 1),
      ends: [running, converged, converged, converged],
    },
    'when the first loss is tiny, so that a clipped one diverges': {
      case: { activation: 'linear', samples: 1, starts: 2 },
      labels: 1,
      change: (state) => {
        state.weights.fill(0);
        state.weights.set(
          gaussian(12, 1).map((x) => 5 * x),
          24,
        );
        state.stepSizes.set([0.01, -1]);
        state.outputWeights.fill(1);
      },
      ends: [running, diverged],
    },
    'with labels outside [0, 1]': { labels: 1.5, ends: [running, running, running, running] },
  };

  test.each(Object.entries(SCENARIOS))('%s', (_, scenario) => {
    const settings = { ...c, ...scenario.case };
    const problem = problemFor(native, settings);
    if (scenario.labels !== undefined) problem.labels.fill(scenario.labels);
    const [whole, single] = [0, 1].map(() => {
      const state = descentFor(
        settings,
        scenario.lossTolerance === undefined ? {} : { lossTolerance: scenario.lossTolerance },
      );
      scenario.change?.(state);
      return state;
    });
    native.descend(problem, whole, UPDATES, scenario.tolerance ?? NEVER);
    for (let t = 0; t < UPDATES; t++) native.descend(problem, single, 1, scenario.tolerance ?? NEVER);
    expect(whole).toEqual(single);
    expect([...whole.status]).toEqual(scenario.ends);
  });
});

describe('cancel', () => {
  test('set before the call: nothing moves', () => {
    const state = descentFor(BASE);
    const before = state.weights.slice();
    const cancel = new Int32Array(new SharedArrayBuffer(4));
    Atomics.store(cancel, 0, 1);
    expect(native.descend(problemFor(native, BASE), state, 5, NEVER, cancel)).toBe(BASE.starts);
    expect(state.weights).toEqual(before);
  });

  test('not set: as without it', () => {
    const [plain, watched] = [descentFor(BASE), descentFor(BASE)];
    const problem = problemFor(native, BASE);
    native.descend(problem, plain, 5, NEVER);
    native.descend(problem, watched, 5, NEVER, new Int32Array(1));
    expect(watched).toEqual(plain);
  });
});

describe('memory of the caller', () => {
  test('views over a SharedArrayBuffer with an offset give the same bits', () => {
    const problem = problemFor(native, BASE);
    const [plain, source] = [descentFor(BASE), descentFor(BASE)];
    const shared = <T extends Float64Array | Int32Array>(values: T): T => {
      const offset = 3 * values.BYTES_PER_ELEMENT;
      const buffer = new SharedArrayBuffer(offset + values.byteLength);
      const view =
        values instanceof Float64Array
          ? new Float64Array(buffer, offset, values.length)
          : new Int32Array(buffer, offset, values.length);
      view.set(values);
      return view as T;
    };
    const state: DescentState = {
      ...source,
      weights: shared(source.weights),
      outputWeights: shared(source.outputWeights),
      status: shared(source.status),
      iterations: shared(source.iterations),
      firstLoss: shared(source.firstLoss),
      loss: shared(source.loss),
      gradientNorm: shared(source.gradientNorm),
      stepSizes: shared(source.stepSizes),
    };
    const inputs = { ...problem.inputs, values: shared(problem.inputs.values) };
    native.descend(problem, plain, 6, NEVER);
    native.descend({ ...problem, inputs, labels: shared(problem.labels) }, state, 6, NEVER);
    expect([...state.weights]).toEqual([...plain.weights]);
    expect([...state.loss]).toEqual([...plain.loss]);
  });
});

describe('output weights that are replaced by their signs', () => {
  const c: Case = { ...BASE, starts: 4, shape: { strides: 1, rows: 3 }, activation: 'squared-relu' };
  const descended = (kernels: typeof native | typeof referenceKernels, signOutput: boolean): DescentState => {
    const state = { ...descentFor(c, { trainOutput: true, stepSize: 0.5 }), signOutput };
    kernels.descend(problemFor(kernels, c), state, 4, NEVER);
    return state;
  };

  test('agree with the reference, and are ±1', () => {
    const [got, expected] = [descended(native, true), descended(referenceKernels, true)];
    expect(new Set(got.outputWeights.map(Math.abs))).toEqual(new Set([1]));
    expect(got.outputWeights).toEqual(expected.outputWeights);
    got.weights.forEach((w, i) => expect(w).toBeCloseTo(expected.weights[i], 9));
  });

  test('are another descent than one of free output weights', () => {
    expect(descended(native, false).weights).not.toEqual(descended(native, true).weights);
  });
});
