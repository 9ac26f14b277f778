/** Update rules and step schedules of the native kernels against the plain loops. */
import { describe, expect, test } from 'vitest';
import { takeStarts } from '../../../src/core/descent/batch.js';
import { parseSchedule } from '../../../src/core/descent/schedules.js';
import { RunStatus, type DescentKernels, type DescentState } from '../../../src/core/kernels/contract.js';
import { loadNativeKernels } from '../../../src/core/kernels/native.js';
import type { PopulationProblem } from '../../../src/core/kernels/populationContract.js';
import { referenceKernels } from '../../../src/core/kernels/reference.js';
import { UPDATE_RULE_NAMES, updateState, type UpdateMethod } from '../../../src/core/kernels/updates.js';
import { parseActivation } from '../../../src/core/networks/activations.js';
import { BASE, descentDistance, descentFor, distance, gaussian, problemFor, type Case } from './cases.js';

const native = loadNativeKernels();
const NEVER = -1;
const TOLERANCE = 1e-11;

/** A factor that differs from update to update. */
const { factor = () => Number.NaN } = parseSchedule('step:2:0.5');

const METHODS: readonly UpdateMethod[] = UPDATE_RULE_NAMES.flatMap((rule) => [
  { rule, momentum: 0.8 },
  { rule, momentum: 0.8, factor },
]);
const named = METHODS.map((method) => ({ name: `${method.rule}${method.factor ? ', scheduled' : ''}`, method }));

const CASES: readonly Case[] = [
  { ...BASE, samples: 0 },
  { ...BASE, samples: 1, dimension: 1, shape: { strides: 1, rows: 1 }, starts: 1 },
  { ...BASE, samples: 33, dimension: 7, starts: 9 },
  { ...BASE, samples: 65, shape: { strides: 3, rows: 1 }, activation: 'tanh' },
  { ...BASE, samples: 64, loss: 'cross-entropy', shape: { strides: 1, rows: 13 } },
  { ...BASE, samples: 31, activation: 'softplus:2', loss: 'softplus(f - y) + softplus(y - f)' },
];

/** The largest distance from the reference over all methods, with v fixed and trained. */
function disagreement(kernels: DescentKernels, c: Case): number {
  const [mine, theirs] = [problemFor(kernels, c), problemFor(referenceKernels, c)];
  return Math.max(
    ...METHODS.flatMap((method) =>
      [false, true].map((trainOutput) =>
        descentDistance(kernels, mine, theirs, c, { method, trainOutput, stepSize: 0.05 }),
      ),
    ),
  );
}

describe('native methods agree with the reference', () => {
  test.each(CASES)('$samples samples, d = $dimension, $shape, $activation, $loss', (c) => {
    expect(disagreement(native, c)).toBeLessThan(TOLERANCE);
  });

  const change = (with_: (method: UpdateMethod) => Partial<UpdateMethod>): DescentKernels => ({
    ...native,
    descend: (problem, state, ...more) => {
      const { method } = state;
      return native.descend(problem, method ? { ...state, method: { ...method, ...with_(method) } } : state, ...more);
    },
  });

  test.each([
    ['β too large by a millionth', change(({ momentum = 0 }) => ({ momentum: momentum + 1e-6 }))],
    ['Nesterov in place of the heavy ball', change(({ rule }) => (rule === 'momentum' ? { rule: 'nesterov' } : {}))],
    ['gradient descent in place of Adam', change(({ rule }) => (rule === 'adam' ? { rule: 'gd' } : {}))],
    ['the schedule one update late', change(({ factor: f }) => (f ? { factor: (t) => f(Math.max(0, t - 1)) } : {}))],
  ])('and the comparison rejects %s', (_, wrong) => {
    expect(disagreement(wrong, { ...BASE, samples: 33 })).toBeGreaterThan(1e3 * TOLERANCE);
  });
});

