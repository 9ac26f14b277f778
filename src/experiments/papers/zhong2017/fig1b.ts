import { quantities } from '../../../theory/quantities.js';
import { parseActivation } from '../../../core/networks/activations.js';
import { codedFactor } from '../../../core/tensor/magnitudes.js';
import { median, positiveMean } from '../../../statistics/means.js';
import { rate } from '../../../statistics/rates.js';
import { powerLawExponent } from '../../../statistics/regression.js';
import { equalValueExponent, type GridValue } from '../../../statistics/scaling.js';
import { stateClaim } from '../../claims.js';
import { trialCounts } from '../../common/counts.js';
import { heatMap, lineWithBars, tile, tileEdges } from '../../plots.js';
import type { FigureMaker, FigureRow, StatedClaim, TrialContext, TrialOutcome } from '../../spec.js';
import type { Values } from '../../../settings/types.js';
import { ascending } from '../../common/ascending.js';
import * as common from '../../common/settings.js';
import { defineExperiment } from '../../define.js';
import type { SampleCell } from '../../common/sampleGrid.js';
import { successesOf } from '../../common/pooled.js';
import {
  drawInitialized,
  initializationCost,
  REGIME_CHOICE,
  SECTION_7,
  weightError,
  ZHONG2017_CHOICES,
  ZHONG2017_PROBLEM,
  ZHONG2017_REGIME,
  zhong2017Cells,
  zhong2017Context,
  type Zhong2017Settings,
} from './problem.js';

const SETTINGS = {
  ...ZHONG2017_PROBLEM,
  d: common.dimensions({ smoke: [6, 12], quick: [10, 20, 40], paper: [10, 20, 30, 40, 50] }),
  n: common.samples({
    smoke: [2000, 8000],
    quick: [10000, 20000, 40000, 80000],
    paper: [10000, 20000, 30000, 40000, 50000, 60000, 70000, 80000, 90000, 100000],
  }),
  regime: ZHONG2017_REGIME,
  trials: common.trials({ smoke: 6, quick: 8, paper: 10 }, 'trials per cell'),
};

const SOURCE = 'zhong2017, Section 7, Figure 1(b)';

function runTrial(trial: TrialContext<Zhong2017Settings>): TrialOutcome {
  const context = zhong2017Context(trial);
  const drawn = drawInitialized(context);
  const { weights } = drawn.initial;
  const factor = factorAsCoded(context.settings);
  return {
    status: 'ok',
    measures: {
      initializationError: weightError(weights, drawn),
      codedError: weightError(
        weights.map((w) => factor * w),
        drawn,
      ),
      signsRight: drawn.signsRight ? 1 : 0,
    },
  };
}

/**
 * The factor that converts the W_0 of the trial into that of the authors' code. It is NaN if their formula has no
 * meaning.
 */
function factorAsCoded({ magnitudes, activation: name }: Pick<Zhong2017Settings, 'magnitudes' | 'activation'>): number {
  if (magnitudes === 'as-coded') return 1;
  const activation = parseActivation(name);
  return activation.kind === 'squared-relu'
    ? codedFactor(activation, (sigma) => quantities(activation, sigma).m)
    : Number.NaN;
}

function proportionClaim(id: string, statement: string, points: readonly GridValue[]): StatedClaim[] {
  if (new Set(points.map(({ d }) => d)).size < 2) return [];
  return [
    stateClaim(
      {
        id,
        source: SOURCE,
        only: { published: SECTION_7 },
        statement: `${statement}: exponent a of n ∝ d^a at equal median error within 1 ± 0.25`,
      },
      () => equalValueExponent(points),
      { low: 0.75, high: 1.25 },
    ),
  ];
}

function claims(cells: readonly SampleCell[], values: Values<typeof SETTINGS>): StatedClaim[] {
  const points = cells.map(({ settings, measures }) => ({
    d: settings.d,
    n: settings.n,
    estimate: measures['medianError'],
  }));
  const smallest = values.regime * values.K;
  const falls = ascending(values.d).map((d) =>
    stateClaim(
      {
        id: `falls-d=${d}`,
        source: SOURCE,
        only: { published: SECTION_7 },
        statement: `d = ${d}: the more samples, the better the initialization: exponent of the median error in n below 0`,
      },
      () => powerLawExponent(points.filter((point) => point.d === d).map(({ n, estimate }) => ({ x: n, estimate }))),
      { low: -Infinity, high: 0 },
    ),
  );
  return [
    ...falls,
    ...proportionClaim('equal-error-exponent', 'the sample size for a given error is about proportional to d', points),
    ...proportionClaim(
      'equal-error-exponent-regime',
      `the sample size for a given error is about proportional to d for d ≥ ${smallest}`,
      points.filter(({ d }) => d >= smallest),
    ),
  ];
}

interface Map {
  readonly name: string;
  readonly title: string;
  readonly what: string;
  readonly measure: string;
  /** whether a cell with a wrong v in any trial is marked and shows no error, as in the paper */
  readonly marked: boolean;
}

