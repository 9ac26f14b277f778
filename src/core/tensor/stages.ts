import type { LinearAlgebra } from '../kernels/contract.js';
import { matrixMoment, tracedFourthMoment, unfoldingGram } from './contractions.js';
import { unit } from './dense.js';
import type { NormalSource } from './normals.js';
import type { Orders } from './orders.js';
import { requireUnfoldable } from './requirements.js';
import { centred, threeParts, withoutLinearPart, withoutQuadraticPart, type Samples } from './samples.js';
import { leadingEigenspace, powerMethod } from './subspace.js';

/**
 * `faithful`: a random direction α, the power method, and a third of the samples for each stage (fu2018, Algorithm 2).
 * `whole`: the same with all samples in every stage and an eigen-solver, as in the code behind zhong2017's figures.
 * `unfold`: the subspace from a moment that no random direction has thinned, all samples in every stage, labels without
 * the part that the stage's moments do not see (their mean; for the subspace and the tensor also their linear part, for
 * a tensor beside M_2 ≠ 0 their quadratic part).
 */
export const INITIALIZATION_MODES = ['unfold', 'faithful', 'whole'] as const;
export type InitializationMode = (typeof INITIALIZATION_MODES)[number];

/** Directions that `unfold` tries for M_4(V, V, V, α). */
const DIRECTIONS_TRIED = 8;

/** The subspace V (K, d), the directions α to try, and the samples of the later stages. */
export interface Stages {
  readonly basis: Float64Array;
  readonly alphas: readonly Float64Array[];
  readonly forTensor: Samples;
  readonly forMagnitudes: Samples;
}

function faithfulStages(
  kernels: LinearAlgebra,
  samples: Samples,
  neurons: number,
  orders: Orders,
  normals: NormalSource,
): Stages {
  const alpha = unit(normals(samples.dimension));
  const [forSubspace, forTensor, forMagnitudes] = threeParts(samples);
  const matrix = matrixMoment(kernels, forSubspace, orders.matrix, alpha);
  return {
    basis: powerMethod(kernels, matrix, samples.dimension, neurons, normals).basis,
    alphas: [alpha],
    forTensor,
    forMagnitudes,
  };
}

function wholeStages(
  kernels: LinearAlgebra,
  samples: Samples,
  neurons: number,
  orders: Orders,
  normals: NormalSource,
): Stages {
  const alpha = unit(normals(samples.dimension));
  const matrix = matrixMoment(kernels, samples, orders.matrix, alpha);
  return {
    basis: leadingEigenspace(kernels, matrix, samples.dimension, neurons).basis,
    alphas: [alpha],
    forTensor: samples,
    forMagnitudes: samples,
  };
}

function unfoldStages(
  kernels: LinearAlgebra,
  samples: Samples,
  neurons: number,
  orders: Orders,
  normals: NormalSource,
): Stages {
  if (orders.matrix === 3) requireUnfoldable(samples.dimension);
  const bent = withoutLinearPart(kernels, samples);
  const { basis } = leadingEigenspace(kernels, UNFOLDINGS[orders.matrix](kernels, bent), samples.dimension, neurons);
  // Within the subspace α meets every w̄_i at K^−1/2, not d^−1/2. M_3(V, V, V) needs no direction.
  const count = orders.tensor === 3 ? 1 : DIRECTIONS_TRIED;
  const alphas = Array.from({ length: count }, () =>
    unit(kernels.multiply(basis, normals(neurons), samples.dimension, 1, neurons, true)),
  );
  const forTensor = orders.matrix === 2 ? withoutQuadraticPart(kernels, bent, basis) : bent;
  return { basis, alphas, forTensor, forMagnitudes: centred(samples) };
}

/** A (d, d) matrix with the span of the w̄_i as its leading eigenspace, for each j₂. */
const UNFOLDINGS: Readonly<Record<Orders['matrix'], (kernels: LinearAlgebra, samples: Samples) => Float64Array>> = {
  2: (kernels, samples) => matrixMoment(kernels, samples, 2, new Float64Array(samples.dimension)),
  3: unfoldingGram,
  4: tracedFourthMoment,
};

/** The first stage of each mode: the subspace, and what the next ones work with. */
export const drawStages: Readonly<Record<InitializationMode, typeof faithfulStages>> = {
  unfold: unfoldStages,
  faithful: faithfulStages,
  whole: wholeStages,
};
