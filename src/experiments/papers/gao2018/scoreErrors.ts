/**
 * The common part of gao2018's Figures 1 and 2: percentiles of the error against n, their slopes, claims and figures.
 */
import { cellRows } from '../../common/cellRows.js';
import { refuse } from '../../../base/errors.js';
import type { InputLaw, MixtureSplit } from '../../../core/networks/inputs.js';
import { percentileInterval, boundedQuantiles } from '../../../statistics/bootstrap.js';
import { currentLevel, type Estimate } from '../../../statistics/estimate.js';
import { jointConfidence, largestOf } from '../../../statistics/extremes.js';
import { BAND_PERCENTILES, quantile } from '../../../statistics/quantiles.js';
import { rate } from '../../../statistics/rates.js';
import { ratioOf } from '../../../statistics/ratio.js';
import { leastSquaresSlope } from '../../../statistics/regression.js';
import { choice, number } from '../../../settings/declare.js';
import * as common from '../../common/settings.js';
import { defineExperiment } from '../../define.js';
import { stateClaim } from '../../claims.js';
import { trialCounts } from '../../common/counts.js';
import { lineWithBars } from '../../plots.js';
import type { Cell, CellSummary, Experiment, Figure, Measure, StatedClaim } from '../../spec.js';
import type { Values } from '../../../settings/types.js';
import { ascending } from '../../common/ascending.js';
import { SCORE_NAMES, SCORES, scoreTrial, scoreTrialCost, type ScoreName } from './scoreTrial.js';

/** The differences between the two figures. */
export interface ScoreFigure {
  readonly id: string;
  readonly law: InputLaw;
  /** the law as written in titles */
  readonly lawText: string;
  readonly source: string;
  readonly bandwidth: Readonly<Record<ScoreName, number>>;
  readonly published: Readonly<Record<ScoreName, number>>;
  /** how the samples of a mixture are split between its components; given only for a law that allows the choice */
  readonly split?: MixtureSplit;
  readonly openChoices: readonly string[];
}

/** Two slopes are considered equal if they differ by at most this much. */
const TOLERANCE = 0.02;
const ERRORS: Readonly<Record<ScoreName, string>> = { S2: '‖Ŝ₂ − S₂‖, spectral norm', S4: '‖Ŝ₄ − S₄‖, Frobenius norm' };
const SAMPLES = [64, 128, 256, 512, 1024, 2048, 4096, 8192];

const MEASURES: readonly Measure[] = [
  ...BAND_PERCENTILES.map((p) => ({
    name: `error${p}`,
    of: 'error',
    description: `${p} % percentile of the error over the points kept`,
    estimate: quantile(p / 100),
  })),
  {
    name: 'limit50',
    of: 'limit',
    description: 'median over the points kept of the error that is left for n → ∞, h → 0',
    estimate: quantile(0.5),
  },
  { name: 'keptRate', of: 'kept', description: 'share of test points within the skip radius', estimate: rate },
  {
    name: 'singularRate',
    of: 'singular',
    description: 'share of the points kept with a singular local covariance',
    estimate: rate,
  },
];

const QUANTILES = BAND_PERCENTILES.map((p) => p / 100);

const SPLITS = ['random', 'exact'] as const satisfies readonly MixtureSplit[];

function settingsOf({ bandwidth, split }: ScoreFigure) {
  const factor = (score: ScoreName) =>
    number({
      description: `c of the bandwidth h = c·n^(−1/(d+6)) for ${score}`,
      min: 1e-3,
      max: 1e6,
      default: bandwidth[score],
    });
  return {
    score: choice(SCORE_NAMES, { description: 'score functions', list: true, default: SCORE_NAMES }),
    n: number({
      description: 'sample sizes',
      integer: true,
      list: true,
      min: 4,
      max: 1e7,
      default: { smoke: [64, 256, 1024], quick: SAMPLES, paper: SAMPLES },
    }),
    d: common.dimension(2, { max: 16 }),
    trialsS2: common.trials({ smoke: 200, quick: 4000, paper: 10_000 }, 'trials per sample size for S2'),
    trialsS4: common.trials({ smoke: 200, quick: 8000, paper: 50_000 }, 'trials per sample size for S4'),
    bandwidthS2: factor('S2'),
    bandwidthS4: factor('S4'),
    skipRadius: number({
      description: 'test points farther than this from every mean of the law are skipped',
      min: 0,
      max: 1e3,
      default: 2,
    }),
    ...(split === undefined
      ? {}
      : {
          split: choice(SPLITS, { description: 'samples of each component: exactly half, or drawn', default: split }),
        }),
  };
}

