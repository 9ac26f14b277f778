import { cellRows } from '../../common/cellRows.js';
import { exact, type Estimate, type Noted } from '../../../statistics/estimate.js';
import { median } from '../../../statistics/means.js';
import { ratioOf } from '../../../statistics/ratio.js';
import { rate } from '../../../statistics/rates.js';
import { powerLawExponent } from '../../../statistics/regression.js';
import { stateClaim } from '../../claims.js';
import { trialCounts } from '../../common/counts.js';
import { plantedCost, type PlantedSize } from '../../common/planted.js';
import { ascending } from '../../common/ascending.js';
import * as common from '../../common/settings.js';
import { defineExperiment } from '../../define.js';
import { lineWithBars } from '../../plots.js';
import { sampleGrid, type SamplePoint } from '../../common/sampleGrid.js';
import type { Cell, CellSummary, Figure, Measure, StatedClaim } from '../../spec.js';
import { number } from '../../../settings/declare.js';
import type { Values } from '../../../settings/types.js';
import { initializationTrial, initializedProblem } from './alg2Trial.js';

const SOURCE = 'fu2018, Algorithm 2 and Theorem 3';

const MODES = ['unfold', 'faithful'] as const;
/** The range of tanh is not contained in [0, 1]. Its classification labels are ±1 with mean f*(x). */
const PROBLEMS = [
  { activation: 'sigmoid', labels: 'regression' },
  { activation: 'sigmoid', labels: 'classification' },
  { activation: 'tanh', labels: 'regression' },
  { activation: 'tanh', labels: 'sign-classification' },
] as const;

const SETTINGS = {
  K: common.planted.K,
  teacher: common.planted.teacher,
  teacherScale: common.planted.teacherScale,
  stepFactor: common.descent.stepFactor,
  tolerance: common.descent.tolerance,
  d: common.dimensions({ smoke: [5], quick: [10], paper: [10, 20] }, { max: 200 }),
  n: common.samplesOrAuto({
    smoke: [1000, 8000],
    quick: [4000, 16000, 64000],
    paper: [1000, 4000, 16000, 64000, 256000],
  }),
  perDimension: common.perDimension([500, 1000, 2000]),
  trials: common.trials({ smoke: 6, quick: 12, paper: 50 }, 'trials per cell'),
  iterations: common.iterations(
    { smoke: 500, quick: 3000, paper: 10000 },
    { description: 'largest number of iterations of the descents' },
  ),
  sameWithin: number({
    description: 'two ends are the same minimum when their matched distance is at most this',
    min: 1e-12,
    max: 1e3,
    default: 1e-2,
  }),
};

/** The network and labels of a line, and the mode of the initialization. */
type Method = (typeof PROBLEMS)[number] & { readonly mode: (typeof MODES)[number] };
type Place = SamplePoint & Method;
type PlaceSummary = CellSummary<Place>;

function cells(values: Values<typeof SETTINGS>): Cell<Place>[] {
  const { trials } = values;
  return MODES.flatMap((mode) =>
    PROBLEMS.flatMap((problem) =>
      sampleGrid(values).map((grid) => ({ settings: { ...grid, ...problem, mode }, trials })),
    ),
  );
}

function lineOf({ activation, labels }: Pick<Method, 'activation' | 'labels'>): string {
  return `${activation}, ${labels}`;
}

interface Line {
  readonly mode: string;
  readonly name: string;
  readonly d: number;
  /** in ascending n */
  readonly cells: readonly PlaceSummary[];
}

function linesOf(all: readonly PlaceSummary[], values: Values<typeof SETTINGS>): Line[] {
  const belongs = ({ settings }: PlaceSummary, mode: string, name: string, d: number): boolean =>
    settings.mode === mode && lineOf(settings) === name && settings.d === d;
  return MODES.flatMap((mode) =>
    PROBLEMS.flatMap((problem) =>
      ascending(values.d).map((d) => {
        const name = lineOf(problem);
        const own = all.filter((cell) => belongs(cell, mode, name, d));
        return { mode, name, d, cells: own.toSorted((a, b) => a.settings.n - b.settings.n) };
      }),
    ),
  );
}

/** The ratio of the error at the largest n to the error at the smallest n. */
function errorRatio({ cells: own }: Line): Estimate {
  return own.length < 2
    ? exact(Number.NaN)
    : ratioOf(own[own.length - 1].measures['initializationError'], own[0].measures['initializationError']);
}

/**
 * If the median relative error is larger than this, W_0 contains too little information about W* to show the rate of
 * Theorem 3.
 */
const FAR = 0.3;

/** Exponent of the median error in n, over the n at which the error is small. */
function errorExponent({ cells: own }: Line): Noted {
  const near = own.filter(({ measures }) => measures['initializationError'].value <= FAR);
  if (near.length < 2) return { ...exact(Number.NaN), note: `fewer than two n have a median error of at most ${FAR}` };
  return powerLawExponent(
    near.map(({ settings, measures }) => ({ x: settings.n, estimate: measures['initializationError'] })),
  );
}

function nameOf({ mode, name, d }: Line): { readonly id: string; readonly text: string } {
  return { id: `${mode}-${name.replace(', ', '-')}-d=${d}`, text: `${mode}, ${name}, d = ${d}` };
}

