import { parameterErrors } from '../../../core/landscape/parameterError.js';
import { meanShare, median } from '../../../statistics/means.js';
import { rate } from '../../../statistics/rates.js';
import { meanShareDifference } from '../../../statistics/ranges.js';
import { stateClaim } from '../../claims.js';
import { trialCounts } from '../../common/counts.js';
import { categoryBars } from '../../plots.js';
import { suffixed } from '../../keeper.js';
import type {
  Cell,
  CellSummary,
  FigureMaker,
  FigureRow,
  Measure,
  StatedClaim,
  TrialContext,
  TrialOutcome,
} from '../../spec.js';
import { choice, number } from '../../../settings/declare.js';
import { ascending } from '../../common/ascending.js';
import * as common from '../../common/settings.js';
import type { InputLaw } from '../../../core/networks/inputs.js';
import type { TrialSettings, Values } from '../../../settings/types.js';
import { defineExperiment } from '../../define.js';
import { bandwidth, estimatedObjective, estimationCost } from './estimated.js';
import { descendAndWatch, objectiveOf, type DescentRecord } from './losses.js';
import {
  drawRegression,
  GAO_INPUTS,
  GAO_TEACHERS,
  LANDSCAPE_SETTINGS,
  regressionCost,
  type GaoTeacher,
  type Regression,
} from './regression.js';

const SETTINGS = {
  ...LANDSCAPE_SETTINGS,
  inputs: choice(GAO_INPUTS, { description: 'laws of the inputs x', list: true, default: [...GAO_INPUTS] }),
  teacher: choice(GAO_TEACHERS, {
    description: 'A*: identity, or a random rotation',
    list: true,
    default: { smoke: ['rotated'], quick: [...GAO_TEACHERS], paper: [...GAO_TEACHERS] },
  }),
  d: number({
    description: 'inputs d and neurons k',
    integer: true,
    list: true,
    min: 2,
    max: 8,
    default: { smoke: [2], quick: [2], paper: [2, 4] },
  }),
  mu: number({
    description: LANDSCAPE_SETTINGS.mu.description,
    list: true,
    min: 0,
    max: 1e6,
    default: { smoke: [0.5], quick: [0.5, 5], paper: [0.5, 5] },
  }),
  n: number({
    description: 'sample size',
    integer: true,
    min: 16,
    max: 1e5,
    default: { smoke: 512, quick: 2048, paper: 4096 },
  }),
  trials: common.trials({ smoke: 4, quick: 12, paper: 20 }, 'seeds per cell'),
  iterations: common.iterations({ smoke: 1000, quick: 2000, paper: 3000 }, { description: 'number of steps' }),
  stepSize: number({ description: 'step of the plain descents on L and G', min: 1e-12, max: 1e3, default: 0.01 }),
  stepSizeL2: number({ description: 'step of Adam on ℓ2', min: 1e-9, max: 1e3, default: 5e-3 }),
  bandwidth: number({
    description: 'f of the bandwidth f·n^(−1/(d+10)) of the estimated score',
    min: 1e-3,
    max: 1e3,
    default: 1.5,
  }),
  threshold: number({
    description: 'A* counts as recovered when e(A) with max in place of min is at most this',
    min: 0,
    max: 1,
    default: 0.1,
  }),
};

/** The settings of a cell. */
interface Place {
  readonly inputs: InputLaw;
  readonly teacher: GaoTeacher;
  readonly d: number;
  readonly n: number;
  readonly mu: number;
}

type PlaceSummary = CellSummary<Place>;
type LawSettings = TrialSettings<typeof SETTINGS, Place>;

const SOURCE = 'gao2018, Sections 1 and 3 (L has the designed landscape for a broad class of input laws)';

/** The losses, with the suffixes of their measures. */
const LOSSES = [
  { key: 'L', name: 'L, score exact' },
  { key: 'Estimated', name: 'L, score estimated' },
  { key: 'G', name: 'G' },
  { key: 'L2', name: 'ℓ2 (Adam)' },
] as const;
type Key = (typeof LOSSES)[number]['key'];

