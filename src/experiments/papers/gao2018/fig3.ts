import { wordsOf } from '../../../base/vocabulary.js';
import { matchedDistance } from '../../../core/matching/matching.js';
import { parameterErrors } from '../../../core/landscape/parameterError.js';
import { meanShare, median } from '../../../statistics/means.js';
import { quantile } from '../../../statistics/quantiles.js';
import { rate } from '../../../statistics/rates.js';
import { ratioOf } from '../../../statistics/ratio.js';
import { exact, type Estimate, type Interval } from '../../../statistics/estimate.js';
import { stateClaim } from '../../claims.js';
import { trialCounts } from '../../common/counts.js';
import { bandRows, categoryBars, lineWithBars } from '../../plots.js';
import type {
  Cell,
  CellSummary,
  Figure,
  FigureMaker,
  FigureRow,
  Measure,
  PublishedSettings,
  StatedClaim,
  TrialContext,
  TrialOutcome,
} from '../../spec.js';
import type { TrialSettings, Values } from '../../../settings/types.js';
import { choice, number } from '../../../settings/declare.js';
import * as common from '../../common/settings.js';
import { defineExperiment } from '../../define.js';
import {
  errorBands,
  errorSchedule,
  firstErrorBands,
  onLogAxes,
  onLogAxis,
  publishedRows,
  SMALLEST_SHOWN,
} from './curves.js';
import { descendAndWatch, GAO_LOSSES, isSquared, objectiveOf, type GaoLoss } from './losses.js';
import { PUBLISHED_FIG3 } from './published.js';
import {
  drawRegression,
  GAO_TEACHERS,
  identity,
  INPUTS_SETTING,
  LANDSCAPE_SETTINGS,
  regressionCost,
  type GaoTeacher,
  type Regression,
} from './regression.js';

