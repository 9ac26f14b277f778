import { describe, expect, it } from 'vitest';
import { despiteDeaf } from '../../src/pool/deaf.js';
import type { Lease, LeaseResult } from '../../src/pool/protocol.js';

const LEASE: Lease = { experiment: 'own@00000000', settings: {}, key: [1, 2], first: 3, count: 5, own: true };

/** Performs a lease unless it has the deaf trial; keeps what was asked for. */
function worker(deaf: number) {
  const asked: [number, number][] = [];
  const run = ({ first, count }: Lease): Promise<LeaseResult | undefined> => {
    asked.push([first, count]);
    const trials = Array.from({ length: count }, (_, i) => first + i);
    if (trials.includes(deaf)) return Promise.resolve(undefined);
    return Promise.resolve({
      done: count,
      seconds: Float64Array.from(trials),
      measures: trials.map((trial) => ({ m: trial })),
      exceptions: [],
      curves: trials.map((trial) => ({ trial, name: 'c', values: new Float64Array(1) })),
    });
  };
  return { asked, run };
}

describe('a lease of users’ own code', () => {
  it('is whole where every trial ends', async () => {
    const { asked, run } = worker(99);
    expect((await despiteDeaf(LEASE, 1, run)).done).toBe(5);
    expect(asked).toEqual([[3, 5]]);
  });

  it('ends with the trial that does not, which is censored', async () => {
    const { asked, run } = worker(5);
    expect(await despiteDeaf(LEASE, 1.5, run)).toEqual({
      done: 3,
      seconds: Float64Array.of(3, 4, 1.5),
      measures: [{ m: 3 }, { m: 4 }, {}],
      exceptions: [{ trial: 5, status: 'censored', error: 'cut after 1.5 s: --trial-time allows 1.5 s' }],
      curves: [3, 4].map((trial) => ({ trial, name: 'c', values: new Float64Array(1) })),
    });
    expect(asked).toEqual([
      [3, 5],
      [3, 1],
      [4, 1],
      [5, 1],
    ]);
  });

  it('of that trial alone is not performed again', async () => {
    const { asked, run } = worker(5);
    expect(await despiteDeaf({ ...LEASE, first: 5, count: 1 }, 1, run)).toMatchObject({
      done: 1,
      exceptions: [{ trial: 5, status: 'censored' }],
    });
    expect(asked).toEqual([[5, 1]]);
  });

  it('ends where the word to stop came', async () => {
    const { run } = worker(7);
    const stopped = ({ first, count, ...lease }: Lease): Promise<LeaseResult | undefined> =>
      first === 5
        ? Promise.resolve({ done: 0, seconds: new Float64Array(0), measures: [], exceptions: [], curves: [] })
        : run({ ...lease, first, count });
    expect((await despiteDeaf(LEASE, 1, stopped)).done).toBe(2);
  });
});
