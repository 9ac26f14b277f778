import type { LinearAlgebra } from '../kernels/contract.js';
import { addMultiple, dot, norm, row } from './dense.js';
import { contracted, sumOfCubes } from './symmetric.js';

type Kernels = Pick<LinearAlgebra, 'multiply' | 'solve'>;

const MOST_STEPS = 100;
const FIRST_DAMPING = 1e-3;
const LARGEST_DAMPING = 1e10;
/** Keeps the normal matrix invertible where factors nearly coincide. */
const SMALLEST_DAMPING = 1e-12;
/** Accepted steps below this share of the factors end the refinement: two more digits than a tensor's rounding leaves. */
const SMALLEST_STEP = 1e-14;

/**
 * Factors a_i (k, p), one per row, that make ‖T − Σ_i a_i⊗a_i⊗a_i‖_F smallest near the given ones, by
 * Levenberg–Marquardt. The weights are in the lengths: w_i u_i^{⊗3} = a_i^{⊗3} with a_i = ∛w_i u_i, so neither scale
 * nor sign is free. A step is taken only when it lowers the residual; on exact tensors convergence is quadratic.
 */
export function refined(kernels: Kernels, tensor: Float64Array, factors: Float64Array, rank: number): Float64Array {
  let current = factors;
  let difference = residual(kernels, tensor, current, rank);
  let damping = FIRST_DAMPING;
  for (let step = 0; step < MOST_STEPS && damping <= LARGEST_DAMPING; step++) {
    const move = dampedStep(kernels, difference, current, rank, damping);
    const next = current.slice();
    addMultiple(next, move, -1);
    const nextDifference = residual(kernels, tensor, next, rank);
    if (!(norm(nextDifference) < norm(difference))) {
      damping *= 10;
      continue;
    }
    current = next;
    difference = nextDifference;
    damping = Math.max(damping / 10, SMALLEST_DAMPING);
    if (norm(move) <= SMALLEST_STEP * norm(current)) break;
  }
  return current;
}

/** Σ_i a_i^{⊗3} − T */
function residual(kernels: Kernels, tensor: Float64Array, factors: Float64Array, rank: number): Float64Array {
  const out = sumOfCubes(kernels, factors, rank);
  addMultiple(out, tensor, -1);
  return out;
}

/** (JᵀJ + μ s I)⁻¹ Jᵀ r, with s the mean diagonal entry of JᵀJ. */
function dampedStep(
  kernels: Kernels,
  difference: Float64Array,
  factors: Float64Array,
  rank: number,
  damping: number,
): Float64Array {
  const normal = normalMatrix(factors, rank);
  const unknowns = factors.length;
  let trace = 0;
  for (let i = 0; i < unknowns; i++) trace += normal[i * unknowns + i];
  for (let i = 0; i < unknowns; i++) normal[i * unknowns + i] += (damping * trace) / unknowns;
  return kernels.solve(normal, gradient(kernels, difference, factors, rank), unknowns, 1);
}

/** Jᵀr, row i: 3 r(I, a_i, a_i). From the residual itself: a difference of contractions would square the condition. */
function gradient(kernels: Kernels, difference: Float64Array, factors: Float64Array, rank: number): Float64Array {
  const size = factors.length / rank;
  const out = new Float64Array(factors.length);
  for (let i = 0; i < rank; i++) {
    const factor = row(factors, i, size);
    out.set(
      kernels.multiply(contracted(kernels, difference, size, factor), factor, size, 1, size).map((value) => 3 * value),
      i * size,
    );
  }
  return out;
}

/** JᵀJ, block (i, j): 3 (a_iᵀa_j)² I + 6 (a_iᵀa_j) a_j a_iᵀ. */
function normalMatrix(factors: Float64Array, rank: number): Float64Array {
  const size = factors.length / rank;
  const width = factors.length;
  const out = new Float64Array(width * width);
  for (let i = 0; i < rank; i++) {
    for (let j = 0; j < rank; j++) {
      const [a, b] = [row(factors, i, size), row(factors, j, size)];
      const inner = dot(a, b);
      for (let r = 0; r < size; r++) {
        const at = (i * size + r) * width + j * size;
        for (let c = 0; c < size; c++) out[at + c] = 6 * inner * b[r] * a[c];
        out[at + r] += 3 * inner * inner;
      }
    }
  }
  return out;
}
