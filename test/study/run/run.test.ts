import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { MOST_LEASES, StopLevel, StudyControl } from '../../../src/pool/control.js';
import { readStudy } from '../../../src/store/open.js';
import { HandClock } from '../../pool/fixtures/clock.mjs';
import { SIMULATED, whileClockRuns } from '../../pool/inProcess.js';
import { until } from '../../until.js';
import { runAndKill, runToy, temporaryFolder, trialTable, WORKER } from '../toy.js';

beforeAll(() => expect(existsSync(fileURLToPath(WORKER)), 'the program is built').toBe(true));

const MIXED = ['toy-mixed', 'toy-other'];

async function undisturbed(set: Record<string, string> = {}): Promise<string[]> {
  const dir = temporaryFolder();
  await runToy(dir, MIXED, { workers: 1, set });
  return trialTable(dir);
}

describe('a trial table is a function of the study alone', () => {
  it('has every planned trial, of every kind', async () => {
    const table = await undisturbed();
    expect(table).toHaveLength(3 * 40 + 12);
    for (const kind of ['"ok"', '"diverged"', '"failed"', 'NaN', '-Infinity', '-0', '"path"'])
      expect(table.join()).toContain(kind);
  });

  it('is the same for one worker and for three', async () => {
    const dir = temporaryFolder();
    const outcome = await runToy(dir, MIXED, { workers: 3 });
    expect(outcome.ending).toBe('complete');
    expect(trialTable(dir)).toEqual(await undisturbed());
  });

  it('is the same when trials take time and leases are short', async () => {
    const dir = temporaryFolder();
    await runToy(dir, MIXED, { set: { sleep: '4' } });
    expect(trialTable(dir)).toEqual(await undisturbed());
  });

  it('loses nothing when a cell takes much longer than its first trial promised', async () => {
    const dir = temporaryFolder();
    const outcome = await runToy(dir, ['toy-slow'], {
      workers: 1,
      set: { quickFirst: '1', sleep: '30', trials: '100' },
    });
    expect(outcome.ending).toBe('complete');
    expect(trialTable(dir)).toHaveLength(100);
  });

  it('is the same when stopped and continued', async () => {
    const dir = temporaryFolder();
    const control = new StudyControl();
    const stopped = await runToy(dir, MIXED, {
      ...SIMULATED,
      set: { sleep: '10' },
      control,
      onProgress: ([first]) => {
        if (first !== undefined && first.done > 20) control.interrupt();
      },
    });
    expect(stopped.ending).toBe('stopped');
    expect(trialTable(dir).length).toBeGreaterThan(20);
    expect(trialTable(dir).length).toBeLessThan(132);
    // The value of sleep belongs to the experiment: a continued study has the same.
    expect((await runToy(dir, MIXED, { set: { sleep: '10' } })).ending).toBe('complete');
    expect(trialTable(dir)).toEqual(await undisturbed());
  });

  it('is another for another seed', async () => {
    const dir = temporaryFolder();
    await runToy(dir, MIXED, { identity: { seed: 2, scale: 'smoke', overrides: {} } });
    expect(trialTable(dir)).not.toEqual(await undisturbed());
  });

  it('is the same after kill -9 at any moment', async () => {
    const dir = temporaryFolder();
    for (const trials of [1, 10, 25]) runAndKill(dir, trials, MIXED, { sleep: '10' });
    const before = trialTable(dir).length;
    expect(before).toBeLessThan(132);
    const outcome = await runToy(dir, MIXED, { set: { sleep: '10' } });
    expect(outcome.experiments.reduce((sum, { performed }) => sum + performed, 0)).toBe(132 - before);
    expect(trialTable(dir)).toEqual(await undisturbed());
  });
});

describe('continuing', () => {
  it('performs nothing when nothing is missing', async () => {
    const dir = temporaryFolder();
    await runToy(dir, MIXED);
    const again = await runToy(dir, MIXED);
    expect(again.ending).toBe('complete');
    expect(again.experiments.map(({ performed, done }) => [performed, done])).toEqual([
      [0, 120],
      [0, 12],
    ]);
  });

  it('adds an experiment and leaves the others alone', async () => {
    const dir = temporaryFolder();
    await runToy(dir, ['toy-other']);
    const both = await runToy(dir, MIXED);
    expect(both.experiments.map(({ performed }) => performed)).toEqual([120, 0]);
    expect(trialTable(dir).toSorted()).toEqual((await undisturbed()).toSorted());
  });

  it('performs only the new cells of a grid that grows, and keeps the grid order', async () => {
    const dir = temporaryFolder();
    await runToy(dir, MIXED, { set: { n: '20,10' } });
    const grown = await runToy(dir, MIXED, { set: { n: '30,10,20' } });
    expect(grown.experiments[0]?.performed).toBe(40);
    const store = readStudy(dir);
    expect(store.cells('toy-mixed').map(({ text }) => text)).toEqual(['d=2,n=30', 'd=2,n=10', 'd=2,n=20']);
    store.close();
  });

  it('keeps one row of provenance per run', async () => {
    const dir = temporaryFolder();
    await runToy(dir, ['toy-other'], { provenance: { cpu: 'toy' } });
    await runToy(dir, ['toy-other'], { workers: 1 });
    const store = readStudy(dir);
    expect(store.runs()).toMatchObject([
      { cpu: 'toy', workers: 2, ending: 'complete' },
      { workers: 1, ending: 'complete' },
    ]);
    store.close();
  });
});

