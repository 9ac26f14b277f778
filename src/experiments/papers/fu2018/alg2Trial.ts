import { descentState, runDescent } from '../../../core/descent/descent.js';
import { matchedDistance } from '../../../core/matching/matching.js';
import { repeated } from '../../../core/networks/networks.js';
import { hessianLargestEigenvalues } from '../../../core/descent/stepsize.js';
import { frobeniusNorm } from '../../../core/networks/teachers.js';
import type { InitializationMode } from '../../../core/tensor/stages.js';
import { plantedInitialization } from '../../common/initialization.js';
import { keepEnds, keepStarts, keepSteps } from '../../keeper.js';
import { drawTrainingSet, type DescentSettings, type Planted, type TrainingSettings } from '../../common/planted.js';
import type { TrialContext, TrialOutcome } from '../../spec.js';

/** A planted problem without its inputs, the mode of the initialization, and the descents. */
interface Alg2Settings
  extends Omit<TrainingSettings, 'inputs'>, Pick<DescentSettings, 'stepFactor' | 'iterations' | 'tolerance'> {
  readonly mode: InitializationMode;
  /** the largest distance between two ends that count as one minimum */
  readonly sameWithin: number;
}

/** A trial's training set, and its two starts. */
interface Initialized extends Planted {
  /** W_0 by Algorithm 2 */
  readonly initial: Float64Array;
}

/** The planted problem of a trial. Its starts are W*, and W_0 by Algorithm 2 from the trial's own training set. */
export function initializedProblem(given: TrialContext<Alg2Settings>): Initialized {
  const context = { ...given, settings: { ...given.settings, inputs: 'gaussian' } as const };
  const drawn = drawTrainingSet(context);
  const { problem, teacher, teacherOutput } = drawn;
  const initial = plantedInitialization(context, problem, { output: 'mean', mode: context.settings.mode }).weights;
  const weights = Float64Array.from([...initial, ...teacher]);
  const starts = { starts: 2, weights, outputWeights: repeated(teacherOutput, 2) };
  keepStarts(given.keep, problem.shape.rows, starts);
  return { ...drawn, starts, initial };
}

/** The ends of the descents from W_0 and from W*. */
export function initializationTrial(context: TrialContext<Alg2Settings>): TrialOutcome {
  const { K: rows, sameWithin } = context.settings;
  const planted = initializedProblem(context);
  const { initial } = planted;
  const [fromInitial, fromTeacher] = descentEnds(context, planted);
  const apart = matchedDistance(fromInitial, fromTeacher, rows);
  return {
    status: 'ok',
    measures: {
      initializationError: matchedDistance(initial, planted.teacher, rows) / frobeniusNorm(planted.teacher),
      sameMinimum: apart <= sameWithin ? 1 : 0,
      minimaApart: apart,
    },
  };
}

/** The ends of the descents from W_0 and from W*. Both descents have the step size of the start W*. */
function descentEnds(
  { settings, kernels, cancel, keep }: TrialContext<Alg2Settings>,
  { problem, teacher, teacherOutput, starts }: Planted,
): [Float64Array, Float64Array] {
  const [largest] = hessianLargestEigenvalues(
    kernels,
    problem,
    { starts: 1, weights: teacher, outputWeights: teacherOutput },
    false,
  );
  const steps = new Float64Array(2).fill(settings.stepFactor / largest);
  keepSteps(keep, steps);
  const state = descentState(starts, steps, false);
  runDescent(kernels, problem, state, { iterations: settings.iterations, tolerance: settings.tolerance, cancel });
  keepEnds(keep, problem.shape.rows, state);
  return [state.weights.subarray(0, teacher.length), state.weights.subarray(teacher.length)];
}
