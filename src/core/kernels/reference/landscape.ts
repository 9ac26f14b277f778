/**
 * The landscape losses as plain loops over terms and pairs of rows, written like the formulas. With p_m = g·a_m and
 * q_mn = a_mᵀ G a_n:
 *
 *   t_1(m, n) = p_m²p_n² + q_mm p_n² + q_nn p_m² + 4 q_mn p_m p_n + q_mm q_nn + 2 q_mn²    t_2(m) = t_1(m, m)
 *
 * and the parts of the third and fourth derivatives of log f, through their moments V and F̄.
 */
import type { LandscapeKernels, LandscapeProblem, MethodState } from '../landscapeContract.js';
import { RunStatus, type Problem } from '../contract.js';
import { evaluate } from './descent.js';
import { direction, stepSizeAt } from './directions.js';

/** The index of entry (i, j) of a symmetric matrix in the rows of its lower triangle. */
function triangleIndex(i: number, j: number): number {
  const [high, low] = i < j ? [j, i] : [i, j];
  return (high * (high + 1)) / 2 + low;
}

/** G_t of one term: (d, d). */
function curvatureOf({ gradients, isotropic, curvatures }: LandscapeProblem, t: number): Float64Array {
  const d = gradients.dimension;
  const full = new Float64Array(d * d);
  for (let a = 0; a < d; a++) full[a * d + a] = isotropic;
  if (curvatures === null) return full;
  const own = curvatures.values.subarray(t * curvatures.dimension, (t + 1) * curvatures.dimension);
  const diagonal = curvatures.dimension === d;
  for (let a = 0; a < d; a++) {
    for (let b = 0; b < d; b++) {
      if (diagonal) full[a * d + b] += a === b ? own[a] : 0;
      else full[a * d + b] += own[triangleIndex(a, b)];
    }
  }
  return full;
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, j) => sum + value * b[j], 0);
}

function rowsOf(weights: Float64Array, d: number): Float64Array[] {
  return Array.from({ length: weights.length / d }, (_, m) => weights.subarray(m * d, (m + 1) * d));
}

/** p_m, G a_m and q_mn of one term. */
function project(
  problem: LandscapeProblem,
  rows: readonly Float64Array[],
  t: number,
): { p: number[]; image: Float64Array[]; q: number[][] } {
  const d = problem.gradients.dimension;
  const g = problem.gradients.values.subarray(t * d, (t + 1) * d);
  const curvature = curvatureOf(problem, t);
  const image = rows.map((row) => Float64Array.from(row, (_, a) => dot(curvature.subarray(a * d, (a + 1) * d), row)));
  return { p: rows.map((row) => dot(g, row)), image, q: rows.map((row) => image.map((other) => dot(row, other))) };
}

/** Adds one term to the gradient and returns its part of the loss. */
function addTerm(
  problem: LandscapeProblem,
  rows: readonly Float64Array[],
  t: number,
  gradient: readonly Float64Array[],
): number {
  const { mu, sign, weights, gradients } = problem;
  const d = gradients.dimension;
  const { p, image, q } = project(problem, rows, t);
  const factor = sign * weights[t];
  let loss = 0;
  const add = (m: number, ofG: number, n: number, ofImage: number): void => {
    for (let a = 0; a < d; a++) gradient[m][a] += factor * (ofG * gradients.values[t * d + a] + ofImage * image[n][a]);
  };
  for (let m = 0; m < rows.length; m++) {
    const own = q[m][m];
    loss -= mu * (p[m] ** 4 + 6 * own * p[m] ** 2 + 3 * own ** 2);
    add(m, -mu * (4 * p[m] ** 3 + 12 * own * p[m]), m, -mu * 2 * (6 * p[m] ** 2 + 6 * own));
    for (let n = 0; n < rows.length; n++) {
      if (n === m) continue;
      loss +=
        p[m] ** 2 * p[n] ** 2 +
        own * p[n] ** 2 +
        q[n][n] * p[m] ** 2 +
        4 * q[m][n] * p[m] * p[n] +
        own * q[n][n] +
        2 * q[m][n] ** 2;
      // t_1(m, n) and t_1(n, m) are the same function: each counts for row m.
      add(m, 2 * (2 * p[m] * p[n] ** 2 + 2 * q[n][n] * p[m] + 4 * q[m][n] * p[n]), m, 2 * 2 * (p[n] ** 2 + q[n][n]));
      add(m, 0, n, 2 * (4 * p[m] * p[n] + 4 * q[m][n]));
    }
  }
  return factor * loss;
}

/** Σ_ja V_ja u_j²·v_j·v_a, with its gradients added to those of u and v times `factor`. */
function addThird(
  moment: Float64Array,
  factor: number,
  u: Float64Array,
  v: Float64Array,
  gradientU: Float64Array,
  gradientV: Float64Array,
): number {
  const d = u.length;
  let sum = 0;
  for (let j = 0; j < d; j++) {
    for (let a = 0; a < d; a++) {
      const value = moment[j * d + a];
      sum += value * u[j] ** 2 * v[j] * v[a];
      gradientU[j] += factor * value * 2 * u[j] * v[j] * v[a];
      gradientV[j] += factor * value * u[j] ** 2 * v[a];
      gradientV[a] += factor * value * u[j] ** 2 * v[j];
    }
  }
  return factor * sum;
}

