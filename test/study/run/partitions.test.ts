/**
 * One training set on all workers, with threads: the same bits for any number of them, and what happens when one dies.
 */
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { StudyControl } from '../../../src/pool/control.js';
import type { LeasePool } from '../../../src/pool/pool.js';
import type { Lease } from '../../../src/pool/protocol.js';
import { loadNativeKernels } from '../../../src/core/kernels/native.js';
import { findExperiment, findRunner } from '../../../src/experiments/registry.js';
import { openStudy, readStudy } from '../../../src/store/open.js';
import { Coordinator } from '../../../src/study/run/coordinator.js';
import { replayTrial } from '../../../src/study/replay/replay.js';
import { withRunner } from '../../../src/study/run/runner.js';
import type { StudyOutcome } from '../../../src/study/run/outcome.js';
import { runStudy, type StudyOptions } from '../../../src/study/run/run.js';
import { sharedEntries } from '../../../src/study/leases/together.js';
import { ExperimentTrack } from '../../../src/study/run/track.js';
import { gridOf } from '../../../src/study/grid/cells.js';
import { resolveValues } from '../../../src/study/grid/values.js';
import { findExperiment as findToy } from '../../pool/fixtures/laboratory.mjs';
import { startBasin } from '../../cli/basin.js';
import { HandClock } from '../../pool/fixtures/clock.mjs';
import { whileClockRuns } from '../../pool/inProcess.js';
import { signalWhenStored } from '../../until.js';
import { IDENTITY, temporaryFolder, trialTable, WORKER } from '../toy.js';

const ID = 'fu2018-fig4';
const MORTAL = new URL('../../pool/fixtures/mortal.mjs', import.meta.url);
/** One cell whose draws, packing, Hessian products and descents all have several parts. */
const SETTINGS = new Map(Object.entries({ n: '6000', d: '60', trials: '4', iterations: '30', tolerance: '0' }));
/** Far more than a helper needs that lives, on any machine: only the dead are waited for so long. */
const PATIENCE = 5000;
const CUT = { ...IDENTITY, partitions: 8 };

beforeAll(() => expect(existsSync(fileURLToPath(WORKER)), 'the program is built').toBe(true));
afterEach(() => void vi.unstubAllEnvs());

type Run = Partial<Omit<StudyOptions, 'store' | 'experiments'>> & {
  readonly identity?: typeof CUT | typeof IDENTITY;
  readonly set?: Readonly<Record<string, string>>;
};

async function run(dir: string, { identity = CUT, set = {}, ...options }: Run = {}): Promise<StudyOutcome> {
  const store = openStudy(dir, identity);
  const experiment = findExperiment(ID);
  try {
    return await runStudy({
      workers: 2,
      control: new StudyControl(),
      worker: WORKER,
      laboratory: new URL('../../../dist/pool/laboratory.js', import.meta.url),
      ...options,
      store,
      experiments: [
        gridOf(
          { experiment, values: resolveValues(experiment, 'smoke', new Map([...SETTINGS, ...Object.entries(set)])) },
          identity.seed,
        ),
      ],
    });
  } finally {
    store.close();
  }
}

async function tableOf(options: Run): Promise<string[]> {
  const dir = temporaryFolder();
  expect((await run(dir, options)).ending).toBe('complete');
  return trialTable(dir);
}

let onOneWorker: Promise<string[]> | undefined;

/** The trials that one worker performs and nothing disturbs. */
function undisturbed(): Promise<string[]> {
  return (onOneWorker ??= tableOf({ workers: 1 }));
}

