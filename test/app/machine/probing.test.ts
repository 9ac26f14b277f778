import { expect, it, vi } from 'vitest';
import { probe } from '../../../src/app/machine/probing.js';

vi.mock('node:child_process', () => ({
  spawnSync: () => ({
    stdout: null,
    stderr: null,
    status: null,
    signal: null,
    error: Object.assign(new Error('spawnSync node EAGAIN'), { code: 'EAGAIN' }),
  }),
}));

it('where no process can be made each step says what is short', () => {
  expect(probe(['database', 'worker'])).toEqual([
    {
      step: 'database',
      problem:
        'opening a database cannot be tried: no more threads can be made: give fewer --workers, or raise ulimit -u',
    },
    {
      step: 'worker',
      problem:
        'a trial in a worker thread cannot be tried: no more threads can be made: give fewer --workers, or raise ulimit -u',
    },
  ]);
});
