import { refuse } from '../../base/errors.js';
import type { LinearAlgebra } from '../kernels/contract.js';
import { addMultiple, dot, identity, norm, row, symmetricSolution, transpose, unit, unitRows } from './dense.js';
import { jointDiagonalizer } from './diagonalize.js';
import type { NormalSource } from './normals.js';
import { refined } from './refine.js';
import { whitening } from './definite.js';
import { powerOfTwo, rescaled } from './scale.js';
import { contracted, projected, relativeAsymmetry, sumOfCubes, symmetrised } from './symmetric.js';

/** T ≈ Σ_i w_i u_i⊗u_i⊗u_i. */
export interface Factorization {
  /** (k): w_i, |w_i| descending */
  readonly weights: Float64Array;
  /** (k, p): unit rows u_i, the entry of largest magnitude positive */
  readonly factors: Float64Array;
}

export interface FactorizationOptions {
  /** L, the number of random projections; 2p unless given */
  readonly projections?: number;
  /**
   * the first transform of the joint diagonalisation: `whitened`, which makes the factors nearly orthogonal, unless
   * given; `identity`, as published
   */
  readonly start?: DecompositionStart;
  /** where the projections are drawn from */
  readonly normals: NormalSource;
  /**
   * whether least squares on the tensor follow the diagonalisation: yes unless given; right for tensors that are exact
   */
  readonly refine?: boolean;
}

export const DECOMPOSITION_STARTS = ['whitened', 'identity'] as const;
export type DecompositionStart = (typeof DECOMPOSITION_STARTS)[number];

export const LARGEST_RANK = 64;
const MOST_ASYMMETRY = 1e-8;
/** Singular values of the unfolding below this share of the largest are rounding. */
const RANK_TOLERANCE = 1e-12;
/** Unknowns k·p of least squares on the whole tensor: a step solves a system of so many. */
const MOST_UNKNOWNS = 1000;
/** A relative residual that is rounding. */
const EXACT = 1e-12;

/**
 * Decomposes a symmetric (p, p, p) tensor into k terms w_i u_i⊗u_i⊗u_i with linearly independent u_i, k ≤ p:
 * simultaneous diagonalisation of projections (Kuleshov, Chaganty, Liang 2015), then least squares: on the projection
 * of T to the span of its unfolding's top k singular vectors, and from there on T itself while k·p is at most 1000.
 * For exact tensors the error is rounding times their condition number, about 1e-13 for well separated factors. A
 * tensor far from scale 1 is scaled first.
 * @throws InputError for k outside 1 … min(p, 64), entries that are not finite, a relative asymmetry ‖T − sym T‖/‖T‖
 *   above 1e-8, or an unfolding of rank below k
 */
export function factorize(
  kernels: LinearAlgebra,
  tensor: Float64Array,
  size: number,
  rank: number,
  options: FactorizationOptions,
): Factorization {
  requireFinite(tensor, size, rank);
  const exponent = powerOfTwo(tensor);
  const { weights, factors } = factorizeScaled(kernels, rescaled(tensor, -exponent), size, rank, options);
  return { weights: rescaled(weights, exponent), factors };
}

function factorizeScaled(
  kernels: LinearAlgebra,
  tensor: Float64Array,
  size: number,
  rank: number,
  options: FactorizationOptions,
): Factorization {
  requireSymmetric(tensor, size);
  const symmetric = symmetrised(tensor, size);
  const basis = unfoldingBasis(kernels, symmetric, size, rank);
  const reduced = projected(kernels, symmetric, size, basis);
  const start = jointDirections(kernels, reduced, rank, { projections: 2 * size, ...options });
  const scaled = scaledFactors(kernels, reduced, start, rank);
  const factors = options.refine === false ? scaled : refined(kernels, reduced, scaled, rank);
  const whole = kernels.multiply(factors, basis, rank, size, rank);
  return canonical(options.refine === false ? whole : refinedOnTensor(kernels, symmetric, whole, rank), rank);
}

/** The best fit to T near these factors. If T lies in the span, up to rounding, the factors are that fit already. */
function refinedOnTensor(
  kernels: LinearAlgebra,
  tensor: Float64Array,
  factors: Float64Array,
  rank: number,
): Float64Array {
  if (factors.length > MOST_UNKNOWNS) return factors;
  const residual = sumOfCubes(kernels, factors, rank);
  addMultiple(residual, tensor, -1);
  return norm(residual) <= EXACT * norm(tensor) ? factors : refined(kernels, tensor, factors, rank);
}

function requireFinite(tensor: Float64Array, size: number, rank: number): void {
  if (!(rank >= 1 && rank <= Math.min(size, LARGEST_RANK)))
    refuse(
      'the rank of a decomposition',
      `from 1 to ${Math.min(size, LARGEST_RANK)} for a tensor of dimension ${size}`,
      rank,
    );
  const at = tensor.findIndex((value) => !Number.isFinite(value));
  if (at >= 0) refuse('a tensor', 'finite', `${tensor[at]} at index ${at}`);
}

