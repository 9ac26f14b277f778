/**
 * The convex problem behind a quadratic network with fixed v (soltanolkotabi2017, Lemma 6.1): its outputs are xᵀMx with
 * M = Wᵀdiag(v)W, and the loss is f(M) = (1/2n) Σ (xᵢᵀMxᵢ − yᵢ)². With at least d units of either sign M is any
 * symmetric matrix; with units of one sign it is any matrix of that sign when K ≥ d.
 */
import { parseActivation } from '../networks/activations.js';
import type { LinearAlgebra } from '../kernels/contract.js';
import { levenbergMarquardt } from './levenberg.js';
import { linearise, type Network, type TrainingRows } from './linearisation.js';
import { newtonDescent } from './newton.js';

type Kernels = Pick<LinearAlgebra, 'multiply' | 'solve' | 'svd' | 'symmetricEigen'>;

/** An optimal value with a proof: no feasible point is below `lowerBound`. */
export interface LiftedOptimum {
  readonly loss: number;
  readonly lowerBound: number;
}

/** Singular values below this share of the largest are zero. */
const RANK_TOLERANCE = 1e-12;

/**
 * min f over all symmetric M: least squares in the d(d+1)/2 products x_j x_l, whose residual is the part of y they do
 * not span.
 */
export function symmetricOptimum(
  { multiply, svd }: Kernels,
  { samples, dimension, inputs, labels }: TrainingRows,
): LiftedOptimum {
  const features = (dimension * (dimension + 1)) / 2;
  const products = new Float64Array(samples * features);
  for (let i = 0; i < samples; i++) {
    let at = i * features;
    for (let j = 0; j < dimension; j++) {
      for (let l = 0; l <= j; l++) products[at++] = inputs[i * dimension + j] * inputs[i * dimension + l];
    }
  }
  const { u, s } = svd(products, samples, features);
  const rank = s.filter((value) => value > RANK_TOLERANCE * s[0]).length;
  const columns = Math.min(samples, features);
  const coefficients = multiply(u, labels, columns, 1, samples, true).map((c, j) => (j < rank ? c : 0));
  const residuals = multiply(u, coefficients, samples, 1, columns).map((fit, i) => fit - labels[i]);
  const loss = residuals.reduce((sum, r) => sum + r * r, 0) / (2 * samples);
  return { loss, lowerBound: loss };
}

const SOLVE = { levenberg: 300, newton: 200, tolerance: 1e-12 } as const;

/**
 * min f over positive semidefinite M, for n ≥ d samples in general position. Solved in factors M = WᵀW with d + 1 rows,
 * from the given W (d + 1, d), and proved by the dual: any u with Σ uᵢxᵢxᵢᵀ ⪰ 0 shows f ≥ −uᵀy − (n/2)‖u‖². u = r/n is
 * such a vector at the optimum. If rounding makes the sum slightly indefinite, a multiple of the all-ones vector is
 * added, since XᵀX ≻ 0.
 */
export function definiteOptimum(kernels: Kernels, rows: TrainingRows, start: Float64Array): LiftedOptimum {
  const neurons = rows.dimension + 1;
  const network: Network = {
    activation: parseActivation('quadratic'),
    neurons,
    weights: start,
    outputWeights: new Float64Array(neurons).fill(1),
    trainOutput: false,
  };
  const fitted = levenbergMarquardt(kernels, rows, network, { lossTarget: 0, maxSteps: SOLVE.levenberg });
  const settled = newtonDescent(kernels, rows, fitted.network, {
    tolerance: SOLVE.tolerance,
    maxSteps: SOLVE.newton,
    lossTarget: 0,
  });
  const { residuals, loss } = linearise(kernels, rows, settled.network);
  return {
    loss,
    lowerBound: dualBound(
      kernels,
      rows,
      residuals.map((r) => r / rows.samples),
    ),
  };
}

function dualBound(kernels: Kernels, rows: TrainingRows, u: Float64Array): number {
  const { samples, dimension, labels } = rows;
  const smallest = (weights: Float64Array): number =>
    kernels.symmetricEigen(weightedGram(kernels, rows, weights), dimension).values[0];
  const ones = new Float64Array(samples).fill(1);
  const lift = Math.max(0, -smallest(u)) / smallest(ones);
  const feasible = u.map((value) => value + lift);
  return feasible.reduce((sum, value, i) => sum - value * labels[i] - (samples / 2) * value * value, 0);
}

/** Σ uᵢ xᵢxᵢᵀ: (d, d). */
function weightedGram(
  { multiply }: Kernels,
  { samples, dimension, inputs }: TrainingRows,
  u: Float64Array,
): Float64Array {
  const weighted = inputs.map((x, at) => x * u[Math.floor(at / dimension)]);
  return multiply(weighted, inputs, dimension, dimension, samples, true);
}