/** Σ_j F̄_j u_j² v_j² likewise. */
function addFourth(
  moment: Float64Array,
  factor: number,
  u: Float64Array,
  v: Float64Array,
  gradientU: Float64Array,
  gradientV: Float64Array,
): number {
  let sum = 0;
  moment.forEach((value, j) => {
    sum += value * u[j] ** 2 * v[j] ** 2;
    gradientU[j] += factor * value * 2 * u[j] * v[j] ** 2;
    gradientV[j] += factor * value * 2 * u[j] ** 2 * v[j];
  });
  return factor * sum;
}

/** The part of the third and fourth derivatives: 2 T(u, u, v) p_v + 2 T(u, v, v) p_u + F(u, u, v, v) for each pair. */
function addMoments(
  { moments, sign, mu }: LandscapeProblem,
  rows: readonly Float64Array[],
  gradient: readonly Float64Array[],
): number {
  let loss = 0;
  rows.forEach((u, m) =>
    rows.forEach((v, n) => {
      const factor = sign * (m === n ? -mu : 1);
      if (moments.third !== null) {
        loss +=
          addThird(moments.third, 2 * factor, u, v, gradient[m], gradient[n]) +
          addThird(moments.third, 2 * factor, v, u, gradient[n], gradient[m]);
      }
      if (moments.fourth !== null) loss += addFourth(moments.fourth, factor, u, v, gradient[m], gradient[n]);
    }),
  );
  return loss;
}

/** λ(‖a‖² − 1)² */
function addPenalty(penalty: number, row: Float64Array, gradient: Float64Array): number {
  const excess = dot(row, row) - 1;
  row.forEach((value, a) => (gradient[a] += penalty * 4 * excess * value));
  return penalty * excess ** 2;
}

function evaluateLandscape(problem: LandscapeProblem, weights: Float64Array): { loss: number; gradient: Float64Array } {
  const d = problem.gradients.dimension;
  const gradient = new Float64Array(weights.length);
  const [rows, into] = [rowsOf(weights, d), rowsOf(gradient, d)];
  let loss = addMoments(problem, rows, into);
  for (let t = 0; t < problem.gradients.samples; t++) loss += addTerm(problem, rows, t, into);
  rows.forEach((row, m) => (loss += addPenalty(problem.penalty, row, into[m])));
  return { loss, gradient };
}

/** The gradient norm for stop rules. With unit rows it leaves out the part along each row, which moves nothing. */
function stationarity({ weights, unitRows }: MethodState, gradient: Float64Array, d: number): number {
  const rows = rowsOf(weights, d);
  const squares = rowsOf(gradient, d).map((g, m) => {
    const along = unitRows ? dot(g, rows[m]) / dot(rows[m], rows[m]) : 0;
    return g.reduce((sum, value, a) => sum + (value - along * rows[m][a]) ** 2, 0);
  });
  return Math.sqrt(squares.reduce((sum, square) => sum + square, 0));
}

function update(state: MethodState, gradient: Float64Array, d: number): void {
  const made = state.iterations[0];
  const stepSize = stepSizeAt(state.stepSize, state, made);
  direction(state, gradient, 0, made).forEach((step, j) => (state.weights[j] -= stepSize * step));
  if (state.unitRows) {
    for (const row of rowsOf(state.weights, d)) {
      const norm = Math.sqrt(dot(row, row));
      row.forEach((value, a) => (row[a] = value / norm));
    }
  }
  state.iterations[0] += 1;
}

type Evaluate = (weights: Float64Array) => { readonly loss: number; readonly gradient: Float64Array };

function descendBy(
  evaluateAt: Evaluate,
  d: number,
  state: MethodState,
  updates: number,
  tolerance: number,
  cancel?: Int32Array,
): number {
  for (let t = 0; t < Math.max(updates, 1) && state.status[0] === RunStatus.running; t++) {
    if (cancel !== undefined && Atomics.load(cancel, 0) !== 0) break;
    const { loss, gradient } = evaluateAt(state.weights);
    const norm = stationarity(state, gradient, d);
    state.loss[0] = loss;
    state.gradientNorm[0] = norm;
    if (!Number.isFinite(loss) || !Number.isFinite(norm)) state.status[0] = RunStatus.diverged;
    else if (norm <= tolerance) state.status[0] = RunStatus.converged;
    else if (updates > 0) update(state, gradient, d);
  }
  return state.status[0] === RunStatus.running ? 1 : 0;
}

function riskAt(problem: Problem, outputWeights: Float64Array): Evaluate {
  return (weights) => {
    const { loss, gradient } = evaluate(problem, { starts: 1, weights, outputWeights });
    return { loss: loss[0], gradient };
  };
}

export const referenceLandscape: Omit<LandscapeKernels, 'callFlops'> = {
  evaluateLandscape,
  descendLandscape: (problem, state, updates, tolerance, cancel) =>
    descendBy(
      (weights) => evaluateLandscape(problem, weights),
      problem.gradients.dimension,
      state,
      updates,
      tolerance,
      cancel,
    ),
  descendRisk: (problem, outputWeights, state, updates, tolerance, cancel) =>
    descendBy(
      riskAt(problem, outputWeights),
      problem.inputs.dimension / problem.shape.strides,
      state,
      updates,
      tolerance,
      cancel,
    ),
};
