import { describe, expect, it } from 'vitest';
import { parseActivation } from '../../src/core/networks/activations.js';
import type { Job } from '../../src/core/kernels/team.js';
import { Barrier, BARRIER_WORDS, HelperLost } from '../../src/pool/barrier.js';
import { decodeJob, encodeJob } from '../../src/pool/jobs.js';

const INSIDE = 2;
const FAILED = 4;

function alone(patienceMilliseconds = 50): { barrier: Barrier; words: Int32Array } {
  const buffer = new SharedArrayBuffer(BARRIER_WORDS * 4);
  return { barrier: new Barrier(buffer, { patienceMilliseconds }), words: new Int32Array(buffer) };
}

function led(barrier: Barrier, parts: number): number[] {
  const done: number[] = [];
  barrier.lead(parts, (part) => done.push(part));
  return done;
}

describe('a leader without helpers', () => {
  it('does every part once, job after job', () => {
    const { barrier } = alone();
    expect([led(barrier, 3), led(barrier, 0), led(barrier, 2)]).toEqual([[0, 1, 2], [], [0, 1]]);
  });

  it('passes on what its own part throws, and can go on', () => {
    const { barrier } = alone();
    expect(() =>
      barrier.lead(3, () => {
        throw new RangeError('too large');
      }),
    ).toThrow('too large');
    expect(led(barrier, 2)).toEqual([0, 1]);
  });
});

describe('a helper whose part fails', () => {
  it('has the leader do all parts again, so that what is wrong is its own error', () => {
    const { barrier } = alone();
    const done: number[] = [];
    barrier.lead(3, (part) => {
      done.push(part);
      if (done.length > 1) return;
      barrier.help(() => ({
        parts: 3,
        work: () => {
          barrier.end();
          throw new Error('only here');
        },
      }));
    });
    expect(done).toEqual([0, 2, 0, 1, 2]);
    expect(barrier.inside).toBe(0);
  });
});

describe('a leader with a helper that is in trouble', () => {
  /** A second goes by with each look; `looks` is called with their number. */
  function impatient(looks: (count: number, words: Int32Array) => void = () => undefined): {
    barrier: Barrier;
    words: Int32Array;
  } {
    const buffer = new SharedArrayBuffer(BARRIER_WORDS * 4);
    const words = new Int32Array(buffer);
    let now = 0;
    const clock = {
      now: () => {
        looks(now, words);
        return now++;
      },
    };
    return { barrier: new Barrier(buffer, { patienceMilliseconds: 50, clock }), words };
  }

  it('waits for one that does not leave, but not for ever', () => {
    const { barrier, words } = impatient();
    words[INSIDE] = 1;
    expect(() => led(barrier, 2)).toThrow(HelperLost);
    expect(() => led(barrier, 2)).toThrow('did not finish its part within 0.05 s');
  });

  it('does not count the time in which the whole process stands still', () => {
    // Each wait takes a second by the clock and counts as the slice of 5 ms that it was to take.
    const { barrier, words } = impatient((count, all) => {
      if (count === 8) all[INSIDE] = 0;
    });
    words[INSIDE] = 1;
    expect(led(barrier, 2)).toEqual([0, 1]);
  });

  it('forgets a lost one before the next lease', () => {
    const { barrier, words } = alone();
    words[INSIDE] = 1;
    barrier.reset();
    expect(led(barrier, 2)).toEqual([0, 1]);
  });

  it('does all parts itself when one of them failed elsewhere', () => {
    const { barrier, words } = alone();
    const done: number[] = [];
    barrier.lead(2, (part) => {
      done.push(part);
      words[FAILED] = 1;
    });
    expect(done).toEqual([0, 1, 0, 1]);
  });
});

describe('a helper', () => {
  it('goes home when all is over, whether a job is open or not', () => {
    const { barrier } = alone();
    barrier.end();
    barrier.help(() => {
      throw new Error('there is no job');
    });
    const other = alone().barrier;
    other.lead(1, () => {
      other.end();
    });
    other.help(() => {
      throw new Error('there is no job');
    });
  });

  it('does the parts that nobody has claimed', () => {
    const { barrier } = alone();
    const [mine, others]: number[][] = [[], []];
    // One thread plays both sides: inside its first part the leader lets the helper work, who ends all.
    barrier.lead(4, (part) => {
      mine.push(part);
      if (part > 0) return;
      barrier.help(() => ({
        parts: 4,
        work: (other) => {
          others.push(other);
          if (other === 3) barrier.end();
        },
      }));
    });
    expect([mine, others]).toEqual([[0], [1, 2, 3]]);
  });

  it('marks the job when it fails, and the leader finds out why', () => {
    const { barrier } = alone();
    let first = true;
    const failing = (): never => {
      barrier.end();
      throw new Error('out of memory');
    };
    expect(() =>
      barrier.lead(2, () => {
        if (!first) throw new Error('out of memory');
        first = false;
        barrier.help(failing);
      }),
    ).toThrow('out of memory');
  });
});

describe('a job as text', () => {
  it('is the same job over the same memory', () => {
    const memory = new SharedArrayBuffer(1024);
    const at = (first: number, length: number): Float64Array => new Float64Array(memory, 8 * first, length);
    const point = { starts: 1, weights: at(40, 6), outputWeights: at(46, 2) };
    const jobs: Job[] = [
      { kind: 'normals', address: { key: [4294967295, 1], trial: 2, purpose: 3 }, firstBlock: 2 ** 40, out: at(1, 5) },
      { kind: 'prepare', inputs: { samples: 4, dimension: 3, values: at(0, 12) }, partitions: 2 },
      {
        kind: 'hessian',
        trainOutput: true,
        partitions: 2,
        slots: at(60, 32),
        points: point,
        directions: { ...point, weights: at(100, 6) },
        problem: {
          inputs: { samples: 4, dimension: 3, values: at(0, 12), layout: 'packed' },
          labels: at(12, 4),
          shape: { strides: 1, rows: 2 },
          activation: parseActivation('softplus:0.1'),
          loss: 'cross-entropy',
        },
      },
    ];
    at(0, 128).forEach((_, i, all) => {
      all[i] = i;
    });
    for (const job of jobs) {
      const { job: again, parts } = decodeJob(encodeJob({ job, parts: 7 }), memory);
      expect(parts).toBe(7);
      expect(JSON.stringify(again)).toBe(JSON.stringify(job));
      expect(encodeJob({ job: again, parts: 7 })).toBe(encodeJob({ job, parts: 7 }));
    }
  });
});
