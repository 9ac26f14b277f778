import { ascending } from '../../common/ascending.js';
import { plantedBytes, plantedCost } from '../../common/planted.js';
import { defineExperiment } from '../../define.js';
import type { Cell } from '../../spec.js';
import { claims } from './runawayClaims.js';
import { figures } from './runawayFigures.js';
import { MEASURES } from './runawayMeasures.js';
import { SETTINGS, type Place, type RunawayValues } from './runawaySettings.js';
import { runawayProblem, runawayTrial } from './runawayTrial.js';

function cells({ d, perDimension, norm, trials }: RunawayValues): Cell<Place>[] {
  return ascending(d).flatMap((dimension) =>
    ascending(norm).flatMap((length) =>
      ascending(perDimension).map((ratio) => ({
        settings: { d: dimension, n: Math.round(ratio * dimension), norm: length },
        trials,
      })),
    ),
  );
}

/** Mei, Bai and Montanari 2018, below their sample size: when has the risk of one sigmoid a finite minimiser? */
export const mei2018Runaway = defineExperiment({
  id: 'mei2018-runaway',
  version: 1,
  paper: 'mei2018',
  source: 'mei2018, noisy linear classification',
  title: 'Finite minimisers of the risk of a single sigmoid over n/d and ‖w*‖',
  settings: SETTINGS,
  openChoices: [
    'n ≥ C d log d with a constant that is not given: n/d runs from separable training sets to those whose starts all meet.',
    'Starts: w = 0, and uniform in a ball around 0. The step is 1/λ_max of the Hessian at w = 0, which raises no loss.',
    'Finite: a certified minimum after the polish. Runaway: the end separates the labels, which proves it, or ‖w‖ is above `reach`.',
  ],
  cells,
  cost: (settings) => plantedCost({ ...settings, K: 1 }, 2 * (1 + settings.starts)),
  bytes: (settings) => plantedBytes({ ...settings, K: 1 }, 1 + settings.starts),
  takesMixed: () => true,
  trial: runawayTrial,
  draw: runawayProblem,
  measures: MEASURES,
  claims,
  figures,
});
