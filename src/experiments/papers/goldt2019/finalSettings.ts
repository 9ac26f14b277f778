/** Settings of the final error of online SGD with noisy labels. */
import { number } from '../../../settings/declare.js';
import type { TrialSettings, Values } from '../../../settings/types.js';
import * as common from '../../common/settings.js';
import { LEAST_DIMENSION, MOST_DIMENSION, rowsOfStudents, teacher } from './dynamicsSettings.js';

/** Windows of α over which ε_g is averaged: after W has settled, and much later. */
export const WINDOWS = { early: [100, 200], late: [2900, 3000] } as const;

export const SETTINGS = {
  K: rowsOfStudents({ smoke: [2, 4], quick: [2, 3, 4], paper: [2, 3, 4, 5] }),
  teacherRows: teacher.teacherRows,
  noise: { ...teacher.noise, min: 1e-3 },
  d: number({
    description: 'input dimension',
    integer: true,
    min: LEAST_DIMENSION,
    max: MOST_DIMENSION,
    default: { smoke: 16, quick: 100, paper: 500 },
  }),
  stepSize: number({
    description: 'values of η: the step size is η/d',
    list: true,
    min: 1e-3,
    max: 10,
    default: { smoke: [0.5], quick: [0.2, 0.5], paper: [0.2, 0.5] },
  }),
  distance: number({
    description: 'root mean square distance of the first rows of the student from those of the fixed point',
    min: 1e-6,
    max: 1,
    default: 0.03,
  }),
  trials: common.trials({ smoke: 2, quick: 20, paper: 20 }, 'runs per cell'),
};

export type FinalValues = Values<typeof SETTINGS>;

export interface FinalPlace {
  readonly K: number;
  readonly stepSize: number;
}

export type FinalSettings = TrialSettings<typeof SETTINGS, FinalPlace>;
