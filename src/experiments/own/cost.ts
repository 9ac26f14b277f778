/** Flops and memory of a trial of a study. */
import { isWord } from '../../base/vocabulary.js';
import { LANDSCAPE_LOSSES } from '../../core/landscape/losses.js';
import { initializationCost } from '../papers/zhong2017/problem.js';
import { polishCost } from '../common/outcomes.js';
import { plantedBytes, plantedCost, plantedShape } from '../common/planted.js';
import type { Settings } from '../../settings/types.js';
import { inputLawOf, mayPolish, type StudySettings } from './declared.js';
import { studySettings } from './settings.js';

/**
 * The approximate cost of an automatic step size, which takes products with second derivatives, in descent iterations.
 */
const STEP_SIZE_ITERATIONS = 60;

/** Floating point operations of one trial. */
export function studyCost(cell: Settings): number {
  const settings = studySettings(cell);
  const extra = settings.stepSize === 'auto' ? STEP_SIZE_ITERATIONS : 0;
  const descents = plantedCost({ ...settings, iterations: settings.iterations + extra }, settings.starts);
  return descents + polishOf(settings) + (settings.start === 'tensor' ? initializationCost(settings) : 0);
}

function polishOf(settings: StudySettings): number {
  const { n, d, starts, outcomes } = settings;
  if (outcomes !== 'polish' || !mayPolish(settings)) return 0;
  const { rows, strides } = plantedShape(settings);
  return polishCost(n, d / strides, rows * strides, rows, starts);
}

const TENSOR_COPIES = 3;

/** The number of arrays of the size of the inputs that a trial holds at the same time. */
function copiesOf(settings: StudySettings): number {
  const { loss, start } = settings;
  if (isWord(LANDSCAPE_LOSSES, loss)) return LANDSCAPE_LOSSES[loss].copies(inputLawOf(settings));
  return start === 'tensor' ? TENSOR_COPIES : 1;
}

/** Approximate bytes that one trial holds at its peak. */
export function studyBytes(cell: Settings): number {
  const settings = studySettings(cell);
  return plantedBytes(settings, settings.starts, copiesOf(settings));
}
