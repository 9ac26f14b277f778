import { logisticCrossing } from '../../../statistics/crossing.js';
import { exponential, type Estimate } from '../../../statistics/estimate.js';
import { trialCounts } from '../../common/counts.js';
import { ascending } from '../../common/ascending.js';
import { lineWithBars } from '../../plots.js';
import type { Figure, FigureMaker, FigureRow } from '../../spec.js';
import type { BallCell, BallValues } from './thm1Settings.js';

const POINTS = [
  ['Centre', 'at W*'],
  ['Random', 'random points'],
  ['Adversarial', 'searched'],
  ['Fresh', 'searched, fresh samples'],
] as const;
const BARS = { low: 'low', high: 'high', y: 'value' } as const;
const SAMPLES = { x: 'n', xTitle: 'sample size n', xLog: true } as const;

function row({ settings, trials }: BallCell, { value, low, high }: Estimate, more: FigureRow = {}): FigureRow {
  return { K: settings.K, n: settings.n, radius: settings.radius, ...more, trials, value, low, high };
}

function counts(cells: readonly BallCell[], values: BallValues): string {
  return `d = ${values.d}, ${trialCounts(cells)} training sets per point`;
}

/** One figure per radius: λ_min against n at the four kinds of points. */
function eigenvalueFigures(main: readonly BallCell[], values: BallValues): FigureMaker[] {
  return ascending(values.radius).map((radius) => () => ({
    name: `fu2018-thm1-lambda-min-r${String(radius).replace('.', '-')}`,
    title: `Smallest Hessian eigenvalue in the ball of radius ${radius}‖W*‖_F`,
    caption: `Mean of λ_min(∇²f_n) at W*, least of ${values.points} random points of the ball, at the least curved point that ${values.restarts} searches find, and at that point on a fresh training set; K = ${values.K}, ${counts(main, values)}. Bars: 95 % intervals. Dashed: zero.`,
    rows: main
      .filter(({ settings }) => settings.radius === radius)
      .flatMap((cell) => POINTS.map(([where, point]) => row(cell, cell.measures[`lambdaMin${where}`], { point }))),
    spec: lineWithBars({
      ...BARS,
      ...SAMPLES,
      yTitle: 'λ_min of ∇²fₙ',
      colour: 'point',
      colourTitle: 'point',
      yReference: [0],
    }),
  }));
}

function positiveFigure(main: readonly BallCell[], values: BallValues): Figure {
  return {
    name: 'fu2018-thm1-positive',
    title: 'Share of training sets whose Hessian stays positive definite in the ball',
    caption: `Share of training sets with λ_min(∇²f_n) > 0 at the least curved point found, by radius over ‖W*‖_F; K = ${values.K}, ${counts(main, values)}. Bars: 95 % Blaker intervals.`,
    rows: main.map((cell) => row(cell, cell.measures['positiveAdversarial'])),
    spec: lineWithBars({
      ...BARS,
      ...SAMPLES,
      yTitle: 'share positive definite',
      colour: 'radius',
      colourTitle: 'r/‖W*‖_F',
      yDomain: [0, 1],
    }),
  };
}

/**
 * The n at which half of the training sets have a positive definite Hessian at one kind of point, by logistic
 * regression on log n.
 */
function turningPoint(cells: readonly BallCell[], where: string): Estimate {
  const run = cells.filter(({ trials }) => trials > 0);
  const { crossing } = logisticCrossing(
    run.map(({ settings }) => Math.log(settings.n)),
    run.map(({ measures, trials }) => Math.round(measures[`positive${where}`].value * trials)),
    run.map(({ trials }) => trials),
  );
  return exponential(crossing);
}

function turningFigure(main: readonly BallCell[], values: BallValues): Figure {
  const rows = ascending(values.radius).flatMap((radius) => {
    const own = main.filter(({ settings }) => settings.radius === radius);
    return POINTS.map(([where, point]) => ({ radius, point, ...turningPoint(own, where) }));
  });
  const [first, last] = [Math.min(...values.n), Math.max(...values.n)];
  return {
    name: 'fu2018-thm1-turn',
    title: 'Sample size at which the Hessian turns positive definite',
    caption: `n at which half of the training sets have λ_min(∇²f_n) > 0, by maximum-likelihood logistic regression on log n; a radius without a point does not cross half on the grid of n; K = ${values.K}, ${counts(main, values)}. Bars: 95 % profile-likelihood intervals.`,
    // A crossing at the first or last n is the exponential of a logarithm, so it may differ from n by rounding.
    rows: rows.filter(({ value }) => value >= 0.999 * first && value <= 1.001 * last),
    spec: lineWithBars({
      ...BARS,
      x: 'radius',
      xTitle: 'radius of the ball, over ‖W*‖_F',
      xLog: true,
      yTitle: 'n at 50 % positive definite',
      yLog: true,
      colour: 'point',
      colourTitle: 'point',
    }),
  };
}

function neuronsFigure(cells: readonly BallCell[], values: BallValues): Figure {
  const radius = Math.min(...values.radius);
  return {
    name: 'fu2018-thm1-lambda-max',
    title: 'Largest Hessian eigenvalue against the number of neurons',
    caption: `Mean of the largest λ_max(∇²f_n) seen in the ball of radius ${radius}‖W*‖_F; ${counts(cells, values)}. Bars: 95 % intervals. Dashed: slope −1.`,
    rows: cells
      .filter(({ settings }) => settings.radius === radius && values.sweepSamples.includes(settings.n))
      .map((cell) => row(cell, cell.measures['lambdaMax'])),
    spec: lineWithBars({
      ...BARS,
      x: 'K',
      xTitle: 'neurons K',
      xLog: true,
      yTitle: 'λ_max of ∇²fₙ',
      yLog: true,
      colour: 'n',
      colourTitle: 'n',
      guideSlope: -1,
    }),
  };
}

function concentrationFigure(main: readonly BallCell[], values: BallValues): Figure {
  const radius = Math.min(...values.radius);
  return {
    name: 'fu2018-thm1-concentration',
    title: 'Distance of the empirical Hessian from the population’s',
    caption: `Mean of ‖∇²f_n(W*) − ∇²f_n′(W*)‖/√2 for pairs of training sets; K = ${values.K}, ${counts(main, values)}. Bars: 95 % intervals. Dashed: slope −1/2.`,
    rows: main
      .filter(({ settings }) => settings.radius === radius)
      .map((cell) => row(cell, cell.measures['hessianDeviation'])),
    spec: lineWithBars({ ...BARS, ...SAMPLES, yTitle: 'spectral norm', yLog: true, guideSlope: -0.5 }),
  };
}

/**
 * Figures of λ_min for each radius, of the share of positive definite Hessians and its crossing, of λ_max against K,
 * and of concentration against n.
 */
export function figures(cells: readonly BallCell[], values: BallValues): FigureMaker[] {
  const main = cells.filter(({ settings }) => settings.K === values.K && values.n.includes(settings.n));
  return [
    ...eigenvalueFigures(main, values),
    () => positiveFigure(main, values),
    () => turningFigure(main, values),
    () => neuronsFigure(cells, values),
    () => concentrationFigure(main, values),
  ];
}
