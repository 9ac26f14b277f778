import type { Activation } from '../activations.js';
import { refuse } from '../errors.js';
import type { LinearAlgebra } from '../kernels/contract.js';
import { networkShape, outputWeights, type Architecture, type Output } from '../networks.js';
import { coreTensor, matrixMoment, tracedFourthMoment, unfoldingGram } from './contractions.js';
import { mean, unit } from './dense.js';
import { factorize, type Factorization } from './kcl.js';
import { recoverMagnitudes, recoverSigns, type Recovery } from './magnitudes.js';
import type { NormalSource } from './normals.js';
import { momentOrders, type HermiteMoments, type Orders } from './orders.js';
import { requireDecidable, requireNeurons, requireUnfoldable } from './requirements.js';
import { centred, threeParts, withoutLinearPart, type Samples } from './samples.js';
import { stridedInitialization } from './strided.js';
import { leadingEigenspace, powerMethod } from './subspace.js';

/**
 * `faithful`: a random direction α, the power method, and a third of the samples for each stage (fu2018, Algorithm 2).
 * `unfold`: the subspace from a moment that no random direction has thinned, all samples in every stage, labels without
 * the part that the stage's moments do not see (their mean; for the subspace and the tensor also their linear part).
 */
export const INITIALIZATION_MODES = ['unfold', 'faithful'] as const;
export type InitializationMode = (typeof INITIALIZATION_MODES)[number];

/** The outputs of a network, and `signs`: v ∈ {−1, +1}^K unknown. */
export const INITIALIZATION_OUTPUTS = ['mean', 'sum', 'signs'] as const;
export type InitializationOutput = (typeof INITIALIZATION_OUTPUTS)[number];

/** Directions that `unfold` tries for M_4(V, V, V, α). */
const DIRECTIONS_TRIED = 8;

export interface InitializationProblem {
  readonly samples: Samples;
  /** K */
  readonly neurons: number;
  readonly architecture: Architecture;
  readonly activation: Activation;
  /** m_j(σ) of the activation */
  readonly moments: HermiteMoments;
  readonly output: InitializationOutput;
  readonly mode: InitializationMode;
  readonly normals: NormalSource;
}

export interface Initialization {
  /** W₀ (K, d); of a cnn (1, m) */
  readonly weights: Float64Array;
  /** v (K) */
  readonly outputWeights: Float64Array;
  /** the number of directions found: K; of a cnn 1 */
  readonly subspaceDimension: number;
}

/**
 * W₀ near W* from labelled samples with x ~ N(0, I): moments M_j = Σ_i v_i m_j(‖w_i‖) w̄_i^{⊗j}, the subspace of the w̄_i, their
 * decomposition by KCL inside it, magnitudes and signs (fu2018, Algorithm 2 and Appendix C; zhong2017, Algorithm 1). For a
 * cnn one moment is enough. Derivation: docs/derivations/tensor.md
 * @throws InputError when K exceeds d or does not divide it (cnn), the samples are too few or of deficient rank, all labels
 * are equal, or the moments the method needs vanish for this activation
 */
export function tensorInitialization(kernels: LinearAlgebra, problem: InitializationProblem): Initialization {
  networkShape(problem.architecture, problem.neurons, problem.samples.dimension);
  return problem.architecture === 'cnn' ? cnnInitialization(kernels, problem) : fcnInitialization(kernels, problem);
}

function cnnInitialization(kernels: LinearAlgebra, { samples, neurons, activation, moments, output }: InitializationProblem): Initialization {
  if (output === 'signs') refuse('the output of a cnn initialization', 'mean or sum', output);
  const v = outputWeights(output, 1, neurons);
  return { weights: stridedInitialization(kernels, samples, activation, moments, v), outputWeights: v, subspaceDimension: 1 };
}

function fcnInitialization(kernels: LinearAlgebra, problem: InitializationProblem): Initialization {
  const { samples, neurons, activation, moments, mode, normals } = problem;
  const orders = momentOrders(activation, moments);
  requireNeurons(neurons, samples.dimension);
  requireDecidable(kernels, samples, mode === 'faithful' ? 3 : 1);
  const stages = mode === 'faithful' ? faithfulStages(kernels, problem, orders) : unfoldStages(kernels, problem, orders);
  const trials = stages.alphas.map((direction) => {
    const core = coreTensor(kernels, stages.forTensor, stages.basis, orders.tensor, direction);
    const found = factorize(kernels, core, neurons, neurons, { normals });
    return { direction, factors: found.factors, soundness: soundness(kernels, found) };
  });
  const { direction, factors } = trials.reduce((best, trial) => (trial.soundness > best.soundness ? trial : best));
  const directions = kernels.multiply(factors, stages.basis, neurons, samples.dimension, neurons);
  const recovery: Recovery = { samples: stages.forMagnitudes, moments, order: orders.vector, direction, directions };
  return { ...recovered(kernels, problem, recovery, orders), subspaceDimension: neurons };
}

