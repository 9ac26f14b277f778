/** Settings of the existence of a finite minimiser. */
import { number } from '../../../settings/declare.js';
import type { TrialSettings, Values } from '../../../settings/types.js';
import * as common from '../../common/settings.js';

export const SETTINGS = {
  d: common.dimensions({ smoke: [5], quick: [20, 60], paper: [20, 40, 80] }),
  perDimension: common.perDimension(
    {
      smoke: [1.6, 2.4, 8, 40],
      quick: [1.5, 2, 2.5, 3, 4, 5, 6, 8, 12, 16, 24, 40],
      paper: [1.5, 1.75, 2, 2.25, 2.5, 3, 3.5, 4, 5, 6, 7, 8, 10, 12, 14, 16, 20, 24, 32, 48, 80],
    },
    { description: 'values of n/d' },
  ),
  norm: number({
    description: 'values of ‖w*‖',
    list: true,
    min: 0,
    max: 10,
    default: { smoke: [0, 2], quick: [0, 1, 2, 4], paper: [0, 0.5, 1, 1.5, 2, 3, 4] },
  }),
  radius: number({ description: 'starts lie in the ball of this radius around 0', min: 1e-3, max: 100, default: 3 }),
  starts: common.starts({ smoke: 3, quick: 4, paper: 4 }, { description: 'starts in the ball, beside w = 0' }),
  iterations: common.iterations({ smoke: 300, quick: 1000, paper: 2000 }),
  reach: number({
    description: 'a start that is not at a minimum has run away when ‖w‖ is above this',
    min: 1,
    max: 1e4,
    default: 30,
  }),
  trials: common.trials({ smoke: 4, quick: 25, paper: 50 }),
};

export type RunawayValues = Values<typeof SETTINGS>;

export interface Place {
  readonly d: number;
  readonly n: number;
  readonly norm: number;
}

export type RunawaySettings = TrialSettings<typeof SETTINGS, Place>;
