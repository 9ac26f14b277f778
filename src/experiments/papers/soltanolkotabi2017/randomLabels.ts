/** Figure 4: labels that are independent of the inputs. How far does the training error fall? */
import { cellRows } from '../../common/cellRows.js';
import { ACTIVATION } from '../../common/activation.js';
import { polishedOutcome } from '../../../core/certificates/outcome.js';
import { logSchedule } from '../../../core/descent/descent.js';
import { RunStatus } from '../../../core/kernels/contract.js';
import type { Estimate } from '../../../statistics/estimate.js';
import { median } from '../../../statistics/means.js';
import { rate, binomialRate } from '../../../statistics/rates.js';
import { meanIterations } from '../../../statistics/ranges.js';
import { stateClaim } from '../../claims.js';
import { trialCounts } from '../../common/counts.js';
import { ascending } from '../../common/ascending.js';
import * as common from '../../common/settings.js';
import { defineExperiment } from '../../define.js';
import { bandRows, lineWithBars, percentileBands } from '../../plots.js';
import type {
  CellSummary,
  Experiment,
  FigureMaker,
  Measure,
  PublishedSettings,
  StatedClaim,
  TrialContext,
  TrialOutcome,
} from '../../spec.js';
import { named, number } from '../../../settings/declare.js';
import type { ByScale } from '../../../settings/scale.js';
import {
  descendProblem,
  descentCost,
  drawProblem,
  landscapeVersion,
  networkAt,
  PROBLEM_CHOICES,
  PROBLEM_SETTINGS,
  SECTION_3,
  type Drawn,
  type LandscapeActivation,
  type ProblemSettings,
  type SizeCell,
} from './problem.js';

/** A descent may stop below this loss, because the curve then has nothing more to show. */
const LOSS_TOLERANCE = 1e-12;
/**
 * The ratio of the RMSE to the RMSE at the start that counts as zero. At this ratio three digits of the labels are
 * fitted, and the curve is still falling.
 */
const ZERO = 1e-3;
/** The value of kd/n from which on the paper finds a global minimum. */
const REGIME = 1.5;

/** The context of a trial with one start on each training set. */
function oneStart<S>(context: TrialContext<S>): TrialContext<S & { readonly starts: number }> {
  return { ...context, settings: { ...context.settings, starts: 1 } };
}

/** The training set of a trial, with its start. */
function randomProblem(context: TrialContext<ProblemSettings>): Drawn {
  return drawProblem(context, 'random');
}

function runTrial(context: TrialContext<ProblemSettings>): TrialOutcome {
  const { settings, kernels, cancel } = context;
  const drawn = randomProblem(context);
  const at = logSchedule(settings.iterations);
  const rmse = new Float64Array(at.length);
  const schedule = new Map(at.map((t, i) => [t, i]));
  const state = descendProblem(context, drawn, LOSS_TOLERANCE, {
    schedule: at,
    look: (t, { loss }) => (rmse[schedule.get(t) ?? 0] = Math.sqrt(loss[0])),
  });
  const polished = polishedOutcome(kernels, drawn.rows, networkAt(drawn, state, 0), {
    firstLoss: state.firstLoss[0],
    newtonSteps: 0,
    cancel,
  });
  const relativeRmse = Math.sqrt(state.loss[0] / state.firstLoss[0]);
  return {
    status: state.status[0] === RunStatus.diverged ? 'diverged' : 'ok',
    measures: {
      rmse: Math.sqrt(state.loss[0]),
      relativeRmse,
      isZero: relativeRmse <= ZERO ? 1 : 0,
      polishedZero: polished.outcome === 'global' ? 1 : 0,
      polishedRmse: Math.sqrt(polished.loss),
      iterations: state.iterations[0],
      gradientNorm: state.gradientNorm[0],
    },
    curves: { at: Float64Array.from(at), rmse },
  };
}

function isWide({ settings: { K, d, n } }: CellSummary<SizeCell>): boolean {
  return K * d > REGIME * n;
}

function claims(cells: readonly CellSummary<SizeCell>[], source: string, settings: PublishedSettings): StatedClaim[] {
  const wide = cells.filter(isWide);
  const trials = wide.reduce((sum, cell) => sum + cell.trials, 0);
  const share = (measure: string): Estimate =>
    binomialRate(
      wide.reduce(
        (sum, cell) => sum + (cell.trials === 0 ? 0 : Math.round(cell.measures[measure].value * cell.trials)),
        0,
      ),
      trials,
    );
  const narrow = cells.filter(({ settings: { K, d, n } }) => K * d < n / REGIME);
  const about = { source, only: { published: settings } };
  return [
    stateClaim(
      {
        ...about,
        id: 'zero-rmse',
        statement: `kd > ${REGIME} n: descent takes the RMSE below ${ZERO} of its first value on at least 0.9 of the training sets`,
      },
      () => share('zeroRate'),
      { low: 0.9, high: 1 },
    ),
    stateClaim(
      {
        ...about,
        id: 'zero-polished',
        statement: `kd > ${REGIME} n: the point that descent reaches leads to a global minimum on at least 0.9 of the training sets`,
      },
      () => share('polishedZero'),
      { low: 0.9, high: 1 },
    ),
    ...narrow
      .slice(0, 1)
      .map((cell) =>
        stateClaim(
          {
            ...about,
            id: 'narrow-not-zero',
            statement: `k = ${cell.settings.K}: random labels are not fitted: median RMSE above 0.05`,
          },
          () => cell.measures['rmse'],
          { low: 0.05, high: Infinity },
        ),
      ),
  ];
}

