/** What a trial of a study takes. */
import { initializationCost } from '../zhong2017/problem.js';
import { polishCost } from '../outcomes.js';
import { numberOf, plantedBytes, plantedCost, plantedShape } from '../planted.js';
import type { Settings } from '../spec.js';
import { completeSettings, isLandscape, STUDY_SETTINGS } from './settings.js';

/** Products with second derivatives that an automatic step size takes, about, in descent iterations. */
const STEP_SIZE_ITERATIONS = 60;

/** Floating point operations of one trial. */
export function studyCost(cell: Settings): number {
  const settings = completeSettings(cell);
  const extra = settings['stepSize'] === 'auto' ? STEP_SIZE_ITERATIONS : 0;
  const iterations = numberOf(settings, 'iterations') + extra;
  const descents = plantedCost({ ...settings, iterations }, numberOf(settings, 'starts'));
  return descents + polishOf(settings) + (settings['start'] === 'tensor' ? initializationCost(settings) : 0);
}

function polishOf(settings: Settings): number {
  if (settings['outcomes'] !== 'polish' || !STUDY_SETTINGS.outcomes.when(settings)) return 0;
  const { rows, strides } = plantedShape(settings);
  return polishCost(numberOf(settings, 'n'), numberOf(settings, 'd') / strides, rows * strides, rows, numberOf(settings, 'starts'));
}

/** Arrays of the size of the inputs that L holds beside each other while its terms are made, by the law of the inputs; measured. */
const SCORE_COPIES: Readonly<Record<string, number>> = { 'mixture': 7, 'logistic': 9, 'smooth-uniform': 9 };
const GAUSSIAN_SCORE_COPIES = 4;
const TENSOR_COPIES = 3;

/** Bytes that one trial holds at its peak, about. */
export function studyBytes(cell: Settings): number {
  const settings = completeSettings(cell);
  const ofScore = (settings['loss'] === 'landscape-L' ? SCORE_COPIES[String(settings['inputs'])] : undefined) ?? GAUSSIAN_SCORE_COPIES;
  const copies = isLandscape(settings) ? ofScore : settings['start'] === 'tensor' ? TENSOR_COPIES : 1;
  return plantedBytes(settings, numberOf(settings, 'starts'), copies);
}