describe('a trial in partitions', () => {
  it('has the same bits on one, two and three workers, and other bits than in one piece', async () => {
    const alone = await undisturbed();
    expect(alone).toHaveLength(4);
    expect(alone.join()).not.toContain('failed');
    expect(await tableOf({ workers: 2 })).toEqual(alone);
    expect(await tableOf({ workers: 3 })).toEqual(alone);
    const inOnePiece = await tableOf({ identity: IDENTITY });
    expect(inOnePiece).not.toEqual(alone);
    expect(await tableOf({ identity: { ...CUT, partitions: 7 } })).not.toEqual(alone);
    expect(await tableOf({ identity: { ...CUT, partitions: 1 } })).toEqual(inOnePiece);
  });

  it.each(['stop', 'stopNow'] as const)(
    'has the same bits when the study is stopped (%s) and continued by other workers',
    async (how) => {
      const dir = temporaryFolder();
      const control = new StudyControl();
      const stopped = await run(dir, {
        workers: 3,
        control,
        onProgress: ([first]) => {
          if (first !== undefined && first.done > 0) control[how]();
        },
      });
      expect(['stopped', 'complete']).toContain(stopped.ending);
      expect((await run(dir, { workers: 1 })).ending).toBe('complete');
      expect(trialTable(dir)).toEqual(await undisturbed());
    },
  );

  it('has the same bits after kill -9', async () => {
    const dir = temporaryFolder();
    const sets = [...SETTINGS].flatMap(([key, value]) => ['--set', `${key}=${value}`]);
    const child = startBasin(
      'reproduce',
      ID,
      '--scale',
      'smoke',
      '--partitions',
      '8',
      '--workers',
      '2',
      '--out',
      dir,
      ...sets,
    );
    await signalWhenStored(child, 'SIGKILL', dir, 1);
    const overrides = Object.fromEntries(SETTINGS);
    expect((await run(dir, { identity: { ...CUT, overrides } })).ending).toBe('complete');
    expect(trialTable(dir)).toEqual(await undisturbed());
  });

  it('is cut at its limit of time, and has the same bits without', async () => {
    const dir = temporaryFolder();
    const set = { trials: '1', iterations: '1000' };
    const clock = new HandClock();
    const limited = await whileClockRuns(run(dir, { workers: 2, trialSeconds: 1e-9, clock, set }), clock);
    expect(limited).toMatchObject({ ending: 'complete', experiments: [{ done: 0, censored: 1 }] });
    expect((await run(dir, { workers: 2, set })).ending).toBe('complete');
    expect(trialTable(dir)).toEqual(await tableOf({ workers: 1, set }));
  });

  it('is replayed identically', async () => {
    const dir = temporaryFolder();
    await run(dir);
    const store = readStudy(dir);
    expect(store.identity).toEqual(CUT);
    expect(replayTrial(store, `${ID}/K=3,d=60,n=6000#3`, findExperiment, loadNativeKernels())).toMatchObject({
      identical: true,
    });
    store.close();
  });

  it('belongs to a study with as many partitions', async () => {
    const dir = temporaryFolder();
    openStudy(dir, CUT).close();
    expect(() => openStudy(dir, IDENTITY)).toThrow(
      `must be continued with the same --partitions (8), got (not given); or choose another --out`,
    );
    expect(() => openStudy(dir, { ...CUT, partitions: 9 })).toThrow('--partitions (8), got (9)');
    await expect(run(dir, { workers: 2 })).resolves.toMatchObject({ ending: 'complete' });
  });
});

describe('a thread that dies', () => {
  it('as a helper makes its trial fail, and no other', async () => {
    const dir = temporaryFolder();
    const file = join(temporaryFolder(), 'mortal');
    writeFileSync(file, '');
    vi.stubEnv('MORTAL', file);
    const outcome = await run(dir, { laboratory: MORTAL, patienceMilliseconds: PATIENCE });
    expect(existsSync(file)).toBe(false);
    expect(outcome).toMatchObject({ ending: 'complete', experiments: [{ done: 4, failed: 1 }] });
    vi.unstubAllEnvs();
    const whole = await undisturbed();
    const disturbed = trialTable(dir).filter((line, i) => line !== whole[i]);
    expect(disturbed).toHaveLength(1);
    expect(disturbed[0]).toContain(
      '"failed","{}","a worker that helped with this trial did not finish its part within 5 s',
    );
  });

  it('as the leader ends the run with its reason, and does not leave helpers behind', async () => {
    vi.stubEnv('MORTAL_LEADER', '1');
    const dir = temporaryFolder();
    await expect(run(dir, { laboratory: MORTAL })).rejects.toThrow(`a worker broke on ${ID}`);
    vi.unstubAllEnvs();
    expect((await run(dir)).ending).toBe('complete');
  });
});

