/** The student of a study: its width, and what it knows of v*. */
import type { NetworkShape } from '../../core/kernels/contract.js';
import { plantedShape } from '../common/planted.js';
import type { StudySettings } from './declared.js';

type Widths = Pick<StudySettings, 'K' | 'studentK'>;

/** The number of hidden units of the student. */
export function studentUnits({ K, studentK }: Widths): number {
  return studentK === 'same' ? K : studentK;
}

/** Whether teacher and student have different numbers of rows, so that their rows cannot be matched one to one. */
export function isOtherWidth(settings: Widths): boolean {
  return studentUnits(settings) !== settings.K;
}

export function studentShape(settings: StudySettings): NetworkShape {
  return plantedShape({ ...settings, K: studentUnits(settings) });
}
