/**
 * Defines when a minimum of f_n is near W*: its distance is at most twice the distance that the exact asymptotics of
 * the minimiser predict.
 */
import type { LinearAlgebra } from '../../core/kernels/contract.js';
import { OUTCOME_RULES } from '../../core/outcomes/classify.js';
import { frobeniusNorm } from '../../core/networks/teachers.js';
import {
  LARGEST_PLANE,
  orthonormalMixing,
  PREDICTED_LOSSES,
  sandwichBlocks,
  type PlantedNetwork,
  type SandwichBlock,
} from '../../theory/asymptotics.js';
import type { TrainingSet, TrainingSettings } from './planted.js';
import type { TrialContext } from '../spec.js';

/** A minimum is near up to this multiple of the predicted distance √(T/n). */
const TIMES = 2;
/** If T is unknown, a minimum is near up to this share of ‖W*‖_F. */
const SHARE = 0.5;
/** Far below any change that alters T, and far above rounding errors in W*. */
const ROUNDING = 1e-9;
/**
 * Nodes per axis. T is accurate to 3e-4 for K ≤ 3 and to a few per cent for larger K. The computation takes
 * milliseconds.
 */
const nodes = (units: number): number => (units <= 3 ? 27 : 15);

/** The settings that decide whether T is known. */
type NearnessSettings = Pick<TrainingSettings, 'inputs' | 'labels'>;

/**
 * The largest ‖Ŵ − W*‖_F of a minimum near W*: 2√(T/n), where T is the limit of n·E‖Ŵ_n − W*‖². It is at least the
 * distance at which two minima count as one. If T is unknown (inputs that are not Gaussian, another loss, K > 4 or K >
 * d), it is half of ‖W*‖_F.
 */
export function nearRadius(context: TrialContext<NearnessSettings>, drawn: TrainingSet): number {
  const T = errorConstant(context, drawn);
  if (T === undefined) return SHARE * frobeniusNorm(drawn.teacher);
  return Math.max(TIMES * Math.sqrt(T / drawn.problem.inputs.samples), OUTCOME_RULES.sameMinimum);
}

/** T = lim n·E‖Ŵ_n − W*‖². It is undefined if it is unknown. Labels without noise leave no error: T = 0. */
export function errorConstant(
  { settings, kernels }: TrialContext<NearnessSettings>,
  { problem, teacher, teacherOutput }: TrainingSet,
): number | undefined {
  if (settings.labels === 'regression') return 0;
  const { rows, strides } = problem.shape;
  const units = rows * strides;
  const length = teacher.length / rows;
  if (settings.inputs !== 'gaussian' || settings.labels !== 'classification' || units > LARGEST_PLANE || rows > length)
    return undefined;
  const loss = PREDICTED_LOSSES.find((name) => name === problem.loss);
  if (loss === undefined) return undefined;
  const network: PlantedNetwork = {
    activation: problem.activation,
    outputWeights: teacherOutput,
    isShared: strides > 1,
    loss,
    mixing: strides > 1 ? orthonormalMixing(units, frobeniusNorm(teacher)) : mixingOf(kernels, teacher, rows),
  };
  const [plane, across] = tracesOf(kernels, network);
  return plane + (length - (strides > 1 ? 1 : rows)) * across;
}

/**
 * The traces that were computed last. For orthonormal teachers, and for a single w*, they are the same in every trial
 * of a cell.
 */
let last = { text: '', traces: [Number.NaN, Number.NaN] };

/**
 * T_∥ and T_⊥. They depend on the rounded network alone, so a cached result equals a newly computed one bit for bit.
 */
function tracesOf(kernels: Pick<LinearAlgebra, 'solve'>, network: PlantedNetwork): readonly number[] {
  const rounded = { ...network, mixing: network.mixing.map((entry) => Math.round(entry / ROUNDING) * ROUNDING) };
  const { activation, outputWeights, mixing, isShared, loss } = rounded;
  const text = JSON.stringify([activation.name, [...outputWeights], [...mixing], isShared, loss]);
  if (text !== last.text) {
    const { plane, across } = sandwichBlocks(rounded, nodes(outputWeights.length));
    last = { text, traces: [plane, across].map((block) => trace(kernels, block)) };
  }
  return last.traces;
}

/** L (K, K) in W* = L Q, where Q has orthonormal rows. */
function mixingOf({ qr }: Pick<LinearAlgebra, 'qr'>, teacher: Float64Array, rows: number): Float64Array {
  return transposed(qr(transposed(teacher, rows), teacher.length / rows, rows).r, rows);
}

/** Rows (rows, m) as columns. */
function transposed(matrix: Float64Array, rows: number): Float64Array {
  const columns = matrix.length / rows;
  return Float64Array.from({ length: matrix.length }, (_, at) => matrix[(at % rows) * columns + Math.floor(at / rows)]);
}

/** tr(H⁻¹ΣH⁻¹). */
function trace({ solve }: Pick<LinearAlgebra, 'solve'>, { size, hessian, covariance }: SandwichBlock): number {
  const sandwich = solve(hessian, transposed(solve(hessian, covariance, size, size), size), size, size);
  return Array.from({ length: size }, (_, i) => sandwich[i * (size + 1)]).reduce((sum, entry) => sum + entry, 0);
}