/** The values about the runs that the captions state. */
interface FigureValues {
  readonly d: number;
  readonly n: number;
  readonly iterations: number;
}

function figures(
  id: string,
  title: string,
  cells: readonly CellSummary<SizeCell>[],
  values: FigureValues,
): FigureMaker[] {
  const counts = `d = ${values.d}, n = ${values.n}, ${trialCounts(cells)} training sets per width, one start on each`;
  return [
    () => ({
      name: id,
      title,
      caption: `RMSE = √L(v, W) against iterations of gradient descent on random labels; ${counts}. Lines: medians; bands: 25th to 75th and 5th to 95th percentiles over training sets. Iteration 0 is left of the axis.`,
      rows: cells
        .flatMap(({ settings, curves }) => bandRows(curves?.['rmse'], { K: settings.K }))
        .filter(({ at }) => Number(at) > 0),
      spec: percentileBands({
        x: 'at',
        xTitle: 'iterations',
        xLog: true,
        yTitle: 'RMSE',
        yLog: true,
        colour: 'K',
        colourTitle: 'k',
      }),
    }),
    () => ({
      name: `${id}-final`,
      title: 'RMSE at the last iteration against the number of parameters',
      caption: `Median RMSE after at most ${values.iterations} iterations, and after the Levenberg–Marquardt polish from there; ${counts}. Bars: 95 % distribution-free intervals. Dashed: kd = ${REGIME} n.`,
      ...cellRows(cells, ({ settings, measures }) =>
        (
          [
            ['rmse', 'descent'],
            ['polishedRmse', 'polished'],
          ] as const
        ).map(([measure, end]) => {
          const { value, low, high } = measures[measure];
          return { ratio: (settings.K * settings.d) / settings.n, end, rmse: value, low, high };
        }),
      ),
      spec: lineWithBars({
        x: 'ratio',
        y: 'rmse',
        low: 'low',
        high: 'high',
        colour: 'end',
        colourTitle: 'after',
        xTitle: 'weights per sample kd/n',
        yTitle: 'RMSE',
        yLog: true,
        xReference: [REGIME],
      }),
    }),
  ];
}

/** The differences between Figures 4a and 4b. */
interface RandomLabels {
  readonly id: string;
  readonly source: string;
  readonly activation: LandscapeActivation;
  readonly d: ByScale<number>;
  readonly K: ByScale<readonly number[]>;
}

const MEASURES: readonly Measure[] = [
  {
    name: 'zeroRate',
    of: 'isZero',
    description: `share of training sets whose RMSE falls below ${ZERO} of its first value`,
    estimate: rate,
    whenFailed: 0,
  },
  {
    name: 'polishedZero',
    of: 'polishedZero',
    description: 'share of training sets whose polish ends at a global minimum',
    estimate: rate,
    whenFailed: 0,
  },
  { name: 'rmse', of: 'rmse', description: 'median of the final RMSE', estimate: median },
  { name: 'polishedRmse', of: 'polishedRmse', description: 'median of the RMSE after the polish', estimate: median },
  { name: 'iterations', of: 'iterations', description: 'mean number of iterations', estimate: meanIterations },
];

/** An experiment of soltanolkotabi2017, Figure 4. */
export function randomLabels({ id, source, activation, d, K }: RandomLabels): Experiment {
  const title = `RMSE against iterations on random labels, ${activation === 'quadratic' ? 'quadratic' : 'softplus'} activation`;
  const { startScale, outputStart, trainOutput, stepFactor } = PROBLEM_SETTINGS;
  return defineExperiment({
    id,
    version: landscapeVersion(activation),
    paper: 'soltanolkotabi2017',
    source,
    title,
    settings: {
      K: number({ description: 'hidden units k', integer: true, list: true, min: 1, max: 200, default: K }),
      d: common.dimension(d),
      n: number({
        description: 'sample size',
        integer: true,
        min: 1,
        max: 1e4,
        default: { smoke: 20, quick: 100, paper: 100 },
      }),
      activation: named(ACTIVATION, { description: 'activation φ', default: activation }),
      trials: common.trials({ smoke: 4, quick: 20, paper: 50 }, 'training sets per width'),
      startScale,
      outputStart,
      trainOutput,
      stepFactor,
      iterations: common.iterations({ smoke: 2000, quick: 20_000, paper: 100_000 }, { max: 1e8 }),
    },
    openChoices: [
      ...PROBLEM_CHOICES.slice(0, 2),
      'v (printed: 1ᵀφ(Wx)): Rademacher at the start and trained; with v = 1 fixed both activations are non-negative and half of the labels are not.',
      `Widths (legend not readable) from kd/n = 0.5 to 3; zero RMSE is ${ZERO} of the RMSE at the start.`,
      'The paper draws one run per width; here percentiles over training sets.',
    ],
    cells: (values) =>
      ascending(values.K).map((k) => ({ settings: { K: k, d: values.d, n: values.n }, trials: values.trials })),
    cost: (settings) => descentCost({ ...settings, starts: 1 }),
    trial: (context) => runTrial(oneStart(context)),
    draw: (context) => randomProblem(oneStart(context)),
    measures: MEASURES,
    alsoStored: ['gradientNorm', 'relativeRmse'],
    curves: [{ name: 'rmse', of: 'rmse', at: 'at', description: 'RMSE over iterations' }],
    claims: (cells) => claims(cells, source, { ...SECTION_3, activation, d: d.paper }),
    figures: (cells, values) => figures(id, title, cells, values),
  });
}
