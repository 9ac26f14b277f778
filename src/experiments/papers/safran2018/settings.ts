/** Settings of the counts of spurious minima. */
import { number } from '../../../settings/declare.js';
import type { PerScale } from '../../../settings/scale.js';
import type { List, TrialSettings, Values } from '../../../settings/types.js';
import * as common from '../../common/settings.js';

/** Rows of the teacher, as an axis of the grid. */
export function rowsOf(sizes: PerScale<number[]>): List<number> {
  return number({
    description: 'rows k of the teacher, which is the identity',
    integer: true,
    list: true,
    min: 1,
    max: 40,
    default: sizes,
  });
}

/** Steps of a descent, and when it stops. */
export const descent = {
  stepSize: number({ description: 'step size η', min: 1e-6, max: 10, default: 0.1 }),
  tolerance: number({
    description: 'a descent stops when its gradient norm is at most this',
    min: 1e-14,
    max: 1,
    default: 1e-9,
  }),
  lossTolerance: number({
    description: 'a descent also stops when its risk is at most this times its first: no other minimum is as low',
    min: 0,
    max: 1e-3,
    default: 1e-9,
  }),
  iterations: number({
    description: 'largest number of iterations of a descent',
    integer: true,
    min: 1,
    max: 1e9,
    default: 1e6,
  }),
};

/** Trials of 8 starts: 1000 in all at paper scale. */
export const trials = common.trials({ smoke: 4, quick: 25, paper: 125 }, 'trials per k');

export function settingsOf(sizes: PerScale<number[]>) {
  return {
    k: rowsOf(sizes),
    starts: common.starts(
      { smoke: 8, quick: 8, paper: 8 },
      { description: 'starts of a trial, which descend together' },
    ),
    ...descent,
    trials,
  };
}

type CountsSettings = ReturnType<typeof settingsOf>;
export type CountsValues = Values<CountsSettings>;

export interface Place {
  readonly k: number;
}

export type CountsTrial = TrialSettings<CountsSettings, Place>;
export type DescentSettings = TrialSettings<typeof descent, Place>;
