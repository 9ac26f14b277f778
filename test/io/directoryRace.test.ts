/** Folders that another process makes at the same time. */
import type fileSystem from 'node:fs';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { ensureWritableDirectory } from '../../src/io/directory.js';
import { scratchFolder } from '../cli/basin.js';

vi.mock('node:fs', async (original) => {
  const fs = await original<typeof fileSystem>();
  /** The other process is always a moment earlier. */
  const mkdirSync = (path: string): void => {
    fs.mkdirSync(path);
    fs.mkdirSync(path);
  };
  return { ...fs, mkdirSync };
});

const folder = scratchFolder();

it('a folder that appears in between is as good as one that was made', () => {
  const path = join(folder, 'a', 'b');
  ensureWritableDirectory(path);
  expect(existsSync(path)).toBe(true);
});
