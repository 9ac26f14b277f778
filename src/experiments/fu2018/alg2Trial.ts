import { descentState, runDescent } from '../../core/descent.js';
import { matchedDistance } from '../../core/matching.js';
import { hessianLargestEigenvalues } from '../../core/stepsize.js';
import { frobeniusNorm } from '../../core/teachers.js';
import type { InitializationMode } from '../../core/tensor/stages.js';
import { plantedInitialization } from '../initialization.js';
import { drawPlanted, type DescentSettings, type Planted, type TrainingSettings } from '../planted.js';
import type { TrialContext, TrialOutcome } from '../spec.js';

/** A planted problem but for its inputs, the mode of the initialization, and the descents. */
interface Alg2Settings extends Omit<TrainingSettings, 'inputs'>, Pick<DescentSettings, 'stepFactor' | 'iterations' | 'tolerance'> {
  readonly mode: InitializationMode;
  /** distance of two ends that are one minimum */
  readonly sameWithin: number;
}

/** W_0 by Algorithm 2 from a trial's own training set, and the ends of the descents from W_0 and from W*. */
export function initializationTrial(given: TrialContext<Alg2Settings>): TrialOutcome {
  // A start at radius 0 is W* itself.
  const context = { ...given, settings: { ...given.settings, inputs: 'gaussian', startLaw: 'sphere', radius: 0 } as const };
  const { K: rows, mode, sameWithin } = context.settings;
  const planted = drawPlanted(context, 1);
  const initial = plantedInitialization(context, planted.problem, { output: 'mean', mode }).weights;
  const [fromInitial, fromTeacher] = descentEnds(context, planted, initial);
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

/** Where descents from W_0 and W* end, with one step size: that of W*. */
function descentEnds({ settings, kernels, cancel }: TrialContext<Alg2Settings>, { problem, teacher, starts }: Planted, initial: Float64Array): [Float64Array, Float64Array] {
  const [largest] = hessianLargestEigenvalues(kernels, problem, { starts: 1, weights: teacher, outputWeights: starts.outputWeights }, false);
  const weights = new Float64Array(2 * teacher.length);
  weights.set(initial);
  weights.set(teacher, teacher.length);
  const outputWeights = new Float64Array(2 * starts.outputWeights.length).fill(starts.outputWeights[0]);
  const steps = new Float64Array(2).fill(settings.stepFactor / largest);
  const state = descentState({ starts: 2, weights, outputWeights }, steps, false);
  runDescent(kernels, problem, state, { iterations: settings.iterations, tolerance: settings.tolerance, cancel });
  return [state.weights.subarray(0, teacher.length), state.weights.subarray(teacher.length)];
}
