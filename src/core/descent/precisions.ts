import type { DescentKernels } from '../kernels/contract.js';
import type { SingleKernels } from '../kernels/singleContract.js';

/** The precision of gradients; `mixed`: float32 until rounding matters, then float64 to the end. */
export const PRECISIONS = ['float64', 'mixed'] as const;
export type Precision = (typeof PRECISIONS)[number];

/** The same kernels, with which `descent` works in this precision. */
export function withPrecision<Kernels extends DescentKernels & SingleKernels>(
  kernels: Kernels,
  precision: Precision,
): Kernels {
  return precision === 'float64' ? kernels : { ...kernels, single: kernels };
}
