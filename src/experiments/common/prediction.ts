/** The error that the exact asymptotics predict without free parameters, for comparison with measured errors. */
import { parseActivation } from '../../core/networks/activations.js';
import type { Architecture } from '../../core/networks/networks.js';
import { choleskyOf, solveFrom } from '../../core/score/cholesky.js';
import { scaled, UNKNOWN, type Noted } from '../../statistics/estimate.js';
import {
  LARGEST_PLANE,
  orthonormalMixing,
  PREDICTED_LOSSES,
  sandwichBlocks,
  type SandwichBlock,
} from '../../theory/asymptotics.js';
import type { SampleCell } from './sampleGrid.js';
import type { FigureRow } from '../spec.js';

/** A planted problem with the sigmoid, as in fu2018 and fu2019. */
export interface PredictedProblem {
  readonly K: number;
  readonly architecture?: Architecture;
  readonly teacher: string;
  readonly teacherScale: number;
  readonly inputs: string;
  readonly labels: string;
  readonly loss?: string;
}

/** Nodes per axis. T is accurate to 1e-5 for K ≤ 3 and norms up to 3. */
const nodes = (units: number): number => (units < LARGEST_PLANE ? 41 : 27);
/**
 * Predicted errors up to this share of ‖W*‖_F are within a few per cent of the true errors: +2 % at 0.10, +7 % at 0.15.
 */
export const LARGEST_SHARE = 0.15;

/**
 * √(T/n), the root mean square of ‖Ŵ_n − W*‖_F for n → ∞, by quadrature. It is NaN if T is unknown: K > 4 or K > d, W*
 * not orthonormal, inputs not Gaussian, or labels without noise.
 * Source: docs/derivations/outcomes.md
 */
export function predictedError(problem: PredictedProblem, d: number, n: number): number {
  const { K, architecture = 'fcn', loss = 'squared' } = problem;
  const known = PREDICTED_LOSSES.find((name) => name === loss);
  const isShared = architecture === 'cnn' && K > 1;
  const [length, rows] = isShared ? [d / K, 1] : [d, K];
  const isPlain = problem.teacher === 'orthonormal' && problem.inputs === 'gaussian';
  if (!isPlain || problem.labels !== 'classification' || known === undefined || K > LARGEST_PLANE || rows > length)
    return Number.NaN;
  const [plane, across] = tracesOf(K, problem.teacherScale, isShared, known);
  return Math.sqrt((plane + (length - rows) * across) / n);
}

/**
 * n·E‖∇f_n(W*)‖² = tr Σ for squared loss, classification labels, Gaussian inputs and K ≤ 4 orthonormal rows of norm s,
 * at every n, by quadrature; NaN for more neurons.
 * Source: docs/derivations/outcomes.md
 */
export function predictedGradient(K: number, norm: number, d: number): number {
  if (K > LARGEST_PLANE || K > d) return Number.NaN;
  const [plane, across] = tracesOf(K, norm, false, 'squared', covarianceTrace);
  return plane + (d - K) * across;
}

type Traces = readonly [plane: number, across: number];
type Trace = (block: SandwichBlock) => number;
const found = new Map<string, Traces>();

/** T_∥ and T_⊥. They are cached because claims and figures request the same values repeatedly. */
function tracesOf(
  K: number,
  norm: number,
  isShared: boolean,
  loss: (typeof PREDICTED_LOSSES)[number],
  trace: Trace = sandwichTrace,
): Traces {
  const text = JSON.stringify([K, norm, isShared, loss, trace.name]);
  const kept = found.get(text);
  if (kept !== undefined) return kept;
  const { plane, across } = sandwichBlocks(
    {
      activation: parseActivation('sigmoid'),
      outputWeights: new Float64Array(K).fill(1 / K),
      mixing: orthonormalMixing(K, norm),
      isShared,
      loss,
    },
    nodes(K),
  );
  const traces: Traces = [trace(plane), trace(across)];
  found.set(text, traces);
  return traces;
}

/** tr(H⁻¹ΣH⁻¹) = Σ_j u_jᵀΣu_j with u_j = H⁻¹e_j. */
function sandwichTrace({ size, hessian, covariance }: SandwichBlock): number {
  const factor = hessian.slice();
  if (!choleskyOf(factor, size, 0)) return Number.NaN;
  let sum = 0;
  for (let j = 0; j < size; j++) {
    const u = new Float64Array(size);
    u[j] = 1;
    solveFrom(factor, size, u);
    covariance.forEach((entry, at) => {
      sum += entry * u[Math.floor(at / size)] * u[at % size];
    });
  }
  return sum;
}

function covarianceTrace({ size, covariance }: SandwichBlock): number {
  return Array.from({ length: size }, (_, j) => covariance[j * size + j]).reduce((sum, entry) => sum + entry, 0);
}

/** Whether the comparison with the asymptotics is valid: the predicted error is at most `LARGEST_SHARE` of ‖W*‖_F. */
export function isAsymptotic(problem: PredictedProblem, d: number, n: number): boolean {
  const { K, architecture = 'fcn', teacherScale } = problem;
  return predictedError(problem, d, n) <= LARGEST_SHARE * teacherScale * (architecture === 'cnn' ? 1 : Math.sqrt(K));
}

/** The ratio of the measured to the predicted root mean square error, for the cell with the largest n. */
export function overPredicted(problem: PredictedProblem, cells: readonly SampleCell[]): Noted {
  const last = cells.toSorted((a, b) => a.settings.n - b.settings.n).slice(-1);
  for (const { settings, measures } of last) {
    if (!isAsymptotic(problem, settings.d, settings.n))
      return { ...UNKNOWN, note: `the predicted error is above ${LARGEST_SHARE}‖W*‖_F at n = ${settings.n}` };
    return scaled(measures['rmsError'], 1 / predictedError(problem, settings.d, settings.n));
  }
  return UNKNOWN;
}

/** Rows of a predicted line for comparison with a measured one. Points without a prediction are left out. */
export function predictedRows(
  problem: PredictedProblem,
  cells: readonly SampleCell[],
  name: Readonly<Record<string, string>>,
): FigureRow[] {
  return cells
    .map(({ settings: { d, n } }) => ({ n, error: predictedError(problem, d, n) }))
    .filter(({ error }) => Number.isFinite(error))
    .map(({ n, error }) => ({ ...name, n, trials: null, error, low: error, high: error }));
}