describe('a study that cannot go well', () => {
  it('stops when the first trials all fail, and says why', async () => {
    const dir = temporaryFolder();
    const outcome = await runToy(dir, ['toy-failing'], { set: { sleep: '0', trials: '2000' } });
    expect(outcome.ending).toBe('failing');
    expect(outcome.failure).toMatchObject({ experiment: 'toy-failing', error: 'no luck with n = 30' });
    expect(outcome.experiments[0]?.done).toBeGreaterThanOrEqual(10);
    expect(outcome.experiments[0]?.done).toBeLessThan(6000);
    expect(
      (await runToy(dir, ['toy-failing'], { set: { sleep: '0', trials: '2000' } })).experiments[0]?.performed,
    ).toBe(0);
  });

  it('stops when fewer than ten are planned and all fail', async () => {
    const outcome = await runToy(temporaryFolder(), ['toy-failing'], { set: { n: '5', trials: '3' } });
    expect(outcome.ending).toBe('failing');
    expect(outcome.failure?.failed).toBe(3);
  });

  it('goes on when one of the first trials is well', async () => {
    // On one worker: another could store ten failures before the first trial is done.
    const outcome = await runToy(temporaryFolder(), ['toy-late-failing'], { workers: 1 });
    expect(outcome.ending).toBe('complete');
    expect(outcome.experiments[0]).toMatchObject({ done: 200, failed: 199 });
  });

  it('reports a worker that dies and keeps what was stored; without the cause it continues', async () => {
    const dir = temporaryFolder();
    vi.stubEnv('TOY_DIES', '1');
    await expect(runToy(dir, ['toy-dying'], { workers: 1 })).rejects.toThrow(
      /toy-dying, trials \d+ to \d+.*exited with code: 7/,
    );
    const store = readStudy(dir);
    expect(store.runs()).toMatchObject([{ ending: 'crashed' }]);
    store.close();
    expect(trialTable(dir).length).toBeLessThan(50);
    vi.unstubAllEnvs();
    expect((await runToy(dir, ['toy-dying'])).experiments[0]?.done).toBe(50);
  });

  it.each([0, 257, 1.5, NaN])('refuses %s workers', async (workers) => {
    await expect(runToy(temporaryFolder(), ['toy-other'], { workers })).rejects.toThrow(
      /--workers must be an integer from 1 to 256/,
    );
  });
});

describe('stopping', () => {
  /**
   * Starts a study whose first trial is done when this returns, and whose second one waits at a gate that `open` opens.
   */
  async function atSecondTrial(set: Record<string, string> = {}) {
    const [dir, gate, control, clock] = [
      temporaryFolder(),
      join(temporaryFolder(), 'gate'),
      new StudyControl(),
      new HandClock(),
    ];
    vi.stubEnv('TOY_GATE', gate);
    const running = runToy(dir, ['toy-gated'], { workers: 1, set, control, clock });
    const someLeaseRuns = (): boolean =>
      Array.from({ length: MOST_LEASES }, (_, i) => control.lease(i)).some((words) => words.running !== undefined);
    await until('the second trial runs', () => trialTable(dir).length === 1 && someLeaseRuns());
    vi.unstubAllEnvs();
    return {
      dir,
      control,
      clock,
      running,
      open: () => {
        writeFileSync(gate, '');
      },
    };
  }

  it('keeps running trials at the first word', async () => {
    const { dir, control, running, open } = await atSecondTrial();
    control.interrupt();
    open();
    expect((await running).ending).toBe('stopped');
    expect(control.level).toBe(StopLevel.finish);
    expect(trialTable(dir)).toHaveLength(2);
    expect(trialTable(dir).join()).not.toContain('"hit":0');
  });

  it('breaks running trials off at the second word, and does not store them', async () => {
    const { dir, control, running } = await atSecondTrial();
    control.interrupt();
    control.interrupt();
    expect((await running).ending).toBe('stopped');
    expect(control.level).toBe(StopLevel.abandon);
    expect(trialTable(dir)).toHaveLength(1);
  });

  it('does not wait for ever for trials that do not listen', async () => {
    const { dir, control, clock, running } = await atSecondTrial({ stubborn: '1' });
    control.interrupt();
    control.interrupt();
    expect((await whileClockRuns(running, clock)).ending).toBe('stopped');
    expect(trialTable(dir)).toHaveLength(1);
  });

  it('stops by itself when the budget is spent, and keeps what was done', async () => {
    const dir = temporaryFolder();
    const outcome = await runToy(dir, ['toy-slow'], { ...SIMULATED, budgetSeconds: 2 });
    expect(outcome.ending).toBe('budget');
    expect(outcome.experiments[0]?.done).toBe(trialTable(dir).length);
    // Of 20 ms each.
    expect(trialTable(dir)).toHaveLength(100);
  });

  it('does not let long trials overrun the budget by more than the grace', async () => {
    const outcome = await runToy(temporaryFolder(), ['toy-slow'], {
      ...SIMULATED,
      budgetSeconds: 0.5,
      set: { sleep: '30000' },
    });
    expect(outcome.ending).toBe('budget');
    expect(outcome.seconds).toBeGreaterThan(5.5);
    expect(outcome.seconds).toBeLessThan(5.8);
  });
});
