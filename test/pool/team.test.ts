import { describe, expect, it } from 'vitest';
import { Cancelled } from '../../src/base/errors.js';
import { loadNativeKernels } from '../../src/core/kernels/native.js';
import { partitionedKernels } from '../../src/core/kernels/partitioned.js';
import { LeaderTeam, teamMemory } from '../../src/pool/team.js';
import { BASE, pointsFor, problemFor } from '../core/kernels/cases.js';

const native = loadNativeKernels();
const CASE = { ...BASE, samples: 1003, dimension: 8, shape: { strides: 1, rows: 3 } };

function teamFor(entries = 1e5, cancel = new Int32Array(1)): LeaderTeam {
  return new LeaderTeam(teamMemory(entries), native, cancel);
}

describe('the memory of a team', () => {
  it('gives zeros that start at a cache line, trial after trial', () => {
    const team = teamFor();
    for (let trial = 0; trial < 2; trial++) {
      team.beginTrial();
      for (const length of [5, 1000]) {
        const values = team.allocate(length);
        expect(values).toEqual(new Float64Array(length));
        expect(values && native.alignment(values)).toBe(0);
        values?.fill(7);
      }
    }
  });

  it('gives nothing that does not fit, and all of it again in the next trial', () => {
    const team = teamFor(1e6);
    expect(team.allocate(1e9)).toBeUndefined();
    expect(team.allocate(8e6)).toHaveLength(8e6);
    expect([team.allocate(8e6), team.room(8e6), team.share(new Float64Array(8e6))]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    team.beginTrial();
    expect(team.allocate(8e6)).toHaveLength(8e6);
  });

  it('has room for the inputs, a fifth and 64 MiB more, in whole cache lines', () => {
    const { words, numbers, patienceMilliseconds } = teamMemory(1e6, 5);
    expect([numbers.byteLength, words.byteLength, patienceMilliseconds]).toEqual([
      1.2 * 8e6 + 2 ** 26,
      17 * 4 + 4096,
      5,
    ]);
    expect(teamMemory(1).numbers.byteLength).toBe(64 + 2 ** 26);
  });

  it('gives whole cache lines and no more', () => {
    const team = teamFor();
    const [first, second, third] = [team.allocate(1001), team.allocate(8), team.allocate(1)].map(
      (values) => values?.byteOffset ?? NaN,
    );
    expect([second - first, third - second]).toEqual([8 * 1008, 8 * 8]);
  });

  it('forgets with the trial what it had copied, and its room', () => {
    const team = teamFor();
    const labels = Float64Array.of(1, 2);
    team.share(labels);
    team.room(100);
    team.beginTrial();
    const values = team.allocate(1000);
    const room = team.room(100);
    expect(team.share(labels)).toEqual(labels);
    room?.fill(7);
    expect(values).toEqual(new Float64Array(1000));
  });

  it('has one room, which grows', () => {
    const team = teamFor();
    const [small, same, large] = [team.room(10), team.room(5), team.room(20)];
    expect([small, same, large].map((room) => room?.length)).toEqual([10, 5, 20]);
    expect(same?.byteOffset).toBe(small?.byteOffset);
    expect(team.room(15)?.byteOffset).toBe(large?.byteOffset);
  });

  it('takes a copy of what the trial has on its own, once', () => {
    const team = teamFor();
    const [labels, others] = [Float64Array.of(1, 2), Float64Array.of(3, 4)];
    const shared = team.share(labels);
    expect(shared).toEqual(labels);
    expect([labels, shared].map((values) => values !== undefined && team.owns(values))).toEqual([false, true]);
    expect(shared && team.share(shared)).toBe(shared);
    expect(team.share(labels)).toBe(shared);
    expect(team.share(others)).toEqual(others);
    // In the same place: one set of labels at a time.
    expect(shared).toEqual(others);
    expect(team.share(labels)).toEqual(Float64Array.of(1, 2));
  });
});

describe('a leader whose helpers do not come', () => {
  it('does everything, with the same bits', () => {
    const [alone, leading] = [
      partitionedKernels(native, { partitions: 8 }),
      partitionedKernels(native, { partitions: 8, team: teamFor() }),
    ];
    const [first, second] = [alone, leading].map((kernels) => {
      const problem = problemFor(kernels, CASE);
      const points = pointsFor(CASE);
      return [kernels.evaluate(problem, points), kernels.hessianVector(problem, points, pointsFor(CASE, 5), true)];
    });
    expect(second).toEqual(first);
  });

  it('stops when told to', () => {
    const cancel = new Int32Array(1);
    const kernels = partitionedKernels(native, { partitions: 8, team: teamFor(1e5, cancel), cancel });
    const problem = problemFor(kernels, CASE);
    cancel[0] = 1;
    expect(() => kernels.evaluate(problem, pointsFor(CASE))).toThrow(Cancelled);
  });
});
