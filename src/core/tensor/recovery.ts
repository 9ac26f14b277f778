import type { Activation } from '../networks/activations.js';
import type { LinearAlgebra } from '../kernels/contract.js';
import { outputWeights, type TeacherOutput } from '../networks/networks.js';
import { mean } from './dense.js';
import { recoverMagnitudes, recoverSigns, type Recovery } from './magnitudes.js';
import type { Orders } from './orders.js';
import type { Samples } from './samples.js';

type Kernels = Pick<LinearAlgebra, 'multiply' | 'symmetricEigen'>;

/** The outputs of a network that the method can start from; `signs`: v ∈ {−1, +1}^K unknown. */
export const INITIALIZATION_OUTPUTS = ['mean', 'sum', 'signs'] as const satisfies readonly TeacherOutput[];
export type InitializationOutput = (typeof INITIALIZATION_OUTPUTS)[number];

/** Whether the tensor initialization takes this kind of v*. */
export function isInitializationOutput(output: string): output is InitializationOutput {
  return INITIALIZATION_OUTPUTS.some((known) => known === output);
}

interface Network {
  /** (K, d) */
  readonly weights: Float64Array;
  /** v (K) */
  readonly outputWeights: Float64Array;
}

/** What is known of the network that labelled the samples. */
interface Planted {
  readonly output: InitializationOutput;
  readonly neurons: number;
  /** with the labels as they were given */
  readonly samples: Samples;
  readonly activation: Activation;
}

/** W of a network with the given output; for `signs` v too. */
export function recoveredNetwork(
  kernels: Kernels,
  { output, neurons, samples, activation }: Planted,
  recovery: Recovery,
  orders: Orders,
): Network {
  if (output !== 'signs') return withOutput(kernels, recovery, outputWeights(output, 1, neurons));
  if (orders.even !== undefined)
    return withOutput(kernels, recovery, recoverSigns(kernels, recovery, neurons, orders.even));
  const positive = withOutput(kernels, recovery, new Float64Array(neurons).fill(1));
  return flipped(positive, negativeOutputs(mean(samples.labels), activation.value(0), neurons));
}

function withOutput(kernels: Kernels, recovery: Recovery, v: Float64Array): Network {
  return { weights: recoverMagnitudes(kernels, recovery, v), outputWeights: v };
}

/** How many v_i are −1 when φ − φ(0) is odd, from E y = φ(0) Σ v_i; when φ(0) = 0 too, none need be. */
function negativeOutputs(meanLabel: number, offset: number, neurons: number): number {
  if (offset === 0) return 0;
  return Math.max(0, Math.min(neurons, Math.round((neurons - meanLabel / offset) / 2)));
}

/** (v_i, w_i) → (−v_i, −w_i) for the first few i: when φ − φ(0) is odd only their number shows in f. */
function flipped({ weights, outputWeights: v }: Network, count: number): Network {
  const end = (count * weights.length) / v.length;
  return {
    weights: weights.map((value, at) => (at < end ? -value : value)),
    outputWeights: v.map((value, i) => (i < count ? -value : value)),
  };
}