type ScoreValues = Values<ReturnType<typeof settingsOf>>;

/** The settings of a cell. */
interface Place {
  readonly score: ScoreName;
  readonly n: number;
}

type PlaceSummary = CellSummary<Place>;

function cellsOf(values: ScoreValues): Cell<Place>[] {
  const { d, score: scores } = values;
  const least = Math.min(...values.n);
  if (least <= d) refuse('n', `at least d + 1 = ${d + 1}: fewer samples have a singular covariance`, least);
  return scores.flatMap((score) =>
    ascending(values.n).map((n) => ({ settings: { score, n }, trials: values[`trials${score}` as const] })),
  );
}

/**
 * Slopes of the log percentiles against log n, in the order of the percentiles; the mean of these slopes, and the
 * largest of them. All have bootstrap intervals.
 */
interface Slopes {
  readonly percentiles: readonly Estimate[];
  readonly mean: Estimate;
  readonly largest: Estimate;
}

/**
 * Least squares over all n, as in the paper. Cells are resampled independently of each other. All percentiles of a cell
 * come from the same resample.
 */
export function slopesOf(cells: readonly CellSummary<Pick<Place, 'n'>>[]): Slopes {
  const run = cells.filter(({ trials, replicates }) => trials > 0 && (replicates?.['percentiles'] ?? []).length > 0);
  const x = run.map(({ settings }) => Math.log(settings.n));
  const values = BAND_PERCENTILES.map((p) =>
    leastSquaresSlope(
      x,
      run.map(({ measures }) => Math.log(measures[`error${p}`].value)),
    ),
  );
  const replicates = run.map((cell) => cell.replicates?.['percentiles'] ?? new Float64Array(0));
  const count = (replicates[0]?.length ?? 0) / QUANTILES.length;
  const slopes = QUANTILES.map((_, q) =>
    Float64Array.from({ length: count }, (_unused, b) =>
      leastSquaresSlope(
        x,
        replicates.map((rows) => Math.log(rows[b * QUANTILES.length + q])),
      ),
    ),
  );
  const meanOf = (items: readonly number[]): number => items.reduce((sum, item) => sum + item, 0) / items.length;
  const at = (confidence: number): Estimate[] =>
    values.map((value, q) => percentileInterval(value, slopes[q], confidence));
  return {
    percentiles: at(currentLevel()),
    largest: largestOf(at(currentLevel()), at(jointConfidence(values.length))),
    mean: percentileInterval(
      meanOf(values),
      Float64Array.from({ length: count }, (_, b) => meanOf(slopes.map((own) => own[b]))),
    ),
  };
}

function ofScore(cells: readonly PlaceSummary[], score: ScoreName): PlaceSummary[] {
  return cells.filter(({ settings }) => settings.score === score);
}

/** The scores that have at least two sample sizes. One point has no slope. */
function scoresWithSlopes(values: ScoreValues): ScoreName[] {
  return ascending(values.n).length < 2 ? [] : [...values.score];
}

/** Exponent of the upper bound (13) with the smallest degree that Assumption 1 allows, p = m. */
function boundExponent(score: ScoreName, d: number): number {
  return -1 / (2 * SCORES[score] + 2 + d);
}

/** The slope of the median, the mean slope, or the largest slope of the five percentiles. */
function slopeOf(cells: readonly PlaceSummary[], which: 'median' | 'mean' | 'largest'): Estimate {
  const slopes = slopesOf(cells);
  return which === 'median' ? slopes.percentiles[BAND_PERCENTILES.indexOf(50)] : slopes[which];
}

