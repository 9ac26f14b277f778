/** The settings of fu2018-thm1 and its cells. */
import { number } from '../../../settings/declare.js';
import type { Values } from '../../../settings/types.js';
import * as common from '../../common/settings.js';
import type { CellSummary } from '../../spec.js';

export const SETTINGS = {
  ...common.planted,
  loss: common.loss,
  startLaw: { ...common.nearby.startLaw, description: 'law of the random points of the ball' },
  radius: number({
    description: 'radii of the ball, divided by the Frobenius norm of W*',
    list: true,
    min: 1e-6,
    max: 10,
    default: { smoke: [0.01, 0.1], quick: [0.01, 0.05, 0.1], paper: [0.01, 0.02, 0.05, 0.1] },
  }),
  d: common.dimension({ smoke: 4, quick: 10, paper: 20 }, { max: 200 }),
  n: common.samples({
    smoke: [500, 2000, 8000],
    quick: [4000, 8000, 16000, 32000, 64000],
    paper: [4000, 8000, 16000, 32000, 128000, 512000],
  }),
  sweep: number({
    description: 'numbers of neurons at the smallest radius, for the exponent of λ_max in K',
    integer: true,
    list: true,
    min: 1,
    max: 64,
    default: { smoke: [2, 4], quick: [2, 3, 4, 6], paper: [2, 3, 4, 6, 8] },
  }),
  sweepSamples: common.samples(
    { smoke: [2000], quick: [16000], paper: [32000, 128000] },
    { description: 'sample sizes of those' },
  ),
  trials: common.trials({ smoke: 4, quick: 16, paper: 40 }),
  points: number({
    description: 'random points of the ball',
    integer: true,
    min: 1,
    max: 1e4,
    default: { smoke: 2, quick: 4, paper: 8 },
  }),
  restarts: number({
    description: 'searches for the least curved point: from W*, then from the random points',
    integer: true,
    min: 1,
    max: 1e4,
    default: { smoke: 2, quick: 2, paper: 4 },
  }),
  moves: number({ description: 'largest number of moves of a search', integer: true, min: 1, max: 1e4, default: 20 }),
};

export type BallValues = Values<typeof SETTINGS>;

/** The settings of a cell. `radius` is the radius of the ball divided by ‖W*‖_F. */
export interface BallPlace {
  readonly K: number;
  readonly d: number;
  readonly n: number;
  readonly radius: number;
}

export type BallCell = CellSummary<BallPlace>;
