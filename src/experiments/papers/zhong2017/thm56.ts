import { matchedDistance } from '../../../core/matching/matching.js';
import { frobeniusNorm } from '../../../core/networks/teachers.js';
import { UNKNOWN, type Noted } from '../../../statistics/estimate.js';
import { median } from '../../../statistics/means.js';
import { rate } from '../../../statistics/rates.js';
import { powerLawExponent } from '../../../statistics/regression.js';
import { number } from '../../../settings/declare.js';
import type { Values } from '../../../settings/types.js';
import { stateClaim } from '../../claims.js';
import { ascending } from '../../common/ascending.js';
import { trialCounts } from '../../common/counts.js';
import * as common from '../../common/settings.js';
import { defineExperiment } from '../../define.js';
import { lineWithBars } from '../../plots.js';
import type { Cell, CellSummary, FigureMaker, Finding, Measure, StatedClaim, TrialContext } from '../../spec.js';
import type { TrialOutcome } from '../../spec.js';
import {
  drawInitialized,
  initializationCost,
  ZHONG2017_CHOICES,
  ZHONG2017_PROBLEM,
  zhong2017Cells,
  zhong2017Context,
  type Zhong2017Settings,
} from './problem.js';

const SOURCE = 'zhong2017, Theorem 5.6';
/** If the median relative error is larger than this, W_0 contains too little information about W* to show the rate. */
const FAR = 0.3;

const SETTINGS = {
  ...ZHONG2017_PROBLEM,
  d: common.dimension({ smoke: 6, quick: 10, paper: 20 }),
  n: common.samples({ smoke: [4000, 32000], quick: [8000, 32000, 128000], paper: [8000, 32000, 128000, 512000] }),
  conditions: number({
    description: 'condition numbers κ at the largest n, beside `condition`',
    list: true,
    min: 1,
    max: 1e3,
    default: { smoke: [1], quick: [1, 4], paper: [1, 3, 4] },
  }),
  neurons: number({
    description: 'numbers of neurons k at the largest n, beside K',
    integer: true,
    list: true,
    min: 1,
    max: 64,
    default: { smoke: [2], quick: [2, 3], paper: [2, 3, 8] },
  }),
  trials: common.trials({ smoke: 6, quick: 20, paper: 30 }, 'trials per cell'),
};

type ErrorValues = Values<typeof SETTINGS>;

interface Place {
  readonly K: number;
  readonly condition: number;
  readonly n: number;
}

type PlaceCell = CellSummary<Place>;

/** The cells of k and κ at all n, and of the other k and κ at the largest n. */
function cells(values: ErrorValues): Cell<Place>[] {
  const { K, condition, n: samples, trials } = values;
  const most = Math.max(...samples);
  const places: Place[] = [
    ...ascending(samples).map((n) => ({ K, condition, n })),
    ...values.conditions.filter((kappa) => kappa !== condition).map((kappa) => ({ K, condition: kappa, n: most })),
    ...values.neurons.filter((k) => k !== K).map((k) => ({ K: k, condition, n: most })),
  ];
  // Checks that each k fits the dimension and the initialization.
  for (const place of places) zhong2017Cells({ ...values, K: place.K, d: [values.d], n: [place.n] });
  return places.map((settings) => ({ settings, trials }));
}

function runTrial(trial: TrialContext<Zhong2017Settings>): TrialOutcome {
  const context = zhong2017Context(trial);
  const { initial, teacher, signsRight } = drawInitialized(context);
  const apart = matchedDistance(initial.weights, teacher, context.settings.K);
  return {
    status: 'ok',
    measures: { initializationError: apart / frobeniusNorm(teacher), signsRight: signsRight ? 1 : 0 },
  };
}

function exponent(own: readonly PlaceCell[], against: keyof Place): Noted {
  if (own.length < 2) return UNKNOWN;
  return powerLawExponent(
    own.map(({ settings, measures }) => ({ x: settings[against], estimate: measures['initializationError'] })),
  );
}

function main(all: readonly PlaceCell[], { K, condition }: Pick<Place, 'K' | 'condition'>): PlaceCell[] {
  return all.filter(({ settings }) => settings.K === K && settings.condition === condition);
}

