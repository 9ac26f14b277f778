/** What a student's W is judged by, with its derivatives: the empirical risk or the population risk. */
import { denseHessian } from '../curvature/hessian.js';
import type { DescentKernels, Evaluation, Points, Problem } from '../kernels/contract.js';
import type { PopulationProblem } from '../kernels/populationContract.js';
import { hessianFlops, riskKernels, type RiskKernels } from './descent.js';
import { populationCurvature, teacherRisk } from './population.js';
import { pairOf } from './quadrature.js';

/** A function of W for polish and certificates. v is held fixed. */
export interface Risk {
  /** value and gradient at each point */
  readonly evaluate: (points: Points) => Evaluation;
  /**
   * second derivatives in W at one point: (D, D), D the entries of W in C order. `cancel` is polled; not 0 throws
   * `Cancelled`
   */
  readonly hessian: (point: Points, cancel?: Int32Array) => Float64Array;
  /** how much a value near 0 may seem to rise by rounding */
  readonly rounding: number;
  /** approximate multiplications of one Hessian in D variables */
  readonly hessianWork: (variables: number) => number;
}

/** f_n of a training set. */
export function empiricalRisk(kernels: DescentKernels, problem: Problem): Risk {
  return {
    evaluate: (points) => kernels.evaluate(problem, points),
    hessian: (point, cancel) => denseHessian(kernels, problem, point, cancel),
    rounding: 1e-24,
    hessianWork: (variables) => empiricalWork(problem.inputs.samples, variables),
  };
}

/** F is a difference of sums as large as the teacher's own part, each with some units in the last place of error. */
const CANCELLATION = 1e-14;

/** Of f_n on n samples. */
export function empiricalWork(samples: number, variables: number): number {
  return samples * variables ** 2;
}

/**
 * F of a teacher.
 * @throws InputError for an activation without a closed form that has kinks elsewhere than at 0
 */
export function populationRisk(native: RiskKernels, problem: PopulationProblem): Risk {
  const { activation, dimension, teacher } = problem;
  const kernels = riskKernels(native, activation);
  const pairs = { pair: pairOf(activation), dimension, teacher };
  return {
    evaluate: (points) => kernels.evaluatePopulation(problem, points),
    hessian: (point, cancel) => populationCurvature(pairs, point, false, cancel),
    rounding: CANCELLATION * teacherRisk(pairs),
    hessianWork: (variables) => hessianFlops(problem, variables / dimension),
  };
}
