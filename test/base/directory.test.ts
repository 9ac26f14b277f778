/** The folders that results go to. */
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, it } from 'vitest';
import { ensureWritableDirectory } from '../../src/base/directory.js';
import { withDisk } from '../../src/base/disk.js';
import { scratchFolder } from '../cli/basin.js';
import { nameOfKilled } from './killed.js';

const folder = scratchFolder();

it('a folder that appears in between is as good as one that was made', () => {
  const path = join(folder, 'a', 'b');
  const isOurs = (made: string): boolean => !basename(made).startsWith('.basin-');
  withDisk(
    // The other process is always a moment earlier.
    ({ makeFolder }) => ({
      makeFolder: (made) => {
        makeFolder(made);
        if (isOurs(made)) makeFolder(made);
      },
    }),
    () => {
      ensureWritableDirectory(path);
    },
  );
  expect(existsSync(path)).toBe(true);
});

it('what a killed process left in it goes, and nothing else', () => {
  const path = join(folder, 'left');
  mkdirSync(path);
  for (const name of [nameOfKilled(), `${nameOfKilled()}-wal`, '.basin-notes', 'weights.npy'])
    writeFileSync(join(path, name), '');
  mkdirSync(join(path, nameOfKilled()));
  ensureWritableDirectory(path);
  expect(readdirSync(path).sort()).toEqual(['.basin-notes', 'weights.npy']);
});
