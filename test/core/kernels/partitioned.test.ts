import { describe, expect, it } from 'vitest';
import { Cancelled } from '../../../src/base/errors.js';
import type { DescentState, Evaluation, NativeKernels, Points, Problem } from '../../../src/core/kernels/contract.js';
import { loadNativeKernels } from '../../../src/core/kernels/native.js';
import { partitionedKernels } from '../../../src/core/kernels/partitioned.js';
import { partitionAt } from '../../../src/core/kernels/partitions.js';
import { performPart, type Job, type Team } from '../../../src/core/kernels/team.js';
import { BASE, descentFor, disagreement, distance, pointsFor, problemFor, type Case } from './cases.js';

const native = loadNativeKernels();
const CASE: Case = { ...BASE, samples: 1003, dimension: 8, shape: { strides: 1, rows: 3 }, starts: 2 };

/** A team in one thread: what it does is written down, the parts are done in the order of one's choice. */
function scriptedTeam(order: (parts: number) => number[], jobs: string[] = [], rooms = Infinity): Team {
  const owned = new Set<ArrayBufferLike>();
  const own = (values: Float64Array): Float64Array => {
    owned.add(values.buffer);
    return values;
  };
  return {
    allocate: (length) => (length <= rooms ? own(new Float64Array(length)) : undefined),
    owns: ({ buffer }) => owned.has(buffer),
    share: (values) => (values.length <= rooms ? own(values.slice()) : undefined),
    room: (length) => (length <= rooms ? own(new Float64Array(length)) : undefined),
    perform: (job: Job, parts) => {
      jobs.push(job.kind);
      for (const part of order(parts)) performPart(native, job, part);
    },
  };
}

const forwards = (parts: number): number[] => Array.from({ length: parts }, (_, part) => part);
const backwards = (parts: number): number[] => forwards(parts).reverse();

function descended(kernels: NativeKernels, backtracking = false): DescentState {
  const state = descentFor(CASE, { trainOutput: true, backtracking, stepSize: backtracking ? 1e3 : 0.1 });
  kernels.descend(problemFor(kernels, CASE), state, 20, -1);
  return state;
}

/** Σ_p (n_p/n) ∇f_{n_p}, partition after partition, from the native kernels alone. */
function addedByHand(
  problem: Problem,
  points: Points,
  order: (parts: number) => number[],
  partitions: number,
): Evaluation {
  const { samples, dimension, values } = problem.inputs;
  const sum = native.evaluate({ ...problem, inputs: { ...problem.inputs, samples: 0 } }, points);
  for (const p of order(partitions)) {
    const { first, count } = partitionAt(samples, partitions, p);
    const inputs = { ...problem.inputs, samples: count, values: values.subarray(first * dimension) };
    const part = native.evaluate({ ...problem, inputs, labels: problem.labels.slice(first, first + count) }, points);
    for (const name of ['loss', 'gradient', 'outputGradient'] as const)
      part[name].forEach((x, i) => (sum[name][i] += (count / samples) * x));
  }
  return sum;
}

describe('partitioned kernels', () => {
  it.each([2, 3, 8])('agree with the reference in %i partitions', (partitions) => {
    const kernels = partitionedKernels(native, { partitions });
    for (const shape of [
      { strides: 1, rows: 3 },
      { strides: 4, rows: 1 },
    ]) {
      expect(disagreement(kernels, { ...CASE, samples: 211, shape })).toBeLessThan(1e-12);
    }
  });

  it('are seen to disagree when a partition is left out', () => {
    const team = scriptedTeam((parts) => forwards(parts).slice(1));
    const kernels: NativeKernels = {
      ...partitionedKernels(native, { partitions: 4, team }),
      prepare: (inputs) => native.prepare(inputs),
    };
    expect(disagreement(kernels, { ...CASE, samples: 211 })).toBeGreaterThan(1e-3);
  });

  it('add the sums of the partitions in their order, which shows in the bits', () => {
    const kernels = partitionedKernels(native, { partitions: 16 });
    const [problem, points] = [problemFor(kernels, CASE), pointsFor(CASE)];
    const { gradient, loss, outputGradient } = kernels.evaluate(problem, points);
    expect({ gradient, loss, outputGradient }).toEqual(addedByHand(problem, points, forwards, 16));
    const reversed = addedByHand(problem, points, backwards, 16);
    expect(gradient).not.toEqual(reversed.gradient);
    expect(distance(gradient, reversed.gradient, 1e-3)).toBeLessThan(1e-13);
  });

  it.each([false, true])(
    'give the same bits in whatever order a team does the parts, backtracking %s',
    (backtracking) => {
      const alone = descended(partitionedKernels(native, { partitions: 8 }), backtracking);
      for (const order of [forwards, backwards]) {
        const jobs: string[] = [];
        expect(
          descended(partitionedKernels(native, { partitions: 8, team: scriptedTeam(order, jobs) }), backtracking),
        ).toEqual(alone);
        expect(new Set(jobs)).toEqual(new Set(['prepare', 'evaluate']));
      }
      expect(alone).not.toEqual(descended(native, backtracking));
    },
  );

  it.each([0, 8200])('give the same bits when the team has no more room than %i numbers', (room) => {
    const jobs: string[] = [];
    const kernels = partitionedKernels(native, { partitions: 8, team: scriptedTeam(backwards, jobs, room) });
    expect(descended(kernels)).toEqual(descended(partitionedKernels(native, { partitions: 8 })));
    expect(jobs.length).toBe(room === 0 ? 0 : 21);
  });

  it('draw the same numbers in parts', () => {
    for (const kind of ['uniforms', 'normals'] as const) {
      const jobs: string[] = [];
      const team = scriptedTeam(backwards, jobs);
      const [mine = new Float64Array(0), whole] = [team.allocate(600_001), new Float64Array(600_001)];
      const address = { key: [1, 2], trial: 3, purpose: 4 } as const;
      partitionedKernels(native, { team })[kind](address, 5, mine);
      native[kind](address, 5, whole);
      expect(Buffer.compare(Buffer.from(mine.buffer), Buffer.from(whole.buffer))).toBe(0);
      expect(jobs).toEqual([kind]);
    }
  });

  it('leave all but very large training sets to the native kernels', () => {
    const kernels = partitionedKernels(native, {
      team: scriptedTeam(() => {
        throw new Error('a team was asked');
      }),
    });
    expect(descended(kernels)).toEqual(descended(native));
    expect(descended(kernels, true)).toEqual(descended(native, true));
  });

  it('break off between partitions', () => {
    const cancel = new Int32Array(1);
    const kernels = partitionedKernels(native, { partitions: 8, cancel });
    const problem = problemFor(kernels, CASE);
    cancel[0] = 1;
    expect(() => kernels.evaluate(problem, pointsFor(CASE))).toThrow(Cancelled);
  });
});

it('a step by some samples is the same for a training set that a team has packed', () => {
  const rows = Int32Array.from([1002, 0, 31, 32, 500, 999]);
  const sampled = (kernels: NativeKernels): DescentState => {
    const state = descentFor(CASE, { stepSize: 0.1 });
    kernels.descendSampled(problemFor(kernels, CASE), state, rows, 3);
    return state;
  };
  const team = scriptedTeam(backwards);
  expect(sampled(partitionedKernels(native, { partitions: 5, team })).weights).toEqual(sampled(native).weights);
});
