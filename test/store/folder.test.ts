import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { InputError } from '../../src/base/errors.js';
import { requireStoreFile } from '../../src/store/found.js';
import { requireNothingForeign, requireStudyFolder } from '../../src/store/folder.js';
import { temporaryFolder } from '../study/toy.js';

let dir = '';
beforeEach(() => {
  dir = join(temporaryFolder(), 'study');
});

function fill(...names: readonly string[]): void {
  mkdirSync(dir);
  for (const name of names) writeFileSync(join(dir, name), '');
}

describe('a folder for a study', () => {
  it('need not be there, and is made; asking alone makes nothing', () => {
    requireNothingForeign(dir);
    expect(existsSync(dir)).toBe(false);
    requireStudyFolder(dir);
    expect(readdirSync(dir)).toEqual([]);
    requireNothingForeign(dir);
  });

  it('may hold what a study leaves behind before there is a store, and nothing else', () => {
    fill('basin.sqlite-wal', 'basin.sqlite-shm', 'basin.sqlite-journal', 'report.html', 'figures');
    requireStudyFolder(dir);
    for (const name of ['basin.sqlite-', 'basin.sqlite.old', 'notes', 'report.html~']) {
      writeFileSync(join(dir, name), '');
      for (const require of [requireStudyFolder, requireNothingForeign]) {
        expect(() => {
          require(dir);
        }).toThrow(
          new InputError(`the output folder must be empty or hold a basin study, got '${dir}', which holds '${name}'`),
        );
      }
      writeFileSync(join(dir, 'basin.sqlite'), '');
      requireStudyFolder(dir);
      dir = join(temporaryFolder(), 'study');
      fill();
    }
  });

  it('is none where a file is', () => {
    writeFileSync(dir, '');
    expect(() => {
      requireNothingForeign(dir);
    }).toThrow(InputError);
    expect(() => {
      requireStudyFolder(dir);
    }).toThrow(InputError);
  });
});

it('a store is a file in it', () => {
  fill('notes');
  expect(() => requireStoreFile(dir)).toThrow(
    new InputError(`a study folder must hold basin.sqlite, got '${dir}', which does not`),
  );
  mkdirSync(join(dir, 'basin.sqlite'));
  expect(() => requireStoreFile(dir)).toThrow(new InputError(`'${join(dir, 'basin.sqlite')}' must be a file`));
  dir = join(temporaryFolder(), 'study');
  fill('basin.sqlite');
  expect(requireStoreFile(dir)).toBe(join(dir, 'basin.sqlite'));
});
