import { refuse } from '../../base/errors.js';
import type { DescentKernels, PreparedInputs } from '../kernels/contract.js';
import type { LandscapeMoments, LandscapeProblem } from '../kernels/landscapeContract.js';
import type { ScoreTerms } from './terms.js';

export interface LandscapeOptions {
  /** s, the sign of κ* = w* E[g⁗(⟨a*, x⟩)]: −1 for ReLU (gao2018, Assumption 2) */
  readonly sign: 1 | -1;
  /** weight of the diagonal part */
  readonly mu: number;
  /** λ on the norms of the rows: 0 where rows are projected */
  readonly penalty: number;
}

type Kernels = Pick<DescentKernels, 'allocateInputs' | 'prepare'>;

/**
 * The landscape loss of labelled samples under a score: ω_t = y_i/n times the share of the term. L when the terms are
 * those of the law of the inputs, G when they are `gaussianTerms`.
 * @param labels y (n)
 * @throws InputError when there are no samples, or not as many labels as samples
 */
export function landscapeProblem(
  kernels: Kernels,
  terms: ScoreTerms,
  labels: Float64Array,
  options: LandscapeOptions,
): LandscapeProblem {
  const { samples, dimension, gradients, shares } = terms;
  if (samples === 0) refuse('the number of samples', 'at least 1', samples);
  if (labels.length !== samples) refuse('labels', `one for each of ${samples} samples`, labels.length);
  const count = gradients.length / dimension;
  const weights = new Float64Array(count);
  for (let t = 0; t < count; t++) weights[t] = (labels[t % samples] / samples) * (shares === null ? 1 : shares[t]);
  return {
    gradients: prepared(kernels, gradients, count, dimension),
    weights,
    isotropic: terms.isotropic ? -1 : 0,
    curvatures:
      terms.curvatures === null ? null : prepared(kernels, terms.curvatures, count, terms.curvatures.length / count),
    moments: momentsOf(terms, weights),
    ...options,
  };
}

function prepared(kernels: Kernels, values: Float64Array, samples: number, dimension: number): PreparedInputs {
  const inputs = kernels.allocateInputs(samples, dimension);
  inputs.values.set(values);
  return kernels.prepare(inputs);
}

function momentsOf(
  { dimension, gradients, isotropic, thirds, fourths }: ScoreTerms,
  weights: Float64Array,
): LandscapeMoments {
  return {
    mass: weights.reduce((sum, weight) => sum + weight, 0),
    second: isotropic ? crossMoment(gradients, gradients, weights, dimension) : null,
    third: thirds === null ? null : crossMoment(thirds, gradients, weights, dimension),
    fourth:
      fourths === null ? null : crossMoment(fourths, new Float64Array(weights.length).fill(1), weights, dimension),
  };
}

/** Σ_t ω_t u_t v_tᵀ: (d, length of a v). */
function crossMoment(u: Float64Array, v: Float64Array, weights: Float64Array, dimension: number): Float64Array {
  const width = v.length / weights.length;
  const moment = new Float64Array(dimension * width);
  weights.forEach((weight, t) => {
    for (let j = 0; j < dimension; j++) {
      const factor = weight * u[t * dimension + j];
      for (let a = 0; a < width; a++) moment[j * width + a] += factor * v[t * width + a];
    }
  });
  return moment;
}

/** Floating point operations of one evaluation: the unit of cost models. */
export function landscapeFlops({ gradients, curvatures }: LandscapeProblem, rows: number): number {
  const pairs = curvatures === null ? 0 : (rows * (rows + 1)) / 2;
  const products = rows * gradients.dimension + pairs * (curvatures?.dimension ?? 0);
  return gradients.samples * (4 * products + 10 * rows + 20 * pairs);
}