describe.each(named)('bits by $name', ({ method }) => {
  const c: Case = { ...BASE, starts: 5, samples: 70 };
  const problem = problemFor(native, c);
  const fresh = (): DescentState => descentFor(c, { trainOutput: true, method, stepSize: 0.02 });

  test.each([native, referenceKernels])('do not depend on how a descent is cut into calls: $name', (kernels) => {
    const own = problemFor(kernels, c);
    const [whole, cut] = [fresh(), fresh()];
    kernels.descend(own, whole, 17, NEVER);
    for (const updates of [1, 0, 5, 0, 0, 11]) kernels.descend(own, cut, updates, NEVER);
    for (const state of [whole, cut]) kernels.descend(own, state, 0, NEVER);
    expect(cut).toEqual(whole);
  });

  test('do not depend on the other starts, nor on how many updates these have made', () => {
    const together = fresh();
    together.status[1] = RunStatus.converged;
    together.iterations[3] = 4;
    native.descend(problem, together, 7, NEVER);
    for (const l of [0, 2, 3, 4]) {
      const single = takeStarts(fresh(), [l]);
      if (l === 3) single.iterations[0] = 4;
      native.descend(problem, single, 7, NEVER);
      expect(single).toEqual(takeStarts(together, [l]));
    }
  });
});

describe.each(named)('the population risk by $name', ({ method }) => {
  const [rows, d] = [3, 4];
  const problem: PopulationProblem = {
    activation: parseActivation('relu'),
    dimension: d,
    teacher: { weights: gaussian(3 * d, 1), outputWeights: gaussian(3, 2) },
  };

  function fresh(starts: number, trainOutput: boolean): DescentState {
    const c: Case = { ...BASE, dimension: d, starts, shape: { strides: 1, rows } };
    return descentFor(c, { trainOutput, method, stepSize: 0.02 });
  }

  test.each([true, false])('is that of the plain loops, with v trained: %s', (trainOutput) => {
    const [found, expected] = [fresh(11, trainOutput), fresh(11, trainOutput)];
    found.iterations[2] = expected.iterations[2] = 3;
    found.status[4] = expected.status[4] = RunStatus.converged;
    native.descendPopulation(problem, found, 20, NEVER);
    referenceKernels.descendPopulation(problem, expected, 20, NEVER);
    expect(distance(found.weights, expected.weights)).toBeLessThan(TOLERANCE);
    expect(distance(found.outputWeights, expected.outputWeights)).toBeLessThan(TOLERANCE);
    expect(distance(found.loss, expected.loss)).toBeLessThan(TOLERANCE);
    expect(found.iterations).toEqual(expected.iterations);
    const [mine, theirs] = [found.method, expected.method];
    if (mine === undefined || theirs === undefined) throw new Error('the states have a method');
    if (method.rule === 'gd') return;
    expect(distance(mine.firstMoment, theirs.firstMoment)).toBeLessThan(TOLERANCE);
    expect(distance(mine.secondMoment, theirs.secondMoment)).toBeLessThan(TOLERANCE);
  });

  test('has the same bits however it is cut, also where starts stop on the way', () => {
    const [whole, cut] = [fresh(11, true), fresh(11, true)];
    native.descendPopulation(problem, whole, 1, NEVER);
    const half = [...whole.gradientNorm].sort((a, b) => a - b)[5] * 0.9;
    native.descendPopulation(problem, whole, 59, half);
    native.descendPopulation(problem, cut, 1, NEVER);
    for (const updates of [4, 0, 25, 30]) native.descendPopulation(problem, cut, updates, half);
    expect(cut).toEqual(whole);
  });
});

describe('a method is refused', () => {
  const c: Case = { ...BASE, samples: 5 };

  test.each([native, referenceKernels])('with backtracking and with signs of v: $name', (kernels) => {
    const problem = problemFor(kernels, c);
    const state = descentFor(c, { trainOutput: true, method: { rule: 'momentum' } });
    expect(() => kernels.descend(problem, { ...state, backtracking: true }, 1, NEVER)).toThrow(
      "backtracking must be with method gd and a constant schedule, got 'momentum'",
    );
    const scheduled = { ...state, method: updateState({ rule: 'gd', factor }, 0) };
    expect(() => kernels.descend(problem, { ...scheduled, signOutput: true }, 1, NEVER)).toThrow(
      "signs of v must be with method gd and a constant schedule, got 'gd with a schedule'",
    );
  });

  test('natively with moments or factors that are too short', () => {
    const state = descentFor(c, { method: { rule: 'adam' } });
    const short = { ...state, method: updateState({ rule: 'adam' }, 3) };
    expect(() => native.descend(problemFor(native, c), short, 1, NEVER)).toThrow('firstMoment must be 180 elements');
  });
});
