/** One trial: descents on the population risk of the identity teacher from a batch of random starts. */
import { denseExtremes } from '../../../core/curvature/eigenvalues.js';
import { descentState } from '../../../core/descent/descent.js';
import { RunStatus } from '../../../core/kernels/contract.js';
import type { PopulationProblem } from '../../../core/kernels/populationContract.js';
import { parseActivation } from '../../../core/networks/activations.js';
import { drawTeacher } from '../../../core/networks/teachers.js';
import { populationDescent, populationFlops } from '../../../core/risk/descent.js';
import { populationCurvature } from '../../../core/risk/population.js';
import { pairOf } from '../../../core/risk/quadrature.js';
import { Purpose } from '../../../core/streams.js';
import type { TrialContext, TrialOutcome } from '../../spec.js';
import type { CountsTrial } from './countsSettings.js';

/** A larger risk is not global. */
const GLOBAL = 1e-4;
/** Iterations of a usual descent, for the cost model. */
const USUAL_ITERATIONS = 2e4;

const RELU = parseActivation('relu');

function problemOf(
  { kernels, stream }: Pick<TrialContext<CountsTrial>, 'kernels' | 'stream'>,
  k: number,
): PopulationProblem {
  const weights = drawTeacher(kernels, 'identity', k, k, 1, stream(Purpose.teacher));
  return { activation: RELU, dimension: k, teacher: { weights, outputWeights: new Float64Array(k).fill(1) } };
}

export function descendedStarts(context: TrialContext<CountsTrial>, extra: number): TrialOutcome {
  const { settings, kernels, stream, cancel } = context;
  const { k, starts, stepSize, tolerance, lossTolerance, iterations } = settings;
  const rows = k + extra;
  const problem = problemOf(context, k);
  const weights = new Float64Array(starts * rows * k);
  kernels.normals(stream(Purpose.start), 0, weights);
  const state = descentState(
    {
      starts,
      weights: weights.map((entry) => entry / Math.sqrt(k)),
      outputWeights: new Float64Array(starts * rows).fill(1),
    },
    new Float64Array(starts).fill(stepSize),
    false,
    { lossTolerance },
  );
  const descent = populationDescent(kernels, problem, state, { iterations, tolerance, cancel });
  while (!descent.next().done);
  const all = Array.from({ length: starts }, (_, l) => l);
  const unfinished = all.filter((l) => state.status[l] !== RunStatus.converged);
  const other = all.filter((l) => !unfinished.includes(l) && state.loss[l] > GLOBAL);
  const global = all.filter((l) => !unfinished.includes(l) && !other.includes(l));
  const isMinimum = (l: number): boolean => {
    const size = rows * k;
    const student = {
      weights: state.weights.subarray(l * size, (l + 1) * size),
      outputWeights: state.outputWeights.subarray(0, rows),
    };
    const risk = { pair: pairOf(RELU), dimension: k, teacher: problem.teacher };
    return denseExtremes(kernels, populationCurvature(risk, student), size).smallest > 0;
  };
  return {
    status: 'ok',
    measures: {
      nonGlobal: other.length / starts,
      unfinished: unfinished.length / starts,
      certified: other.length === 0 ? Number.NaN : other.filter(isMinimum).length / other.length,
      lowest: other.length === 0 ? Number.NaN : Math.min(...other.map((l) => state.loss[l])),
      worstGlobal: global.length === 0 ? Number.NaN : Math.max(...global.map((l) => state.loss[l])),
      iterations: state.iterations.reduce((sum, count) => sum + count, 0) / starts,
    },
  };
}

/** Floating point operations of a trial: its descents, and the Hessians of its ends. */
export function trialCost({ k, starts, iterations }: CountsTrial, extra: number): number {
  const rows = k + extra;
  const teacher = { weights: new Float64Array(0), outputWeights: new Float64Array(k) };
  const each = populationFlops({ activation: RELU, dimension: k, teacher }, rows);
  return starts * (Math.min(iterations, USUAL_ITERATIONS) * each + 10 * (rows * k) ** 3);
}
