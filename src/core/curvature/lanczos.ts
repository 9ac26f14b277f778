import { krylovSpaces, type BatchedOperator, type KrylovKernels, type KrylovSpace, type RitzValue } from './krylov.js';

/** The ends of a spectrum; NaN for an operator that gave non-finite numbers. */
export interface ExtremeEigenvalues {
  readonly smallest: number;
  readonly largest: number;
  /** unit eigenvector of the smallest: (D) */
  readonly smallestVector: Float64Array;
  /** an eigenvalue of the operator lies within this distance of either value */
  readonly residual: number;
}

/**
 * The algebraically largest eigenvalue of each of L symmetric operators of size D, by Lanczos with full
 * reorthogonalisation; exact after D steps, usually far sooner.
 * @param tolerance relative residual of the Ritz pair at which a start is finished
 * @returns (L)
 */
export function largestEigenvalues(
  kernels: KrylovKernels,
  apply: BatchedOperator,
  starts: number,
  size: number,
  tolerance = 1e-10,
  maxSteps = 300,
): Float64Array {
  const isFinished = ({ largest }: { largest: RitzValue }): boolean =>
    largest.residual <= tolerance * Math.abs(largest.value);
  const spaces = krylovSpaces(kernels, apply, starts, size, { maxSteps, growth: 1, isFinished });
  return Float64Array.from(spaces, ({ ends }) => ends?.largest.value ?? Number.NaN);
}

/**
 * Smallest and largest eigenvalue of each of L symmetric operators of size D, and the eigenvector of the smallest, by
 * the same iteration. The lower end of a Hessian's spectrum is crowded and takes far more steps than the upper one.
 * `residual` is the accuracy that was reached.
 * @param tolerance residual of both ends at which a start is finished, relative to max |eigenvalue|
 */
export function extremeEigenvalues(
  kernels: KrylovKernels,
  apply: BatchedOperator,
  starts: number,
  size: number,
  tolerance = 1e-10,
  maxSteps = 2000,
): ExtremeEigenvalues[] {
  const isFinished = ({ smallest, largest }: { smallest: RitzValue; largest: RitzValue }): boolean =>
    Math.max(smallest.residual, largest.residual) <=
    tolerance * Math.max(Math.abs(smallest.value), Math.abs(largest.value));
  return krylovSpaces(kernels, apply, starts, size, { maxSteps, growth: 1.2, isFinished }).map((space) =>
    extremesOf(space, size),
  );
}

function extremesOf({ basis, ends }: KrylovSpace, size: number): ExtremeEigenvalues {
  if (ends === undefined)
    return {
      smallest: Number.NaN,
      largest: Number.NaN,
      smallestVector: new Float64Array(size).fill(Number.NaN),
      residual: Number.NaN,
    };
  const { smallest, largest } = ends;
  return {
    smallest: smallest.value,
    largest: largest.value,
    smallestVector: combination(basis, smallest.components, size),
    residual: Math.max(smallest.residual, largest.residual),
  };
}

function combination(basis: readonly Float64Array[], components: Float64Array, size: number): Float64Array {
  const out = new Float64Array(size);
  components.forEach((factor, i) => basis[i].forEach((value, j) => (out[j] += factor * value)));
  return out;
}
