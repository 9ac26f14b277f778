/**
 * The population risk F(W, v) = ½E(Σ_i v_i φ(w_iᵀx) − Σ_j v*_j φ(u_jᵀx))² over x ~ N(0, I), with its derivatives. It is
 * a sum over pairs of rows:
 *
 *   F = ½ Σ_ii′ v_i v_i′ k(w_i, w_i′) − Σ_ij v_i v*_j k(w_i, u_j) + ½ Σ_jj′ v*_j v*_j′ k(u_j, u_j′).
 *
 * The student may have another number of rows than the teacher. Derivation: docs/derivations/population.md.
 */
import { throwIfCancelled } from '../../base/errors.js';
import type { Evaluation, Points } from '../kernels/contract.js';
import { dot } from '../tensor/dense.js';
import type { Rows } from '../kernels/populationContract.js';
import type { Gram, Pair, Plane } from './pair.js';

/** The risk of students with any number of rows, for one teacher. */
export interface PopulationRisk {
  readonly pair: Pair;
  readonly dimension: number;
  readonly teacher: Rows;
}

/** F, ∂F/∂W and ∂F/∂v at L points, whose weights have the shape (L, rows, d). */
export function evaluatePopulation(risk: PopulationRisk, { starts, weights, outputWeights }: Points): Evaluation {
  const loss = new Float64Array(starts);
  const gradient = new Float64Array(weights.length);
  const outputGradient = new Float64Array(outputWeights.length);
  const constant = teacherRisk(risk);
  const [size, units] = [weights.length / starts, outputWeights.length / starts];
  for (let l = 0; l < starts; l++) {
    const student = {
      weights: weights.subarray(l * size, (l + 1) * size),
      outputWeights: outputWeights.subarray(l * units, (l + 1) * units),
    };
    const slopes = {
      gradient: gradient.subarray(l * size, (l + 1) * size),
      outputGradient: outputGradient.subarray(l * units, (l + 1) * units),
    };
    loss[l] = atLeastZero(constant + addPairs(risk, student, slopes));
  }
  return { loss, gradient, outputGradient };
}

/** Rounding can make a risk of zero negative; NaN stays. */
function atLeastZero(risk: number): number {
  return risk < 0 ? 0 : risk;
}

/** ½ Σ_jj′ v*_j v*_j′ k(u_j, u_j′), the part of F that does not depend on the student. */
export function teacherRisk({ pair, dimension: d, teacher: { weights, outputWeights } }: PopulationRisk): number {
  let sum = 0;
  outputWeights.forEach((v, j) => {
    outputWeights.forEach((other, l) => {
      sum += (v * other * pair.slope(gramOf(weights, j, weights, l, d)).value) / 2;
    });
  });
  return sum;
}

interface Slopes {
  readonly gradient: Float64Array;
  readonly outputGradient: Float64Array;
}

/** Whose rows a row of the student is paired with: their sign in f − f*, and what of each pair belongs to that row. */
interface Side {
  readonly sign: 1 | -1;
  readonly share: number;
}
const STUDENT: Side = { sign: 1, share: 0.5 };
const TEACHER: Side = { sign: -1, share: 1 };

/** Adds the gradients of the pairs with a row of the student; returns their part of F. */
function addPairs({ pair, dimension: d, teacher }: PopulationRisk, student: Rows, slopes: Slopes): number {
  let sum = 0;
  const { weights, outputWeights } = student;
  const add = (i: number, other: Rows, j: number, { sign, share }: Side): void => {
    const { value, alpha, beta } = pair.slope(gramOf(weights, i, other.weights, j, d));
    const weight = sign * other.outputWeights[j];
    slopes.outputGradient[i] += weight * value;
    for (let t = 0; t < d; t++)
      slopes.gradient[i * d + t] +=
        outputWeights[i] * weight * (alpha * weights[i * d + t] + beta * other.weights[j * d + t]);
    sum += share * outputWeights[i] * weight * value;
  };
  outputWeights.forEach((_, i) => {
    outputWeights.forEach((__, j) => {
      add(i, student, j, STUDENT);
    });
    teacher.outputWeights.forEach((__, j) => {
      add(i, teacher, j, TEACHER);
    });
  });
  return sum;
}