function requireSymmetric(tensor: Float64Array, size: number): void {
  const asymmetry = relativeAsymmetry(tensor, size);
  if (asymmetry > MOST_ASYMMETRY)
    refuse('a tensor', `symmetric to a relative ${MOST_ASYMMETRY}`, `asymmetry ${asymmetry.toExponential(2)}`);
}

/** The span of the factors: top k left singular vectors of the p × p² unfolding, as rows (k, p). */
function unfoldingBasis(kernels: LinearAlgebra, tensor: Float64Array, size: number, rank: number): Float64Array {
  const { u, s } = kernels.svd(tensor, size, size * size);
  const found = s.filter((value) => value > RANK_TOLERANCE * s[0]).length;
  if (found < rank)
    refuse(
      'the rank of a decomposition',
      `at most ${found}, the rank of the tensor's unfolding (the factors must be linearly independent)`,
      rank,
    );
  return transpose(u, size, size).subarray(0, rank * size);
}

/**
 * Steps 1 to 3 of KCL on a (k, k, k) tensor: random projections, then projections along the factors that these gave;
 * unit rows (k, k). QRJ1D may stop far from the diagonalizer when the factors are far from orthogonal. Unless
 * asked otherwise, it therefore starts from a transform that makes them orthogonal.
 */
function jointDirections(
  kernels: LinearAlgebra,
  tensor: Float64Array,
  rank: number,
  { projections, start, normals }: FactorizationOptions & { readonly projections: number },
): Float64Array {
  const random = unitRows(normals(projections * rank), projections);
  const whitened = start === 'identity' ? undefined : whitening(kernels, tensor, rank);
  const first = diagonalizer(kernels, tensor, rank, random, whitened ?? identity(rank));
  const plugIn = diagonalizer(kernels, tensor, rank, directions(kernels, first, rank), first);
  return directions(kernels, plugIn, rank);
}

/** B that makes B T(I, I, w_l) Bᵀ nearly diagonal for the rows w_l, found by QRJ1D from a first B. */
function diagonalizer(
  kernels: LinearAlgebra,
  tensor: Float64Array,
  rank: number,
  vectors: Float64Array,
  start: Float64Array,
): Float64Array {
  const matrices = Array.from({ length: vectors.length / rank }, (_, l) =>
    contracted(kernels, tensor, rank, row(vectors, l, rank)),
  );
  return jointDiagonalizer(kernels, matrices, rank, start);
}

/** The unit columns of B⁻¹, as rows. */
function directions(kernels: LinearAlgebra, diagonalizing: Float64Array, rank: number): Float64Array {
  return unitRows(transpose(kernels.solve(diagonalizing, identity(rank), rank, rank), rank, rank), rank);
}

/** a_i = ∛w_i u_i with the w that fit the tensor best: (Σ_j (u_iᵀu_j)³ w_j)_i = T(u_i, u_i, u_i). */
function scaledFactors(
  kernels: LinearAlgebra,
  tensor: Float64Array,
  unitFactors: Float64Array,
  rank: number,
): Float64Array {
  const gram = kernels.multiply(unitFactors, unitFactors, rank, rank, rank, false, true).map((value) => value ** 3);
  const right = Float64Array.from({ length: rank }, (_, i) => {
    const direction = row(unitFactors, i, rank);
    return dot(kernels.multiply(contracted(kernels, tensor, rank, direction), direction, rank, 1, rank), direction);
  });
  const weights = symmetricSolution(kernels, gram, right);
  return unitFactors.map((value, at) => Math.cbrt(weights[Math.floor(at / rank)]) * value);
}

/** Weights and unit factors of a_i, in the order and with the signs that `Factorization` promises. */
function canonical(scaled: Float64Array, rank: number): Factorization {
  const size = scaled.length / rank;
  const terms = Array.from({ length: rank }, (_, i) => signedTerm(row(scaled, i, size))).sort(
    (a, b) => Math.abs(b.weight) - Math.abs(a.weight),
  );
  const factors = new Float64Array(scaled.length);
  terms.forEach(({ factor }, i) => factors.set(factor, i * size));
  return { weights: Float64Array.from(terms, ({ weight }) => weight), factors };
}

function signedTerm(scaled: Float64Array): { weight: number; factor: Float64Array } {
  const peak = scaled.reduce((best, value) => (Math.abs(value) > Math.abs(best) ? value : best), 0);
  const sign = peak < 0 ? -1 : 1;
  return { weight: sign * norm(scaled) ** 3, factor: unit(scaled).map((value) => sign * value) };
}
