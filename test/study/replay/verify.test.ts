import { beforeEach, describe, expect, it } from 'vitest';
import { StudyControl } from '../../../src/pool/control.js';
import type { LeasePool, PoolOptions } from '../../../src/pool/pool.js';
import type { Lease } from '../../../src/pool/protocol.js';
import { readStudy } from '../../../src/store/open.js';
import { sampleTrials } from '../../../src/study/replay/sample.js';
import { verifyStudy, type Verification, type VerifyOptions } from '../../../src/study/replay/verify.js';
import { findExperiment } from '../../pool/fixtures/laboratory.mjs';
import { HandClock } from '../../pool/fixtures/clock.mjs';
import { inProcessPool, SIMULATED } from '../../pool/inProcess.js';
import { HandPool } from '../handPool.js';
import { IDENTITY, LABORATORY, runToy, tamper, temporaryFolder, WORKER } from '../toy.js';

const ORIGIN = { build: '0.1.0+aa', blas: 'Haswell' };

let dir = '';
beforeEach(async () => {
  dir = temporaryFolder();
  await runToy(dir, ['toy-mixed', 'toy-other'], { origin: ORIGIN, set: { n: '10,20', trials: '30' } });
});

async function verify(options: Partial<VerifyOptions> = {}): Promise<Verification> {
  const store = readStudy(dir);
  try {
    const sample = sampleTrials(store, { share: 1 }, 1);
    return await verifyStudy({
      store,
      sample,
      workers: 2,
      control: new StudyControl(),
      findExperiment,
      worker: WORKER,
      laboratory: LABORATORY,
      ...options,
    });
  } finally {
    store.close();
  }
}

const change = (sql: string): void => {
  tamper(dir, sql);
};

describe('verifyStudy', () => {
  it('finds every trial identical: ok, diverged, failed, with odd numbers and curves', async () => {
    const seen: number[] = [];
    expect(await verify({ onProgress: ({ replayed }) => seen.push(replayed) })).toEqual({
      sampled: 120,
      replayed: 120,
      differing: [],
      origins: [{ origin: ORIGIN, replayed: 120, differing: 0 }],
    });
    expect(seen).toEqual(Array.from({ length: 120 }, (_, i) => i + 1));
  });

  it('names address, place and both values of what differs, in the order of the study', async () => {
    change(
      "UPDATE trials SET measures = with_measure(names, with_measure(names, measures, 'u', 2), 'hit', 1) WHERE trial = 7 AND cell = (SELECT id FROM cells WHERE experiment = 'toy-other' AND text = 'd=2,n=10')",
    );
    change(
      "UPDATE trials SET status = 'diverged' WHERE trial IN (SELECT min(trial) FROM trials WHERE cell = 1 AND status = 'ok') AND cell = 1",
    );
    const { differing } = await verify();
    expect(differing.map(({ address }) => address.split('#')[0])).toEqual(['toy-mixed/d=2,n=10', 'toy-other/d=2,n=10']);
    expect(differing[0].differences).toEqual([{ name: 'status', first: 'diverged', second: 'ok' }]);
    expect(differing[1]).toEqual({
      address: 'toy-other/d=2,n=10#7',
      origin: ORIGIN,
      differences: [{ name: 'measures.u', first: 2, second: expect.any(Number) as number }],
    });
  });

  it('counts by who made the stored trials, and says of what differs who that was', async () => {
    change('INSERT INTO origins (id, origin) VALUES (2, \'{"build":"0.1.0+bb"}\')');
    change(
      "UPDATE trials SET origin = 2, measures = with_measure(names, measures, 'u', 2) WHERE trial = 7 AND status = 'ok'",
    );
    change('UPDATE trials SET origin = NULL WHERE trial = 8');
    const { differing, origins } = await verify();
    const count = differing.length;
    expect(count).toBeGreaterThan(0);
    expect(origins).toEqual([
      { origin: ORIGIN, replayed: 116 - count, differing: 0 },
      { origin: { build: '0.1.0+bb' }, replayed: count, differing: count },
      { origin: {}, replayed: 4, differing: 0 },
    ]);
    expect(differing.map(({ origin }) => origin)).toEqual(differing.map(() => ({ build: '0.1.0+bb' })));
  });

  it('sees an error that is another', async () => {
    change("UPDATE trials SET error = 'another' WHERE status = 'failed'");
    const { differing } = await verify();
    expect(differing.length).toBeGreaterThan(5);
    expect(differing[0].differences[0]).toMatchObject({ name: 'error', first: 'another' });
  });

  it('passes over trials that were cut off', async () => {
    change("UPDATE trials SET status = 'censored' WHERE trial < 10");
    expect(await verify()).toEqual({
      sampled: 80,
      replayed: 80,
      differing: [],
      origins: [{ origin: ORIGIN, replayed: 80, differing: 0 }],
    });
    const store = readStudy(dir);
    expect(sampleTrials(store, { trials: 5 }, 1)).toMatchObject({ stored: 80, censored: 40 });
    store.close();
  });

  it('performs trials in partitions with all workers, as they were performed', async () => {
    const cut = temporaryFolder();
    await runToy(cut, ['toy-mixed'], {
      ...SIMULATED,
      identity: { ...IDENTITY, partitions: 8 },
      set: { n: '10,100', trials: '3' },
    });
    const leases: Lease[] = [];
    const pool = (options: PoolOptions): LeasePool => {
      const own = inProcessPool(options);
      return {
        ...own,
        run: async (lease) => {
          leases.push(lease);
          return await own.run(lease);
        },
      };
    };
    dir = cut;
    expect(await verify({ pool })).toMatchObject({ sampled: 6, replayed: 6, differing: [] });
    expect(leases.map(({ settings, partitions, team }) => [settings['n'], partitions, team])).toEqual(
      [10, 10, 10, 100, 100, 100].map((n) => [n, 8, n === 100]),
    );
  });

  it('ends when told to stop at once, also when a trial does not listen', async () => {
    const [hand, clock, control] = [new HandPool(), new HandClock(), new StudyControl()];
    const verifying = verify({ pool: () => hand, clock, control });
    control.stopNow();
    clock.advance(4);
    expect(await verifying).toMatchObject({ sampled: 120, replayed: 0 });
    expect(hand.endings).toEqual(['destroyed']);
  });

  it('begins nothing more when told to stop', async () => {
    const control = new StudyControl();
    const { replayed, sampled } = await verify({
      control,
      onProgress: () => {
        control.stop();
      },
    });
    expect(sampled).toBe(120);
    expect(replayed).toBeGreaterThanOrEqual(1);
    expect(replayed).toBeLessThanOrEqual(4);
  });

  it('refuses another version of an experiment', async () => {
    change('UPDATE experiments SET version = 2');
    await expect(verify()).rejects.toThrow(/holds toy-mixed version 2, this program has version 1/);
  });
});
