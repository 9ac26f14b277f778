import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { DEFAULT_BLOCKING, type Blocking, type NativeKernels } from '../../src/core/kernels/contract.js';
import { loadNativeKernels } from '../../src/core/kernels/native.js';
import { runDescent } from '../../src/core/descent/descent.js';
import { withPrecision } from '../../src/core/descent/precisions.js';
import {
  bestOf,
  GROUP_UNITS,
  LEAST_ROUNDS,
  measureBlocking,
  TILE_ROWS,
  type Comparison,
} from '../../src/tuning/blocking.js';
import { BASE, descentFor, pointsFor, problemFor, type Case } from '../core/kernels/cases.js';

const native = loadNativeKernels();
afterEach(() => {
  native.tune(DEFAULT_BLOCKING);
});

const CASES: readonly Case[] = [
  { ...BASE, samples: 300, dimension: 20, starts: 25, shape: { strides: 1, rows: 3 } },
  { ...BASE, samples: 97, starts: 9, shape: { strides: 4, rows: 1 }, activation: 'tanh' },
  { ...BASE, samples: 130, starts: 2, shape: { strides: 1, rows: 23 }, activation: 'softplus' },
];

/** Everything that a blocking reaches. */
function results(c: Case): unknown {
  const problem = problemFor(native, c);
  const run = { iterations: 70, tolerance: -1 };
  const [exact, mixed, backtracking] = [
    descentFor(c, { trainOutput: true }),
    descentFor(c),
    descentFor(c, { backtracking: true, stepSize: 50 }),
  ];
  runDescent(native, problem, exact, run);
  runDescent(native, problem, backtracking, run);
  runDescent(withPrecision(native, 'mixed'), problem, mixed, run);
  const points = pointsFor(c);
  return {
    exact,
    mixed,
    backtracking,
    product: native.hessianVector(problem, points, pointsFor(c, 5), true),
    outputs: native.outputs(problem.inputs, c.shape, problem.activation, points),
  };
}

describe.each(CASES)('$samples samples, $starts starts, strides $shape.strides, $shape.rows rows', (c) => {
  test('no blocking changes a bit', () => {
    const expected = results(c);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 1, max: 6 }), (groupUnits, tileRows) => {
        native.tune({ groupUnits, tileRows });
        expect(results(c)).toEqual(expected);
      }),
      { numRuns: 15 },
    );
  });
});

/** A clock that jumps: two looks at it are a call, however long that took. */
function ticking(step: (blocking: Blocking) => number): {
  readonly kernels: NativeKernels;
  readonly clock: () => number;
} {
  let now = 0;
  let current = DEFAULT_BLOCKING;
  const kernels: NativeKernels = {
    ...native,
    tune: (blocking) => {
      current = blocking;
      native.tune(blocking);
    },
    descend: (problem, state, updates, tolerance) => {
      now += step(current);
      return native.descend(problem, state, 1 + (updates % 2), tolerance);
    },
  };
  return { kernels, clock: () => now };
}

describe('measuring', () => {
  test('finds what is fastest by the clock, and leaves the default behind', () => {
    const { kernels, clock } = ticking(
      ({ groupUnits, tileRows }) => (groupUnits === 16 ? 0.8 : 1) * (tileRows === 4 ? 0.9 : 1),
    );
    const shares: number[] = [];
    const { best, compared } = measureBlocking(kernels, {
      seconds: 300,
      clock,
      onRound: (share) => {
        shares.push(share);
      },
    });
    expect(best).toEqual({ groupUnits: 16, tileRows: 4 });
    expect(compared).toHaveLength(GROUP_UNITS.length + TILE_ROWS.length);
    expect(shares.at(-1)).toBe(1);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
  });

  test('keeps the default where nothing gains', () => {
    const { kernels, clock } = ticking(() => 1);
    expect(measureBlocking(kernels, { seconds: 1, clock }).best).toEqual(DEFAULT_BLOCKING);
  });

  test('takes some rounds, however short the time', () => {
    const { kernels, clock } = ticking(() => 1);
    let rounds = 0;
    measureBlocking(kernels, {
      seconds: 1e-9,
      clock,
      onRound: () => {
        rounds += 1;
      },
    });
    expect(rounds).toBe(2 * LEAST_ROUNDS);
  });

  test('a candidate that changes bits stops everything', () => {
    const wrong: NativeKernels = {
      ...native,
      descend: (problem, state, updates, tolerance) =>
        native.descend(problem, state, updates + Number(broken), tolerance),
    };
    let broken = false;
    const kernels: NativeKernels = {
      ...wrong,
      tune: ({ groupUnits }) => {
        broken = groupUnits === 8;
      },
    };
    expect(() => measureBlocking(kernels, { seconds: 1, clock: ticking(() => 1).clock })).toThrow('changed bits');
  });
});

describe('the best of some comparisons', () => {
  const compared = (groupUnits: number, median: number, low: number, high = median): Comparison => ({
    blocking: { ...DEFAULT_BLOCKING, groupUnits },
    speed: { median, low, high },
  });

  test('gains more than it scatters', () => {
    expect(bestOf([compared(8, 1.2, 0.9), compared(16, 1.1, 1.05), compared(64, 1, 0.99, 1.01)]).groupUnits).toBe(16);
  });

  test('gains more than the default scatters against itself', () => {
    expect(bestOf([compared(16, 1.1, 1.05), compared(64, 1, 0.9, 1.15)])).toEqual(DEFAULT_BLOCKING);
  });

  test('is the default without any', () => {
    expect(bestOf([])).toEqual(DEFAULT_BLOCKING);
  });
});
