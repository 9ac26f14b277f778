import type { Activation } from '../networks/activations.js';
import type { LinearAlgebra } from '../kernels/contract.js';

/** A small training set in rows, for the dense methods of this folder: fully connected networks, squared loss. */
export interface TrainingRows {
  readonly samples: number;
  readonly dimension: number;
  /** X (n, d) */
  readonly inputs: Float64Array;
  /** X Xᵀ (n, n) */
  readonly inputGram: Float64Array;
  /** y (n) */
  readonly labels: Float64Array;
}

/** A network f(x) = vᵀφ(Wx): W (K, d), v (K). `trainOutput`: v is a variable too. */
export interface Network {
  readonly activation: Activation;
  readonly neurons: number;
  readonly weights: Float64Array;
  readonly outputWeights: Float64Array;
  readonly trainOutput: boolean;
}

/** The network with the derivatives from which Jacobian and Hessian are computed, all (K, n). */
export interface Linearisation {
  /** a = W Xᵀ */
  readonly preActivations: Float64Array;
  /** φ(a) */
  readonly values: Float64Array;
  /** v_u φ′(a) */
  readonly slopes: Float64Array;
  /** r = f(x) − y (n) */
  readonly residuals: Float64Array;
  /** ½ mean r² */
  readonly loss: number;
}

type Multiply = Pick<LinearAlgebra, 'multiply'>;

/** @param inputs X (n, d) in rows */
export function trainingRows({ multiply }: Multiply, inputs: Float64Array, labels: Float64Array): TrainingRows {
  const samples = labels.length;
  const dimension = inputs.length / samples;
  return {
    samples,
    dimension,
    inputs,
    inputGram: multiply(inputs, inputs, samples, samples, dimension, false, true),
    labels,
  };
}

/** Number of variables: Kd, and K more when v is trained. */
export function variableCount(rows: TrainingRows, network: Network): number {
  return network.neurons * (rows.dimension + (network.trainOutput ? 1 : 0));
}

/** Values, residuals and loss of a network on the training set, without derivatives. */
export function outputsOf({ multiply }: Multiply, rows: TrainingRows, network: Network): Omit<Linearisation, 'slopes'> {
  const { samples, dimension, inputs, labels } = rows;
  const preActivations = multiply(network.weights, inputs, network.neurons, samples, dimension, false, true);
  const values = preActivations.map(network.activation.value);
  const residuals = multiply(network.outputWeights, values, 1, samples, network.neurons).map((f, i) => f - labels[i]);
  return { preActivations, values, residuals, loss: squaredNorm(residuals) / (2 * Math.max(samples, 1)) };
}

/** The network linearised at its point: f(θ + δ) ≈ f(θ) + Jδ. */
export function linearise(
  kernels: Multiply,
  rows: TrainingRows,
  network: Network,
  outputs = outputsOf(kernels, rows, network),
): Linearisation {
  const { derivative } = network.activation;
  const slopes = outputs.preActivations.map(
    (a, at) => network.outputWeights[Math.floor(at / rows.samples)] * derivative(a),
  );
  return { ...outputs, slopes };
}

/**
 * J Jᵀ (n, n) = (SᵀS) ∘ (X Xᵀ) + ΦᵀΦ with S the slopes and Φ the values, the last term only when v is trained: the
 * Khatri–Rao structure of J (soltanolkotabi2017, eq. 5.4 and Lemma 5.4) makes it O(n²K), not O(n²Kd).
 */
export function jacobianGram(
  { multiply }: Multiply,
  rows: TrainingRows,
  network: Network,
  at: Linearisation,
): Float64Array {
  const { samples, inputGram } = rows;
  const gram = multiply(at.slopes, at.slopes, samples, samples, network.neurons, true);
  for (let i = 0; i < gram.length; i++) gram[i] *= inputGram[i];
  if (!network.trainOutput) return gram;
  const outputGram = multiply(at.values, at.values, samples, samples, network.neurons, true);
  for (let i = 0; i < gram.length; i++) gram[i] += outputGram[i];
  return gram;
}

/** Jᵀu for u (n): entries of W in C order, then those of v when it is trained. */
export function transposedJacobian(
  { multiply }: Multiply,
  rows: TrainingRows,
  network: Network,
  at: Linearisation,
  u: Float64Array,
): Float64Array {
  const { samples, dimension, inputs } = rows;
  const weighted = at.slopes.map((slope, i) => slope * u[i % samples]);
  const product = new Float64Array(variableCount(rows, network));
  product.set(multiply(weighted, inputs, network.neurons, dimension, samples));
  if (network.trainOutput)
    product.set(multiply(at.values, u, network.neurons, 1, samples), network.neurons * dimension);
  return product;
}

/**
 * ∇L = Jᵀr/n in the order of `transposedJacobian`; the part in v is eq. (5.6); the line before it in the paper prints
 * φ′ for φ.
 */
export function gradientOf(kernels: Multiply, rows: TrainingRows, network: Network, at: Linearisation): Float64Array {
  return transposedJacobian(
    kernels,
    rows,
    network,
    at,
    at.residuals.map((r) => r / rows.samples),
  );
}

/** The network moved by factor·direction, direction in the order of `transposedJacobian`. */
export function moved(network: Network, direction: Float64Array, factor = 1): Network {
  const size = network.weights.length;
  const weights = network.weights.map((w, j) => w + factor * direction[j]);
  if (!network.trainOutput) return { ...network, weights };
  return { ...network, weights, outputWeights: network.outputWeights.map((v, u) => v + factor * direction[size + u]) };
}

export function squaredNorm(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value * value;
  return sum;
}