function claimsOf(figure: ScoreFigure, cells: readonly PlaceSummary[], values: ScoreValues): StatedClaim[] {
  return scoresWithSlopes(values).flatMap((score) => scoreClaims(figure, score, ofScore(cells, score), values.d));
}

function scoreClaims(
  { law, bandwidth, published, source, split }: ScoreFigure,
  score: ScoreName,
  own: readonly PlaceSummary[],
  d: number,
): StatedClaim[] {
  const [order, wanted, bound] = [SCORES[score], published[score], boundExponent(score, d)];
  const near = { low: wanted - TOLERANCE, high: wanted + TOLERANCE };
  const settings = {
    d: 2,
    n: { all: SAMPLES },
    [`bandwidth${score}`]: bandwidth[score],
    skipRadius: 2,
    ...(split === undefined ? {} : { split }),
  };
  const only = { published: settings };
  return [
    stateClaim(
      {
        id: `slope-${score}`,
        source,
        only,
        statement: `the median error of Ŝ_${order} falls as n^a with the published a = ${wanted}, within ${TOLERANCE}`,
      },
      () => slopeOf(own, 'median'),
      near,
    ),
    stateClaim(
      {
        id: `mean-slope-${score}`,
        source,
        only,
        statement: `the slopes of the five percentiles of the error of Ŝ_${order} average to the published a = ${wanted}, within ${TOLERANCE}`,
      },
      () => slopeOf(own, 'mean'),
      near,
    ),
    stateClaim(
      {
        id: `decreases-${score}`,
        source,
        statement: `every percentile of the error of Ŝ_${order} decreases with n (the largest of the five slopes)`,
      },
      () => slopeOf(own, 'largest'),
      { low: -Infinity, high: 0 },
    ),
    consistency(law, score, source, own),
    stateClaim(
      {
        id: `faster-than-bound-${score}`,
        source,
        only,
        statement: `the median error of Ŝ_${order} falls faster than the bound of Remark 1 with p = m, exponent ${bound.toPrecision(3)}`,
      },
      () => slopeOf(own, 'median'),
      { low: -Infinity, high: bound },
    ),
  ];
}

/**
 * If log f has third and fourth derivatives, the fit of degree two omits a part of S_4. In this case the theory gives
 * the omitted part, and the claim is about it. Otherwise the fit omits nothing by construction, and the claim is that
 * the error of the samples still falls at the end of the grid.
 */
function consistency(law: InputLaw, score: ScoreName, source: string, own: readonly PlaceSummary[]): StatedClaim {
  const [id, order] = [`consistent-${score}`, SCORES[score]];
  if (law !== 'gaussian' && order > 2) {
    return stateClaim(
      {
        id,
        source,
        statement: `the estimate of S_${order} is consistent: what its second degree leaves out of the exact score has median 0 (theory, not the samples)`,
      },
      () => limitOf(own),
      { low: 0, high: 1e-9 },
    );
  }
  return stateClaim(
    {
      id,
      source,
      statement: `the estimate of S_${order} is consistent: at the end of the grid its median error still falls, the one at the largest n over the one before below 1`,
    },
    () => ratioOf(own[own.length - 1].measures['error50'], own[own.length - 2].measures['error50']),
    { low: 0, high: 1 },
  );
}

/** The median of the limit. It does not depend on n, and it is taken from the cell with the most samples. */
function limitOf(cells: readonly PlaceSummary[]): Estimate {
  return cells[cells.length - 1].measures['limit50'];
}

function settingText(values: ScoreValues, score: ScoreName): string {
  return `d = ${values.d}, h = ${values[`bandwidth${score}` as const]}·n^(−1/${values.d + 6})`;
}

