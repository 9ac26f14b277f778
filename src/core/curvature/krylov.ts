import type { LinearAlgebra, RandomKernels, StreamAddress } from '../kernels/contract.js';

/** Products A_l x_l for L symmetric operators at once: (L, D) → (L, D). */
export type BatchedOperator = (vectors: Float64Array) => Float64Array;

export type KrylovKernels = RandomKernels & Pick<LinearAlgebra, 'symmetricEigen'>;

/** The starting vector is the same for every operator and every run: the result is a function of the operator alone. */
const START_VECTOR: StreamAddress = { key: [0x6c616e63, 0x7a6f7300], trial: 0, purpose: 0 };

/** An approximate eigenvalue; an eigenvalue of the operator lies within `residual` of it. */
export interface RitzValue {
  readonly value: number;
  readonly residual: number;
  /** its unit vector, in the basis of the space */
  readonly components: Float64Array;
}

/** The extreme Ritz pairs in the space; undefined for an operator that gave non-finite numbers. */
export interface RitzEnds {
  readonly smallest: RitzValue;
  readonly largest: RitzValue;
}

export interface KrylovSpace {
  /** orthonormal, one vector per step */
  readonly basis: Float64Array[];
  readonly diagonal: number[];
  readonly offDiagonal: number[];
  ends: RitzEnds | undefined;
  nextLook: number;
  finished: boolean;
}

export interface KrylovRule {
  readonly maxSteps: number;
  /** computing the Ritz values costs O(steps³): between two computations the space grows by this factor */
  readonly growth: number;
  readonly isFinished: (ends: RitzEnds) => boolean;
}

/**
 * Lanczos with full reorthogonalisation on L symmetric operators of size D at once, each until its rule is met, D steps
 * are done (then the ends are exact) or `maxSteps`.
 */
export function krylovSpaces(
  kernels: KrylovKernels,
  apply: BatchedOperator,
  starts: number,
  size: number,
  rule: KrylovRule,
): KrylovSpace[] {
  const first = new Float64Array(size);
  kernels.normals(START_VECTOR, 0, first);
  const spaces = Array.from({ length: starts }, (): KrylovSpace => ({
    basis: [normalised(first)],
    diagonal: [],
    offDiagonal: [],
    ends: undefined,
    nextLook: 1,
    finished: false,
  }));
  const steps = Math.min(size, rule.maxSteps);
  for (let step = 1; step <= steps && spaces.some((space) => !space.finished); step++) {
    const vectors = new Float64Array(starts * size);
    spaces.forEach((space, l) => vectors.set(space.basis[space.basis.length - 1], l * size));
    const products = apply(vectors);
    spaces.forEach((space, l) => {
      if (!space.finished) extend(kernels, space, products.slice(l * size, (l + 1) * size), step === steps, rule);
    });
  }
  return spaces;
}

/** One Lanczos step: `product` is A times the last basis vector. */
function extend(
  kernels: KrylovKernels,
  space: KrylovSpace,
  product: Float64Array,
  isLast: boolean,
  rule: KrylovRule,
): void {
  const last = space.basis[space.basis.length - 1];
  space.diagonal.push(dot(product, last));
  // Twice is enough (Kahan and Parlett): the second pass removes what rounding left of the first.
  for (let pass = 0; pass < 2; pass++)
    for (const vector of space.basis) subtractMultiple(product, vector, dot(product, vector));
  const residual = Math.sqrt(dot(product, product));
  if (!Number.isFinite(residual)) {
    space.ends = undefined;
    space.finished = true;
    return;
  }
  look(kernels, space, residual, isLast, rule);
  space.offDiagonal.push(residual);
  if (!space.finished && !isLast) space.basis.push(normalised(product));
}

/**
 * Computes the Ritz values when they are due, and applies the rule. An invariant space cannot grow: its Ritz values are
 * computed, and the operator is finished.
 */
function look(kernels: KrylovKernels, space: KrylovSpace, residual: number, isLast: boolean, rule: KrylovRule): void {
  const order = space.diagonal.length;
  const invariant = residual <= Number.EPSILON * Math.max(...space.diagonal.map(Math.abs));
  if (order < space.nextLook && !isLast && !invariant) return;
  space.nextLook = Math.max(order + 1, Math.floor(order * rule.growth));
  space.ends = ritzEnds(kernels, space, residual);
  space.finished = invariant || rule.isFinished(space.ends);
}

/**
 * The ends of the tridiagonal projection; the residual of a Ritz pair is that of the space times its last component.
 */
function ritzEnds(kernels: KrylovKernels, space: KrylovSpace, residual: number): RitzEnds {
  const order = space.diagonal.length;
  const tridiagonal = new Float64Array(order * order);
  for (let i = 0; i < order; i++) {
    tridiagonal[i * order + i] = space.diagonal[i];
    if (i + 1 < order) tridiagonal[i * order + i + 1] = tridiagonal[(i + 1) * order + i] = space.offDiagonal[i];
  }
  const { values, vectors } = kernels.symmetricEigen(tridiagonal, order);
  const end = (i: number): RitzValue => {
    const components = vectors.slice(i * order, (i + 1) * order);
    return { value: values[i], residual: residual * Math.abs(components[order - 1]), components };
  };
  return { smallest: end(0), largest: end(order - 1) };
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

function subtractMultiple(target: Float64Array, vector: Float64Array, factor: number): void {
  for (let i = 0; i < target.length; i++) target[i] -= factor * vector[i];
}

function normalised(vector: Float64Array): Float64Array {
  const norm = Math.sqrt(dot(vector, vector));
  return vector.map((value) => value / norm);
}