describe('a helper that does not come out of its part', () => {
  it('ends the run and stores nothing of that lease; the same command continues', async () => {
    const dir = temporaryFolder();
    const file = join(temporaryFolder(), 'mortal');
    writeFileSync(file, '');
    vi.stubEnv('MORTAL', file);
    vi.stubEnv('MORTAL_STUCK', '1');
    await expect(run(dir, { laboratory: MORTAL, patienceMilliseconds: PATIENCE })).rejects.toThrow(
      'a worker that helped with a trial did not come back within 5 s',
    );
    expect(existsSync(file)).toBe(false);
    expect(trialTable(dir).join()).not.toContain('failed');
    vi.unstubAllEnvs();
    expect((await run(dir)).ending).toBe('complete');
    expect(trialTable(dir)).toEqual(await undisturbed());
  });
});

describe('which trials all workers perform together', () => {
  it.each([
    [{ n: 1e6, d: 60 }, undefined, 6e7],
    [{ n: 320_000, d: 60 }, undefined, 0],
    [{ n: 100, d: 2 }, 4, 200],
    [{ n: 10, d: 2 }, 4, 0],
    [{ n: 1e6, d: 60 }, 1, 0],
    [{ n: 1e9 }, 4, 0],
    [{ n: 'auto', d: 5 }, 4, 0],
  ])('%o with --partitions %s: %i entries are shared', (settings, partitions, entries) => {
    expect(sharedEntries({}, settings, partitions)).toBe(entries);
  });

  it.each([
    ['gao2018-fig3', {}, 0],
    ['gao2018-laws', {}, 0],
    ['gao2018-fig1', {}, 0],
    [ID, {}, 6e7],
    ['study', { loss: 'squared' }, 6e7],
    ['study', { loss: 'landscape-L' }, 0],
  ])('%s %o: %i entries, whether it works in partitions or not', (id, settings, entries) => {
    expect(sharedEntries(findRunner(id), { n: 1e6, d: 60, ...settings })).toBe(entries);
  });

  it('is one lease at a time and alone, between the others', async () => {
    const store = openStudy(temporaryFolder(), CUT);
    const toy = findToy('toy-mixed');
    const track = new ExperimentTrack(
      store,
      gridOf(
        {
          experiment: toy,
          values: resolveValues(
            toy,
            'smoke',
            new Map([
              ['n', '10,100'],
              ['trials', '30'],
            ]),
          ),
        },
        1,
      ),
    );
    const running = new Set<Lease>();
    const seen = { together: 0, most: 0, broken: 0 };
    const pool: LeasePool = {
      run: async (lease) => {
        running.add(lease);
        seen.most = Math.max(seen.most, running.size);
        if (lease.team === true) seen.together += 1;
        for (let i = 0; i < 3; i++) await turn();
        if (running.size > 1 && [...running].some(({ team }) => team === true)) seen.broken += 1;
        running.delete(lease);
        return { done: 1, seconds: Float64Array.of(1), measures: [{}], exceptions: [], curves: [] };
      },
      close: () => Promise.resolve(),
      destroy: () => Promise.resolve(),
    };
    const options = { workers: 2, control: new StudyControl(), store };
    await withRunner({ ...options, cells: track.queue.cells, pool: () => pool }, (runner) =>
      runner.run(new Coordinator(options, [track])),
    );
    expect(track.complete).toBe(true);
    expect(seen).toMatchObject({ together: 30, broken: 0 });
    expect(seen.most).toBeGreaterThan(1);
    store.close();
  });
});
