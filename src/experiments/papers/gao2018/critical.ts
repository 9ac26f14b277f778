import { cellRows } from '../../common/cellRows.js';
import { UNKNOWN } from '../../../statistics/estimate.js';
import { median } from '../../../statistics/means.js';
import { choice } from '../../../settings/declare.js';
import type { TrialSettings, Values } from '../../../settings/types.js';
import { stateClaim } from '../../claims.js';
import { trialCounts } from '../../common/counts.js';
import { defineExperiment } from '../../define.js';
import * as common from '../../common/settings.js';
import { bandRows, percentileBands } from '../../plots.js';
import type { Cell, CellSummary, FigureMaker, Measure, StatedClaim, TrialContext, TrialOutcome } from '../../spec.js';
import { errorSchedule, onLogAxes } from './curves.js';
import { NAMES, PUBLISHED, SETTINGS as FIG3_SETTINGS } from './fig3Settings.js';
import { descendAndWatch, GAO_LOSSES, isSquared, objectiveOf, type GaoLoss } from './losses.js';
import { drawRegression, GAO_TEACHERS, LANDSCAPE_SETTINGS, regressionCost, type Regression } from './regression.js';

const SOURCE = 'gao2018, Section 4.1, Figure 3';

const SETTINGS = {
  d: FIG3_SETTINGS.d,
  n: FIG3_SETTINGS.n,
  teacher: choice(GAO_TEACHERS, { description: 'A*: identity, or a random rotation', default: 'identity' }),
  loss: choice(GAO_LOSSES, { description: 'losses to descend on', list: true, default: [...GAO_LOSSES] }),
  inputs: FIG3_SETTINGS.inputs,
  trials: common.trials({ smoke: 4, quick: 20, paper: 20 }, 'seeds for L and for G'),
  trialsL2: FIG3_SETTINGS.trialsL2,
  iterations: FIG3_SETTINGS.iterations,
  stepSize: FIG3_SETTINGS.stepSize,
  stepSizeL2: FIG3_SETTINGS.stepSizeL2,
  ...LANDSCAPE_SETTINGS,
};

interface Place {
  readonly d: number;
  readonly n: number;
  readonly loss: GaoLoss;
}

type PlaceCell = CellSummary<Place>;
type CriticalValues = Values<typeof SETTINGS>;
type CriticalSettings = TrialSettings<typeof SETTINGS, Place>;

function problemOf(context: TrialContext<CriticalSettings>): Regression {
  const { loss } = context.settings;
  return drawRegression(context, isSquared(loss) ? 'squared' : loss);
}

/** ‖∇‖ where a descent ends over ‖∇‖ at its start, and the same for the loss. */
function runTrial(context: TrialContext<CriticalSettings>): TrialOutcome {
  const { loss, iterations } = context.settings;
  const regression = problemOf(context);
  const schedule = errorSchedule(iterations);
  const objective = objectiveOf(context, regression, loss);
  const { state, diverged, losses, gradients } = descendAndWatch(context, regression, objective, loss, schedule);
  return {
    status: diverged ? 'diverged' : 'ok',
    measures: {
      gradientRatio: diverged ? Infinity : state.gradientNorm[0] / gradients[0],
      lossRatio: diverged ? Infinity : state.loss[0] / losses[0],
      steps: state.iterations[0],
    },
    curves: { step: Float64Array.from(schedule), gradient: gradients.map((norm) => norm / gradients[0]) },
  };
}

function cells({ d, n, loss: losses, trials, trialsL2 }: CriticalValues): Cell<Place>[] {
  return losses.map((loss) => ({ settings: { d, n, loss }, trials: isSquared(loss) ? trialsL2 : trials }));
}

/** A gradient has vanished when its norm is at most this share of that at the start. */
const VANISHED = 1e-3;

/** The losses that the paper says to end at a suboptimal critical point. */
const SUBOPTIMAL: readonly GaoLoss[] = ['G', 'l2-adam', 'l2-descent'];

function claims(all: readonly PlaceCell[], { loss: losses, teacher }: CriticalValues): StatedClaim[] {
  return SUBOPTIMAL.filter((loss) => losses.includes(loss)).map((loss) =>
    stateClaim(
      {
        id: `critical-${loss}`,
        source: SOURCE,
        only: { published: { ...PUBLISHED, teacher: 'identity' } },
        statement: `A* = ${teacher}, ${NAMES[loss]}: the descent ends at a critical point: median of ‖∇‖ at the end over ‖∇‖ at the start at most ${VANISHED}`,
      },
      () => all.find(({ settings }) => settings.loss === loss)?.measures['gradientRatio'] ?? UNKNOWN,
      { low: 0, high: VANISHED },
    ),
  );
}

function figures(all: readonly PlaceCell[], { d, n, teacher, mu }: CriticalValues): FigureMaker[] {
  return [
    () => ({
      name: 'gao2018-critical',
      title: 'Norm of the gradient over the steps',
      caption: `‖∇‖ over ‖∇‖ at the start, for unit rows of its part tangential to their spheres; d = k = ${d}, n = ${n}, A* = ${teacher}, μ = ${mu}, ${trialCounts(all)} seeds. Lines: medians; bands: 25th to 75th and 5th to 95th percentile.`,
      ...cellRows(all, ({ settings: { loss }, curves }) =>
        onLogAxes(bandRows(curves?.['gradient'], { loss: NAMES[loss] })),
      ),
      spec: percentileBands({
        x: 'at',
        xTitle: 'step',
        yTitle: 'norm of the gradient over the first one',
        xLog: true,
        yLog: true,
        colour: 'loss',
        colourTitle: 'loss',
      }),
    }),
  ];
}

const MEASURES: readonly Measure[] = [
  {
    name: 'gradientRatio',
    of: 'gradientRatio',
    description: 'median of ‖∇‖ at the end over ‖∇‖ at the start',
    estimate: median,
  },
  {
    name: 'lossRatio',
    of: 'lossRatio',
    description: 'median of the loss at the end over the loss at the start; below 0 where its sign changes',
    estimate: median,
  },
  { name: 'steps', of: 'steps', description: 'median number of steps', estimate: median },
];

/** gao2018, Figure 3: whether the descents on G and on ℓ2 end at critical points. */
export const gao2018Critical = defineExperiment({
  id: 'gao2018-critical',
  version: 1,
  paper: 'gao2018',
  source: SOURCE,
  title: 'The gradient at the end of the descents on L, G and ℓ2',
  settings: SETTINGS,
  openChoices: [
    'Descents and choices are those of gao2018-fig3, with seeds of its own.',
    `“Critical point” (no number given): the norm of the gradient has fallen to ${VANISHED} of that at the start. Rows have unit norm after every step, so the gradient is its part tangential to their spheres.`,
  ],
  cells,
  cost: ({ d, n, iterations, loss }) =>
    regressionCost({ d, n }) + (isSquared(loss) ? iterations : Math.min(iterations, 300)) * n * d * (4 * d + 10),
  shares: () => false,
  trial: runTrial,
  draw: problemOf,
  measures: MEASURES,
  curves: [
    { name: 'gradient', of: 'gradient', at: 'step', description: '‖∇‖ over ‖∇‖ at the start, against the step' },
  ],
  claims,
  figures,
});
