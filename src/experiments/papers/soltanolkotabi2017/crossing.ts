/**
 * The statements of Figures 2 and 3 on success rates against a width or a dimension: the point at which the rate
 * crosses 1/2, and the point from which on all W* succeed.
 */
import { logisticCrossing } from '../../../statistics/crossing.js';
import { UNKNOWN, type Estimate } from '../../../statistics/estimate.js';
import { binomialRate } from '../../../statistics/rates.js';
import { ascending } from '../../common/ascending.js';
import { stateClaim } from '../../claims.js';
import { trialCounts } from '../../common/counts.js';
import { lineWithBars, pointsWithFit } from '../../plots.js';
import type { CellSummary, Figure, PublishedSettings, StatedClaim } from '../../spec.js';
import type { SizeCell } from './problem.js';

/** The setting that varies, and the printed results of the paper. */
export interface Published<Axis extends 'K' | 'd' = 'K' | 'd'> {
  readonly axis: Axis;
  readonly crossing: number;
  /** half a unit of the last printed digit of `crossing` */
  readonly rounding: number;
  /** from this value on, the paper found that every single minimum is global */
  readonly allFrom?: number;
  readonly source: string;
  /** the printed values of the other settings */
  readonly settings: PublishedSettings;
}

/**
 * The largest distance from the published crossing at which a crossing still agrees with it: the step of the grid there
 * plus the rounding of the printed value. (The paper has ten W* for each point, so the paper's own value is less
 * certain than this.)
 */
export function crossingTolerance({ crossing, rounding }: Published, values: readonly number[]): number {
  const grid = ascending(values);
  const [below, above] = [grid.filter((x) => x <= crossing), grid.filter((x) => x > crossing)];
  const step = below.length === 0 || above.length === 0 ? 1 : above[0] - below[below.length - 1];
  return step + rounding;
}

/** Counting cannot prove that all W* succeed. The claim requires that the rate is certainly at least this. */
const ALL = 0.9;

/**
 * The verdicts that are compared with the paper. The first uses the loss that descent reached. The second uses the
 * polish from there, which hardly depends on the cap once descent has converged. The third uses the polish for each
 * single start; its interval treats the starts of one W* as completely dependent.
 */
const VERDICTS = [
  {
    id: 'descent',
    measure: 'descentRate6',
    name: 'descent, all starts',
    words: 'descent reaches 1e-6 L(W0) from every start',
  },
  {
    id: 'polished',
    measure: 'polishedRate',
    name: 'polish, all starts',
    words: 'the polish finds a global minimum from every start',
  },
  {
    id: 'starts',
    measure: 'globalStarts',
    name: 'polish, each start',
    words: 'the polish finds a global minimum from one start',
  },
] as const;

/**
 * The number of W* that succeed. For a share of starts it is the sum of the shares, so that one W* with all its starts
 * counts as one trial.
 */
function successes({ measures, trials }: CellSummary<unknown>, measure: string): number {
  const { value } = measures[measure];
  return trials === 0 || Number.isNaN(value) ? 0 : value * trials;
}

/** Logistic regression of the success rate on the axis itself, as in the paper. NaN if the rate does not rise. */
export function halfCrossing<Axis extends 'K' | 'd'>(
  cells: readonly CellSummary<Readonly<Record<Axis, number>>>[],
  axis: Axis,
  measure: string,
): { crossing: Estimate; slope: number } {
  const run = cells.filter(({ trials }) => trials > 0);
  const fit = logisticCrossing(
    run.map(({ settings }) => settings[axis]),
    run.map((cell) => successes(cell, measure)),
    run.map(({ trials }) => trials),
  );
  return fit.slope > 0 ? fit : { crossing: UNKNOWN, slope: Number.NaN };
}

function pooled(cells: readonly CellSummary<SizeCell>[], measure: string): Estimate {
  return binomialRate(
    cells.reduce((sum, cell) => sum + successes(cell, measure), 0),
    cells.reduce((sum, { trials }) => sum + trials, 0),
  );
}

export function crossingClaims(
  cells: readonly CellSummary<SizeCell>[],
  grid: readonly number[],
  published: Published,
): StatedClaim[] {
  const { axis, crossing, allFrom, source } = published;
  const tolerance = crossingTolerance(published, grid);
  const about = { source, only: { published: published.settings } };
  return VERDICTS.flatMap(({ id, measure, words }) => [
    stateClaim(
      {
        ...about,
        id: `half-${id}`,
        statement: `the rate at which ${words} crosses 1/2 at ${axis} = ${crossing} ± ${tolerance}`,
      },
      () => halfCrossing(cells, axis, measure).crossing,
      { low: crossing - tolerance, high: crossing + tolerance },
    ),
    ...(allFrom === undefined || id === 'starts'
      ? []
      : [
          stateClaim(
            { ...about, id: `all-${id}`, statement: `for ${axis} ≥ ${allFrom} ${words}: rate at least ${ALL}` },
            () =>
              pooled(
                cells.filter(({ settings }) => settings[axis] >= allFrom),
                measure,
              ),
            { low: ALL, high: 1 },
          ),
        ]),
  ]);
}

