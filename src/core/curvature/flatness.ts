/** Ends of a descent that are no minima: every neuron is saturated or dead, so that gradient and curvature vanish. */
import { RunStatus, type DescentKernels, type DescentState, type Points, type Problem } from '../kernels/contract.js';
import { norm } from '../tensor/dense.js';

/**
 * Gradient and curvature have vanished when they are below these shares of their values at the start. The loss is still
 * high when it is above this share.
 */
const VANISHED = 1e-7;
const HIGH_LOSS = 1e-3;

/**
 * The starts whose gradient and Hessian, along (1, …, 1)/√N in W, have vanished at a loss that is still high, beside
 * the first point of the same start. At a minimum the Hessian stays.
 */
export function flatStarts(
  kernels: Pick<DescentKernels, 'evaluate' | 'hessianVector'>,
  problem: Problem,
  first: Points,
  end: DescentState,
): number[] {
  const suspects = Array.from({ length: end.starts }, (_, l) => l).filter(
    (l) => end.status[l] !== RunStatus.diverged && end.loss[l] > HIGH_LOSS * end.firstLoss[l],
  );
  if (suspects.length === 0) return [];
  const before = sizes(kernels, problem, first);
  const after = sizes(kernels, problem, end);
  return suspects.filter(
    (l) => after.gradient[l] <= VANISHED * before.gradient[l] && after.curvature[l] <= VANISHED * before.curvature[l],
  );
}

/** Norms of the gradient in W and of ∇²f·1/√N, of each point. */
function sizes(
  kernels: Pick<DescentKernels, 'evaluate' | 'hessianVector'>,
  problem: Problem,
  points: Points,
): { gradient: number[]; curvature: number[] } {
  const { starts, weights, outputWeights } = points;
  const length = weights.length / starts;
  const along: Points = {
    starts,
    weights: weights.map(() => 1 / Math.sqrt(length)),
    outputWeights: outputWeights.map(() => 0),
  };
  const { gradient } = kernels.evaluate(problem, points);
  const { weights: products } = kernels.hessianVector(problem, points, along, false);
  const norms = (values: Float64Array): number[] =>
    Array.from({ length: starts }, (_, l) => norm(values.subarray(l * length, (l + 1) * length)));
  return { gradient: norms(gradient), curvature: norms(products) };
}
