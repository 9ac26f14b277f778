import { refuse } from '../base/errors.js';
import type { NetworkShape } from './kernels/contract.js';

/** `fcn`: K weight rows of length d. `cnn`: one row of length m = d/K, moved over K non-overlapping strides (fu2019). */
export const ARCHITECTURES = ['fcn', 'cnn'] as const;
export type Architecture = (typeof ARCHITECTURES)[number];

/** `mean`: f = (1/K) Σ φ. `sum`: f = Σ φ. */
export const OUTPUTS = ['mean', 'sum'] as const;
export type Output = (typeof OUTPUTS)[number];

/**
 * The shape of a network with K hidden units on inputs of dimension d.
 * @throws InputError when K does not divide d for a cnn
 */
export function networkShape(architecture: Architecture, neurons: number, dimension: number): NetworkShape {
  if (architecture === 'fcn') return { strides: 1, rows: neurons };
  if (dimension % neurons !== 0) refuse('the number of neurons K of a cnn', `a divisor of d = ${dimension}`, neurons);
  return { strides: neurons, rows: 1 };
}

/** K = strides·rows, the number of hidden units. */
export function unitCount(shape: NetworkShape): number {
  return shape.strides * shape.rows;
}

/** v of L starts for a named output: (L, K). */
export function outputWeights(output: Output, starts: number, units: number): Float64Array {
  return new Float64Array(starts * units).fill(output === 'mean' ? 1 / units : 1);
}

/** The same values for each of L starts: (L, …). */
export function repeated(values: Float64Array, starts: number): Float64Array {
  const out = new Float64Array(values.length * starts);
  for (let l = 0; l < starts; l++) out.set(values, l * values.length);
  return out;
}
