/** Descent and Hessian on the population risk of a given teacher. */
import { oneOf, requireTexts } from '../../base/allowed.js';
import { InputError, refuse } from '../../base/errors.js';
import { denseExtremes } from '../../core/curvature/eigenvalues.js';
import { descentState } from '../../core/descent/descent.js';
import type { Sampling } from '../../core/descent/batches.js';
import type { DescentState, NativeKernels, Points } from '../../core/kernels/contract.js';
import type { OnlineProblem, OnlineSamples } from '../../core/kernels/onlineContract.js';
import { requireNoMethod } from '../../core/kernels/updates.js';
import type { PopulationProblem } from '../../core/kernels/populationContract.js';
import { parseActivation } from '../../core/networks/activations.js';
import { KNOWN_OUTPUTS, type Output } from '../../core/networks/networks.js';
import { populationDescent, riskKernels } from '../../core/risk/descent.js';
import { onlineDescent } from '../../core/risk/online.js';
import { curvatureOf, populationStepSizes } from '../../core/risk/stepsize.js';
import { populationRisk } from '../../core/risk/risk.js';
import type { Symmetry } from '../../core/minima/likeness.js';
import type { NumericArray } from '../../io/npy.js';
import { checkedOptions, type FitOptions, type PreparedFit } from './fit.js';
import type { Hessian } from './hessian.js';
import { requireArray } from './given.js';
import { minimaProblem } from './minima.js';
import { givenOutput, requireWeights } from './training.js';

/**
 * The risk F(W, v) = ½E(Σ_k v_k φ(w_kᵀx) − f*(x))² over x ~ N(0, I), with the teacher f*(x) = Σ_j v*_j φ(u_jᵀx). Both
 * networks are fully connected; they may have different numbers of rows.
 */
export interface RiskProblem {
  /** U (K*, d) */
  readonly teacher: NumericArray;
  /** `mean`: v* = 1/K*; `sum`: v* = 1; default: `mean` */
  readonly teacherOutput?: Output | undefined;
  /** v* (K*), in place of `teacherOutput` */
  readonly teacherV?: NumericArray | undefined;
  /** φ: a name such as `relu`, or a formula in z; without a closed form the risk is computed by quadrature, slowly */
  readonly activation: string;
  /** `mean`: v = 1/K; `sum`: v = 1; default: `mean` */
  readonly output?: Output | undefined;
  /** v (K) or (L, K), in place of `output` */
  readonly v?: NumericArray | undefined;
}

/** A risk with its starting points. */
export interface RiskFitProblem extends RiskProblem {
  /** W₀: (L, K, d), or (K, d) for one start */
  readonly start: NumericArray;
}

/** A risk with the point at which the Hessian is computed. */
export interface RiskHessianProblem extends RiskProblem {
  /** W: (K, d) or (1, K, d) */
  readonly weights: NumericArray;
}

/** What messages call the arrays. */
export interface RiskNames {
  readonly weights: string;
  readonly v: string;
  readonly teacher: string;
  readonly teacherV: string;
}

const NAMES: Omit<RiskNames, 'weights'> = { v: 'v', teacher: 'teacher', teacherV: 'teacherV' };

interface RiskPoints {
  readonly problem: PopulationProblem;
  readonly points: Points;
  readonly shape: readonly [number, number, number];
}

function riskPoints(given: RiskProblem, weights: NumericArray, names: RiskNames): RiskPoints {
  if (given.v !== undefined && given.output !== undefined)
    throw new InputError('output and v exclude each other: give one of them, got both');
  if (given.teacherV !== undefined && given.teacherOutput !== undefined)
    throw new InputError('teacherOutput and teacherV exclude each other: give one of them, got both');
  requireTexts({ activation: given.activation });
  const activation = parseActivation(given.activation);
  const output = oneOf('output', given.output ?? 'mean', KNOWN_OUTPUTS);
  const teacherOutput = oneOf('teacherOutput', given.teacherOutput ?? 'mean', KNOWN_OUTPUTS);
  requireArray(names.teacher, given.teacher);
  const { rows, dimension } = teacherShape(names.teacher, given.teacher);
  const shape = requireWeights(names.weights, weights, 'fcn', dimension);
  const [starts, units] = shape;
  return {
    problem: {
      activation,
      dimension,
      teacher: {
        weights: given.teacher.values.slice(),
        outputWeights: givenOutput(given.teacherV, teacherOutput, 1, rows, names.teacherV).slice(),
      },
    },
    points: { starts, weights: weights.values, outputWeights: givenOutput(given.v, output, starts, units, names.v) },
    shape,
  };
}

function teacherShape(name: string, teacher: NumericArray): { rows: number; dimension: number } {
  const [, rows, dimension] = requireWeights(name, teacher, 'fcn', teacher.shape[teacher.shape.length - 1]);
  if (teacher.values.length !== rows * dimension)
    refuse(`${name}: the teacher`, 'one network of shape (K, d)', `(${teacher.shape.join(', ')})`);
  return { rows, dimension };
}

/** Throws `InputError` for arrays and options that do not define a descent. */
export function prepareRiskFit(
  native: NativeKernels,
  given: RiskFitProblem,
  options: FitOptions,
  names: RiskNames = { ...NAMES, weights: 'start' },
): PreparedFit {
  const { rule, method, precision, trainOutput, classes, ...checked } = checkedOptions(options);
  if (precision !== 'float64') refuse('precision', 'float64 with the population risk', precision);
  const { problem, points, shape } = riskPoints(given, given.start, names);
  const kernels = riskKernels(native, problem.activation);
  const steps = populationStepSizes(native, problem, points, rule, trainOutput);
  const { sampling, update } = method;
  if (sampling?.online === false)
    refuse('the method of a descent on the population risk', 'sgd with online, or another than sgd', 'sgd');
  if (sampling !== undefined) requireNoMethod('online', update);
  const state = descentState(points, steps, trainOutput, { method: update });
  return {
    ...checked,
    shape,
    state,
    descend: (asked) =>
      sampling === undefined
        ? populationDescent(kernels, problem, state, asked)
        : onlineDescent(native, onlineProblem(problem, sampling), state, samplesOf(sampling, state), asked),
    clipping: { clipped: 0, of: 0 },
    flat: () => [],
    ...(classes && {
      minima: minimaProblem(native, populationRisk(native, problem), symmetryOf(problem, shape), points),
    }),
  };
}

/** Fresh samples without noise, B in each step. */
function onlineProblem(problem: PopulationProblem, { size }: Sampling): OnlineProblem {
  return { ...problem, loss: 'squared', noise: 0, batch: size };
}

/** All starts see the same samples. */
function samplesOf({ stream }: Sampling, { starts }: DescentState): OnlineSamples {
  return { address: stream, sequences: new Uint32Array(starts) };
}

function symmetryOf({ activation, teacher }: PopulationProblem, [, rows]: RiskPoints['shape']): Symmetry {
  return { rows, parity: activation.parity, teacher };
}

/** The Hessian in W of the risk at one point. Throws `InputError` for arrays that do not fit together. */
export function riskHessian(
  native: NativeKernels,
  given: RiskHessianProblem,
  names: RiskNames = { ...NAMES, weights: 'weights' },
): Hessian {
  const { problem, points } = riskPoints(given, given.weights, names);
  if (points.starts !== 1)
    throw new InputError(`${names.weights}: weights must be those of one point, got ${points.starts}`);
  const hessian = curvatureOf(problem, points, 0, false);
  const extremes = denseExtremes(native, hessian, points.weights.length);
  return { dimension: points.weights.length, ...extremes, hessian, clipped: 0 };
}
