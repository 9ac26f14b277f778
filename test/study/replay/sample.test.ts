import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { SeededDraws } from '../../../src/statistics/draws.js';
import { readStudy } from '../../../src/store/open.js';
import { allot, sampleTrials, type Sample, type SampleSize } from '../../../src/study/replay/sample.js';
import { runToy, temporaryFolder } from '../toy.js';

describe('allot', () => {
  const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);

  it('gives out what is wanted or all there is, one to each group where it is enough, the rest in proportion', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(50), { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 1, max: 300 }),
        fc.nat(),
        (sizes, wanted, seed) => {
          const counts = allot(sizes, wanted, new SeededDraws(`${seed}`));
          const filled = sizes.filter((size) => size > 0).length;
          expect(sum(counts)).toBe(Math.min(wanted, sum(sizes)));
          counts.forEach((count, group) => {
            expect(count).toBeLessThanOrEqual(sizes[group]);
            if (sizes[group] > 0 && wanted >= filled) expect(count).toBeGreaterThanOrEqual(1);
            if (wanted < filled) expect(count).toBeLessThanOrEqual(1);
            const rest = Math.min(wanted, sum(sizes)) - filled;
            if (rest > 0)
              expect(
                Math.abs(
                  count - Math.min(1, sizes[group]) - (rest * Math.max(0, sizes[group] - 1)) / (sum(sizes) - filled),
                ),
              ).toBeLessThan(1);
          });
        },
      ),
    );
  });

  it('leaves no group out for ever', () => {
    const chosen = Array.from({ length: 60 }, (_, seed) =>
      allot([5, 5, 0, 5], 1, new SeededDraws(`${seed}`)).indexOf(1),
    );
    expect(new Set(chosen)).toEqual(new Set([0, 1, 3]));
  });
});

describe('sampleTrials', () => {
  let dir = '';
  beforeEach(async () => {
    dir = temporaryFolder();
    await runToy(dir, ['toy-mixed', 'toy-other']);
  });

  function sample(size: SampleSize, seed = 1): Sample {
    const store = readStudy(dir);
    try {
      return sampleTrials(store, size, seed);
    } finally {
      store.close();
    }
  }
  const addresses = ({ cells }: Sample): string[] =>
    cells.flatMap(({ cell, trials }) => trials.map((trial) => `${cell.experiment}/${cell.text}#${trial}`));

  it('takes a share, rounded up, or so many; all of it is everything once', () => {
    expect(sample({ share: 0.01 })).toMatchObject({ stored: 132, censored: 0 });
    expect(addresses(sample({ share: 0.01 }))).toHaveLength(2);
    expect(addresses(sample({ share: 0.5 }))).toHaveLength(66);
    expect(addresses(sample({ trials: 4 })).map((address) => address.split('#')[0])).toEqual([
      'toy-mixed/d=2,n=30',
      'toy-mixed/d=2,n=10',
      'toy-mixed/d=2,n=20',
      'toy-other/d=2,n=5',
    ]);
    expect(new Set(addresses(sample({ share: 1 }))).size).toBe(132);
    expect(addresses(sample({ trials: 1000 }))).toHaveLength(132);
  });

  it('of 100 trials takes as many as the percent say', async () => {
    dir = temporaryFolder();
    await runToy(dir, ['toy-other'], { set: { trials: '100' } });
    const counts = Array.from({ length: 100 }, (_, i) => addresses(sample({ share: (i + 1) / 100 })).length);
    expect(counts).toEqual(Array.from({ length: 100 }, (_, i) => i + 1));
  });

  it('is the same for the same seed, another for another', () => {
    expect(sample({ trials: 20 }, 3)).toEqual(sample({ trials: 20 }, 3));
    expect(addresses(sample({ trials: 20 }, 4))).not.toEqual(addresses(sample({ trials: 20 }, 3)));
  });
});
