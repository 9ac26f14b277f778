/** Studies whose trials follow from results end with the same trials, whatever happens on the way. */
import { describe, expect, it } from 'vitest';
import { StudyControl } from '../../../src/pool/control.js';
import { openStudy, readStudy } from '../../../src/store/open.js';
import { Prefixes } from '../../../src/study/summary/prefixes.js';
import { summariseExperiment } from '../../../src/study/summary/summary.js';
import { findExperiment } from '../../pool/fixtures/laboratory.mjs';
import { SIMULATED } from '../../pool/inProcess.js';
import { IDENTITY, runAndKill, runToy, temporaryFolder, trialTable } from '../toy.js';

const GROWING = ['toy-growing'];
const SET = { n: '21,16', trials: '6', sleep: '10' };

async function undisturbed(): Promise<string[]> {
  const dir = temporaryFolder();
  expect((await runToy(dir, GROWING, { workers: 1, set: SET })).ending).toBe('complete');
  return trialTable(dir);
}

describe('a grid that follows from results', () => {
  it('grows in cells and in trials, and is planned whole by who reads the store', async () => {
    const dir = temporaryFolder();
    const outcome = await runToy(dir, GROWING, { set: SET });
    const first = 12;
    expect(outcome.experiments[0]).toMatchObject({ done: outcome.experiments[0]?.planned });
    expect(outcome.experiments[0]?.done).toBeGreaterThan(4 * first);
    const store = readStudy(dir);
    const [{ values }] = store.experiments();
    const cells = summariseExperiment(store, findExperiment('toy-growing'), values);
    expect(cells.map(({ settings }) => settings['n'])).toEqual([21, 10, 5, 16, 8, 4]);
    expect(new Set(cells.map(({ planned }) => planned)).size).toBeGreaterThan(1);
    expect(cells.every(({ trials, planned }) => trials === planned)).toBe(true);
    store.close();
  });

  it('has the same trials for one worker and three', async () => {
    const dir = temporaryFolder();
    await runToy(dir, GROWING, { workers: 3, set: SET });
    expect(trialTable(dir)).toEqual(await undisturbed());
  });

  it('has them when stopped and continued: a stop at a look is not complete', async () => {
    const dir = temporaryFolder();
    for (const stopAt of [7, 12, 40]) {
      const control = new StudyControl();
      const { ending } = await runToy(dir, GROWING, {
        ...SIMULATED,
        set: SET,
        control,
        onProgress: ([progress]) => {
          if ((progress?.done ?? 0) >= stopAt) control.interrupt();
        },
      });
      expect(ending).toBe('stopped');
    }
    expect((await runToy(dir, GROWING, { set: SET })).ending).toBe('complete');
    expect(trialTable(dir)).toEqual(await undisturbed());
  });

  it('has them after kill -9 at any moment', async () => {
    const dir = temporaryFolder();
    for (const trials of [5, 20]) runAndKill(dir, trials, GROWING, SET);
    expect((await runToy(dir, GROWING, { set: SET })).ending).toBe('complete');
    expect(trialTable(dir)).toEqual(await undisturbed());
  });
});

describe('a prefix', () => {
  it('is known when none of its trials is missing, failed ones counting as the measure says', () => {
    const {
      measures: [uniform, rate],
    } = findExperiment('toy-mixed');
    const store = openStudy(temporaryFolder(), IDENTITY);
    const settings = { d: 2, n: 1 };
    const row = (trial: number, status: 'ok' | 'failed' | 'censored', u = 0) => ({
      trial,
      status,
      measures: status === 'ok' ? { u, hit: 1 } : {},
      seconds: 1,
      error: null,
    });
    const { estimate } = new Prefixes(store, findExperiment('toy-mixed'), {});
    expect(estimate(settings, rate, 1)).toBeUndefined();
    const [cell] = store.addExperiment({ id: 'toy-mixed', version: 1, values: {} }, [{ text: 'd=2,n=1', settings }]);
    store.commit([{ cell, rows: [row(0, 'ok', 0.5), row(1, 'failed'), row(3, 'ok', 0.7)], curves: [] }]);
    expect(estimate(settings, rate, 2)).toMatchObject({ value: 0.5, low: 2 });
    expect(estimate(settings, uniform, 2)?.value).toBeNaN();
    expect(estimate(settings, rate, 3)).toBeUndefined();
    store.commit([{ cell, rows: [row(2, 'censored')], curves: [] }]);
    expect(estimate(settings, rate, 3)).toBeUndefined();
    store.commit([{ cell, rows: [row(2, 'ok', 0.6)], curves: [] }]);
    expect(estimate(settings, rate, 4)).toMatchObject({ value: 0.75, low: 4 });
    expect(estimate(settings, rate, 2)).toMatchObject({ value: 0.5, low: 2 });
    store.close();
  });
});