/**
 * For `unfold` the claim is the rate of the theorem. For `faithful`, whose error hardly changes, the claim is only that
 * the error falls.
 */
function rateClaim(line: Line): StatedClaim {
  const { id, text } = nameOf(line);
  return line.mode === 'unfold'
    ? stateClaim(
        {
          id: `error-exponent-${id}`,
          source: SOURCE,
          statement: `${text}: ‖W_0 − W*‖_F falls as n^(−1/2) where its median is at most ${FAR}‖W*‖_F: exponent within −0.5 ± 0.1`,
        },
        () => errorExponent(line),
        { low: -0.6, high: -0.4 },
      )
    : stateClaim(
        {
          id: `error-falls-${id}`,
          source: SOURCE,
          statement: `${text}: ‖W_0 − W*‖_F falls with n: median at the largest n over median at the smallest below 1`,
        },
        () => errorRatio(line),
        { low: 0, high: 1 },
      );
}

function claims(all: readonly PlaceSummary[], values: Values<typeof SETTINGS>): StatedClaim[] {
  const lines = linesOf(all, values);
  const reaches = lines
    .filter(({ mode, cells: own }) => mode === 'unfold' && own.length > 0)
    .map((line) =>
      stateClaim(
        {
          id: `reaches-basin-${line.name.replace(', ', '-')}-d=${line.d}`,
          source: SOURCE,
          statement: `unfold, ${line.name}, d = ${line.d}: descent from W_0 ends where descent from W* does, at the largest n: in more than half of the trials`,
        },
        () => line.cells[line.cells.length - 1].measures['sameMinimumRate'],
        { low: 0.5, high: 1 },
      ),
    );
  return [...lines.map(rateClaim), ...reaches];
}

function figureOf(
  mode: string,
  measure: string,
  all: readonly PlaceSummary[],
  values: Values<typeof SETTINGS>,
): Figure {
  const error = measure === 'initializationError';
  const counts = `K = ${values.K}, ${trialCounts(all)} trials per point`;
  return {
    name: `fu2018-alg2-${mode}-${error ? 'error' : 'basin'}`,
    title: error
      ? `Error of the tensor initialization, ${mode} mode`
      : `Does descent from the initialization reach the right minimum? ${mode} mode`,
    caption: error
      ? `Median of ‖W_0 − W*‖_F/‖W*‖_F; ${counts}. Bars: 95 % order-statistic intervals.`
      : `Share of trials in which descent from W_0 ends within ${values.sameWithin} of where descent from W* does; ${counts}. Bars: 95 % Blaker intervals.`,
    ...cellRows(
      all.filter(({ settings }) => settings.mode === mode),
      ({ settings, trials, measures }) => ({
        n: settings.n,
        d: settings.d,
        problem: lineOf(settings),
        trials,
        value: measures[measure].value,
        low: measures[measure].low,
        high: measures[measure].high,
      }),
    ),
    spec: lineWithBars({
      x: 'n',
      y: 'value',
      low: 'low',
      high: 'high',
      colour: 'problem',
      colourTitle: 'activation, labels',
      xTitle: 'sample size n',
      yTitle: error ? 'relative error of W₀' : 'share',
      xLog: true,
      ...(error ? { yLog: true } : { yDomain: [0, 1] as const }),
    }),
  };
}

/** Most descents converge within this number of iterations. */
const USUAL_ITERATIONS = 1000;

/** Flops of the two descents, and of the moments and the decomposition. */
function cost(settings: PlantedSize): number {
  return plantedCost({ ...settings, iterations: Math.min(settings.iterations, USUAL_ITERATIONS) }, 2) + 4e9;
}

const MEASURES: readonly Measure[] = [
  {
    name: 'initializationError',
    of: 'initializationError',
    description: 'median of ‖W_0 − W*‖_F/‖W*‖_F',
    estimate: median,
  },
  {
    name: 'sameMinimumRate',
    of: 'sameMinimum',
    description: 'share of trials whose descent from W_0 ends where that from W* does',
    estimate: rate,
    whenFailed: 0,
  },
];

/**
 * fu2018, Algorithm 2: how accurate the tensor initialization is, and whether descent from it reaches the right
 * minimum.
 */
export const fu2018Alg2 = defineExperiment({
  id: 'fu2018-alg2',
  version: 2,
  paper: 'fu2018',
  source: SOURCE,
  title: 'Tensor initialization: its error, and where descent from it ends',
  settings: SETTINGS,
  openChoices: [
    'faithful: random α and three disjoint thirds of the samples, as printed; unfold: all samples, centred labels and the singular vectors of the unfolding of M_3. The signal of a random α is m_3·(αᵀw)/K, which noise drowns.',
    'tanh leaves [0, 1], so eq. (3) does not apply to it: its classification labels are ±1 with mean f*(x).',
    'Law and scale of W* (not given): orthonormal rows of norm 2.',
    'Both descents take the step stepFactor/λ_max of the Hessian at W*.',
  ],
  cells,
  cost,
  takesMixed: () => true,
  trial: initializationTrial,
  draw: initializedProblem,
  measures: MEASURES,
  alsoStored: ['minimaApart'],
  claims,
  figures: (all, values) =>
    MODES.flatMap((mode) =>
      MEASURES.map(
        ({ name }) =>
          () =>
            figureOf(mode, name, all, values),
      ),
    ),
});
