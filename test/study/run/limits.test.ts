/** Limits of time and memory: what is over one is censored, everything else is as without. */
import { describe, expect, it } from 'vitest';
import { readStudy } from '../../../src/store/open.js';
import type { StudyOutcome } from '../../../src/study/run/outcome.js';
import { summariseExperiment } from '../../../src/study/summary/summary.js';
import { resolveValues } from '../../../src/study/grid/values.js';
import { clock, findExperiment } from '../../pool/fixtures/laboratory.mjs';
import { SIMULATED } from '../../pool/inProcess.js';
import { runToy, temporaryFolder, trialTable, type ToyRun } from '../toy.js';

const counts = ({ ending, experiments: [track] }: StudyOutcome): unknown => [
  ending,
  track?.done,
  track?.censored,
  track?.performed,
];

async function table(id: string, options: ToyRun): Promise<string[]> {
  const dir = temporaryFolder();
  await runToy(dir, [id], { ...SIMULATED, ...options });
  return trialTable(dir);
}

describe('a limit of time', () => {
  /** The first trial takes no time, the others long. */
  const set = { quickFirst: '1', sleep: '600', trials: '3' };

  it('censors what takes longer, says so, and leaves the rest as it is', async () => {
    const dir = temporaryFolder();
    expect(counts(await runToy(dir, ['toy-slow'], { ...SIMULATED, set, trialSeconds: 0.2 }))).toEqual([
      'complete',
      1,
      2,
      3,
    ]);
    const [first, second] = trialTable(dir);
    expect(first).toBe((await table('toy-slow', { set }))[0]);
    expect(second).toMatch(/"censored","\{\}","cut after 0\.\d+ s: --trial-time allows 0\.2 s",\[\]\]$/);
  });

  it('tries again what a higher limit allows, and only that', async () => {
    const dir = temporaryFolder();
    await runToy(dir, ['toy-slow'], { ...SIMULATED, set, trialSeconds: 0.2 });
    expect(counts(await runToy(dir, ['toy-slow'], { ...SIMULATED, set, trialSeconds: 0.2 }))).toEqual([
      'complete',
      1,
      2,
      0,
    ]);
    expect(counts(await runToy(dir, ['toy-slow'], { ...SIMULATED, set, trialSeconds: 0.1 }))).toEqual([
      'complete',
      1,
      2,
      0,
    ]);
    expect(counts(await runToy(dir, ['toy-slow'], { ...SIMULATED, set, trialSeconds: 60 }))).toEqual([
      'complete',
      3,
      0,
      2,
    ]);
    expect(trialTable(dir)).toEqual(await table('toy-slow', { set }));
  });

  it('tries again without a limit', async () => {
    const dir = temporaryFolder();
    await runToy(dir, ['toy-slow'], { ...SIMULATED, set, trialSeconds: 0.2 });
    expect(counts(await runToy(dir, ['toy-slow'], { ...SIMULATED, set }))).toEqual(['complete', 3, 0, 2]);
  });

  it('censors a trial that does not poll its word when that is over', async () => {
    const dir = temporaryFolder();
    expect(
      counts(await runToy(dir, ['toy-slow'], { ...SIMULATED, set: { ...set, stubborn: '1' }, trialSeconds: 0.2 })),
    ).toEqual(['complete', 1, 2, 3]);
  });

  it('leaves out time in which the program stands still: a limit above the rest is a higher one', async () => {
    const dir = temporaryFolder();
    const long = { sleep: '6000', trials: '1' };
    const forget = clock.every(0.7, () => {
      forget();
      clock.standStill(3);
    });
    expect(counts(await runToy(dir, ['toy-slow'], { ...SIMULATED, set: long, trialSeconds: 1.5 }))).toEqual([
      'complete',
      0,
      1,
      1,
    ]);
    expect(counts(await runToy(dir, ['toy-slow'], { ...SIMULATED, set: long, trialSeconds: 2.2 }))).toEqual([
      'complete',
      0,
      1,
      1,
    ]);
  });

  it('begins a trial again whose word was meant for the one before', async () => {
    const lines = await table('toy-hasty', {});
    expect(lines).toHaveLength(12);
    for (const line of lines) expect(line).toMatch(/"ok".*"hit\\":1/);
  });
});

describe('a limit of memory', () => {
  /** Beside 32 MiB a trial is predicted to hold 1.2 · 8 · n · d bytes. */
  const trialBytes = 2 ** 25 + 1.2 * 8 * 15 * 2;

  it('censors cells that would need more before anything runs, until it is raised', async () => {
    const dir = temporaryFolder();
    expect(counts(await runToy(dir, ['toy-mixed'], { ...SIMULATED, trialBytes }))).toEqual(['complete', 40, 80, 40]);
    const [over] = trialTable(dir);
    expect(over).toContain('"d=2,n=30"');
    expect(over).toContain('"censored","{}","not begun: it would hold about 33.6 MB, --trial-memory allows 33.6 MB"');
    expect(counts(await runToy(dir, ['toy-mixed'], { ...SIMULATED, trialBytes }))).toEqual(['complete', 40, 80, 0]);
    expect(counts(await runToy(dir, ['toy-mixed'], { ...SIMULATED, trialBytes: 2 ** 30 }))).toEqual([
      'complete',
      120,
      0,
      80,
    ]);
    expect(trialTable(dir)).toEqual(await table('toy-mixed', {}));
  });

  it('goes by what an experiment says of its trials', async () => {
    expect(counts(await runToy(temporaryFolder(), ['toy-large'], { ...SIMULATED, trialBytes: 1e9 }))).toEqual([
      'complete',
      0,
      12,
      0,
    ]);
    expect(counts(await runToy(temporaryFolder(), ['toy-large'], { ...SIMULATED, trialBytes: 3e9 }))).toEqual([
      'complete',
      12,
      0,
      12,
    ]);
  });
});

describe('the statistics of a study with censored trials', () => {
  it('counts them beside, and as neither success nor failure', async () => {
    const [limited, free] = [temporaryFolder(), temporaryFolder()];
    await runToy(limited, ['toy-mixed'], { ...SIMULATED, trialBytes: 2 ** 25 + 1.2 * 8 * 15 * 2 });
    await runToy(free, ['toy-mixed'], SIMULATED);
    const [some, all] = [limited, free].map((dir) => {
      const store = readStudy(dir);
      const experiment = findExperiment('toy-mixed');
      const cells = summariseExperiment(store, experiment, resolveValues(experiment, 'smoke', new Map()));
      store.close();
      return cells;
    });
    expect(some?.map(({ trials, planned, censored }) => [trials, planned, censored])).toEqual([
      [0, 40, 40],
      [40, 40, undefined],
      [0, 40, 40],
    ]);
    expect(some?.[0]?.measures['rate']?.value).toBeNaN();
    expect(some?.[1]).toEqual(all?.[1]);
  });
});
