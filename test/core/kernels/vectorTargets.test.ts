/** Every instruction set that this machine has, forced in a process of its own, agrees with the plain loops. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { loadNativeKernels } from '../../../src/core/kernels/native.js';

const PROGRAM = join(import.meta.dirname, 'forcedTarget.mjs');

interface Forced {
  readonly target: string;
  readonly worst: number;
}

function forced(target: string): { readonly status: number | null; readonly stdout: string; readonly stderr: string } {
  const env = { ...process.env, BASIN_VECTOR_TARGET: target };
  return spawnSync(process.execPath, [PROGRAM], { env, encoding: 'utf8' });
}

const best = loadNativeKernels().info().vectorTarget;
const targets = { AVX3: ['AVX3', 'AVX2', 'SCALAR'], AVX2: ['AVX2', 'SCALAR'] }[best] ?? [best];

it.each(targets)('%s', (target) => {
  const { status, stdout, stderr } = forced(target);
  expect([status, stderr]).toEqual([0, '']);
  const found = JSON.parse(stdout) as Forced;
  expect(found.target).toBe(target);
  expect(found.worst).toBeLessThan(1e-12);
});

it('an unknown one is refused with those that there are', () => {
  const { status, stderr } = forced('AVX9');
  expect(status).toBe(2);
  expect(stderr).toContain(`BASIN_VECTOR_TARGET must be one of ${targets.join(', ')} on this machine, got 'AVX9'`);
});
