/** What a trial of a study takes. */
import { initializationCost } from '../zhong2017/problem.js';
import { numberOf, plantedBytes, plantedCost } from '../planted.js';
import type { Settings } from '../spec.js';
import { completeSettings, isLandscape } from './settings.js';

/** Products with second derivatives that an automatic step size takes, about, in descent iterations. */
const STEP_SIZE_ITERATIONS = 60;

/** Floating point operations of one trial. */
export function studyCost(cell: Settings): number {
  const settings = completeSettings(cell);
  const extra = settings['stepSize'] === 'auto' ? STEP_SIZE_ITERATIONS : 0;
  const iterations = numberOf(settings, 'iterations') + extra;
  const descents = plantedCost({ ...settings, iterations }, numberOf(settings, 'starts'));
  return descents + (settings['start'] === 'tensor' ? initializationCost(settings) : 0);
}

/** Bytes of one trial: a tensor start and a landscape loss have the inputs once more, score terms once or twice more beside. */
export function studyBytes(cell: Settings): number {
  const settings = completeSettings(cell);
  const copies = isLandscape(settings) ? 4 : settings['start'] === 'tensor' ? 2 : 1;
  return plantedBytes(settings, numberOf(settings, 'starts'), copies);
}