/** Differences of the covered share between two losses with the same data and the same start. */
const GAINS: readonly { readonly name: string; readonly of: Key; readonly over: Key; readonly text: string }[] = [
  { name: 'gainOverG', of: 'L', over: 'G', text: 'L with the exact score − G' },
  { name: 'gainOverL2', of: 'L', over: 'L2', text: 'L with the exact score − ℓ2' },
  { name: 'estimatedGainOverG', of: 'Estimated', over: 'G', text: 'L with the estimated score − G' },
];

function runTrial(context: TrialContext<LawSettings>): TrialOutcome {
  const { settings } = context;
  const regression = drawRegression(context, 'L');
  const { samples, dimension } = regression;
  const estimated = estimatedObjective(context, regression, bandwidth(settings.bandwidth, samples, dimension));
  const schedule = [settings.iterations];
  const run = (key: string, objective: typeof estimated.objective, loss: string): DescentRecord =>
    descendAndWatch({ ...context, keep: suffixed(context.keep, key) }, regression, objective, loss, schedule);
  const records: Record<Key, DescentRecord> = {
    L: run('L', objectiveOf(context, regression, 'L'), 'L'),
    Estimated: run('estimated', estimated.objective, 'L'),
    G: run('G', objectiveOf(context, regression, 'G'), 'G'),
    L2: run('l2-adam', objectiveOf(context, regression, 'l2-adam'), 'l2-adam'),
  };
  const measures: Record<string, number> = { singular: estimated.singular };
  for (const { key } of LOSSES) Object.assign(measures, endOf(context, regression, key, records[key]));
  for (const { name, of, over } of GAINS) measures[name] = measures[`covered${of}`] - measures[`covered${over}`];
  return { status: Object.values(records).some(({ diverged }) => diverged) ? 'diverged' : 'ok', measures };
}

function endOf(
  { kernels, settings }: TrialContext<LawSettings>,
  { teacher, dimension }: Regression,
  key: Key,
  { state, diverged }: DescentRecord,
): Record<string, number> {
  const found = diverged
    ? { error: Infinity, strictError: Infinity, covered: 0 }
    : parameterErrors(kernels, state.weights, teacher, dimension);
  return {
    [`error${key}`]: found.error,
    [`covered${key}`]: found.covered,
    [`steps${key}`]: state.iterations[0],
    [`recovered${key}`]: found.strictError <= settings.threshold ? 1 : 0,
  };
}

function cells({
  d: dimensions,
  n,
  mu: weights,
  teacher: teachers,
  inputs: laws,
  trials,
}: Values<typeof SETTINGS>): Cell<Place>[] {
  return teachers.flatMap((teacher) =>
    ascending(dimensions).flatMap((d) =>
      ascending(weights).flatMap((mu) => laws.map((inputs) => ({ settings: { inputs, teacher, d, n, mu }, trials }))),
    ),
  );
}

function cost({ d, n, iterations }: LawSettings): number {
  const pairs = (d * (d + 1)) / 2;
  return regressionCost({ d, n }) + estimationCost(n, d) + iterations * n * (40 * d * d + 30 * pairs * pairs);
}

/**
 * The paper's statement about the designed landscape: it finds more of the teacher than G. The claim is judged on
 * inputs that are not Gaussian, at the μ nearest to Assumption 2(b).
 */
function claims(all: readonly PlaceSummary[], values: Values<typeof SETTINGS>): StatedClaim[] {
  const [smallest] = ascending(values.mu);
  return all
    .filter(({ settings }) => settings.inputs !== 'gaussian' && settings.mu === smallest)
    .map(({ settings, measures }) => {
      const { inputs, teacher, d, mu } = settings;
      return stateClaim(
        {
          id: `L-above-G-${inputs}-${teacher}-d=${d}-mu=${mu}`,
          source: SOURCE,
          statement: `${inputs} inputs, teacher ${teacher}, d = ${d}, μ = ${mu}: L with the exact score finds more rows of A* than G: mean of the paired difference of shares above 0`,
        },
        () => measures['gainOverG'],
        { low: Number.MIN_VALUE, high: Infinity },
      );
    });
}

