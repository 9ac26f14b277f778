import { describe, expect, it } from 'vitest';
import { loadNativeKernels } from '../../../src/core/kernels/native.js';
import {
  MOST_PARTITIONS,
  paddedSamples,
  PARTITION_GRAIN,
  partitionAt,
  partitionCount,
} from '../../../src/core/kernels/partitions.js';

describe('the number of partitions', () => {
  it.each([
    [320_000, 60, 1],
    [512_000, 80, 1],
    [833_333, 60, 1],
    [833_334, 60, 64],
    [1_000_000, 60, 64],
    [3_000_000, 60, 172],
    [10_000_000, 60, 256],
    [100, 1_000_000, 4],
    [0, 5, 1],
  ])('of n = %i, d = %i is %i', (n, d, count) => {
    expect(partitionCount(n, d)).toBe(count);
  });

  it('is what is wanted, but at most one for each grain', () => {
    expect([
      partitionCount(1000, 3, 7),
      partitionCount(70, 3, 7),
      partitionCount(10, 3, 7),
      partitionCount(0, 3, 7),
      partitionCount(1e6, 60, 1),
    ]).toEqual([7, 3, 1, 1, 1]);
  });
});

describe('partitions', () => {
  it.each([
    [1, 1],
    [33, 2],
    [1000, 7],
    [1024, 32],
    [1_000_000, 64],
    [1_000_001, 256],
  ])('of %i samples in %i parts follow one another and are about equal', (n, count) => {
    const all = Array.from({ length: count }, (_, p) => partitionAt(n, count, p));
    let next = 0;
    for (const { first, count: size } of all) {
      expect(first).toBe(next);
      expect(first % PARTITION_GRAIN).toBe(0);
      next += size;
    }
    expect(next).toBe(n);
    const sizes = all.map(({ count: size }) => paddedSamples(size));
    expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(PARTITION_GRAIN);
    expect(Math.min(...sizes)).toBeGreaterThan(0);
  });

  it('are whole blocks of the native layout', () => {
    expect(PARTITION_GRAIN % loadNativeKernels().allocateInputs(1, 1).values.length).toBe(0);
    expect(MOST_PARTITIONS).toBe(256);
  });
});
