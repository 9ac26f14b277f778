/** What the tensor method needs of the data; each refusal says what is missing. */
import { refuse } from '../../base/errors.js';
import type { LinearAlgebra } from '../kernels/contract.js';
import { LARGEST_RANK } from './kcl.js';
import { covariance, type Samples } from './samples.js';

/** Eigenvalues of the covariance below this share of the largest are rounding. */
const RANK_TOLERANCE = 1e-13;
/** The unfolding of the third moment holds d²(d+1)/2 numbers, 32 MB at this limit, and takes n d³ multiplications. */
const LARGEST_UNFOLDED = 200;

/** @throws InputError for d above 200 */
export function requireUnfoldable(dimension: number): void {
  if (dimension > LARGEST_UNFOLDED)
    refuse(
      'the dimension d of an unfolded third moment',
      `at most ${LARGEST_UNFOLDED} (the faithful mode has no such limit)`,
      dimension,
    );
}

/** @throws InputError unless 1 ≤ K ≤ min(d, 64) */
export function requireNeurons(neurons: number, dimension: number): void {
  const most = Math.min(dimension, LARGEST_RANK);
  if (neurons > most)
    refuse('the number of neurons K of a tensor initialization', `from 1 to ${most} when d = ${dimension}`, neurons);
}

/**
 * @throws InputError when a part has fewer than d + 1 samples, the covariance of X is singular, or all labels are equal
 */
export function requireDecidable(
  kernels: Pick<LinearAlgebra, 'multiply' | 'symmetricEigen'>,
  samples: Samples,
  parts: number,
): void {
  const { count, dimension, labels } = samples;
  const share = dimension + 1;
  if (count < parts * share) {
    const fewest = parts === 1 ? `d + 1 = ${share}` : `${parts * share}, d + 1 for each of its ${parts} parts`;
    refuse('the number of samples (for a cnn, of samples times strides)', `at least ${fewest}`, count);
  }
  const rank = covarianceRank(kernels, samples);
  if (rank < dimension)
    refuse('the rank of the covariance of X', `d = ${dimension}, so that y is seen along every direction`, rank);
  if (labels.every((y) => y === labels[0])) refuse('the labels', 'not all equal', `${labels[0]} ${count} times`);
}

function covarianceRank(kernels: Pick<LinearAlgebra, 'multiply' | 'symmetricEigen'>, samples: Samples): number {
  const { values } = kernels.symmetricEigen(covariance(kernels, samples), samples.dimension);
  return values.filter((value) => value > RANK_TOLERANCE * values[values.length - 1]).length;
}