function figures(all: readonly PlaceSummary[], values: Values<typeof SETTINGS>): FigureMaker[] {
  return ascending(values.d).map((d) => () => {
    const own = all.filter(({ settings, trials }) => settings.d === d && trials > 0);
    return {
      name: `gao2018-laws-d${d}`,
      title: `Share of the teacher that each loss finds, d = k = ${d}`,
      caption: `Mean share of the rows of A* that some row of A is, with a cosine of at least 0.9; n = ${values.n}, ${trialCounts(all)} seeds per point, all losses on the same data from the same start, at most ${values.iterations} steps. Bars: 95 % intervals.`,
      rows: own.flatMap(rowsOf),
      spec: categoryBars({
        category: 'inputs',
        categoryTitle: 'law of the inputs',
        series: 'loss',
        seriesTitle: 'loss',
        value: 'value',
        valueTitle: 'share of A* found',
        low: 'low',
        high: 'high',
        valueDomain: [0, 1],
        facet: 'panel',
      }),
    };
  });
}

function rowsOf({ settings, trials, measures }: PlaceSummary): FigureRow[] {
  const panel = `teacher ${settings.teacher}, μ = ${settings.mu}`;
  return LOSSES.map(({ key, name }) => {
    const { value, low, high } = measures[`covered${key}`];
    // Student's interval may exceed the range of a share.
    return { inputs: settings.inputs, loss: name, panel, trials, value, low, high };
  });
}

const MEASURES: readonly Measure[] = [
  ...LOSSES.map(({ key, name }) => ({
    name: `covered${key}`,
    of: `covered${key}`,
    description: `mean share of the rows of A* that some row of A is, ${name}`,
    estimate: meanShare,
  })),
  ...LOSSES.map(({ key, name }) => ({
    name: `recoveredRate${key}`,
    of: `recovered${key}`,
    description: `share of seeds that recover A* modulo order and sign, ${name}`,
    estimate: rate,
    whenFailed: 0,
  })),
  ...LOSSES.map(({ key, name }) => ({
    name: `error${key}`,
    of: `error${key}`,
    description: `median of e(A), ${name}`,
    estimate: median,
  })),
  ...GAINS.map(({ name, text }) => ({
    name,
    of: name,
    description: `mean of the paired difference of the share found, ${text}`,
    estimate: meanShareDifference,
  })),
  {
    name: 'singular',
    of: 'singular',
    description: 'mean share of samples at which the fit is singular',
    estimate: meanShare,
  },
];

/** Where does the designed landscape help? The losses of gao2018 over input laws. */
export const gao2018Laws = defineExperiment({
  id: 'gao2018-laws',
  version: 1,
  paper: 'gao2018',
  source: 'a comparison that the paper does not have',
  title: 'The losses L, G and ℓ2 over laws of the inputs: where does the designed landscape help?',
  settings: SETTINGS,
  openChoices: [
    'Not in the paper. d and k are small, so that an estimated fourth score means something.',
    'Laws: Gaussian, Laplace (S_4 = sgn(x)⊗⁴, as the paper takes it), the paper’s mixture, logistic, and uniform on [−√3, √3] plus N(0, ¼) noise.',
    'μ = 5 is the figures’; with μ above 1 two rows on one row of A* are a local minimum of the population loss, with 0.5 they are not.',
    'One bandwidth for all laws, the authors’ for the mixture. A larger one serves Gaussian inputs better (bandwidth=5) and the heavy tails worse.',
    'Success is the share of rows of A* that are found: e(A) of (22) is 0 also where rows are found twice and others not at all. Random rows find 0.49 of A* at d = 2, 0.14 at d = 4.',
    'The sign of L and G is that of κ* for a density concave at 0 (−1), whatever the law.',
  ],
  cells,
  cost,
  shares: () => false,
  trial: runTrial,
  draw: (context) => drawRegression(context, 'L'),
  measures: MEASURES,
  alsoStored: ['stepsEstimated', 'stepsG', 'stepsL', 'stepsL2'],
  claims,
  figures,
});
