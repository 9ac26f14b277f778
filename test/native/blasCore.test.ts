/** An OpenBLAS that has chosen kernels for an old processor, as one does that does not know the present one. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { loadNativeKernels } from '../../src/core/kernels/native.js';

const PROGRAM = join(import.meta.dirname, 'blasCore.mjs');

interface Ran {
  readonly core: string;
  readonly coreFound: string;
  readonly worst: number;
  readonly left: string | null;
}

function withOldLibrary(environment: Readonly<Record<string, string>> = {}): Ran {
  const env = { ...process.env, LD_PRELOAD: 'libopenblas.so.0', OPENBLAS_CORETYPE: 'Prescott', ...environment };
  const { status, stdout, stderr } = spawnSync(process.execPath, [PROGRAM], { env, encoding: 'utf8' });
  expect(status, stderr).toBe(0);
  return JSON.parse(stdout) as Ran;
}

const { openblas, vectorTarget } = loadNativeKernels().info();
const newest: Readonly<Record<string, string>> = { AVX3: 'SkylakeX', AVX3_ZEN4: 'SkylakeX', AVX2: 'Haswell' };
const canChoose = process.platform === 'linux' && openblas.config.includes('DYNAMIC_ARCH') && vectorTarget in newest;

it.skipIf(!canChoose)('runs the kernels of the newest instruction set, and multiplies right', () => {
  const { core, coreFound, worst, left } = withOldLibrary();
  expect([core, coreFound, left]).toEqual([newest[vectorTarget], 'Prescott', null]);
  expect(worst).toBeLessThan(1e-12);
});

it.skipIf(!canChoose)('runs its own where that is asked for', () => {
  expect(withOldLibrary({ BASIN_BLAS_CORE: 'library' })).toMatchObject({ core: 'Prescott', coreFound: 'Prescott' });
});
