import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { InputError } from '../../src/base/errors.js';
import {
  profilePath,
  readProfile,
  removeProfile,
  thisMachine,
  writeProfile,
  type Profile,
} from '../../src/tuning/profile.js';
import { scratchFolder } from '../cli/basin.js';

const folder = scratchFolder();
const machine = { cpu: 'a processor', cores: 4, addon: '0123456789abcdef' };
const profile: Profile = {
  version: 1,
  machine,
  measured: '2026-01-02T03:04:05.000Z',
  blocking: { groupUnits: 32, tileRows: 5 },
  workers: 4,
};

describe('where a profile lies', () => {
  test('in XDG_CACHE_HOME, or in ~/.cache when that is not set or relative', () => {
    expect(profilePath({ XDG_CACHE_HOME: '/somewhere' })).toBe('/somewhere/basin/tuning.json');
    for (const given of [undefined, '', 'relative'])
      expect(profilePath({ XDG_CACHE_HOME: given })).toBe(join(homedir(), '.cache', 'basin', 'tuning.json'));
  });

  test('nowhere for a user without a home, or with a relative one', () => {
    expect(
      profilePath({}, () => {
        throw new Error('uv_os_homedir returned ENOENT');
      }),
    ).toBeUndefined();
    for (const home of ['', 'relative']) expect(profilePath({}, () => home)).toBeUndefined();
  });
});

describe('a profile', () => {
  const path = join(folder, 'deep', 'tuning.json');

  test('comes back as it was written, and is gone when removed', () => {
    expect(readProfile(path, () => machine)).toEqual({ state: 'none' });
    writeProfile(path, profile);
    expect(readProfile(path, () => machine)).toEqual({ state: 'valid', profile });
    removeProfile(path);
    removeProfile(path);
    expect(readProfile(path, () => machine)).toEqual({ state: 'none' });
  });

  test.each([
    ['processor', { cpu: 'another' }],
    ['number of cores', { cores: 5 }],
    ['build', { addon: 'fedcba9876543210' }],
  ])('of another %s is stale', (_, other) => {
    writeProfile(path, profile);
    expect(readProfile(path, () => ({ ...machine, ...other }))).toEqual({ state: 'stale', profile });
  });

  test('that is a folder is damaged, and neither written nor removed', () => {
    const blocked = join(folder, 'blocked', 'tuning.json');
    mkdirSync(blocked, { recursive: true });
    expect(readProfile(blocked, () => machine)).toEqual({ state: 'damaged' });
    expect(() => {
      writeProfile(blocked, profile);
    }).toThrow(InputError);
    expect(() => {
      removeProfile(blocked);
    }).toThrow(`${blocked}: cannot be removed`);
  });

  test.each([
    '',
    '{',
    'null',
    '{"version": 1}',
    JSON.stringify({ ...profile, workers: 0 }),
    JSON.stringify({ ...profile, blocking: { groupUnits: 8, tileRows: 7 } }),
    JSON.stringify({ ...profile, more: 1 }),
  ])('%s is damaged', (text) => {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    expect(readProfile(path, () => machine)).toEqual({ state: 'damaged' });
  });
});

test('this machine has a processor and a build', () => {
  const { cpu, cores, addon } = thisMachine();
  expect(cpu).not.toBe('');
  expect(cores).toBe(availableParallelism());
  expect(addon).toMatch(/^[0-9a-f]{16}$/);
});