const MAPS: readonly Map[] = [
  {
    name: 'zhong2017-fig1b',
    title: 'Error of the tensor initialization over dimension and sample size',
    measure: 'initializationError',
    marked: true,
    what: 'Mean over trials of min_π max_j ‖w*_j − w_π(j)‖/‖w*_j‖. Black with a cross, as in the paper: v_0 is wrong in at least one trial',
  },
  {
    name: 'zhong2017-fig1b-averaged',
    title: 'The same, averaged over every trial',
    measure: 'initializationError',
    marked: false,
    what: 'Mean over all trials of min_π max_j ‖w*_j − w_π(j)‖/‖w*_j‖, whatever v_0: one wrong v does not hide a cell',
  },
];

function figures(cells: readonly SampleCell[], values: Values<typeof SETTINGS>): FigureMaker[] {
  const counts = `k = ${values.K}, ${values.activation}, ${values.magnitudes} magnitudes, ${trialCounts(cells)} trials per cell`;
  const maps = MAPS.map(({ name, title, what, measure, marked }): FigureMaker => () => {
    const rows = tiles(cells, values, measure, marked);
    const crosses = rows.some(({ wrong }) => wrong === 1) ? { marked: 'wrong' } : {};
    return {
      name,
      title,
      rows,
      caption: `${what}; ${counts}.`,
      spec: heatMap({
        xTitle: 'input dimension d',
        yTitle: 'sample size n',
        value: 'error',
        valueTitle: 'error',
        large: 'dark',
        log: true,
        ...crosses,
      }),
    };
  });
  const lines = cells.flatMap(({ settings, measures }) =>
    [
      { name: 'inverted', estimate: measures['medianError'] },
      { name: 'as coded', estimate: measures['codedError'] },
    ].map(({ name, estimate: { value, low, high } }) => ({
      d: settings.d,
      n: settings.n,
      magnitudes: name,
      error: value,
      low,
      high,
    })),
  );
  const first = ascending(values.d)[0];
  return [
    ...maps,
    () => ({
      name: 'zhong2017-fig1b-coded',
      title: 'What the formula in the code behind the figure costs',
      caption: `Median error at d = ${first} with magnitudes by inverting m_1 and as coded, √|z|/c; ${counts}. Bars: 95 % intervals of the median. Dashed: slope −1/2.`,
      rows: lines.filter(({ d }) => d === first),
      spec: lineWithBars({
        x: 'n',
        y: 'error',
        low: 'low',
        high: 'high',
        colour: 'magnitudes',
        colourTitle: 'magnitudes',
        xTitle: 'sample size n',
        yTitle: 'median error',
        xLog: true,
        yLog: true,
        guideSlope: -0.5,
      }),
    }),
  ];
}

function tiles(
  cells: readonly SampleCell[],
  values: Values<typeof SETTINGS>,
  measure: string,
  marked: boolean,
): FigureRow[] {
  const [acrossD, acrossN] = [tileEdges(ascending(values.d)), tileEdges(ascending(values.n))];
  return cells.map((cell) => {
    const [d, n] = [cell.settings.d, cell.settings.n];
    const wrong = marked && cell.trials > 0 && successesOf(cell, 'signsRate') < cell.trials;
    const { value, low, high } = cell.measures[measure];
    return {
      d,
      n,
      trials: cell.trials,
      error: wrong ? null : value,
      low,
      high,
      wrong: wrong ? 1 : 0,
      ...tile(acrossD(d), acrossN(n)),
    };
  });
}

/** zhong2017, Figure 1(b): the distance of the tensor initialization from W*, over d and n. */
export const zhong2017Fig1b = defineExperiment({
  id: 'zhong2017-fig1b',
  version: 1,
  paper: 'zhong2017',
  source: SOURCE,
  title: 'Error of the tensor initialization over dimension and sample size',
  settings: SETTINGS,
  openChoices: [
    ...ZHONG2017_CHOICES,
    REGIME_CHOICE,
    'Dimensions and sample sizes (axes not given in the text): those of the authors’ script.',
  ],
  cells: zhong2017Cells,
  cost: initializationCost,
  trial: runTrial,
  draw: (context) => drawInitialized(zhong2017Context(context)),
  measures: [
    {
      name: 'initializationError',
      of: 'initializationError',
      description: 'mean of the largest relative error of a neuron of W_0',
      estimate: positiveMean,
    },
    { name: 'medianError', of: 'initializationError', description: 'its median', estimate: median },
    {
      name: 'codedError',
      of: 'codedError',
      description: 'median of the error with magnitudes as in the authors’ code',
      estimate: median,
    },
    {
      name: 'signsRate',
      of: 'signsRight',
      description: 'share of trials whose v_0 is v* up to order',
      estimate: rate,
      whenFailed: 0,
    },
  ],
  claims,
  figures,
});
