import { beforeEach, describe, expect, it } from 'vitest';
import { InputError } from '../../src/base/errors.js';
import type { Experiment } from '../../src/experiments/spec.js';
import { readStudy } from '../../src/store/open.js';
import { replayTrial, type Replay } from '../../src/study/replay.js';
import { findExperiment, loadNativeKernels } from '../pool/fixtures/laboratory.mjs';
import { runToy, tamper, temporaryFolder } from './toy.js';

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

const change = (sql: string): void => { tamper(dir, sql); };

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
    ['the last bit of a measure', "UPDATE trials SET measures = json_set(measures, '$.u', json_extract(measures, '$.u') + 1e-16) WHERE status <> 'failed'"],
    ['a missing measure', "UPDATE trials SET measures = json_remove(measures, '$.hit') WHERE status <> 'failed'"],
    ['a status', "UPDATE trials SET status = 'diverged' WHERE status = 'ok'"],
    ['an error', "UPDATE trials SET error = 'another' WHERE status = 'failed'"],
    ['a curve', "UPDATE curves SET data = zeroblob(24)"],
    ['a lost curve', 'DELETE FROM curves'],
  ])('sees a change of %s', (_, sql) => {
    change(sql);
    const replays = Array.from({ length: 60 }, (__, trial) => replay(`toy-mixed/d=2,n=30#${trial}`));
    expect(replays.some(({ identical }) => !identical)).toBe(true);
  });

  it.each([
    ['toy-mixed', 'an address must look like ID/CELL#TRIAL'],
    ['toy-mixd/d=2,n=30#1', "the address must name a stored experiment (toy-mixed), got 'toy-mixd' (did you mean 'toy-mixed'?)"],
    ['toy-mixed/d=2,n=31#1', "the address must name a stored cell of toy-mixed (d=2,n=30), got 'd=2,n=31' (did you mean 'd=2,n=30'?)"],
    ['toy-mixed/d=2,n=30#60', "the address must name a stored trial, got 'toy-mixed/d=2,n=30#60', which is not in the study"],
  ])('refuses %s', (address, message) => {
    expect(() => replay(address)).toThrow(InputError);
    expect(() => replay(address)).toThrow(message);
  });

  it('refuses another version of the experiment', () => {
    expect(() => replay('toy-mixed/d=2,n=30#1', (id) => ({ ...findExperiment(id), version: 2 }))).toThrow(/holds toy-mixed version 1, this program has version 2/);
  });
});
