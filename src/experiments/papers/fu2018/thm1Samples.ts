import { requireTeacher } from '../../../core/networks/teachers.js';
import { logisticCrossing } from '../../../statistics/crossing.js';
import { exponential, type Estimate } from '../../../statistics/estimate.js';
import { mean } from '../../../statistics/means.js';
import { rate } from '../../../statistics/rates.js';
import { boundaryExponent } from '../../../statistics/scaling.js';
import { number } from '../../../settings/declare.js';
import type { Values } from '../../../settings/types.js';
import { stateClaim } from '../../claims.js';
import { ascending } from '../../common/ascending.js';
import { ballCost, ballProblem, ballTrial, type BallSettings } from '../../common/ball.js';
import { trialCounts } from '../../common/counts.js';
import { HALF_WORDS, halfFigure, halfRows } from '../../common/halfFigure.js';
import * as common from '../../common/settings.js';
import { defineExperiment } from '../../define.js';
import { lineWithBars } from '../../plots.js';
import type {
  Cell,
  CellSummary,
  Figure,
  FigureMaker,
  Measure,
  StatedClaim,
  TrialContext,
  TrialOutcome,
} from '../../spec.js';
import { printedRadius } from './populationTrial.js';

const SOURCE = 'fu2018, Theorem 1';

/** The settings that the theorem fixes, and a law of W* with κ = λ = 1. */
const FIXED = {
  teacher: 'orthonormal',
  inputs: 'gaussian',
  labels: 'classification',
  loss: 'squared',
  startLaw: 'sphere',
  points: 1,
  restarts: 1,
} as const;

const axis = (description: string, values: { smoke: number[]; quick: number[]; paper: number[] }, max: number) =>
  number({ description, integer: true, list: true, min: 2, max, default: values });

const SETTINGS = {
  K: number({ description: 'neurons where d varies', integer: true, min: 2, max: 64, default: 2 }),
  d: common.dimension({ smoke: 4, quick: 8, paper: 10 }, { description: 'd where K varies', max: 200 }),
  teacherScale: number({ description: 'norm s of the rows of W*', min: 0.1, max: 5, default: 2 }),
  radius: number({
    description: 'radius of the ball over ρ/(√K L_φ²), the printed one with c = 1',
    min: 1e-6,
    max: 100,
    default: 1,
  }),
  dimensions: axis('input dimensions', { smoke: [4, 6], quick: [4, 8, 16, 32], paper: [5, 10, 20, 40] }, 400),
  neurons: axis('numbers of neurons', { smoke: [2, 3], quick: [3, 4, 6], paper: [3, 4, 6, 8] }, 64),
  perUnit: number({
    description: 'values of n/(dK²)',
    list: true,
    min: 1,
    max: 1e5,
    default: { smoke: [50, 200], quick: [30, 42, 60, 85, 120, 170, 240], paper: [30, 42, 60, 85, 120, 170, 240] },
  }),
  trials: common.trials({ smoke: 4, quick: 24, paper: 30 }),
  moves: number({ description: 'largest number of moves of a search', integer: true, min: 1, max: 1e4, default: 10 }),
};

type SampleValues = Values<typeof SETTINGS>;

interface Place {
  readonly K: number;
  readonly d: number;
  readonly n: number;
}

type PlaceCell = CellSummary<Place>;
type Axis = 'd' | 'K';
type SampleSettings = Place &
  Pick<BallSettings, 'teacherScale' | 'moves'> & {
    /** over the printed one with c = 1 */
    readonly radius: number;
  };

/** The same trial with the radius as a share of ‖W*‖_F. */
function withBall(context: TrialContext<SampleSettings>): TrialContext<BallSettings> {
  const { K, teacherScale, radius } = context.settings;
  const share = (radius * printedRadius(K, teacherScale)) / (teacherScale * Math.sqrt(K));
  return { ...context, settings: { ...context.settings, ...FIXED, radius: share } };
}

function runTrial(context: TrialContext<SampleSettings>): TrialOutcome {
  const { status, measures } = ballTrial(withBall(context));
  const { lambdaMinCentre, lambdaMinAdversarial, positiveCentre, positiveAdversarial } = measures;
  return { status, measures: { lambdaMinCentre, lambdaMinAdversarial, positiveCentre, positiveAdversarial } };
}

