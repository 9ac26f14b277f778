import { expect, it } from 'vitest';
import { machineOrigin } from '../../../src/study/provenance/machine.js';

it('of a machine, what decides bits is its BLAS core and version, its vectors, and whose mathematics is called', () => {
  const openblas = {
    config: 'OpenBLAS 0.3.21 NO_LAPACKE DYNAMIC_ARCH',
    core: 'Zen',
    coreFound: 'Zen',
    threads: 1,
    parallel: 'pthread',
  } as const;
  const origin = machineOrigin({ addonVersion: '1', compiler: 'gcc', openblas, vectorTarget: 'AVX2' });
  expect(origin).toMatchObject({
    blas: 'Zen',
    openblas: '0.3.21',
    vector: 'AVX2',
    v8: process.versions.v8.split('.').slice(0, 2).join('.'),
  });
  expect(origin.platform).toContain(`${process.platform} ${process.arch}`);
});
