import { throwIfCancelled } from '../../base/errors.js';
import type { LinearAlgebra } from '../kernels/contract.js';
import {
  gradientOf,
  linearise,
  moved,
  outputsOf,
  squaredNorm,
  variableCount,
  type Linearisation,
  type Network,
  type TrainingRows,
} from './linearisation.js';

type Kernels = Pick<LinearAlgebra, 'multiply' | 'symmetricEigen'>;

/** ∇²L in all variables, (p, p), in the order of `transposedJacobian`: JᵀJ/n plus the curvature of the residuals. */
export function hessianOf(
  kernels: Pick<LinearAlgebra, 'multiply'>,
  rows: TrainingRows,
  network: Network,
  at: Linearisation,
): Float64Array {
  const size = variableCount(rows, network);
  const jacobian = denseJacobian(rows, network, at);
  const hessian = kernels
    .multiply(jacobian, jacobian, size, size, rows.samples, false, true)
    .map((x) => x / rows.samples);
  for (let u = 0; u < network.neurons; u++) addUnitCurvature(kernels, rows, network, at, u, hessian);
  return hessian;
}

/** Jᵀ (p, n): row (u, j) is v_u φ′(a_u) x_j, the last K rows are φ(a_u) when v is trained. */
function denseJacobian(rows: TrainingRows, network: Network, at: Linearisation): Float64Array {
  const { samples, dimension, inputs } = rows;
  const jacobian = new Float64Array(variableCount(rows, network) * samples);
  for (let u = 0; u < network.neurons; u++) {
    for (let j = 0; j < dimension; j++) {
      const row = (u * dimension + j) * samples;
      for (let i = 0; i < samples; i++) jacobian[row + i] = at.slopes[u * samples + i] * inputs[i * dimension + j];
    }
  }
  if (network.trainOutput) jacobian.set(at.values, network.neurons * dimension * samples);
  return jacobian;
}

/** Block u: mean of r v_u φ″(a_u) x xᵀ; and mean of r φ′(a_u) x between w_u and v_u. */
function addUnitCurvature(
  { multiply }: Pick<LinearAlgebra, 'multiply'>,
  rows: TrainingRows,
  network: Network,
  at: Linearisation,
  u: number,
  hessian: Float64Array,
): void {
  const { samples, dimension, inputs } = rows;
  const { activation, outputWeights, trainOutput, neurons } = network;
  const size = variableCount(rows, network);
  const a = at.preActivations.subarray(u * samples, (u + 1) * samples);
  const bends = a.map((z, i) => at.residuals[i] * outputWeights[u] * activation.secondDerivative(z));
  const weighted = inputs.map((x, at_) => (bends[Math.floor(at_ / dimension)] * x) / samples);
  const block = multiply(weighted, inputs, dimension, dimension, samples, true);
  for (let j = 0; j < dimension; j++) {
    for (let m = 0; m < dimension; m++)
      hessian[(u * dimension + j) * size + u * dimension + m] += block[j * dimension + m];
  }
  if (!trainOutput) return;
  const coefficients = a.map((z, i) => (at.residuals[i] * activation.derivative(z)) / samples);
  const mixed = multiply(coefficients, inputs, 1, dimension, samples);
  const v = neurons * dimension + u;
  for (let j = 0; j < dimension; j++) {
    hessian[(u * dimension + j) * size + v] += mixed[j];
    hessian[v * size + u * dimension + j] += mixed[j];
  }
}

/** First and second order at a point. */
export interface Curvature {
  readonly loss: number;
  readonly gradient: Float64Array;
  /** ‖∇L‖ */
  readonly gradientNorm: number;
  /** ‖∇L‖ over its largest possible value ‖J‖‖r‖/n at this residual, about √(2Lλ_max): dimensionless */
  readonly relativeGradient: number;
  /** eigenvalues of ∇²L, ascending */
  readonly eigenvalues: Float64Array;
  readonly eigenvectors: Float64Array;
}