/** The cells of d at one K, and of K at one d, at n in proportion to dK². */
function cells({ K, d, dimensions, neurons, perUnit, trials }: SampleValues): Cell<Place>[] {
  const sizes = [
    ...ascending(dimensions).map((other) => ({ K, d: other })),
    ...ascending(neurons)
      .filter((other) => other !== K || !dimensions.includes(d))
      .map((other) => ({ K: other, d })),
  ];
  return sizes.flatMap((size) => {
    requireTeacher('orthonormal', size.K, size.d);
    return ascending(perUnit).map((share) => ({
      settings: { ...size, n: Math.round(share * size.d * size.K ** 2) },
      trials,
    }));
  });
}

/** The cells along one axis. */
function lineOf(all: readonly PlaceCell[], along: Axis, values: SampleValues): PlaceCell[] {
  const [other, swept] = along === 'd' ? (['K', values.dimensions] as const) : (['d', values.neurons] as const);
  return all.filter(({ settings }) => settings[other] === values[other] && swept.includes(settings[along]));
}

const successes = ({ measures, trials }: PlaceCell, name: string): number =>
  trials === 0 ? 0 : Math.round(measures[name].value * trials);

/** The exponent in d or K of the n at which half of the training sets are positive definite. */
function exponent(line: readonly PlaceCell[], along: Axis): Estimate {
  return boundaryExponent(
    line.map((cell) => ({
      d: cell.settings[along],
      n: cell.settings.n,
      successes: successes(cell, 'positiveAdversarial'),
      trials: cell.trials,
    })),
  );
}

/** The exponent of d log² d between the smallest and the largest d. */
function printedExponent(dimensions: readonly number[]): number {
  const [least, most] = [Math.min(...dimensions), Math.max(...dimensions)];
  return least === most ? 1 : 1 + (2 * Math.log(Math.log(most) / Math.log(least))) / Math.log(most / least);
}

function claims(all: readonly PlaceCell[], values: SampleValues): StatedClaim[] {
  const half = 'n at which half of the training sets have λ_min > 0 at the least curved point found of the ball';
  const printed = printedExponent(values.dimensions);
  const inDimension = (): Estimate => exponent(lineOf(all, 'd', values), 'd');
  return [
    stateClaim(
      {
        id: 'samples-d',
        source: SOURCE,
        statement: `K = ${values.K}: n = C d log² d suffices: exponent in d of the ${half}, at most ${printed.toFixed(2)}, that of d log² d over these d`,
      },
      inDimension,
      { low: -Infinity, high: printed },
    ),
    stateClaim(
      {
        id: 'samples-d-linear',
        source: `${SOURCE}, without the logarithm`,
        statement: `K = ${values.K}: that n is about proportional to d: exponent in d within 1 ± 0.25`,
      },
      inDimension,
      { low: 0.75, high: 1.25 },
    ),
    stateClaim(
      {
        id: 'samples-K',
        source: SOURCE,
        statement: `d = ${values.d}: n = C K³ suffices: exponent in K of the ${half}, at most 3`,
      },
      () => exponent(lineOf(all, 'K', values), 'K'),
      { low: -Infinity, high: 3 },
    ),
  ];
}

/** The n at which half of the training sets are positive definite, for cells of one size. */
function halfway(own: readonly PlaceCell[], name: string): Estimate {
  const run = own.filter(({ trials }) => trials > 0);
  const { crossing } = logisticCrossing(
    run.map(({ settings }) => Math.log(settings.n)),
    run.map((cell) => successes(cell, name)),
    run.map(({ trials }) => trials),
  );
  return exponential(crossing);
}

const LINES = [
  ['positiveAdversarial', 'searched in the ball'],
  ['positiveCentre', 'at W*'],
] as const;

