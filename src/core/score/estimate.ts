/**
 * Second-degree LLSFE: derivatives of log f estimated by local likelihood with a quadratic log-density and a Gaussian
 * kernel.
 */
import { perCall } from '../descent/bounded.js';
import { refuse, throwIfCancelled } from '../../base/errors.js';
import type { LocalMoments, PreparedInputs, ScoreKernels } from '../kernels/contract.js';
import { BANDWIDTHS, isBandwidth } from './bounds.js';
import { choleskyOf, invertFrom, solveFrom } from './cholesky.js';
import type { LogDensityDerivatives } from './derivatives.js';

/** The points where the density is fitted: any points, or the samples, each estimated without itself. */
export interface EvaluationPoints {
  /** (P, d); for leave-one-out the samples, in their order */
  readonly points: Float64Array;
  readonly leaveOneOut: boolean;
}

/** ∇log f and ∇²log f at P points by local likelihood. */
export interface LocalFit extends LogDensityDerivatives {
  /** indices of points whose local covariance is singular, ascending: their derivatives are NaN */
  readonly singular: readonly number[];
}

/**
 * â₁ = Σ̂⁻¹ m̂ (P, d) and Â₂ = I/h² − Σ̂⁻¹ (P, d, d) with m̂ and Σ̂ the mean and covariance of X_i − x under the
 * weights exp(−‖X_i − x‖²/2h²). O(n d²) per point.
 *
 * A point is singular when, to double precision, its weight lies on one sample, or its weighted samples on a hyperplane
 * (docs/derivations/score.md has the thresholds). Then Σ̂ is not inverted.
 * @param bandwidth h > 0, in the units of the samples
 * @param cancel polled between calls; not 0 throws `Cancelled`
 * @throws InputError for a bandwidth that is not from 1e-100 to 1e100, fewer than d + 1 samples per point, and points
 *   of another dimension Source: gao2018, (14) and (15).
 */
export function estimateDerivatives(
  kernels: ScoreKernels,
  samples: PreparedInputs,
  at: EvaluationPoints,
  bandwidth: number,
  cancel?: Int32Array,
): LocalFit {
  const { samples: n, dimension: d } = samples;
  const points = at.points.length / d;
  requireFit(samples, at, bandwidth);
  const fit = {
    points,
    dimension: d,
    first: new Float64Array(points * d),
    second: new Float64Array(points * d * d),
    singular: [] as number[],
  };
  const count = perCall(kernels, localFitFlops(n, d));
  for (let from = 0; from < points; from += count) {
    throwIfCancelled(cancel);
    const part = at.points.subarray(from * d, Math.min(from + count, points) * d);
    const moments = kernels.localMoments(samples, part, bandwidth, at.leaveOneOut ? from : undefined);
    for (let p = 0; p < part.length / d; p++) fitPoint(moments, p, n, bandwidth, from + p, fit);
  }
  return fit;
}

/** Floating point operations of one point: covariance, mean, two distances and about 40 for each weight. */
export function localFitFlops(samples: number, dimension: number): number {
  return samples * (dimension * dimension + 12 * dimension + 40);
}

function requireFit(
  { samples, dimension }: PreparedInputs,
  { points, leaveOneOut }: EvaluationPoints,
  bandwidth: number,
): void {
  if (!isBandwidth(bandwidth)) refuse('the bandwidth', BANDWIDTHS, bandwidth);
  const needed = dimension + 1 + Number(leaveOneOut);
  if (samples < needed)
    refuse(
      'the number of samples',
      `at least ${needed} for dimension ${dimension}${leaveOneOut ? ' with one left out' : ''}`,
      samples,
    );
  if (points.length % dimension !== 0) refuse('points', `rows of ${dimension} numbers`, `${points.length} numbers`);
  if (leaveOneOut && points.length !== samples * dimension)
    refuse('leave-one-out points', `the ${samples} samples`, `${points.length / dimension} points`);
}

function fitPoint(
  { shares, means, covariances }: LocalMoments,
  p: number,
  n: number,
  bandwidth: number,
  index: number,
  fit: LocalFit & { singular: number[] },
): void {
  const d = fit.dimension;
  const first = fit.first.subarray(index * d, (index + 1) * d);
  const second = fit.second.subarray(index * d * d, (index + 1) * d * d);
  second.set(covariances.subarray(p * d * d, (p + 1) * d * d));
  // The share of a variance that rounding can leave where it should be zero.
  const least = (n + d) * Number.EPSILON;
  if (!(shares[p] > Number.EPSILON) || !choleskyOf(second, d, least)) {
    first.fill(Number.NaN);
    second.fill(Number.NaN);
    fit.singular.push(index);
    return;
  }
  first.set(means.subarray(p * d, (p + 1) * d));
  solveFrom(second, d, first);
  invertFrom(second, d);
  for (let i = 0; i < d * d; i++) second[i] = -second[i];
  for (let j = 0; j < d; j++) second[j * d + j] += 1 / (bandwidth * bandwidth);
}