function percentileFigure(
  figure: ScoreFigure,
  cells: readonly PlaceSummary[],
  values: ScoreValues,
  score: ScoreName,
): Figure {
  const own = ofScore(cells, score);
  const limit = limitOf(own);
  const hasLimit = limit.value > 0;
  return {
    name: `${figure.id}-${score.toLowerCase()}`,
    title: `Error of the estimated ${score} against the sample size, ${figure.lawText}`,
    caption: `Percentiles of ${ERRORS[score]}, at one fresh point for each of ${trialCounts(own)} trials per point; points farther than ${values.skipRadius} from every mean are left out. ${settingText(values, score)}. Bars: 95 % order-statistic intervals. Dashed: the published slope ${figure.published[score]}${hasLimit ? `, and the median of what is left for n → ∞, ${limit.value.toPrecision(2)}` : ''}.`,
    ...cellRows(own, ({ settings, trials, measures }) =>
      BAND_PERCENTILES.map((p) => ({
        n: settings.n,
        percentile: p,
        trials,
        error: measures[`error${p}`].value,
        low: measures[`error${p}`].low,
        high: measures[`error${p}`].high,
      })),
    ),
    spec: lineWithBars({
      x: 'n',
      y: 'error',
      low: 'low',
      high: 'high',
      colour: 'percentile',
      colourTitle: 'percentile',
      xTitle: 'sample size n',
      yTitle: ERRORS[score],
      xLog: true,
      yLog: true,
      guideSlope: figure.published[score],
      ...(hasLimit ? { yReference: [limit.value] } : {}),
    }),
  };
}

function slopeFigure(figure: ScoreFigure, cells: readonly PlaceSummary[], values: ScoreValues): Figure {
  const scores = scoresWithSlopes(values);
  return {
    name: `${figure.id}-slopes`,
    title: `Slopes of the percentiles in log n, ${figure.lawText}`,
    caption: `Least-squares slopes of log error against log n, by percentile. Bars: 95 % bootstrap intervals. Dashed: the published slopes, ${scores.map((score) => `${score} ${figure.published[score]}`).join(', ')}.`,
    rows: scores.flatMap((score) =>
      slopesOf(ofScore(cells, score)).percentiles.map(({ value, low, high }, i) => ({
        score,
        percentile: BAND_PERCENTILES[i],
        slope: value,
        low,
        high,
      })),
    ),
    spec: lineWithBars({
      x: 'percentile',
      y: 'slope',
      low: 'low',
      high: 'high',
      colour: 'score',
      colourTitle: 'score',
      xTitle: 'percentile',
      yTitle: 'slope of log error',
      yReference: scores.map((score) => figure.published[score]),
    }),
  };
}

/** Figure 1 or Figure 2 as an experiment. */
export function scoreErrorExperiment(figure: ScoreFigure): Experiment {
  return defineExperiment({
    id: figure.id,
    version: 1,
    paper: 'gao2018',
    source: figure.source,
    title: `Error of the score functions estimated by LLSFE against the sample size, ${figure.lawText}`,
    settings: settingsOf(figure),
    openChoices: figure.openChoices,
    cells: cellsOf,
    cost: scoreTrialCost,
    shares: () => false,
    trial: (context) => scoreTrial(context, figure.law),
    measures: MEASURES,
    replicates: [
      { name: 'percentiles', of: 'error', replicates: (values, seed) => boundedQuantiles(values, QUANTILES, seed) },
    ],
    claims: (cells, values) => claimsOf(figure, cells, values),
    figures: (cells, values) => [
      ...values.score.map((score) => () => percentileFigure(figure, cells, values, score)),
      ...(scoresWithSlopes(values).length === 0 ? [] : [() => slopeFigure(figure, cells, values)]),
    ],
  });
}

/** The choices that both figures leave open. */
export const SHARED_CHOICES: readonly string[] = [
  'Bandwidths (not given): h = c·n^(−1/(d+6)) with the factors of the authors’ script, one for each score and law.',
  'Where the error is measured (not given): at one fresh point per trial, from the law of x, as in the authors’ script.',
  'Points farther than 2 from every mean of the law are skipped, as in the authors’ script; the paper does not say so. They are counted, not redrawn.',
  '“Average slope” (not defined): judged for the median, and for the average over the five percentiles.',
];