/** The rates at the least curved point, from which the n at 50 % is found. */
function ratesFigure(all: readonly PlaceCell[], along: Axis, values: SampleValues): Figure {
  const line = lineOf(all, along, values);
  const rows = halfRows(line, ({ settings }) => settings[along], 'positiveAdversarial');
  const other = along === 'd' ? `K = ${values.K}` : `d = ${values.d}`;
  return {
    name: `fu2018-thm1-samples-${along}-rates`,
    title: `Share of training sets whose Hessian is positive definite in the ball, by ${along}`,
    caption: `Share of training sets with λ_min(∇²f_n) > 0 at the least curved point found of the ball of radius ${values.radius}·ρ/(√K L_φ²); ${other}, ${trialCounts(line)} training sets per point. Bars: 95 % Blaker intervals. ${HALF_WORDS}`,
    rows,
    cells: line.map(({ settings }) => ({ ...settings })),
    spec: halfFigure(rows, along, { yTitle: 'share positive definite' }),
  };
}

function figures(all: readonly PlaceCell[], values: SampleValues): FigureMaker[] {
  return (['d', 'K'] as const).flatMap((along) => [
    () => sizeFigure(all, along, values),
    () => ratesFigure(all, along, values),
  ]);
}

function sizeFigure(all: readonly PlaceCell[], along: Axis, values: SampleValues): Figure {
  const line = lineOf(all, along, values);
  const sizes = [...new Set(line.map(({ settings }) => settings[along]))];
  return {
    name: `fu2018-thm1-samples-${along}`,
    title: `Sample size at which the Hessian turns positive definite, against ${along}`,
    caption: `n at which half of the training sets have λ_min(∇²f_n) > 0 at W* and at the least curved point found of the ball of radius ${values.radius}·ρ/(√K L_φ²), by maximum-likelihood logistic regression on log n; ${along === 'd' ? `K = ${values.K}` : `d = ${values.d}`}, ‖w*‖ = ${values.teacherScale}, ${trialCounts(line)} training sets per n. Bars: 95 % profile-likelihood intervals. Dashed: slope ${along === 'd' ? 1 : 3}.`,
    rows: LINES.flatMap(([name, place]) =>
      sizes.map((size) => {
        const own = line.filter(({ settings }) => settings[along] === size);
        const { value, low, high } = halfway(own, name);
        return { place, [along]: size, value, low, high };
      }),
    ),
    spec: lineWithBars({
      x: along,
      y: 'value',
      low: 'low',
      high: 'high',
      xTitle: along === 'd' ? 'dimension d' : 'neurons K',
      yTitle: 'n at one half',
      colour: 'place',
      colourTitle: 'λ_min',
      xLog: true,
      yLog: true,
      guideSlope: along === 'd' ? 1 : 3,
    }),
  };
}

const MEASURES: readonly Measure[] = (
  [
    ['Centre', 'at W*'],
    ['Adversarial', 'at the least curved point that the search finds in the ball'],
  ] as const
).flatMap(([where, words]): Measure[] => [
  { name: `lambdaMin${where}`, of: `lambdaMin${where}`, description: `mean of λ_min ${words}`, estimate: mean },
  {
    name: `positive${where}`,
    of: `positive${where}`,
    description: `share of trials with λ_min > 0 ${words}`,
    estimate: rate,
    whenFailed: 0,
  },
]);

/** fu2018, Theorem 1: the sample size at which the Hessian is positive definite in the ball, against d and K. */
export const fu2018Thm1Samples = defineExperiment({
  id: 'fu2018-thm1-samples',
  version: 1,
  paper: 'fu2018',
  source: SOURCE,
  title: 'Sample size at which the Hessian is positive definite in the ball of the theorem',
  settings: SETTINGS,
  openChoices: [
    'Law and scale of W* (not given): orthonormal rows of norm 2. Radius: ρ/(c√K L_φ²) with c = 1.',
    'λ_min over the ball is searched as in fu2018-thm1, from W* only; what is found bounds the infimum from above.',
    'The constant is unknown: exponents of the n at which half of the training sets are positive definite are judged.',
    'K from 3 on: the exponent between K = 2 and 3 is above that of larger K (docs/papers/fu2018.md).',
    'n in proportion to dK²: the n of each size lie around the transition.',
  ],
  cells,
  cost: (settings) => ballCost({ ...settings, ...FIXED }),
  trial: runTrial,
  draw: (context) => ballProblem(withBall(context)),
  measures: MEASURES,
  claims,
  figures,
});
