import type { Activation } from '../networks/activations.js';
import { refuse } from '../../base/errors.js';
import type { LinearAlgebra } from '../kernels/contract.js';
import { outputWeights, type Architecture } from '../networks/networks.js';
import { neuronDirections, type Decomposition } from './directions.js';
import { codedFactor, type Magnitudes } from './magnitudes.js';
import type { NormalSource } from './normals.js';
import { momentOrders, type HermiteMoments } from './orders.js';
import { recoveredNetwork, type InitializationOutput } from './recovery.js';
import { requireDecidable, requireNeurons } from './requirements.js';
import type { Samples } from './samples.js';
import { drawStages, type InitializationMode } from './stages.js';
import { stridedInitialization } from './strided.js';

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
  /** `inverted` unless given */
  readonly magnitudes?: Magnitudes;
  /** 2K projections from a whitened start unless given */
  readonly decomposition?: Decomposition;
  readonly normals: NormalSource;
}

export interface Initialization {
  /** W₀ (K, d); of a cnn (1, m) */
  readonly weights: Float64Array;
  /** v (K) */
  readonly outputWeights: Float64Array;
  /** the number of directions found: K; of a cnn 1 */
  readonly subspaceDimension: number;
  /** (K, K, K): the moment inside the subspace of the w̄_i, which KCL decomposed; of a cnn there is none */
  readonly tensor?: Float64Array;
}

/**
 * W₀ near W* from labelled samples with x ~ N(0, I): moments M_j = Σ_i v_i m_j(‖w_i‖) w̄_i^{⊗j}, the subspace of the
 * w̄_i, their decomposition by KCL inside it, magnitudes and signs (fu2018, Algorithm 2 and Appendix C; zhong2017,
 * Algorithm 1). For a cnn one moment is enough. Derivation: docs/derivations/tensor.md
 * @throws InputError when K exceeds d or does not divide it (cnn), the samples are too few or of deficient rank, all
 *   labels are equal, or the moments the method needs vanish for this activation
 */
export function tensorInitialization(kernels: LinearAlgebra, problem: InitializationProblem): Initialization {
  return problem.architecture === 'cnn' ? cnnInitialization(kernels, problem) : fcnInitialization(kernels, problem);
}

function cnnInitialization(
  kernels: LinearAlgebra,
  { samples, neurons, activation, moments, output }: InitializationProblem,
): Initialization {
  if (output === 'signs') refuse('the output of a cnn initialization', 'mean or sum', output);
  const v = outputWeights(output, 1, neurons);
  return {
    weights: stridedInitialization(kernels, samples, activation, moments, v),
    outputWeights: v,
    subspaceDimension: 1,
  };
}

function fcnInitialization(kernels: LinearAlgebra, problem: InitializationProblem): Initialization {
  const { samples, neurons, activation, moments, mode, normals } = problem;
  const orders = momentOrders(activation, moments);
  requireNeurons(neurons, samples.dimension);
  requireDecidable(kernels, samples, mode === 'faithful' ? 3 : 1);
  const stages = drawStages[mode](kernels, samples, neurons, orders, normals);
  const found = neuronDirections(kernels, stages, orders.tensor, normals, problem.decomposition);
  const recovery = { ...found, samples: stages.forMagnitudes, moments, order: orders.vector };
  const { weights, outputWeights: v } = recoveredNetwork(kernels, problem, recovery, orders);
  const factor = problem.magnitudes === 'as-coded' ? codedFactor(activation, moments) : 1;
  return {
    weights: weights.map((w) => factor * w),
    outputWeights: v,
    subspaceDimension: neurons,
    tensor: found.tensor,
  };
}