/**
 * How much a decomposition can be trusted: the smallest |w_i| over the largest, times the smallest eigenvalue of the Gram
 * matrix of the u_i. A direction with αᵀw̄_i ≈ 0 all but hides neuron i in M_4(V, V, V, α); noise then takes its place by
 * two large terms that nearly cancel.
 */
function soundness(kernels: LinearAlgebra, { weights, factors }: Factorization): number {
  const rank = weights.length;
  const gram = kernels.multiply(factors, factors, rank, rank, factors.length / rank, false, true);
  return Math.abs(weights[rank - 1] / weights[0]) * kernels.symmetricEigen(gram, rank).values[0];
}

/** The subspace V (K, d), the directions α to try, and the samples of the later stages. */
interface Stages {
  readonly basis: Float64Array;
  readonly alphas: readonly Float64Array[];
  readonly forTensor: Samples;
  readonly forMagnitudes: Samples;
}

function faithfulStages(kernels: LinearAlgebra, { samples, neurons, normals }: InitializationProblem, orders: Orders): Stages {
  const alpha = unit(normals(samples.dimension));
  const [forSubspace, forTensor, forMagnitudes] = threeParts(samples);
  const matrix = matrixMoment(kernels, forSubspace, orders.matrix, alpha);
  return { basis: powerMethod(kernels, matrix, samples.dimension, neurons, normals).basis, alphas: [alpha], forTensor, forMagnitudes };
}

function unfoldStages(kernels: LinearAlgebra, { samples, neurons, normals }: InitializationProblem, orders: Orders): Stages {
  if (orders.matrix === 3) requireUnfoldable(samples.dimension);
  const bent = withoutLinearPart(kernels, samples);
  const { basis } = leadingEigenspace(kernels, UNFOLDINGS[orders.matrix](kernels, bent), samples.dimension, neurons);
  // Within the subspace α meets every w̄_i at K^−1/2, not d^−1/2. M_3(V, V, V) needs no direction.
  const count = orders.tensor === 3 ? 1 : DIRECTIONS_TRIED;
  const alphas = Array.from({ length: count }, () => unit(kernels.multiply(basis, normals(neurons), samples.dimension, 1, neurons, true)));
  return { basis, alphas, forTensor: bent, forMagnitudes: centred(samples) };
}

/** A (d, d) matrix with the span of the w̄_i as its leading eigenspace, for each j₂. */
const UNFOLDINGS: Readonly<Record<Orders['matrix'], (kernels: LinearAlgebra, samples: Samples) => Float64Array>> = {
  2: (kernels, samples) => matrixMoment(kernels, samples, 2, new Float64Array(samples.dimension)),
  3: unfoldingGram,
  4: tracedFourthMoment,
};

function recovered(kernels: LinearAlgebra, { output, neurons, samples, activation }: InitializationProblem, recovery: Recovery, orders: Orders): Pick<Initialization, 'weights' | 'outputWeights'> {
  if (output !== 'signs') return withOutput(kernels, recovery, outputWeights(output satisfies Output, 1, neurons));
  if (orders.even !== undefined) return withOutput(kernels, recovery, recoverSigns(kernels, recovery, neurons, orders.even));
  const positive = withOutput(kernels, recovery, new Float64Array(neurons).fill(1));
  return flipped(positive, negativeOutputs(mean(samples.labels), activation.value(0), neurons));
}

function withOutput(kernels: LinearAlgebra, recovery: Recovery, v: Float64Array): Pick<Initialization, 'weights' | 'outputWeights'> {
  return { weights: recoverMagnitudes(kernels, recovery, v), outputWeights: v };
}

/** How many v_i are −1 when φ − φ(0) is odd, from E y = φ(0) Σ v_i; when φ(0) = 0 too, none need be. */
function negativeOutputs(meanLabel: number, offset: number, neurons: number): number {
  if (offset === 0) return 0;
  return Math.max(0, Math.min(neurons, Math.round((neurons - meanLabel / offset) / 2)));
}

/** (v_i, w_i) → (−v_i, −w_i) for the first few i: when φ − φ(0) is odd only their number shows in f. */
function flipped({ weights, outputWeights: v }: Pick<Initialization, 'weights' | 'outputWeights'>, count: number): Pick<Initialization, 'weights' | 'outputWeights'> {
  const end = (count * weights.length) / v.length;
  return { weights: weights.map((value, at) => (at < end ? -value : value)), outputWeights: v.map((value, i) => (i < count ? -value : value)) };
}
