import { descentState, runDescent } from '../../core/descent.js';
import { matchedDistance } from '../../core/matching.js';
import { hessianLargestEigenvalues } from '../../core/stepsize.js';
import { frobeniusNorm } from '../../core/teachers.js';
import type { InitializationMode } from '../../core/tensor/stages.js';
import { plantedInitialization } from '../initialization.js';
import { drawPlanted, numberOf, textOf, type Planted } from '../planted.js';
import type { TrialContext, TrialOutcome } from '../spec.js';

/** W_0 by Algorithm 2 from a trial's own training set, and the ends of the descents from W_0 and from W*. */
export function initializationTrial(context: TrialContext): TrialOutcome {
  const settings = { ...context.settings, inputs: 'gaussian', startLaw: 'sphere', radius: 0 };
  // A start at radius 0 is W* itself.
  const planted = drawPlanted({ ...context, settings }, 1);
  const initial = plantedInitialization(context, planted.problem, { output: 'mean', mode: textOf(settings, 'mode') as InitializationMode }).weights;
  const [fromInitial, fromTeacher] = descentEnds(context, planted, initial);
  const rows = numberOf(settings, 'K');
  const apart = matchedDistance(fromInitial, fromTeacher, rows);
  return {
    status: 'ok',
    measures: {
      initializationError: matchedDistance(initial, planted.teacher, rows) / frobeniusNorm(planted.teacher),
      sameMinimum: apart <= numberOf(settings, 'sameWithin') ? 1 : 0,
      minimaApart: apart,
    },
  };
}

/** Where descents from W_0 and W* end, with one step size: that of W*. */
function descentEnds({ settings, kernels, cancel }: TrialContext, { problem, teacher, starts }: Planted, initial: Float64Array): [Float64Array, Float64Array] {
  const [largest] = hessianLargestEigenvalues(kernels, problem, { starts: 1, weights: teacher, outputWeights: starts.outputWeights }, false);
  const weights = new Float64Array(2 * teacher.length);
  weights.set(initial);
  weights.set(teacher, teacher.length);
  const outputWeights = new Float64Array(2 * starts.outputWeights.length).fill(starts.outputWeights[0]);
  const steps = new Float64Array(2).fill(numberOf(settings, 'stepFactor') / largest);
  const state = descentState({ starts: 2, weights, outputWeights }, steps, false);
  runDescent(kernels, problem, state, { iterations: numberOf(settings, 'iterations'), tolerance: numberOf(settings, 'tolerance'), cancel });
  return [state.weights.subarray(0, teacher.length), state.weights.subarray(teacher.length)];
}
