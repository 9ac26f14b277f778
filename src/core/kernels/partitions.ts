/**
 * How one large training set is cut into partitions. A partition is a run of consecutive samples with sums of its own;
 * these are then added in order. The number of partitions depends on the problem alone, never on who does the work, and
 * so do the bits.
 */

/** Partitions begin at multiples of this many samples: a whole number of blocks of every layout. */
export const PARTITION_GRAIN = 32;

/**
 * Training sets of at least this many entries n·d (400 MB) are cut. No cell of a published figure is as large, so
 * cutting changes none of their results.
 */
export const PARTITIONED_ENTRIES = 5e7;

/**
 * Approximate entries of a partition (8 MB): a fraction of a millisecond of work, a hundred times the cost of handing
 * it out.
 */
const ENTRIES_PER_PARTITION = 2 ** 20;
/** Least number of partitions: enough that workers wait little for the last one. */
const FEWEST = 64;
/** Largest number of partitions: each keeps sums of its own. */
export const MOST_PARTITIONS = 256;

/** Samples first … first + count − 1. */
export interface Partition {
  readonly first: number;
  readonly count: number;
}

/**
 * The number of partitions of n samples of dimension d: 1 for all but very large training sets, or `wanted`; at most
 * one per grain.
 */
export function partitionCount(samples: number, dimension: number, wanted?: number): number {
  const grains = Math.max(1, Math.ceil(samples / PARTITION_GRAIN));
  if (wanted !== undefined) return Math.min(wanted, grains);
  const entries = samples * dimension;
  if (entries < PARTITIONED_ENTRIES) return 1;
  const count = Math.ceil(entries / ENTRIES_PER_PARTITION);
  return Math.min(Math.max(count, FEWEST), MOST_PARTITIONS, grains);
}

/** n rounded up to whole grains: inputs allocated for this many samples can be packed in place. */
export function paddedSamples(samples: number): number {
  return Math.ceil(samples / PARTITION_GRAIN) * PARTITION_GRAIN;
}

/** The p-th of P partitions of n samples: their sizes differ by at most one grain. */
export function partitionAt(samples: number, partitions: number, p: number): Partition {
  const grains = Math.ceil(samples / PARTITION_GRAIN);
  const begin = (q: number): number => Math.min(samples, Math.floor((q * grains) / partitions) * PARTITION_GRAIN);
  return { first: begin(p), count: begin(p + 1) - begin(p) };
}
