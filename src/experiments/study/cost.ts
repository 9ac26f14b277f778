/** What a trial of a study takes. */
import { isWord } from '../../base/vocabulary.js';
import { INPUTS } from '../../core/inputs.js';
import { LANDSCAPE_LOSSES } from '../../core/landscape/losses.js';
import { initializationCost } from '../zhong2017/problem.js';
import { polishCost } from '../outcomes.js';
import { plantedBytes, plantedCost, plantedShape } from '../planted.js';
import { numberOf, typedSettings } from '../untyped.js';
import type { Settings } from '../../settings/types.js';
import { completeSettings, STUDY_SETTINGS } from './settings.js';

/** Products with second derivatives that an automatic step size takes, about, in descent iterations. */
const STEP_SIZE_ITERATIONS = 60;

/** Floating point operations of one trial. */
export function studyCost(cell: Settings): number {
  const settings = completeSettings(cell);
  const extra = settings['stepSize'] === 'auto' ? STEP_SIZE_ITERATIONS : 0;
  const iterations = numberOf(settings, 'iterations') + extra;
  const descents = plantedCost(typedSettings({ ...settings, iterations }), numberOf(settings, 'starts'));
  return descents + polishOf(settings) + (settings['start'] === 'tensor' ? initializationCost(typedSettings(settings)) : 0);
}

function polishOf(settings: Settings): number {
  if (settings['outcomes'] !== 'polish' || !STUDY_SETTINGS.outcomes.when(settings)) return 0;
  const { rows, strides } = plantedShape(typedSettings(settings));
  return polishCost(numberOf(settings, 'n'), numberOf(settings, 'd') / strides, rows * strides, rows, numberOf(settings, 'starts'));
}

const TENSOR_COPIES = 3;

/** Arrays of the size of the inputs that a trial holds beside each other. */
function copiesOf(settings: Settings): number {
  const [loss, law] = [String(settings['loss']), String(settings['inputs'])];
  if (isWord(LANDSCAPE_LOSSES, loss) && isWord(INPUTS, law)) return LANDSCAPE_LOSSES[loss].copies(law);
  return settings['start'] === 'tensor' ? TENSOR_COPIES : 1;
}

/** Bytes that one trial holds at its peak, about. */
export function studyBytes(cell: Settings): number {
  const settings = completeSettings(cell);
  return plantedBytes(typedSettings(settings), numberOf(settings, 'starts'), copiesOf(settings));
}