const SETTINGS = {
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

/** A cell. */
interface Place {
  readonly d: number;
  readonly n: number;
  readonly teacher: GaoTeacher;
  readonly loss: GaoLoss;
}

type PlaceSummary = CellSummary<Place>;
type Fig3Values = Values<typeof SETTINGS>;
type Fig3Settings = TrialSettings<typeof SETTINGS, Place>;

const SOURCE = 'gao2018, Section 4.1, Figure 3';
/** The left panel of the figure. */
const FIRST_STEPS = 500;

/** The colour of a loss in the figures. */
const NAMES: Readonly<Record<GaoLoss, string>> = {
  L: 'L',
  G: 'G',
  'l2-adam': 'ℓ2, Adam',
  'l2-descent': 'ℓ2, plain descent',
};

/** The planted problem of a trial, with its start. */
function problemOf(context: TrialContext<Fig3Settings>): Regression {
  const { loss } = context.settings;
  return drawRegression(context, isSquared(loss) ? 'squared' : loss);
}

function runTrial(context: TrialContext<Fig3Settings>): TrialOutcome {
  const { settings } = context;
  const { loss } = settings;
  const regression = problemOf(context);
  const { dimension: d, teacher } = regression;
  const objective = objectiveOf(context, regression, loss);
  const schedule = errorSchedule(settings.iterations);
  const { state, diverged, errors, losses } = descendAndWatch(context, regression, objective, loss, schedule);
  const error = errors[errors.length - 1];
  return {
    status: diverged ? 'diverged' : 'ok',
    measures: {
      parameterError: error,
      recovered: error <= settings.threshold ? 1 : 0,
      ...endMeasures(context, state.weights, diverged, teacher, d),
      recoveryError: diverged ? Infinity : matchedDistance(state.weights, teacher, d, { signs: true }) / Math.sqrt(d),
      finalLoss: state.loss[0],
      teacherLoss: lossAt(context, objective, teacher),
      steps: state.iterations[0],
    },
    curves: { step: Float64Array.from(schedule), parameterError: errors, loss: losses },
  };
}

/** What e(A) does not see: rows of A* that are missing, and whether the rows went to the coordinate axes. */
function endMeasures(
  { kernels }: Pick<TrialContext, 'kernels'>,
  weights: Float64Array,
  diverged: boolean,
  teacher: Float64Array,
  d: number,
): Record<string, number> {
  if (diverged) return { strictError: Infinity, covered: 0, axesError: Infinity };
  const { strictError, covered } = parameterErrors(kernels, weights, teacher, d);
  return { strictError, covered, axesError: parameterErrors(kernels, weights, identity(d), d).error };
}

/**
 * The loss at A*: where it lies below that at the end, the descent was stuck; where above, the loss leads elsewhere.
 */
function lossAt(
  { kernels }: Pick<TrialContext, 'kernels'>,
  objective: ReturnType<typeof objectiveOf>,
  weights: Float64Array,
): number {
  if (objective.kind === 'landscape') return kernels.evaluateLandscape(objective.problem, weights).loss;
  return kernels.evaluate(objective.problem, { starts: 1, weights, outputWeights: objective.outputWeights }).loss[0];
}

function cells({ d, n, teacher: teachers, loss: losses, trials, trialsL2 }: Fig3Values): Cell<Place>[] {
  return teachers.flatMap((teacher) =>
    losses.map((loss) => ({ settings: { d, n, teacher, loss }, trials: isSquared(loss) ? trialsL2 : trials })),
  );
}

/** Plain descents on L and G settle long before the last step. */
function cost({ d, n, iterations, loss }: Fig3Settings): number {
  const updates = isSquared(loss) ? iterations : Math.min(iterations, 300);
  return regressionCost({ d, n }) + updates * n * d * (4 * d + 10);
}

function cellOf(all: readonly PlaceSummary[], teacher: GaoTeacher, loss: GaoLoss): PlaceSummary | undefined {
  return all.find(({ settings, trials }) => settings.teacher === teacher && settings.loss === loss && trials > 0);
}

const UNKNOWN = exact(Number.NaN);

function measureOf(all: readonly PlaceSummary[], teacher: GaoTeacher, loss: GaoLoss, name: string): Estimate {
  return cellOf(all, teacher, loss)?.measures[name] ?? UNKNOWN;
}

/** What Section 4.1 prints, but for its penalty, which the authors' script does not have. */
const PUBLISHED: PublishedSettings = {
  d: 50,
  n: 8192,
  mu: 30,
  inputs: 'laplace',
  iterations: 10_000,
  stepSize: 5e-5,
  stepSizeL2: 5e-3,
};
/** How much farther from the teacher than L's an end has to be. */
const FARTHER = 2;

/** Losses that end farther from A* = I than L does. */
const WORSE: readonly { readonly id: string; readonly loss: GaoLoss }[] = [
  { id: 'G-suboptimal', loss: 'G' },
  { id: 'l2-slow', loss: 'l2-adam' },
  { id: 'l2-descent-slow', loss: 'l2-descent' },
];

function claims(all: readonly PlaceSummary[], values: Fig3Values): StatedClaim[] {
  const { teacher: teachers, loss: losses } = values;
  const asked = (teacher: GaoTeacher, ...names: readonly GaoLoss[]): boolean =>
    teachers.includes(teacher) && names.every((name) => losses.includes(name));
  const only = { published: PUBLISHED };
  const recovers = (id: string, source: string, teacher: GaoTeacher, what: string): StatedClaim =>
    stateClaim(
      {
        id,
        source,
        only,
        statement: `${what}: L ends at the teacher: e(A) ≤ ${values.threshold} for at least 0.9 of the seeds`,
      },
      () => measureOf(all, teacher, 'L', 'recoveredRate'),
      { low: 0.9, high: 1 },
    );
  const farther = ({ id, loss }: (typeof WORSE)[number]): StatedClaim =>
    stateClaim(
      {
        id,
        source: SOURCE,
        only,
        statement: `A* = I: ${NAMES[loss]} ends farther from the teacher than L: ratio of the medians of e(A) above ${FARTHER}`,
      },
      () =>
        ratioOf(measureOf(all, 'identity', loss, 'parameterError'), measureOf(all, 'identity', 'L', 'parameterError')),
      { low: FARTHER, high: Infinity },
    );
  return [
    ...(asked('identity', 'L') ? [recovers('L-recovers', SOURCE, 'identity', 'A* = I')] : []),
    ...WORSE.filter(({ loss }) => asked('identity', 'L', loss)).map(farther),
    ...(asked('rotated', 'L')
      ? [
          recovers(
            'L-recovers-rotated',
            'gao2018, Theorem 2 (any orthogonal A*) with S_4 = sgn(x)⊗⁴',
            'rotated',
            'A* a random rotation',
          ),
        ]
      : []),
  ];
}

function bandsOf(all: readonly PlaceSummary[], teacher: GaoTeacher): FigureRow[] {
  const own = GAO_LOSSES.flatMap((loss) =>
    bandRows(cellOf(all, teacher, loss)?.curves?.['parameterError'], { line: NAMES[loss] }),
  );
  if (teacher !== 'identity') return own;
  const published = wordsOf(PUBLISHED_FIG3).filter((loss) => cellOf(all, teacher, loss) !== undefined);
  return [
    ...own,
    ...published.flatMap((loss) => publishedRows(PUBLISHED_FIG3[loss], { line: `${NAMES[loss]}, published run` })),
  ];
}

function curveFigures(all: readonly PlaceSummary[], values: Fig3Values, teacher: GaoTeacher): FigureMaker[] {
  const rows = bandsOf(all, teacher);
  if (rows.length === 0) return [];
  const name = teacher === 'identity' ? 'gao2018-fig3' : `gao2018-fig3-${teacher}`;
  const what = teacher === 'identity' ? 'A* = I' : 'A* a random rotation';
  const counts = `${values.inputs} inputs, d = k = ${values.d}, n = ${values.n}, ${what}, ${trialCounts(all.filter(({ settings }) => settings.teacher === teacher))} seeds per loss`;
  const bands = `Lines: median of e(A) over seeds; bands: 25th to 75th and 5th to 95th percentile; ${counts}.${teacher === 'identity' ? ' Published: one run each at d = k = 50, n = 8192.' : ''}`;
  return [
    () => ({
      name,
      title: `Parameter error of three losses, ${what}`,
      caption: bands,
      rows: onLogAxes(rows),
      spec: errorBands('line', 'loss'),
    }),
    () => ({
      name: `${name}-first`,
      title: `Parameter error over the first ${FIRST_STEPS} steps, ${what}`,
      caption: bands,
      rows: onLogAxis(rows).filter((row) => Number(row['at']) <= FIRST_STEPS),
      spec: firstErrorBands('line', 'loss'),
    }),
  ];
}

/** Where the descents end, as percentiles over seeds: one run says nothing about G. */
function endsFigure(all: readonly PlaceSummary[], values: Fig3Values, teacher: GaoTeacher): Figure {
  const own = all.filter(({ settings, trials }) => settings.teacher === teacher && trials > 0);
  const rows = own.flatMap(({ settings, trials, measures }) =>
    ENDS.map((percent) => ({
      percent,
      trials,
      line: NAMES[settings.loss],
      ...floored(measures[`errorPercentile${percent}`]),
    })),
  );
  const what = teacher === 'identity' ? 'A* = I' : 'A* a random rotation';
  return {
    name: teacher === 'identity' ? 'gao2018-fig3-ends' : `gao2018-fig3-${teacher}-ends`,
    title: `Distribution of the parameter error at the end, ${what}`,
    caption: `Percentiles over seeds of e(A) after ${values.iterations} steps; d = k = ${values.d}, n = ${values.n}, ${trialCounts(own)} seeds per loss. Bars: 95 % order-statistic intervals; an arrow is an end that so few seeds cannot bound.${teacher === 'identity' ? ' The published run of G (d = k = 50, n = 8192) ended at 0.459.' : ''}`,
    rows,
    spec: lineWithBars({
      x: 'percent',
      y: 'value',
      low: 'low',
      high: 'high',
      colour: 'line',
      colourTitle: 'loss',
      xTitle: 'percentile over seeds',
      yTitle: 'parameter error e(A) at the end',
      yLog: true,
    }),
  };
}

/** What e(A) does not show: how much of the teacher is found. */
function coveredFigure(all: readonly PlaceSummary[], values: Fig3Values): Figure {
  const rows = all
    .filter(({ trials }) => trials > 0)
    .map(
      ({
        settings,
        trials,
        measures: {
          covered: { value, low, high },
        },
      }) => ({ loss: NAMES[settings.loss], teacher: settings.teacher, trials, value, low, high }),
    );
  return {
    name: 'gao2018-fig3-covered',
    title: 'Share of the teacher that is found at the end',
    caption: `Mean share of the rows of A* that some row of A is, with a cosine of at least 0.9, after ${values.iterations} steps; d = k = ${values.d}, n = ${values.n}, ${trialCounts(all)} seeds per loss. Bars: 95 % intervals.`,
    rows,
    spec: categoryBars({
      category: 'loss',
      categoryTitle: 'loss',
      series: 'teacher',
      seriesTitle: 'teacher',
      value: 'value',
      valueTitle: 'share of A* found',
      low: 'low',
      high: 'high',
      valueDomain: [0, 1],
    }),
  };
}

function floored({ value, low, high }: Estimate): Interval {
  const at = (x: number): number => Math.max(x, SMALLEST_SHOWN);
  return { value: at(value), low: at(low), high: at(high) };
}

const ENDS = [5, 25, 50, 75, 95] as const;

const MEASURES: readonly Measure[] = [
  { name: 'parameterError', of: 'parameterError', description: 'median of e(A) at the end', estimate: median },
  {
    name: 'recoveredRate',
    of: 'recovered',
    description: 'share of seeds with e(A) ≤ threshold at the end',
    estimate: rate,
    whenFailed: 0,
  },
  {
    name: 'strictError',
    of: 'strictError',
    description: 'median of e(A) with max in place of min: near 0 only for a permutation of A*',
    estimate: median,
  },
  {
    name: 'covered',
    of: 'covered',
    description: 'mean share of the rows of A* that some row of A is (cosine at least 0.9)',
    estimate: meanShare,
  },
  {
    name: 'axesError',
    of: 'axesError',
    description: 'median of e(A) at the end with I in place of A*: distance from the coordinate axes',
    estimate: median,
  },
  {
    name: 'recoveryError',
    of: 'recoveryError',
    description: 'median of the distance of a row from its row of A*, modulo order and sign',
    estimate: median,
  },
  { name: 'finalLoss', of: 'finalLoss', description: 'median of the loss at the end', estimate: median },
  { name: 'teacherLoss', of: 'teacherLoss', description: 'median of the loss at A*', estimate: median },
  { name: 'steps', of: 'steps', description: 'median number of steps', estimate: median },
  ...ENDS.map((percent) => ({
    name: `errorPercentile${percent}`,
    of: 'parameterError',
    description: `percentile ${percent} of e(A) at the end`,
    estimate: quantile(percent / 100),
  })),
];

/** gao2018, Figure 3: the losses L, G and ℓ2 from random starts on Laplace inputs. */
export const gao2018Fig3 = defineExperiment({
  id: 'gao2018-fig3',
  version: 1,
  paper: 'gao2018',
  source: SOURCE,
  title: 'Parameter error against step for the losses L, G and ℓ2 on Laplace inputs',
  settings: SETTINGS,
  openChoices: [
    'Rows are divided by their norm after every step and λ = 0, as in the authors’ scripts (the paper’s λ does not appear there); rows=free and penalty=λ give the printed form.',
    'ℓ2 with Adam made the published curve; the paper says gradient descent, which is beside it.',
    'The start (not given): entries N(0, 1/d), as in the authors’ scripts. The figure shows one run; here each curve is a band over seeds.',
    'Plain descents stop early when a step moves A by less than 1e-12; their curves go on with the value at the end.',
    'A random rotation as teacher is not in the paper: with S_4 = sgn(x)⊗⁴ the loss L leads to the coordinate axes whatever A* is (docs/papers/gao2018.md).',
    'Below paper scale d is smaller and the step longer: the gradient grows as d².',
  ],
  cells,
  cost,
  shares: () => false,
  trial: runTrial,
  draw: problemOf,
  measures: MEASURES,
  alsoStored: ['loss'],
  curves: [{ name: 'parameterError', of: 'parameterError', at: 'step', description: 'e(A) against the step' }],
  claims,
  figures: (all, values) => {
    const { teacher: teachers } = values;
    return [
      ...teachers.flatMap((teacher) => curveFigures(all, values, teacher)),
      ...teachers.map((teacher) => () => endsFigure(all, values, teacher)),
      () => coveredFigure(all, values),
    ];
  },
});
