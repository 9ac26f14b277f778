/** Settings of the radius of the basin of W*. */
import { number } from '../../../settings/declare.js';
import type { TrialSettings, Values } from '../../../settings/types.js';
import * as common from '../../common/settings.js';

export const SETTINGS = {
  K: common.planted.K,
  teacherScale: common.planted.teacherScale,
  d: common.dimensions({ smoke: [4], quick: [12], paper: [6, 12, 24] }),
  perDimension: common.perDimension(
    { smoke: [100], quick: [6, 20, 100], paper: [6, 20, 100] },
    { description: 'values of n/d' },
  ),
  radius: number({
    description: 'distances of W0 from W*, divided by the Frobenius norm of W*',
    list: true,
    min: 1e-3,
    max: 1000,
    default: {
      smoke: [0.1, 100],
      quick: [0.03, 0.05, 0.07, 0.1, 0.14, 0.2, 0.3, 0.5, 1, 2, 3, 5, 7, 10, 14, 20, 28, 40],
      paper: [0.03, 0.05, 0.07, 0.1, 0.14, 0.2, 0.3, 0.5, 1, 1.5, 2, 3, 4, 5, 7, 10, 14, 20, 28, 40],
    },
  }),
  points: number({
    description: 'points of the segment from W* to W0, its end included, at which the Hessian is examined',
    integer: true,
    min: 1,
    max: 1000,
    default: 8,
  }),
  stepFactor: common.descent.stepFactor,
  iterations: common.iterations({ smoke: 500, quick: 2000, paper: 5000 }),
  tolerance: common.descent.tolerance,
  trials: common.trials({ smoke: 4, quick: 40, paper: 100 }, 'training sets per cell, with one start each'),
};

export type BasinValues = Values<typeof SETTINGS>;

export interface BasinPlace {
  readonly d: number;
  readonly n: number;
  readonly radius: number;
}

export type BasinSettings = TrialSettings<typeof SETTINGS, BasinPlace>;
