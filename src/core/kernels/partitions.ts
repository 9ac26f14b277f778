/**
 * How one large training set is cut into partitions: consecutive samples whose sums are made on their own and then
 * added in order. Their number follows from the problem alone, never from who does the work, so the bits do too.
 */

/** Partitions begin at multiples of this many samples: a whole number of blocks of every layout. */
export const PARTITION_GRAIN = 32;

/**
 * Training sets of at least so many entries n·d (400 MB) are cut. No cell of a figure is as large at its published
 * sizes, so that cutting changes none of their results.
 */
export const PARTITIONED_ENTRIES = 5e7;

/**
 * About so many entries make a partition (8 MB): a fraction of a millisecond of work, a hundred times what handing it
 * out costs.
 */
const ENTRIES_PER_PARTITION = 2 ** 20;
/** Enough that the last ones to finish wait little. */
const FEWEST = 64;
/** Every partition keeps its own sums. */
export const MOST_PARTITIONS = 256;

/** Samples first … first + count − 1. */
export interface Partition {
  readonly first: number;
  readonly count: number;
}

/**
 * Into how many partitions n samples of dimension d are cut: 1 for all but very large training sets, or what `wanted`
 * says; at most one per grain.
 */
export function partitionCount(samples: number, dimension: number, wanted?: number): number {
  const grains = Math.max(1, Math.ceil(samples / PARTITION_GRAIN));
  if (wanted !== undefined) return Math.min(wanted, grains);
  const entries = samples * dimension;
  if (entries < PARTITIONED_ENTRIES) return 1;
  const count = Math.ceil(entries / ENTRIES_PER_PARTITION);
  return Math.min(Math.max(count, FEWEST), MOST_PARTITIONS, grains);
}

/** n rounded up to whole grains: inputs with this much room can be packed in place. */
export function paddedSamples(samples: number): number {
  return Math.ceil(samples / PARTITION_GRAIN) * PARTITION_GRAIN;
}

/** The p-th of P partitions of n samples: their sizes differ by at most one grain. */
export function partitionAt(samples: number, partitions: number, p: number): Partition {
  const grains = Math.ceil(samples / PARTITION_GRAIN);
  const begin = (q: number): number => Math.min(samples, Math.floor((q * grains) / partitions) * PARTITION_GRAIN);
  return { first: begin(p), count: begin(p + 1) - begin(p) };
}
