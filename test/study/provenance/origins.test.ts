import { describe, expect, it } from 'vitest';
import { openStudy } from '../../../src/store/open.js';
import { collect, factDifferences, factsOf, runFacts } from '../../../src/study/provenance/origins.js';
import { IDENTITY, runToy, temporaryFolder } from '../toy.js';

const ORIGIN = { build: '0.1.0+a', blas: 'Haswell', openblas: '0.3.21', vector: 'AVX2', v8: '11.3', platform: 'linux' };
const RUN = { basin: '0.1.0', commit: 'c', node: '20.1.0', cpu: 'X', workers: 2, build: 'of the run' };
const MERGED = {
  basin: '0.1.0',
  merged: 7,
  places: [
    { host: 'h', cpu: 'X' },
    { host: 'i', cpu: 'Y' },
  ],
};

describe('what is known of a study', () => {
  it('is who made its trials, and what its runs say beside that', async () => {
    const dir = temporaryFolder();
    await runToy(dir, ['toy-other'], { origin: ORIGIN, provenance: RUN });
    const store = openStudy(dir, IDENTITY);
    store.beginRun(MERGED);
    expect(factsOf(store)).toEqual({
      build: ['0.1.0+a'],
      blas: ['Haswell'],
      openblas: ['0.3.21'],
      vector: ['AVX2'],
      v8: ['11.3'],
      platform: ['linux'],
      commit: ['c'],
      node: ['20.1.0'],
      cpu: ['X', 'Y'],
    });
    store.close();
  });

  it('is each value once, and nothing that is unknown', () => {
    expect(collect([RUN, RUN, { cpu: 'Y', commit: 'unknown' }, { node: 7 }])).toEqual({
      build: ['of the run'],
      commit: ['c'],
      node: ['20.1.0'],
      cpu: ['X', 'Y'],
    });
    expect(runFacts(RUN)).toEqual([{ commit: 'c', node: '20.1.0', cpu: 'X' }]);
  });

  it('differs by name, as far as both say', () => {
    const [here, there] = [
      collect([ORIGIN, { cpu: 'X' }]),
      collect([ORIGIN, { ...ORIGIN, blas: 'Zen' }, { commit: 'c' }]),
    ];
    expect(factDifferences(here, there)).toEqual([{ name: 'blas', first: ['Haswell'], second: ['Haswell', 'Zen'] }]);
    expect(factDifferences(here, here)).toEqual([]);
  });
});
