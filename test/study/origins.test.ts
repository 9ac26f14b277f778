import { describe, expect, it } from 'vitest';
import { originDifferences, originOf, originsOf, sameOrigin } from '../../src/study/origins.js';

const RUN = {
  basin: '0.1.0', build: '0.1.0+a', commit: 'c', node: '20.1.0', cpu: 'X', workers: 2,
  native: { addonVersion: '0.1.0', openblas: { core: 'Haswell', threads: 1 }, vectorTarget: 'AVX2' },
};
const MERGED = { basin: '0.1.0', build: '0.1.0+a', merged: 7, places: [{ host: 'h', cpu: 'X', blas: 'Haswell', vector: 'AVX2', units: 1 }, { host: 'i', cpu: 'Y', blas: 'SkylakeX', vector: 'AVX3', units: 2 }] };

describe('origins', () => {
  it('are what a run says of program and machine', () => {
    expect(originOf(RUN)).toEqual({ build: '0.1.0+a', commit: 'c', blas: 'Haswell', vector: 'AVX2', node: '20.1.0', cpu: 'X' });
    expect(originOf({ commit: 'unknown' })).toEqual({});
  });

  it('are those of every place of merged results, and each once', () => {
    expect(originsOf([RUN, { ...RUN, workers: 9 }, MERGED])).toEqual([
      originOf(RUN),
      { build: '0.1.0+a', blas: 'Haswell', vector: 'AVX2', cpu: 'X' },
      { build: '0.1.0+a', blas: 'SkylakeX', vector: 'AVX3', cpu: 'Y' },
    ]);
  });

  it('are the same when build, BLAS kernel and vector target are one, whatever the processor and commit', () => {
    const [here, there] = [originOf(RUN), originOf({ ...RUN, cpu: 'Z', commit: 'd' })];
    expect(sameOrigin([here], [there])).toBe(true);
    expect(sameOrigin([here], [{ ...there, blas: 'Zen' }])).toBe(false);
    expect(sameOrigin([here, { ...here, vector: 'AVX3' }], [here])).toBe(false);
  });

  it('are not known to be the same when a study does not say', () => {
    const old = originOf({ ...RUN, build: undefined });
    expect(sameOrigin([old], [old])).toBe(false);
    expect(sameOrigin([], [])).toBe(false);
  });

  it('differ by name, as far as both say', () => {
    const [here, elsewhere] = [originOf(RUN), originsOf([MERGED])];
    expect(originDifferences([here], elsewhere)).toEqual([
      { name: 'blas', first: ['Haswell'], second: ['Haswell', 'SkylakeX'] },
      { name: 'vector', first: ['AVX2'], second: ['AVX2', 'AVX3'] },
      { name: 'cpu', first: ['X'], second: ['X', 'Y'] },
    ]);
    expect(originDifferences([here], [here])).toEqual([]);
  });
});