export function curvatureAt(kernels: Kernels, rows: TrainingRows, network: Network): Curvature {
  const at = linearise(kernels, rows, network);
  const gradient = gradientOf(kernels, rows, network, at);
  const { values, vectors } = kernels.symmetricEigen(hessianOf(kernels, rows, network, at), gradient.length);
  const gradientNorm = Math.sqrt(squaredNorm(gradient));
  const largest = Math.max(Math.abs(values[0]), Math.abs(values[values.length - 1]));
  return {
    loss: at.loss,
    gradient,
    gradientNorm,
    relativeGradient: gradientNorm === 0 ? 0 : gradientNorm / Math.sqrt(2 * at.loss * largest),
    eigenvalues: values,
    eigenvectors: vectors,
  };
}

export interface NewtonOptions {
  /** stop when the relative gradient is at most this */
  readonly tolerance: number;
  readonly maxSteps: number;
  /** stop when the loss is at most this: Levenberg–Marquardt on the residuals is faster from there */
  readonly lossTarget: number;
  readonly cancel?: Int32Array | undefined;
}

/**
 * Dampings that are tried at one decomposition, in units of the last best one; then the first damping and its bounds,
 * in units of λ_max.
 */
const DAMPINGS = { tried: [1e-3, 1e-2, 1e-1, 1, 10, 100], first: 1e-4, least: 1e-14, most: 1e3 } as const;

/**
 * Newton's method in all variables with |eigenvalues| and damping: δ = −Σᵢ (uᵢᵀg/(|λᵢ| + μ)) uᵢ, to a nearby stationary
 * point that is no saddle. The decomposition is the expensive part, so every step tries several μ and takes the lowest
 * loss. It ends when it has converged, when rounding allows no lower loss, or after `maxSteps`.
 */
export function newtonDescent(
  kernels: Kernels,
  rows: TrainingRows,
  start: Network,
  options: NewtonOptions,
): { network: Network; curvature: Curvature; steps: number } {
  let network = start;
  let curvature = curvatureAt(kernels, rows, network);
  let [damping, steps]: [number, number] = [DAMPINGS.first, 0];
  while (
    curvature.relativeGradient > options.tolerance &&
    curvature.loss > options.lossTarget &&
    steps < options.maxSteps &&
    damping < DAMPINGS.most
  ) {
    throwIfCancelled(options.cancel);
    const best = lowest(kernels, rows, network, curvature, damping);
    steps += 1;
    if (best === undefined) {
      damping *= 1e3;
      continue;
    }
    network = best.network;
    curvature = curvatureAt(kernels, rows, network);
    damping = best.damping;
  }
  return { network, curvature, steps };
}

/** The lowest of the tried points, if one is lower than this, or as low with a smaller gradient. */
function lowest(
  kernels: Kernels,
  rows: TrainingRows,
  network: Network,
  curvature: Curvature,
  damping: number,
): { network: Network; damping: number } | undefined {
  const { loss, gradient, gradientNorm, eigenvalues, eigenvectors } = curvature;
  const size = gradient.length;
  const largest = Math.max(Math.abs(eigenvalues[0]), Math.abs(eigenvalues[size - 1]));
  const components = kernels.multiply(eigenvectors, gradient, size, 1, size);
  const tried = DAMPINGS.tried.map((factor) => {
    const share = Math.max(factor * damping, DAMPINGS.least);
    const scaled = components.map((g, i) => -g / (Math.abs(eigenvalues[i]) + share * largest));
    const candidate = moved(network, kernels.multiply(eigenvectors, scaled, size, 1, size, true));
    return { network: candidate, damping: share, loss: outputsOf(kernels, rows, candidate).loss };
  });
  const best = tried.reduce((least, point) => (point.loss < least.loss ? point : least));
  if (best.loss < loss * (1 - ROUNDING)) return best;
  const level = tried.filter((point) => point.loss <= loss * (1 + ROUNDING));
  return level.find(
    (point) =>
      Math.sqrt(squaredNorm(gradientOf(kernels, rows, point.network, linearise(kernels, rows, point.network)))) <
      gradientNorm,
  );
}

/** How much of its value a loss may seem to change by rounding. */
const ROUNDING = 1e-13;
