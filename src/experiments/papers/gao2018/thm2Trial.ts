/** One trial of gao2018-thm2: the minima and other stationary points of L for one teacher. */
import {
  hermiteTensor,
  plantedTensor,
  quarticMinimum,
  quarticStationary,
  type QuarticLandscape,
} from '../../../core/landscape/quartic.js';
import { matchedDistance } from '../../../core/matching/matching.js';
import { drawInputs } from '../../../core/networks/inputs.js';
import { outputWeights } from '../../../core/networks/networks.js';
import { drawTeacher, frobeniusNorm } from '../../../core/networks/teachers.js';
import { Purpose } from '../../../core/streams.js';
import type { TrialContext, TrialOutcome } from '../../spec.js';
import { RELU } from './regression.js';

/** The settings of a trial. */
export interface Thm2Settings {
  /** number of samples of N(0, I), or the population */
  readonly n: number | 'population';
  readonly d: number;
  /** κ* = max κ*_i / min κ*_i */
  readonly condition: number;
  readonly mu: number;
  readonly lambda: number;
  readonly starts: number;
}

/** The absolute value of κ*_i = E ReLU⁗(z) = −1/√(2π) for ‖w*‖ = 1 and inputs of N(0, I). */
export const RELU_KAPPA = 1 / Math.sqrt(2 * Math.PI);
/** Population: an end is the teacher if their distance is at most this, in the Frobenius norm. */
const SAME = 1e-6;
/** Sample: an end is near the teacher if the root mean square distance of its rows is at most this. */
const NEAR = 0.3;
/** c of Assumption 2(b) and of τ. */
export const PRINTED_C = 0.01;

/**
 * κ*_i of a cell. For the population they are evenly spaced from 1 to κ*. For samples they are those of a ReLU teacher.
 */
export function kappasOf({ n, d, condition }: Pick<Thm2Settings, 'n' | 'd' | 'condition'>): number[] {
  if (n !== 'population') return new Array<number>(d).fill(RELU_KAPPA);
  return Array.from({ length: d }, (_, i) => (d === 1 ? 1 : 1 + ((condition - 1) * i) / (d - 1)));
}

/** D_ii = (1 − μκ_i/λ)^{−1/2}, the norm of row i at a minimum of (21). */
export function minimumNorms(kappas: readonly number[], mu: number, penalty: number): number[] {
  return kappas.map((kappa) => 1 / Math.sqrt(1 - (mu * kappa) / penalty));
}

export function runTrial(context: TrialContext<Thm2Settings>): TrialOutcome {
  const { settings, kernels, stream, cancel } = context;
  const { d, n, mu, lambda, starts } = settings;
  const kappas = kappasOf(settings);
  const penalty = lambda * Math.max(...kappas);
  const teacher = drawTeacher(kernels, 'orthonormal', d, d, 1, stream(Purpose.teacher));
  const tensor = n === 'population' ? plantedTensor(teacher, kappas) : sampledTensor(context, teacher, n);
  const landscape: QuarticLandscape = { dimension: d, tensor, mu, penalty };
  const norms = minimumNorms(kappas, mu, penalty);
  const target = teacher.map((a, at) => norms[Math.floor(at / d)] * a);
  const normals = new Float64Array(2 * starts * d * d);
  kernels.normals(stream(Purpose.start), 0, normals);
  const start = (l: number): Float64Array => normals.slice(l * d * d, (l + 1) * d * d).map((a) => a / Math.sqrt(d));
  const minima = Array.from({ length: starts }, (_, l) => quarticMinimum(kernels, landscape, start(l), cancel));
  const others = Array.from({ length: starts }, (_, l) =>
    quarticStationary(kernels, landscape, start(starts + l), cancel),
  ).filter(({ isStationary }) => isStationary);
  const distance = (weights: Float64Array): number => matchedDistance(weights, target, d, { signs: true });
  const distances = minima.map(({ weights }) => distance(weights));
  const near = n === 'population' ? SAME : NEAR * Math.sqrt(d);
  const saddles = others.filter(({ weights }) => distance(weights) > near);
  const tau = PRINTED_C * Math.min((mu * Math.min(...kappas)) / (settings.condition * d), penalty);
  return {
    status: 'ok',
    measures: {
      teacherShare: distances.filter((apart) => apart <= near).length / starts,
      allTeacher: distances.every((apart) => apart <= near) ? 1 : 0,
      finished: minima.every(({ isStationary }) => isStationary) ? 1 : 0,
      distance: Math.max(...distances),
      nearest: distance(quarticMinimum(kernels, landscape, target, cancel).weights),
      saddles: saddles.length / starts,
      strict: saddles.every(({ spectrum }) => spectrum.values[0] <= -tau) ? 1 : 0,
      ...identityMeasures(settings, tensor, teacher, start(0)),
    },
  };
}

