import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

const files = readdirSync('test', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.test.ts'))
  .map((file) => `test/${file}`);
/** Files that replace modules for all that comes after them in their process: each has a process of its own. */
const alone = files.filter((file) => /vi\.(mock|doMock|resetModules)\(/.test(readFileSync(file, 'utf8')));

export default defineConfig({
  test: {
    pool: 'forks',
    // By default one core is left idle, on two cores half of them; many tests wait for processes of their own.
    maxWorkers: Math.max(2, availableParallelism()),
    // No test has a limit of its own: this ends only what hangs.
    testTimeout: 600_000,
    hookTimeout: 600_000,
    projects: [
      { extends: true, test: { name: 'alone', include: alone } },
      // The others leave their process as they found it, and share it: nothing is imported once per file.
      { extends: true, test: { name: 'together', include: ['test/**/*.test.ts'], exclude: alone, isolate: false } },
    ],
  },
});
