/** The settings of gao2018-fig3 and its cells. */
import { choice, number } from '../../../settings/declare.js';
import type { TrialSettings, Values } from '../../../settings/types.js';
import * as common from '../../common/settings.js';
import type { CellSummary, PublishedSettings } from '../../spec.js';
import { GAO_LOSSES, type GaoLoss } from './losses.js';
import { GAO_TEACHERS, INPUTS_SETTING, LANDSCAPE_SETTINGS, type GaoTeacher } from './regression.js';

export const SETTINGS = {
  d: number({
    description: 'inputs d and neurons k',
    integer: true,
    min: 2,
    max: 200,
    default: { smoke: 6, quick: 20, paper: 50 },
  }),
  n: number({
    description: 'sample size',
    integer: true,
    min: 1,
    max: 1e6,
    default: { smoke: 2048, quick: 8192, paper: 8192 },
  }),
  teacher: choice(GAO_TEACHERS, {
    description: 'A*: identity, or a random rotation',
    list: true,
    default: ['identity', 'rotated'],
  }),
  loss: choice(GAO_LOSSES, { description: 'losses to descend on', list: true, default: [...GAO_LOSSES] }),
  inputs: INPUTS_SETTING,
  trials: common.trials({ smoke: 6, quick: 20, paper: 50 }, 'seeds for L and for G'),
  trialsL2: number({
    description: 'seeds for the ℓ2 losses',
    integer: true,
    min: 1,
    max: 1e6,
    default: { smoke: 2, quick: 6, paper: 10 },
  }),
  iterations: common.iterations({ smoke: 1000, quick: 2000, paper: 10000 }, { description: 'number of steps' }),
  stepSize: number({
    description: 'step of the plain descent on L and G',
    min: 1e-12,
    max: 1e3,
    default: { smoke: 1e-3, quick: 2e-4, paper: 5e-5 },
  }),
  stepSizeL2: number({
    description: 'step on ℓ2, the mean of (ŷ − y)², for Adam and for plain descent',
    min: 1e-9,
    max: 1e3,
    default: 5e-3,
  }),
  threshold: number({
    description: 'a teacher counts as recovered when e(A) is at most this',
    min: 0,
    max: 1,
    default: 0.01,
  }),
  ...LANDSCAPE_SETTINGS,
};

/** The settings that Section 4.1 prints, except its penalty, which the authors' script does not have. */
export const PUBLISHED: PublishedSettings = {
  d: 50,
  n: 8192,
  mu: 30,
  inputs: 'laplace',
  iterations: 10_000,
  stepSize: 5e-5,
  stepSizeL2: 5e-3,
};

/** The settings of a cell. */
export interface Place {
  readonly d: number;
  readonly n: number;
  readonly teacher: GaoTeacher;
  readonly loss: GaoLoss;
}

export type PlaceSummary = CellSummary<Place>;
export type Fig3Values = Values<typeof SETTINGS>;
export type Fig3Settings = TrialSettings<typeof SETTINGS, Place>;

/** The cell of a loss, if it has trials. */
export function cellOf(all: readonly PlaceSummary[], teacher: GaoTeacher, loss: GaoLoss): PlaceSummary | undefined {
  return all.find(({ settings, trials }) => settings.teacher === teacher && settings.loss === loss && trials > 0);
}

/** The percentiles over seeds that the figures show. */
export const ENDS = [5, 25, 50, 75, 95] as const;

/** The names of the losses in figures and claims. */
export const NAMES: Readonly<Record<GaoLoss, string>> = {
  L: 'L',
  G: 'G',
  'l2-adam': 'ℓ2, Adam',
  'l2-descent': 'ℓ2, plain descent',
};
