/**
 * The landscape of gao2018 for a known fourth-order tensor: with T = s·E[y S_4] symmetric, c = 1 + μ and G = Σ_m a_m a_mᵀ
 *
 *     F(A) = T(G, G) − c Σ_m T(a_m, a_m, a_m, a_m) + λ Σ_m (‖a_m‖² − 1)².
 *
 * A (d, d) has one row per neuron. Every derivative follows from T(·, ·, a_m, a_n). Meant for small d: O(d⁶).
 */
import { newtonStep, spectrumOf, type Spectrum } from '../certificates/newtonStep.js';
import { throwIfCancelled } from '../../base/errors.js';
import type { LinearAlgebra } from '../kernels/contract.js';
import { frobeniusNorm } from '../networks/teachers.js';

type Multiply = Pick<LinearAlgebra, 'multiply'>;
type Kernels = Multiply & Pick<LinearAlgebra, 'symmetricEigen'>;

export interface QuarticLandscape {
  readonly dimension: number;
  /** T (d², d²), symmetric in all four indices */
  readonly tensor: Float64Array;
  readonly mu: number;
  /** λ */
  readonly penalty: number;
}

export interface QuarticPoint {
  readonly loss: number;
  /** (d, d) */
  readonly gradient: Float64Array;
  /** (d², d²) in the order of the entries of A */
  readonly hessian: Float64Array;
}

/** T = Σ_i κ_i a*_i⊗⁴: the population (21) of a teacher A* (d, d). */
export function plantedTensor(teacher: Float64Array, kappas: readonly number[]): Float64Array {
  const d = kappas.length;
  const tensor = new Float64Array(d ** 4);
  kappas.forEach((kappa, i) => {
    const a = teacher.subarray(i * d, (i + 1) * d);
    const square = Float64Array.from({ length: d * d }, (_, at) => a[Math.floor(at / d)] * a[at % d]);
    square.forEach((left, row) => square.forEach((right, at) => (tensor[row * d * d + at] += kappa * left * right)));
  });
  return tensor;
}

/** Samples that are squared at a time. */
const CHUNK = 4096;

/** mean y S_4(x) of N(0, I) inputs X (n, d) in rows: (d², d²). Source: gao2018, Example 1. */
export function hermiteTensor({ multiply }: Multiply, inputs: Float64Array, labels: Float64Array): Float64Array {
  const n = labels.length;
  const d = inputs.length / n;
  const size = d * d;
  const fourth = new Float64Array(size * size);
  const second = new Float64Array(size);
  for (let from = 0; from < n; from += CHUNK) {
    const count = Math.min(CHUNK, n - from);
    const squares = Float64Array.from({ length: count * size }, (_, at) => {
      const x = (from + Math.floor(at / size)) * d;
      return inputs[x + Math.floor((at % size) / d)] * inputs[x + (at % d)];
    });
    const weighted = squares.map((value, at) => (value * labels[from + Math.floor(at / size)]) / n);
    weighted.forEach((value, at) => (second[at % size] += value));
    multiply(weighted, squares, size, size, count, true).forEach((value, at) => (fourth[at] += value));
  }
  const mean = labels.reduce((sum, y) => sum + y / n, 0);
  return fourth.map((value, at) => value - hermiteRest(second, mean, d, at));
}

/** What mean y x⊗⁴ has more than mean y S_4 at one entry: the six placements of M_2 ⊗ I less the three of I ⊗ I. */
function hermiteRest(second: Float64Array, mean: number, d: number, at: number): number {
  const [a, b, c, e] = [Math.floor(at / d ** 3), Math.floor(at / (d * d)) % d, Math.floor(at / d) % d, at % d];
  let rest = 0;
  for (const [i, j, k, l] of [
    [a, b, c, e],
    [a, c, b, e],
    [a, e, b, c],
  ]) {
    if (i === j) rest += second[k * d + l];
    if (k === l) rest += second[i * d + j];
    if (i === j && k === l) rest -= mean;
  }
  return rest;
}

/** F with its gradient and Hessian at A. */
export function quarticAt(
  { multiply }: Multiply,
  { dimension: d, tensor, mu, penalty }: QuarticLandscape,
  weights: Float64Array,
): QuarticPoint {
  const size = d * d;
  const row = (m: number): Float64Array => weights.subarray(m * d, (m + 1) * d);
  const pairs = new Float64Array(size * size);
  for (let m = 0; m < d; m++) {
    for (let n = 0; n < d; n++) {
      for (let j = 0; j < size; j++) pairs[(m * d + n) * size + j] = row(m)[Math.floor(j / d)] * row(n)[j % d];
    }
  }
  // Row (m, n) is T(·, ·, a_m, a_n).
  const contracted = multiply(pairs, tensor, size, size, size);
  const block = (m: number, n: number): Float64Array => contracted.subarray((m * d + n) * size, (m * d + n + 1) * size);
  const whole = new Float64Array(size);
  for (let m = 0; m < d; m++) block(m, m).forEach((value, j) => (whole[j] += value));
  let loss = 0;
  const gradient = new Float64Array(size);
  const hessian = new Float64Array(size * size);
  for (let m = 0; m < d; m++) {
    const a = row(m);
    const excess = a.reduce((sum, value) => sum + value * value, -1);
    loss += penalty * excess * excess;
    for (let i = 0; i < d; i++) {
      for (let j = 0; j < d; j++) {
        const pull = whole[i * d + j] - (1 + mu) * block(m, m)[i * d + j];
        loss += pull * a[i] * a[j];
        gradient[m * d + i] += 4 * pull * a[j];
        const own = 4 * whole[i * d + j] - 12 * (1 + mu) * block(m, m)[i * d + j] + 8 * penalty * a[i] * a[j];
        hessian[(m * d + i) * size + m * d + j] += own + (i === j ? 4 * penalty * excess : 0);
        for (let n = 0; n < d; n++) hessian[(m * d + i) * size + n * d + j] += 8 * block(m, n)[i * d + j];
      }
      gradient[m * d + i] += 4 * penalty * excess * a[i];
    }
  }
  return { loss, gradient, hessian };
}

