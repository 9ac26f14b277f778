/**
 * A roofline for the descents of an experiment: what one core reads of X, by the rate measured here, and at how many
 * cores of some machines that is all that their memory gives.
 */
import { cpuSeconds } from '../alone.mjs';
import { parseActivation } from '../../dist/core/networks/activations.js';
import { dataOf, flopsPerIteration, problemOf, stateOf } from '../workloads.mjs';

/** Peak rate of memory, GB/s: channels × transfers × 8 bytes. Cores, and megabytes of the last cache. */
export const MACHINES = [
  { title: 'desktop, 16 cores, 2 × DDR5-5600', cores: 16, peak: 2 * 5.6 * 8, cache: 64 },
  { title: 'server, 64 cores, 8 × DDR4-3200', cores: 64, peak: 8 * 3.2 * 8, cache: 256 },
  { title: 'server, 96 cores, 12 × DDR5-4800', cores: 96, peak: 12 * 4.8 * 8, cache: 384 },
];

/** What a stream of reads gets of the peak, as a rule of thumb; not measured on these machines. */
const SHARE_OF_PEAK = 0.8;
/** Second-level cache of a core, bytes: X that fits is read from memory once in a descent. */
const OWN_CACHE = 2 ** 20;
const FLOPS_PER_CALL = 4e8;
const CALLS = 5;
const NEVER = -1;

/** The shape of the descents of a cell; undefined where its settings do not say it. */
export function shapeOf({ n, d, K, starts = 1 }) {
  if (![n, d, K].every(Number.isInteger)) return undefined;
  return { samples: n, dimension: d, neurons: K, starts, activation: 'sigmoid', loss: 'squared' };
}

/** What a core reads of X in descents of this shape: megabytes of X, bytes a flop, GFLOP/s here, GB/s. */
export function readingOf(kernels, workload) {
  const data = dataOf(kernels, workload);
  const problem = problemOf(kernels, workload, data, parseActivation(workload.activation));
  const state = stateOf(workload, data);
  const flops = flopsPerIteration(workload);
  const iterations = Math.max(1, Math.round(FLOPS_PER_CALL / flops));
  const call = () => cpuSeconds(() => kernels.descend(problem, state, iterations, NEVER));
  const seconds = Math.min(...Array.from({ length: CALLS }, call)) / iterations;
  const bytes = 8 * workload.samples * workload.dimension;
  return { bytes, perFlop: bytes / flops, rate: flops / seconds / 1e9, read: bytes / seconds / 1e9 };
}

/** Cores that read as much as the machine's memory gives; Infinity where X stays in the caches of all its cores. */
export function coresAtLimit({ bytes, read }, { cores, peak, cache }) {
  const inCaches = bytes <= OWN_CACHE || (cores * bytes) / 1e6 <= cache;
  return inCaches ? Infinity : Math.floor((SHARE_OF_PEAK * peak) / read);
}
