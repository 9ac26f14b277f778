/** Descents on the population risk of the identity teacher from a batch of random starts. */
import { descentState } from '../../../core/descent/descent.js';
import type { DescentState } from '../../../core/kernels/contract.js';
import type { PopulationProblem } from '../../../core/kernels/populationContract.js';
import { parseActivation } from '../../../core/networks/activations.js';
import { drawTeacher } from '../../../core/networks/teachers.js';
import { populationDescent, populationFlops } from '../../../core/risk/descent.js';
import { Purpose } from '../../../core/streams.js';
import type { TrialContext } from '../../spec.js';
import type { DescentSettings } from './settings.js';

/** A larger risk is not global. */
export const GLOBAL = 1e-4;
/** Iterations of a usual descent, for the cost model. */
const USUAL_ITERATIONS = 2e4;

export const RELU = parseActivation('relu');

/** The descents of a trial, ended. */
export interface Descended {
  readonly problem: PopulationProblem;
  /** (L, rows, k) */
  readonly starts: Float64Array;
  readonly state: DescentState;
}

/** L descents of students with so many rows, each from entries N(0, 1/k). */
export function descended(context: TrialContext<DescentSettings>, rows: number, count: number): Descended {
  const { settings, kernels, stream, cancel } = context;
  const { k, stepSize, tolerance, lossTolerance, iterations } = settings;
  const teacher = {
    weights: drawTeacher(kernels, 'identity', k, k, 1, stream(Purpose.teacher)),
    outputWeights: new Float64Array(k).fill(1),
  };
  const problem = { activation: RELU, dimension: k, teacher };
  const normals = new Float64Array(count * rows * k);
  kernels.normals(stream(Purpose.start), 0, normals);
  const starts = normals.map((entry) => entry / Math.sqrt(k));
  const state = descentState(
    { starts: count, weights: starts, outputWeights: new Float64Array(count * rows).fill(1) },
    new Float64Array(count).fill(stepSize),
    false,
    { lossTolerance },
  );
  const descent = populationDescent(kernels, problem, state, { iterations, tolerance, cancel });
  while (!descent.next().done);
  return { problem, starts, state };
}

/** Floating point operations of so many descents. */
export function descentCost({ k, iterations }: DescentSettings, rows: number, count: number): number {
  const teacher = { weights: new Float64Array(0), outputWeights: new Float64Array(k) };
  const each = populationFlops({ activation: RELU, dimension: k, teacher }, rows);
  return count * Math.min(iterations, USUAL_ITERATIONS) * each;
}
