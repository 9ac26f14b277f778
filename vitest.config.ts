import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    pool: 'forks',
    // By default one core is left idle, on two cores half of them; many tests wait for processes of their own.
    maxWorkers: Math.max(2, availableParallelism()),
    // No test has a limit of its own: this ends only what hangs.
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
});