/**
 * −mean y S_4 of a ReLU teacher over n inputs of N(0, I). The κ*_i of the teacher are negative, and the loss takes
 * their sign.
 */
function sampledTensor(
  { kernels, stream, settings: { d } }: TrialContext<Thm2Settings>,
  teacher: Float64Array,
  n: number,
) {
  const drawn = drawInputs(kernels, 'gaussian', n, d, stream(Purpose.data));
  const rows = drawn.values.slice(0, n * d);
  const point = { starts: 1, weights: teacher, outputWeights: outputWeights('sum', 1, d) };
  const labels = kernels.outputs(kernels.prepare(drawn), { strides: 1, rows: d }, RELU, point);
  return hermiteTensor(kernels, rows, labels).map((value) => -value);
}

/**
 * Theorem 4 on samples. The first measure is the mean of y t_2(a*_i) over the teacher's rows; its expectation is κ*.
 * The second is the difference between mean y t_1(u, v) and κ* Σ_i ⟨a*_i, u⟩²⟨a*_i, v⟩² for two directions u and v.
 */
function identityMeasures(
  { n, d }: Thm2Settings,
  tensor: Float64Array,
  teacher: Float64Array,
  directions: Float64Array,
): Record<string, number> {
  if (n === 'population') return { kappa: Number.NaN, identityGap: Number.NaN };
  const row = (matrix: Float64Array, i: number): Float64Array => matrix.subarray(i * d, (i + 1) * d);
  const unit = (a: Float64Array): Float64Array => a.map((value) => value / frobeniusNorm(a));
  const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, value, j) => sum + value * b[j], 0);
  const at = (u: Float64Array, v: Float64Array): number =>
    -tensor.reduce((sum, value, index) => {
      const [i, j] = [Math.floor(index / d ** 3), Math.floor(index / (d * d)) % d];
      return sum + value * u[i] * u[j] * v[Math.floor(index / d) % d] * v[index % d];
    }, 0);
  const rows = Array.from({ length: d }, (_, i) => row(teacher, i));
  const [u, v] = [unit(row(directions, 0)), unit(row(directions, 1))];
  const exact = -RELU_KAPPA * rows.reduce((sum, a) => sum + dot(a, u) ** 2 * dot(a, v) ** 2, 0);
  return { kappa: rows.reduce((sum, a) => sum + at(a, a), 0) / d, identityGap: at(u, v) - exact };
}

/** Flops: the squares of the samples, and about 40 Hessians with eigenpairs for each start of either kind. */
export function trialCost({ n, d, starts }: Thm2Settings): number {
  const samples = n === 'population' ? 0 : n * (2 * d ** 4 + 6 * d * d + 100 * d);
  return samples + 2 * starts * 40 * 15 * d ** 6;
}

/** Bytes of a trial: three times the samples, and matrices of d⁴ entries. */
export function trialBytes({ n, d }: Thm2Settings): number {
  return 8 * ((n === 'population' ? 0 : n * (3 * d + 4)) + 10 * d ** 4);
}