/** Points of the logistic curve between the ends of the grid. */
const CURVE_POINTS = 121;

function logisticRows(
  cells: readonly CellSummary<SizeCell>[],
  axis: 'K' | 'd',
  measure: string,
  verdict: string,
): Record<string, number | string>[] {
  const { crossing, slope } = halfCrossing(cells, axis, measure);
  if (!Number.isFinite(crossing.value)) return [];
  const xs = cells.map(({ settings }) => settings[axis]);
  const [first, last] = [Math.min(...xs), Math.max(...xs)];
  return Array.from({ length: CURVE_POINTS }, (_, i) => {
    const x = first + ((last - first) * i) / (CURVE_POINTS - 1);
    const logit = x === crossing.value ? 0 : slope * (x - crossing.value);
    return { kind: 'fit', [axis]: x, verdict, rate: 1 / (1 + Math.exp(-logit)) };
  });
}

/** The values about the runs that the captions state. */
export interface CrossingValues {
  readonly n: number;
  readonly starts: number;
  readonly iterations: number;
}

/** Name and title of a picture. `fixed` is the size that does not vary, e.g. `d = 10`. */
interface Named {
  readonly id: string;
  readonly title: string;
  readonly fixed: string;
}

export function crossingFigure(
  { id, title, fixed }: Named,
  cells: readonly CellSummary<SizeCell>[],
  values: CrossingValues,
  { axis, crossing }: Published,
): Figure {
  const axisName = axis === 'K' ? 'hidden units k' : 'input dimension d';
  const points = VERDICTS.flatMap(({ measure, name }) =>
    cells.map(({ settings, trials, measures }) => ({
      kind: 'point',
      [axis]: settings[axis],
      verdict: name,
      trials,
      rate: measures[measure].value,
      low: measures[measure].low,
      high: measures[measure].high,
    })),
  );
  const fits = VERDICTS.flatMap(({ measure, name }) => logisticRows(cells, axis, measure, name));
  return {
    name: id,
    title,
    caption:
      `Share of W* for which all ${values.starts} starts end at a global minimum, by the loss after at most ${values.iterations} iterations (1e-6 of the first) and by the polish; and the mean share of starts; ` +
      `${fixed}, n = ${values.n}, ${trialCounts(cells)} W* per point. Bars: 95 % Blaker intervals, for the share of starts 95 % intervals of the mean. Curves: maximum-likelihood logistic fits. Dashed: rate 1/2, and the paper’s crossing at ${crossing}.`,
    rows: [...points, ...fits],
    spec: pointsWithFit(
      {
        x: axis,
        y: 'rate',
        low: 'low',
        high: 'high',
        colour: 'verdict',
        colourTitle: 'global minimum',
        xTitle: axisName,
        yTitle: 'share at global minima',
        yDomain: [0, 1],
        xReference: [crossing],
        yReference: [0.5],
      },
      fits.length > 0,
    ),
  };
}

/** How the starts ended: the outcome classes, each counted separately. */
export function outcomeFigure(
  id: string,
  cells: readonly CellSummary<SizeCell>[],
  values: { readonly certificates: number },
  { axis }: Published,
): Figure {
  const classes = {
    globalStarts: 'global minimum',
    spuriousStarts: 'spurious minimum',
    saddleStarts: 'saddle',
    unfinishedStarts: 'no certificate',
  };
  const series = {
    x: axis,
    y: 'share',
    low: 'low',
    high: 'high',
    colour: 'outcome',
    colourTitle: 'outcome',
    xTitle: axis === 'K' ? 'hidden units k' : 'input dimension d',
    yTitle: 'share of starts',
    yDomain: [0, 1],
  } as const;
  return {
    name: `${id}-outcomes`,
    title: 'Where the starts end after the polish',
    caption: `Mean share of starts by outcome after Levenberg–Marquardt; Newton steps for the first ${values.certificates} of each W* that are no global minimum, the others stay without a certificate unless they are stationary; ${trialCounts(cells)} W* per point. Bars: 95 % intervals over W*.`,
    rows: Object.entries(classes).flatMap(([measure, outcome]) =>
      cells.map(({ settings, measures }) => ({
        [axis]: settings[axis],
        outcome,
        share: measures[measure].value,
        low: measures[measure].low,
        high: measures[measure].high,
      })),
    ),
    spec: lineWithBars(series),
  };
}