function claims(all: readonly PlaceCell[], values: ErrorValues): StatedClaim[] {
  const { K, condition, n } = values;
  const own = main(all, values);
  const near = (): PlaceCell[] => own.filter(({ measures }) => !(measures['initializationError'].value > FAR));
  return [
    stateClaim(
      {
        id: 'error-n',
        source: SOURCE,
        statement: `k = ${K}, κ = ${condition}: ‖W_0 − W*‖_F falls as n^(−1/2) where its median is at most ${FAR}‖W*‖_F: exponent within −0.5 ± 0.1`,
      },
      () => exponent(near(), 'n'),
      { low: -0.6, high: -0.4 },
    ),
    ...own
      .slice(-1)
      .map(({ measures }) =>
        stateClaim(
          {
            id: 'signs',
            source: SOURCE,
            statement: `k = ${K}, κ = ${condition}, n = ${Math.max(...n)}: v_0 = v* up to order, exactly, in at least 0.8 of the trials`,
          },
          () => measures['signsRate'],
          { low: 0.8, high: 1 },
        ),
      ),
  ];
}

/** The theorem has a polynomial in k and κ of unknown degree. Therefore the exponents are reported but not judged. */
function findings(untyped: readonly CellSummary[]): Finding[] {
  const all = untyped.map((cell): PlaceCell => {
    const [K, condition, n] = ['K', 'condition', 'n'].map((name) => Number(cell.settings[name]));
    return { ...cell, settings: { K, condition, n } };
  });
  const most = Math.max(...all.map(({ settings }) => settings.n));
  const last = all.filter(({ settings }) => settings.n === most);
  const first = all[0]?.settings;
  if (first === undefined) return [];
  const swept = (fixed: 'K' | 'condition'): PlaceCell[] =>
    last.filter(({ settings }) => settings[fixed] === first[fixed]);
  return [
    {
      statement: `exponent of the median error in κ at k = ${first.K}, n = ${most}`,
      ...exponent(swept('K'), 'condition'),
    },
    {
      statement: `exponent of the median error in k at κ = ${first.condition}, n = ${most}`,
      ...exponent(swept('condition'), 'K'),
    },
  ];
}

function figures(all: readonly PlaceCell[], values: ErrorValues): FigureMaker[] {
  return [
    () => ({
      name: 'zhong2017-thm56',
      title: 'Error of the tensor initialization against the sample size',
      caption: `Median of ‖W_0 − W*‖_F/‖W*‖_F; ${values.activation}, d = ${values.d}, ${trialCounts(all)} trials per point. Bars: 95 % order-statistic intervals. Dashed: slope −1/2.`,
      rows: all.map(({ settings: { K, condition, n }, trials, measures: { initializationError } }) => ({
        line: `k = ${K}, κ = ${condition}`,
        n,
        trials,
        error: initializationError.value,
        low: initializationError.low,
        high: initializationError.high,
      })),
      spec: lineWithBars({
        x: 'n',
        y: 'error',
        low: 'low',
        high: 'high',
        xTitle: 'samples n',
        yTitle: 'relative error of W₀',
        colour: 'line',
        colourTitle: 'neurons, condition',
        xLog: true,
        yLog: true,
        guideSlope: -0.5,
      }),
    }),
  ];
}

const MEASURES: readonly Measure[] = [
  {
    name: 'initializationError',
    of: 'initializationError',
    description: 'median of ‖W_0 − W*‖_F/‖W*‖_F',
    estimate: median,
  },
  {
    name: 'signsRate',
    of: 'signsRight',
    description: 'share of trials whose v_0 is v* up to order',
    estimate: rate,
    whenFailed: 0,
  },
];

/** zhong2017, Theorem 5.6: the error of the tensor initialization against n, κ and k. */
export const zhong2017Thm56 = defineExperiment({
  id: 'zhong2017-thm56',
  version: 1,
  paper: 'zhong2017',
  source: SOURCE,
  title: 'Error of the tensor initialization against samples, condition and neurons',
  settings: SETTINGS,
  openChoices: [
    ...ZHONG2017_CHOICES,
    'The theorem: n ≥ ε⁻² d poly(k, κ, t, log d) samples give ‖W_0 − W*‖_F ≤ ε poly(k, κ)‖W*‖_F, so the error is O(n^(−1/2)) at fixed k, κ, d; of the polynomials the exponents are reported.',
  ],
  cells,
  cost: initializationCost,
  trial: runTrial,
  draw: (context) => drawInitialized(zhong2017Context(context)),
  measures: MEASURES,
  findings,
  claims,
  figures,
});
