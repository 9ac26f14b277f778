import type { BoundedKernels } from '../kernels/problem.js';

/** How many pieces of work one bounded native call should do, given the operations of a piece: at least one. */
export function perCall({ callFlops }: BoundedKernels, flops: number): number {
  return Math.max(1, Math.floor(callFlops / Math.max(flops, 1)));
}