/**
 * ∂²F at one point: in W (rows·d, rows·d), or in (W, v), W first, when v is trained; row-major, symmetric. By rows that
 * point the same way the ReLU's F is not twice differentiable in every direction; the limit of its second derivatives
 * is taken. `cancel` is polled; not 0 throws `Cancelled`.
 */
export function populationCurvature(
  risk: PopulationRisk,
  student: Rows,
  trainOutput = false,
  cancel?: Int32Array,
): Float64Array {
  const { pair, dimension: d, teacher } = risk;
  const { weights, outputWeights } = student;
  const units = outputWeights.length;
  const size = units * d + (trainOutput ? units : 0);
  const hessian = new Float64Array(size * size);
  const addPair = (i: number, other: Rows, j: number, side: Side): void => {
    const [v, factor] = [outputWeights[i], other.outputWeights[j]];
    const gram = gramOf(weights, i, other.weights, j, d);
    const { own, cross } = pair.curvature(gram);
    const basis = basisOf(weights, i, other.weights, j, d);
    addPlane(hessian, { row: i * d, column: i * d, size }, side.sign * v * factor, own, basis);
    if (side === STUDENT) addPlane(hessian, { row: i * d, column: j * d, size }, v * factor, cross, basis);
    if (!trainOutput) return;
    const { value, alpha, beta } = pair.slope(gram);
    const slope = (t: number): number => alpha * weights[i * d + t] + beta * other.weights[j * d + t];
    const addOutput = (unit: number, weight: number): void => {
      for (let t = 0; t < d; t++) {
        hessian[(i * d + t) * size + units * d + unit] += weight * slope(t);
        hessian[(units * d + unit) * size + i * d + t] += weight * slope(t);
      }
    };
    addOutput(i, side.sign * factor);
    if (side === STUDENT) addOutput(j, v);
    if (side === STUDENT) hessian[(units * d + i) * size + units * d + j] = value;
  };
  outputWeights.forEach((_, i) => {
    throwIfCancelled(cancel);
    outputWeights.forEach((__, j) => {
      addPair(i, student, j, STUDENT);
    });
    teacher.outputWeights.forEach((__, j) => {
      addPair(i, teacher, j, TEACHER);
    });
  });
  return hessian;
}

function gramOf(first: Float64Array, i: number, second: Float64Array, j: number, d: number): Gram {
  const [w, u] = [first.subarray(i * d, (i + 1) * d), second.subarray(j * d, (j + 1) * d)];
  return { a: dot(w, w), b: dot(u, u), c: dot(w, u) };
}

/** e along w, and n along the part of u at right angles to w; zero where there is no direction. */
interface Basis {
  readonly e: Float64Array;
  readonly n: Float64Array;
}

function basisOf(first: Float64Array, i: number, second: Float64Array, j: number, d: number): Basis {
  const [w, u] = [first.subarray(i * d, (i + 1) * d), second.subarray(j * d, (j + 1) * d)];
  const e = unit(w, 0);
  const along = dot(e, u);
  return {
    e,
    n: unit(
      u.map((entry, t) => entry - along * e[t]),
      SAME_DIRECTION * Math.sqrt(dot(u, u)),
    ),
  };
}

/** Rows at a smaller sine have one direction. */
const SAME_DIRECTION = 1e-12;

function unit(values: Float64Array, least: number): Float64Array {
  const norm = Math.sqrt(dot(values, values));
  return values.map((entry) => (norm > least ? entry / norm : 0));
}

interface Block {
  readonly row: number;
  readonly column: number;
  readonly size: number;
}

function addPlane(matrix: Float64Array, block: Block, factor: number, plane: Plane, { e, n }: Basis): void {
  const { identity, ee, en, nn } = plane;
  for (let p = 0; p < e.length; p++)
    for (let q = 0; q < e.length; q++) {
      const inPlane = ee * e[p] * e[q] + en * (e[p] * n[q] + n[p] * e[q]) + nn * n[p] * n[q];
      matrix[(block.row + p) * block.size + block.column + q] += factor * ((p === q ? identity : 0) + inPlane);
    }
}
