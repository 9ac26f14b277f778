/**
 * The order parameters of online SGD in the limit of high dimension (Saad and Solla 1995; Goldt et al. 2019, with
 * another scale): student f(x) = Σ_i v_i φ(w_iᵀx), teacher f*(x) = Σ_j v*_j φ(u_jᵀx), labels y = f*(x) + σζ, a step
 *
 *   w_i ← w_i − (η/d)(1/B) Σ_b Δ_b v_i φ′(w_iᵀx_b) x_b,   v_i ← v_i − (η/d)(1/B) Σ_b Δ_b φ(w_iᵀx_b),   Δ = f − y.
 *
 * With α = (steps)/d the Gram matrix of all rows and v follow an ordinary differential equation as d → ∞. Derivation:
 * docs/derivations/online-sgd.md.
 */
import type { Activation } from '../../core/networks/activations.js';
import { fieldsOf, type Fields } from './fields.js';

export interface OnlineSgd {
  readonly activation: Activation;
  /** K rows of the student, M of the teacher */
  readonly rows: number;
  readonly teacherRows: number;
  /** v* (M) */
  readonly teacherOutput: Float64Array;
  /** η: d times the step size */
  readonly stepSize: number;
  /** σ of the labels */
  readonly noise: number;
  /** B: samples of a step */
  readonly batch: number;
  readonly trainOutput: boolean;
}

/** A point of the dynamics. */
export interface OrderParameters {
  /** (K + M, K + M): products of rows, the student's first: Q, R and T */
  readonly gram: Float64Array;
  /** v (K) */
  readonly outputWeights: Float64Array;
}

/** Order parameters of rows W (K, d) and U (M, d). */
export function orderParameters(
  weights: Float64Array,
  outputWeights: Float64Array,
  teacher: Float64Array,
  dimension: number,
): OrderParameters {
  const all = [weights, teacher].flatMap((of) =>
    Array.from({ length: of.length / dimension }, (_, r) => of.subarray(r * dimension, (r + 1) * dimension)),
  );
  const gram = all.flatMap((row) => all.map((other) => row.reduce((sum, w, t) => sum + w * other[t], 0)));
  return { gram: Float64Array.from(gram), outputWeights };
}

/** v of all rows as f − f* has them: (v, −v*). */
function signedOutput({ teacherOutput }: OnlineSgd, outputWeights: Float64Array): Float64Array {
  return Float64Array.of(...outputWeights, ...teacherOutput.map((v) => -v));
}

/** ½E(f − f*)²: the population risk at the order parameters. */
export function generalisationError(sgd: OnlineSgd, { gram, outputWeights }: OrderParameters): number {
  const v = signedOutput(sgd, outputWeights);
  const { pair } = fieldsOf(sgd.activation, v.length);
  let sum = 0;
  v.forEach((a, i) => {
    v.forEach((b, j) => {
      sum += (a * b * pair(gram, i, j)) / 2;
    });
  });
  return sum;
}

/** d/dα of the order parameters. */
export function drift(sgd: OnlineSgd, { gram, outputWeights }: OrderParameters): OrderParameters {
  const v = signedOutput(sgd, outputWeights);
  const P = v.length;
  const fields = fieldsOf(sgd.activation, P);
  const slopes = fieldSlopes(sgd, fields, gram, v);
  const dGram = new Float64Array(P * P);
  for (let i = 0; i < sgd.rows; i++) {
    for (let n = 0; n < P; n++) {
      const move = -sgd.stepSize * v[i] * slopes[i * P + n];
      dGram[i * P + n] += move;
      dGram[n * P + i] += move;
    }
    for (let k = 0; k < sgd.rows; k++)
      dGram[i * P + k] += (sgd.stepSize ** 2 / sgd.batch) * v[i] * v[k] * squares(sgd, fields, gram, v, i, k);
  }
  const moveOutput = (i: number): number =>
    sgd.trainOutput ? -sgd.stepSize * v.reduce((sum, b, j) => sum + b * fields.pair(gram, i, j), 0) : 0;
  return { gram: dGram, outputWeights: outputWeights.map((_, i) => moveOutput(i)) };
}

/** E[φ′(u_i) (f − f*) u_n] for every row i of the student and every field n: (K, P). */
function fieldSlopes(sgd: OnlineSgd, { tilt, linear }: Fields, gram: Float64Array, v: Float64Array): Float64Array {
  const P = v.length;
  const slopes = new Float64Array(sgd.rows * P);
  for (let i = 0; i < sgd.rows; i++) {
    const { weight, covariance } = tilt({ weight: 1, covariance: gram }, i);
    for (let n = 0; n < P; n++)
      slopes[i * P + n] = weight * v.reduce((sum, b, j) => sum + b * linear(covariance, n, j), 0);
  }
  return slopes;
}

/** E[φ′(u_i) φ′(u_k) (f − y)²]. */
function squares(
  sgd: OnlineSgd,
  { tilt, pair }: Fields,
  gram: Float64Array,
  v: Float64Array,
  i: number,
  k: number,
): number {
  const { weight, covariance } = tilt(tilt({ weight: 1, covariance: gram }, i), k);
  let sum = sgd.noise ** 2;
  v.forEach((a, j) => {
    v.forEach((b, l) => {
      sum += a * b * pair(covariance, j, l);
    });
  });
  return weight * sum;
}
