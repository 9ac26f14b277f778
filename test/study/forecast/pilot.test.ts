import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { StudyControl } from '../../../src/pool/control.js';
import { leftOf, type LeftExperiment } from '../../../src/study/forecast/left.js';
import { runPilot, type ExperimentPilot, type PilotOptions } from '../../../src/study/forecast/pilot.js';
import { countTrials } from '../../../src/study/leases/queue.js';
import { resolveValues } from '../../../src/study/grid/values.js';
import { clock, findExperiment } from '../../pool/fixtures/laboratory.mjs';
import { HandClock } from '../../pool/fixtures/clock.mjs';
import { SIMULATED, whileClockRuns } from '../../pool/inProcess.js';
import { IDENTITY, LABORATORY, runToy, temporaryFolder, trialTable, WORKER } from '../toy.js';

beforeAll(() => expect(existsSync(fileURLToPath(WORKER)), 'the program is built').toBe(true));
afterEach(() => void vi.unstubAllEnvs());

function left(id: string, set: Record<string, string> = {}, directory?: string): LeftExperiment {
  const experiment = findExperiment(id);
  return leftOf(
    IDENTITY,
    [{ experiment, values: resolveValues(experiment, 'smoke', new Map(Object.entries(set))) }],
    directory,
  )[0];
}

async function pilot(
  experiments: readonly LeftExperiment[],
  seconds: number,
  more: Partial<PilotOptions> = SIMULATED,
): Promise<ExperimentPilot[]> {
  return await runPilot(experiments, { seconds, workers: 2, worker: WORKER, laboratory: LABORATORY, ...more });
}

const trialsOf = ({ seen }: ExperimentPilot): number => [...seen.values()].reduce((sum, { trials }) => sum + trials, 0);

describe('what is left of a study', () => {
  it('is everything without a folder, and nothing of a complete one', async () => {
    const dir = temporaryFolder();
    expect(left('toy-mixed', {}, dir).cells.map(({ missing }) => countTrials(missing))).toEqual([40, 40, 40]);
    await runToy(dir, ['toy-mixed']);
    expect(left('toy-mixed', {}, dir).cells.map(({ planned, missing }) => [planned, countTrials(missing)])).toEqual([
      [40, 0],
      [40, 0],
      [40, 0],
    ]);
    expect(left('toy-other', {}, dir).cells.map(({ missing }) => countTrials(missing))).toEqual([12]);
  });

  it('is what a stopped run would go on with', async () => {
    const dir = temporaryFolder();
    const control = new StudyControl();
    const set = { sleep: '10' };
    await runToy(dir, ['toy-mixed'], {
      ...SIMULATED,
      set,
      control,
      onProgress: ([first]) => {
        if (first !== undefined && first.done > 20) control.interrupt();
      },
    });
    const missing = left('toy-mixed', set, dir).cells.reduce((sum, cell) => sum + countTrials(cell.missing), 0);
    expect(missing).toBe(120 - trialTable(dir).length);
    expect((await runToy(dir, ['toy-mixed'], { set })).experiments[0]?.performed).toBe(missing);
  });

  it('of another study is refused', async () => {
    const dir = temporaryFolder();
    await runToy(dir, ['toy-mixed']);
    expect(() => left('toy-mixed', { sleep: '1' }, dir)).toThrow(/holds toy-mixed with sleep=0/);
    expect(() => leftOf({ ...IDENTITY, seed: 2 }, [], dir)).toThrow(/must be continued with the same --seed 1, got 2/);
    expect(() => leftOf(IDENTITY, [], fileURLToPath(new URL('.', import.meta.url)))).toThrow(
      /must be empty or hold a basin study/,
    );
  });
});

describe('a pilot', () => {
  it('sees trials of every cell, failures and curves among them', async () => {
    const [mixed, other] = await pilot([left('toy-mixed'), left('toy-other')], 5);
    expect(mixed.seen.size).toBe(3);
    expect(trialsOf(other)).toBeGreaterThan(0);
    expect(trialsOf(mixed)).toBeLessThanOrEqual(120);
    for (const { trials, seconds, squares, bytes } of mixed.seen.values()) {
      expect(bytes).toBeGreaterThan(30 * trials);
      expect(squares * trials * (1 + 1e-9)).toBeGreaterThanOrEqual(seconds ** 2);
    }
  });

  it('sees nothing but warm-ups of what takes all the time, and counts them then', async () => {
    const [slow] = await pilot([left('toy-slow', { sleep: '600' })], 1);
    expect(trialsOf(slow)).toBeGreaterThan(0);
    expect(slow.failed).toBe(0);
    expect(slow.error).toBeUndefined();
  });

  it('sums the seconds of a cell, and their squares, as its model does', async () => {
    const [slow] = await pilot([left('toy-slow')], 2);
    for (const [cell, { trials, seconds, squares }] of slow.seen) {
      expect(slow.model.secondsPerTrial(cell)).toBeCloseTo(seconds / trials, 3);
      expect(squares).toBeCloseTo(seconds ** 2 / trials, 4);
    }
    expect(slow.seen.size).toBe(1);
  });

  it('counts the trials that fail', async () => {
    const [failing] = await pilot([left('toy-failing')], 5);
    expect(failing.failed).toBe(trialsOf(failing));
    expect(failing.error).toMatch(/no luck with n = \d+/);
  });

  it('breaks off what runs when the time is up, also what does not listen', async () => {
    vi.stubEnv('TOY_GATE', '/never/opened');
    for (const stubborn of ['0', '1']) {
      const hand = new HandClock();
      const [gated] = await whileClockRuns(pilot([left('toy-gated', { stubborn })], 60, { clock: hand }), hand);
      expect(trialsOf(gated)).toBeLessThanOrEqual(1);
    }
  });

  it('ends when its time is up', async () => {
    const before = clock.now();
    expect(trialsOf((await pilot([left('toy-slow', { trials: '100000' })], 1.5))[0])).toBeGreaterThan(0);
    expect(clock.now() - before).toBeLessThan(1.6);
  });

  it('performs nothing in no time, and nothing of a complete study', async () => {
    const dir = temporaryFolder();
    await runToy(dir, ['toy-mixed']);
    expect((await pilot([left('toy-mixed')], 0)).map(trialsOf)).toEqual([0]);
    expect((await pilot([left('toy-mixed', {}, dir)], 5)).map(trialsOf)).toEqual([0]);
  });

  it('tells experiments apart that take different times', async () => {
    const [quick, slow] = await pilot([left('toy-trivial'), left('toy-slow')], 2);
    const mean = ({ seen }: ExperimentPilot): number =>
      [...seen.values()].reduce((sum, { seconds }) => sum + seconds, 0) /
      [...seen.values()].reduce((sum, { trials }) => sum + trials, 0);
    // A trial of toy-slow cannot take less than its 20 ms.
    expect(mean(slow)).toBeGreaterThanOrEqual(0.02);
    expect(trialsOf(quick)).toBeGreaterThan(0);
  });
});