export interface QuarticStationary {
  readonly weights: Float64Array;
  /** of the Hessian, ascending */
  readonly spectrum: Spectrum;
  /** ‖∇F‖ ≤ 1e-9 λ_max(|∇²F|) */
  readonly isStationary: boolean;
}

const STEPS = { most: 300, longest: 0.5, stationary: 1e-9, converged: 1e-12, push: 0.05, escapes: 5 } as const;

/** Newton's method with |∇²F| in a trust region, and along negative curvature away from saddles, to a local minimum. */
export function quarticMinimum(
  kernels: Kernels,
  landscape: QuarticLandscape,
  start: Float64Array,
  cancel?: Int32Array,
): QuarticStationary {
  let found = descended(kernels, landscape, start, cancel);
  for (let left = STEPS.escapes; left > 0 && isSaddle(found); left--) {
    const along = found.spectrum.vectors.subarray(0, start.length);
    const from = found.weights.map((a, j) => a + STEPS.push * along[j]);
    found = descended(kernels, landscape, from, cancel);
  }
  return found;
}

function isSaddle({ spectrum: { values }, isStationary }: QuarticStationary): boolean {
  return isStationary && values[0] < -1e-7 * values[values.length - 1];
}

function descended(
  kernels: Kernels,
  landscape: QuarticLandscape,
  start: Float64Array,
  cancel?: Int32Array,
): QuarticStationary {
  let [weights, longest]: [Float64Array, number] = [start, STEPS.longest];
  let point = quarticAt(kernels, landscape, weights);
  let spectrum = spectrumOf(kernels, point.hessian);
  for (let step = 0; step < STEPS.most && longest > STEPS.converged && !isAtRest(point, spectrum); step++) {
    throwIfCancelled(cancel);
    const direction = newtonStep(kernels, spectrum, point.gradient, longest);
    const candidate = weights.map((a, j) => a + direction[j]);
    const next = quarticAt(kernels, landscape, candidate);
    if (next.loss > point.loss + STEPS.converged * Math.abs(point.loss)) {
      longest = Math.min(longest, frobeniusNorm(direction)) / 4;
      continue;
    }
    [weights, point, longest] = [candidate, next, Math.min(2 * longest, STEPS.longest)];
    spectrum = spectrumOf(kernels, point.hessian);
  }
  return stationaryAt(weights, point, spectrum);
}

function isAtRest({ gradient }: QuarticPoint, { values }: Spectrum, share: number = STEPS.converged): boolean {
  return frobeniusNorm(gradient) <= share * Math.max(Math.abs(values[0]), Math.abs(values[values.length - 1]));
}

function stationaryAt(weights: Float64Array, point: QuarticPoint, spectrum: Spectrum): QuarticStationary {
  return { weights, spectrum, isStationary: isAtRest(point, spectrum, STEPS.stationary) };
}

/** Newton's method on ∇F = 0, which leads to stationary points of any kind, where it converges. */
export function quarticStationary(
  kernels: Kernels,
  landscape: QuarticLandscape,
  start: Float64Array,
  cancel?: Int32Array,
): QuarticStationary {
  let weights = start;
  for (let step = 0; ; step++) {
    throwIfCancelled(cancel);
    const point = quarticAt(kernels, landscape, weights);
    const spectrum = spectrumOf(kernels, point.hessian);
    if (step === STEPS.most || isAtRest(point, spectrum)) return stationaryAt(weights, point, spectrum);
    const signed = signedStep(kernels, spectrum, point.gradient);
    const scale = Math.min(1, STEPS.longest / frobeniusNorm(signed));
    weights = weights.map((a, j) => a + scale * signed[j]);
  }
}

/** −H⁻¹g, with eigenvalues near zero kept away from it. */
function signedStep(kernels: Multiply, { values, vectors }: Spectrum, gradient: Float64Array): Float64Array {
  const size = gradient.length;
  const floor = 1e-10 * Math.max(Math.abs(values[0]), Math.abs(values[size - 1]));
  const components = kernels
    .multiply(vectors, gradient, size, 1, size)
    .map((g, i) => -g / (Math.abs(values[i]) < floor ? floor : values[i]));
  return kernels.multiply(vectors, components, size, 1, size, true);
}
