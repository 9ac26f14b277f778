import { cellRows } from '../../common/cellRows.js';
import { mean, median } from '../../../statistics/means.js';
import { rate } from '../../../statistics/rates.js';
import { stateClaim } from '../../claims.js';
import { trialCounts } from '../../common/counts.js';
import { plantedCost } from '../../common/planted.js';
import type { SampleCell } from '../../common/sampleGrid.js';
import { bandRows, percentileBands } from '../../plots.js';
import type { FigureMaker, Measure, PublishedSettings, StatedClaim } from '../../spec.js';
import type { Values } from '../../../settings/types.js';
import { defineExperiment } from '../../define.js';
import { APPROACHES, drawApproaches, runTrial, type Approach } from './fig1cTrial.js';
import {
  initializationCost,
  SECTION_7_DESCENT,
  tracedSettings,
  ZHONG2017_CHOICES,
  ZHONG2017_DESCENT,
  ZHONG2017_PROBLEM,
  zhong2017Cells,
  zhong2017Context,
} from './problem.js';

const SETTINGS = {
  ...ZHONG2017_PROBLEM,
  ...ZHONG2017_DESCENT,
  ...tracedSettings({ smoke: 2000, quick: 5000, paper: 5000 }),
};

const SOURCE = 'zhong2017, Section 7, Figure 1(c)';

const PUBLISHED: PublishedSettings = { ...SECTION_7_DESCENT, d: 10, n: 10_000 };

const NAMES: Readonly<Record<Approach, string>> = {
  I: '(I) tensor W, v',
  II: '(II) random W, v',
  III: '(III) random W, v = v*',
};

/**
 * The largest deviation from a straight line, in decades, that counts as linear convergence. The line spans about
 * fourteen decades.
 */
const STRAIGHT = 0.5;

function claimsOf({ settings, measures }: SampleCell): StatedClaim[] {
  const where = `d = ${settings.d}, n = ${settings.n}`;
  const id = (name: string): string => `${name}-d=${settings.d}-n=${settings.n}`;
  const about = { source: SOURCE, only: { published: PUBLISHED, here: { d: settings.d, n: settings.n } } };
  return [
    stateClaim(
      {
        ...about,
        id: id('tensor-fastest'),
        statement: `${where}: (I) is faster than (III): median of the paired difference of iterations above 0`,
      },
      () => measures['iterationsSaved'],
      { low: Number.MIN_VALUE, high: Infinity },
    ),
    ...(['I', 'III'] as const).map((approach) =>
      stateClaim(
        {
          ...about,
          id: id(`linear-${approach}`),
          statement: `${where}: (${approach}) converges linearly: log₁₀ of the objective at most ${STRAIGHT} off a straight line below 1e-2 (median of the root mean square over trials that get there)`,
        },
        () => measures[`lineDeviation${approach}`],
        { low: 0, high: STRAIGHT },
      ),
    ),
    stateClaim(
      {
        ...about,
        id: id('random-stuck'),
        statement: `${where}: (II) does not converge in most trials: share in which it does at most 0.5`,
      },
      () => measures['convergedRateII'],
      { low: 0, high: 0.5 },
    ),
  ];
}

function figures(cells: readonly SampleCell[], values: Values<typeof SETTINGS>): FigureMaker[] {
  const only = cells.length === 1;
  return cells.map((cell) => () => {
    const [d, n] = [cell.settings.d, cell.settings.n];
    return {
      name: only ? 'zhong2017-fig1c' : `zhong2017-fig1c-d${d}-n${n}`,
      title: 'Objective over iterations from three initializations',
      caption: `Σ_i (f(x_i) − y_i)² by iteration, step ${values.stepSize}; d = ${d}, n = ${n}, k = ${values.K}, ${trialCounts([cell])} trials, each with its own teacher and training set. Lines: medians; bands: 25th to 75th and 5th to 95th percentile.`,
      ...cellRows([cell], ({ curves }) =>
        APPROACHES.flatMap((approach) => bandRows(curves?.[`objective${approach}`], { approach: NAMES[approach] })),
      ),
      spec: percentileBands({
        x: 'at',
        xTitle: 'iteration',
        yTitle: 'objective',
        yLog: true,
        colour: 'approach',
        colourTitle: 'initialization',
      }),
    };
  });
}

const MEASURES: readonly Measure[] = APPROACHES.flatMap((approach) => [
  {
    name: `convergedRate${approach}`,
    of: `converged${approach}`,
    description: `share of trials in which ${NAMES[approach]} brings the objective to the level reached`,
    estimate: rate,
    whenFailed: 0,
  },
  {
    name: `objective${approach}`,
    of: `objective${approach}`,
    description: `median of the last objective of ${NAMES[approach]}`,
    estimate: median,
  },
  {
    name: `iterations${approach}`,
    of: `iterations${approach}`,
    description: `median of the iterations of ${NAMES[approach]} to the level reached`,
    estimate: median,
  },
  {
    name: `parameterError${approach}`,
    of: `parameterError${approach}`,
    description: `median of the largest relative error of a neuron at the end of ${NAMES[approach]}, v exact`,
    estimate: median,
  },
  {
    name: `decadesPerIteration${approach}`,
    of: `decadesPerIteration${approach}`,
    description: `mean slope of log₁₀ objective of ${NAMES[approach]} below 1e-2`,
    estimate: mean,
  },
  {
    name: `lineDeviation${approach}`,
    of: `lineDeviation${approach}`,
    description: `median distance of log₁₀ objective of ${NAMES[approach]} from its line below 1e-2, root mean square`,
    estimate: median,
  },
]);

/** zhong2017, Figure 1(c): the objective over iterations from three initializations. */
export const zhong2017Fig1c = defineExperiment({
  id: 'zhong2017-fig1c',
  version: 1,
  paper: 'zhong2017',
  source: SOURCE,
  title: 'Objective over iterations from three initializations',
  settings: SETTINGS,
  openChoices: [
    ...ZHONG2017_CHOICES,
    'The objective is the sum Σ r² over samples, as in the authors’ script; descent is on Σ r²/(2n).',
    'One run in the paper; here many trials, each with its own teacher and data, as a band.',
    '(III): W_0 with N(0, 1) entries, unscaled. (II): the same, v_0 ∈ {−1, +1} at random, and v ← sign(v − η∂f/∂v) after every step, both gradients at the same point, as the script forces v to ±1; the text says only random Gaussian.',
    '(II) as printed (v_0 Gaussian, plain steps in v) is zhong2017-fig1c-printed.',
  ],
  cells: zhong2017Cells,
  cost: (settings) => 3 * plantedCost(settings, 1) + initializationCost(settings),
  trial: runTrial,
  draw: (context) => drawApproaches(zhong2017Context(context)),
  measures: [
    {
      name: 'iterationsSaved',
      of: 'iterationsSaved',
      description: 'median of iterations of (III) less those of (I), in the same trial',
      estimate: median,
    },
    {
      name: 'luckyRateII',
      of: 'luckyII',
      description: 'share of trials whose random v_0 is v* up to order',
      estimate: rate,
    },
    {
      name: 'convergedRateUnlucky',
      of: 'convergedUnlucky',
      description: 'share of the other trials in which (II) converges',
      estimate: rate,
    },
    ...MEASURES,
  ],
  curves: APPROACHES.map((approach) => ({
    name: `objective${approach}`,
    of: `objective${approach}`,
    at: 'iteration',
    description: `objective of ${NAMES[approach]}`,
  })),
  claims: (cells) => cells.flatMap(claimsOf),
  figures,
});
