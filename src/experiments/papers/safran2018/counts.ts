/** Counts of non-global ends of descents on the population risk, for students with k + extra rows. */
import type { PerScale } from '../../../settings/scale.js';
import type { Estimate } from '../../../statistics/estimate.js';
import { mean, meanShare, median } from '../../../statistics/means.js';
import { rateDifference } from '../../../statistics/rates.js';
import { stateClaim } from '../../claims.js';
import { ascending } from '../../common/ascending.js';
import { trialCounts } from '../../common/counts.js';
import { defineExperiment } from '../../define.js';
import { lineWithBars } from '../../plots.js';
import type { Cell, CellSummary, Experiment, FigureMaker, Measure, StatedClaim } from '../../spec.js';
import { publishedShare, PUBLISHED_STARTS, shareOfStarts, toleranceOf } from './published.js';
import { settingsOf, type CountsTrial, type CountsValues, type Place } from './settings.js';
import { countedEnds, trialCost } from './countsTrial.js';

/** What the two experiments differ in. */
export interface CountsSpec {
  readonly id: string;
  readonly source: string;
  readonly title: string;
  /** rows of the student beyond those of the teacher */
  readonly extra: number;
  readonly sizes: PerScale<number[]>;
  /** of 1000 starts, the number that ended at no global minimum, by k */
  readonly published: ReadonlyMap<number, number>;
}

function claims(
  { source, published, extra }: CountsSpec,
  all: readonly CellSummary<Place>[],
  { starts }: CountsValues,
): StatedClaim[] {
  const counted = all.flatMap((cell) => {
    const { k } = cell.settings;
    const count = published.get(k);
    if (count === undefined) return [];
    const tolerance = toleranceOf(count);
    return stateClaim(
      {
        id: `count-k=${k}`,
        source,
        statement: `k = ${k}, n = ${k + extra}: the share of starts that end at no global minimum is the published ${count} of ${PUBLISHED_STARTS}: difference within ± ${tolerance}`,
      },
      () => rateDifference(shareOfStarts(cell, 'nonGlobalShare', starts), publishedShare(count)),
      { low: -tolerance, high: tolerance },
    );
  });
  const last = all.slice(-1);
  const ends = last.flatMap((cell) => [
    stateClaim(
      {
        id: 'certified',
        source: 'safran2018, Theorem 1 (local minima, not slow descents)',
        statement: `k = ${cell.settings.k}: ends that are not global are minima: gradient at most the tolerance and λ_min > 0, for at least 0.95 of them`,
      },
      () => cell.measures['certifiedShare'],
      { low: 0.95, high: 1 },
    ),
    stateClaim(
      {
        id: 'finished',
        source: 'safran2018, Theorem 1 (every start is counted)',
        statement: `k = ${cell.settings.k}: at most 0.05 of the starts are unfinished`,
      },
      () => shareOfStarts(cell, 'unfinishedShare', starts),
      { low: 0, high: 0.05 },
    ),
  ]);
  return [...counted, ...ends];
}

function figures(spec: CountsSpec, all: readonly CellSummary<Place>[], values: CountsValues): FigureMaker[] {
  const starts = `${values.starts} starts in each of ${trialCounts(all)} trials per k`;
  return [
    () => ({
      name: spec.id,
      title: 'Starts that end at no global minimum',
      caption: `Share of starts whose descent on the population risk ends at a minimum that is not global; n = k${spec.extra === 0 ? '' : ` + ${spec.extra}`}, ${starts}. Published: counts of ${PUBLISHED_STARTS} starts. Bars: 95 % Blaker intervals.`,
      rows: all.flatMap((cell) => {
        const { trials } = cell;
        const { k } = cell.settings;
        const count = spec.published.get(k);
        const theirs = count === undefined ? undefined : publishedShare(count);
        const row = (line: string, { value, low, high }: Estimate) => ({ line, k, trials, share: value, low, high });
        return [
          row('basin', shareOfStarts(cell, 'nonGlobalShare', values.starts)),
          ...(theirs === undefined ? [] : [row('published', theirs)]),
        ];
      }),
      spec: lineWithBars({
        x: 'k',
        y: 'share',
        low: 'low',
        high: 'high',
        xTitle: 'rows k of the teacher',
        yTitle: 'share of starts',
        colour: 'line',
        colourTitle: 'source',
      }),
    }),
  ];
}

const MEASURES: readonly Measure[] = [
  {
    name: 'nonGlobalShare',
    of: 'nonGlobal',
    description: 'mean share of starts that end at no global minimum',
    estimate: meanShare,
  },
  {
    name: 'unfinishedShare',
    of: 'unfinished',
    description: 'mean share of starts that the cap on iterations ended',
    estimate: meanShare,
  },
  {
    name: 'certifiedShare',
    of: 'certified',
    description: 'mean share of the ends that are not global with λ_min > 0',
    estimate: meanShare,
  },
  {
    name: 'lowestLoss',
    of: 'lowest',
    description: 'median over trials of the lowest loss of an end that is not global',
    estimate: median,
  },
  {
    name: 'globalLoss',
    of: 'worstGlobal',
    description: 'median over trials of the largest loss of an end that counts as global',
    estimate: median,
  },
  { name: 'meanIterations', of: 'iterations', description: 'mean number of iterations', estimate: mean },
];

/** An experiment of Safran and Shamir's table for students with k + extra rows. */
export function countsExperiment(spec: CountsSpec): Experiment {
  const settings = settingsOf(spec.sizes);
  return defineExperiment({
    id: spec.id,
    version: 1,
    paper: 'safran2018',
    source: spec.source,
    title: spec.title,
    settings,
    openChoices: [
      'Teacher: the rows of I. Gaussian inputs have no preferred axes, so every orthonormal teacher gives the same law of ends.',
      'Stop: the norm of the whole gradient at most 1e-9; the paper asks it of each neuron.',
      'Global: a risk of at most 1e-4. The largest such risk and the lowest other one, two columns of the table, show the gap.',
    ],
    cells: ({ k: sizes, trials }): Cell<Place>[] => ascending(sizes).map((k) => ({ settings: { k }, trials })),
    cost: (trial: CountsTrial) => trialCost(trial, spec.extra),
    trial: (context) => countedEnds(context, spec.extra),
    measures: MEASURES,
    claims: (all, values) => claims(spec, all, values),
    figures: (all, values) => figures(spec, all, values),
  });
}
