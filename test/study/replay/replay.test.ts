import { beforeEach, describe, expect, it } from 'vitest';
import { InputError } from '../../../src/base/errors.js';
import type { Experiment } from '../../../src/experiments/spec.js';
import { readStudy } from '../../../src/store/open.js';
import { replayTrial, type Replay } from '../../../src/study/replay/replay.js';
import { findExperiment, loadNativeKernels } from '../../pool/fixtures/laboratory.mjs';
import { SIMULATED } from '../../pool/inProcess.js';
import { runToy, tamper, temporaryFolder } from '../toy.js';

let dir = '';
beforeEach(async () => {
  dir = temporaryFolder();
  await runToy(dir, ['toy-mixed'], { set: { n: '30', trials: '60' } });
});

function replay(address: string, find: (id: string) => Experiment = findExperiment): Replay {
  const store = readStudy(dir);
  try {
    return replayTrial(store, address, find, loadNativeKernels());
  } finally {
    store.close();
  }
}

const change = (sql: string): void => {
  tamper(dir, sql);
};

describe('replayTrial', () => {
  it('says identical for every trial: ok, diverged, failed, with odd numbers and curves', () => {
    const replays = Array.from({ length: 60 }, (_, trial) => replay(`toy-mixed/d=2,n=30#${trial}`));
    expect(replays.filter(({ identical }) => !identical)).toEqual([]);
    expect(new Set(replays.map(({ stored }) => stored.status))).toEqual(new Set(['ok', 'diverged', 'failed']));
  });

  it('gives the canonical address, and both sides', () => {
    const { address, stored, replayed } = replay('toy-mixed/n=30,d=2#1');
    expect(address).toBe('toy-mixed/d=2,n=30#1');
    expect(replayed).toEqual(stored);
  });

  it.each([
    [
      'the last bit of a measure',
      "UPDATE trials SET measures = with_measure(names, measures, 'u', measure(names, measures, 'u') + 1e-16) WHERE status <> 'failed'",
    ],
    ['a missing measure', "UPDATE measure_names SET names = replace(names, 'hit', 'miss')"],
    ['a status', "UPDATE trials SET status = 'diverged' WHERE status = 'ok'"],
    ['an error', "UPDATE trials SET error = 'another' WHERE status = 'failed'"],
    ['a curve', 'UPDATE curves SET data = zeroblob(24)'],
    ['a lost curve', 'DELETE FROM curves'],
  ])('sees a change of %s', (_, sql) => {
    change(sql);
    const replays = Array.from({ length: 60 }, (__, trial) => replay(`toy-mixed/d=2,n=30#${trial}`));
    expect(replays.some(({ identical }) => !identical)).toBe(true);
  });

  it.each([
    ['toy-mixed', 'an address must look like ID/CELL#TRIAL'],
    [
      'toy-mixd/d=2,n=30#1',
      "the address must name a stored experiment (toy-mixed), got 'toy-mixd' (did you mean 'toy-mixed'?)",
    ],
    [
      'toy-mixed/d=2,n=31#1',
      "the address must name a stored cell of toy-mixed (d=2,n=30), got 'd=2,n=31' (did you mean 'd=2,n=30'?)",
    ],
    [
      'toy-mixed/d=2,n=30#60',
      "the address must name a stored trial, got 'toy-mixed/d=2,n=30#60', which is not in the study",
    ],
  ])('refuses %s', (address, message) => {
    expect(() => replay(address)).toThrow(InputError);
    expect(() => replay(address)).toThrow(message);
  });

  it('refuses a trial that was cut off, with its reason, and shows five cells of many', async () => {
    change("UPDATE trials SET status = 'censored', error = 'over 3 s' WHERE trial = 4");
    expect(() => replay('toy-mixed/d=2,n=30#4')).toThrow(
      new InputError(
        "the address must name a trial that is done, got 'toy-mixed/d=2,n=30#4', which is censored: over 3 s",
      ),
    );
    dir = temporaryFolder();
    await runToy(dir, ['toy-other', 'toy-mixed'], { ...SIMULATED, set: { n: '1,2,3,4,5,6,7', trials: '1' } });
    expect(() => replay('toy-mixed/d=9,n=99#0')).toThrow(
      '(d=2,n=1 | d=2,n=2 | d=2,n=3 | d=2,n=4 | d=2,n=5 | … 2 more)',
    );
    dir = temporaryFolder();
    await runToy(dir, ['toy-mixed'], { ...SIMULATED, set: { n: '1,2,3,4,5', trials: '1' } });
    expect(() => replay('toy-mixed/d=9,n=99#0')).toThrow("d=2,n=5), got 'd=9,n=99'");
  });

  it('gives both sides without curves, and whether a bit differs', () => {
    change("UPDATE trials SET measures = with_measure(names, measures, 'u', 2) WHERE trial = 1");
    const { identical, stored, replayed } = replay('toy-mixed/d=2,n=30#1');
    expect([identical, stored.measures['u'], Object.keys(stored), Object.keys(replayed)]).toEqual([
      false,
      2,
      ['status', 'measures', 'error'],
      ['status', 'measures', 'error'],
    ]);
    expect(replayed.measures['u']).not.toBe(2);
  });

  it('refuses another version of the experiment', () => {
    expect(() => replay('toy-mixed/d=2,n=30#1', (id) => ({ ...findExperiment(id), version: 2 }))).toThrow(
      /holds toy-mixed version 1, this program has version 2/,
    );
  });
});
