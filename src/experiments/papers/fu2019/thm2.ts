import { UNKNOWN, type Estimate, type Noted } from '../../../statistics/estimate.js';
import { rootMeanSquare } from '../../../statistics/deviations.js';
import { mean, positiveMean } from '../../../statistics/means.js';
import { rate } from '../../../statistics/rates.js';
import { powerLawExponent } from '../../../statistics/regression.js';
import { number, withDefault } from '../../../settings/declare.js';
import type { Values } from '../../../settings/types.js';
import { stateClaim } from '../../claims.js';
import { trialCounts } from '../../common/counts.js';
import { errorConstant } from '../../common/nearness.js';
import * as common from '../../common/settings.js';
import { pooledRate } from '../../common/pooled.js';
import { trackedCost, trackedProblem, trackedTrial, type TrackedSettings } from '../../common/tracked.js';
import { defineExperiment } from '../../define.js';
import { lineWithBars } from '../../plots.js';
import type { FigureMaker, Measure, StatedClaim, TrialContext, TrialOutcome } from '../../spec.js';
import { cellsOf, linesOf, SETTINGS as CURVATURE, THEOREM_PROBLEM, theoremCells } from './thm1Settings.js';
import type { Line, TheoremCell, TheoremPlace } from './thm1Settings.js';

const SOURCE = 'fu2019, Theorem 2';

const SETTINGS = {
  K: CURVATURE.K,
  teacherScale: CURVATURE.teacherScale,
  cnnScale: CURVATURE.cnnScale,
  d: common.dimension({ smoke: 3, quick: 4, paper: 6 }, { max: 100 }),
  stride: CURVATURE.stride,
  n: common.samples(
    { smoke: [8000, 32000], quick: [16000, 64000], paper: [64000, 256000] },
    { description: 'sample sizes of the fully connected network' },
  ),
  cnnN: common.samples(
    { smoke: [1000, 4000], quick: [4000, 16000, 64000], paper: [4000, 16000, 64000, 256000] },
    { description: 'sample sizes of the convolutional network' },
  ),
  cnnSweep: CURVATURE.cnnSweep,
  ...common.nearby,
  radius: withDefault(common.nearby.radius, 0.02),
  ...common.descent,
  tolerance: withDefault(common.descent.tolerance, 1e-13),
  trials: common.trials({ smoke: 3, quick: 12, paper: 50 }),
  starts: common.starts({ smoke: 2, quick: 2, paper: 2 }),
  iterations: common.iterations({ smoke: 3000, quick: 10000, paper: 10000 }, { max: 1e6 }),
  every: number({
    description: 'iterations between two records of the distance',
    integer: true,
    min: 1,
    max: 1e4,
    default: 1,
  }),
};

type DescentValues = Values<typeof SETTINGS>;
type DescentSettings = Omit<TrackedSettings, keyof typeof THEOREM_PROBLEM>;

/** The FCN has only one K. For larger K its error reaches the rate n^(−1/2) only at n that grow fast with K. */
function gridOf(values: DescentValues): DescentValues & { readonly sweep: readonly number[] } {
  return { ...values, sweep: [] };
}

function withProblem(context: TrialContext<DescentSettings>): TrialContext<TrackedSettings> {
  return { ...context, settings: { ...context.settings, ...THEOREM_PROBLEM } };
}

/** Iterations of most descents, as measured at norms ½ and 1. The Hessian of the FCN has the larger condition number. */
const ITERATIONS = { fcn: 2000, cnn: 30 } as const;

/** The measures of fu2018-thm2, and the ratio of the error to the prediction of the exact asymptotics. */
function runTrial(given: TrialContext<DescentSettings>): TrialOutcome {
  const context = withProblem(given);
  const planted = trackedProblem(context);
  const { status, measures } = trackedTrial(context, planted);
  const T = errorConstant(context, planted) ?? Number.NaN;
  const kept = ['critical', 'same', 'estimationError', 'slopeDifference', 'lambdaMin'];
  return {
    status,
    measures: {
      ...Object.fromEntries(kept.map((name) => [name, measures[name] ?? Number.NaN])),
      errorOverPredicted: measures['estimationError'] / Math.sqrt(T / context.settings.n),
    },
  };
}

function errorExponent(own: readonly TheoremCell[], against: 'n' | 'K'): Noted {
  if (new Set(own.map(({ settings }) => settings[against])).size < 2) return UNKNOWN;
  return powerLawExponent(
    own.map(({ settings, measures }) => ({ x: settings[against], estimate: measures['estimationError'] })),
  );
}

type Words = (id: string, statement: string) => Pick<StatedClaim, 'id' | 'source' | 'statement'>;

function wordsOf({ architecture, norm }: Line): Words {
  return (id, statement) => ({
    id: `${id}-${architecture}-s=${norm}`,
    source: SOURCE,
    statement: `${architecture.toUpperCase()}, ‖w*‖ = ${norm}: ${statement}`,
  });
}

/** Claims that there is one critical point near W*, to which descent converges linearly. */
function convergenceClaims(line: Line, own: readonly TheoremCell[], last: readonly TheoremCell[]): StatedClaim[] {
  const words = wordsOf(line);
  return [
    stateClaim(
      words(
        'critical-point',
        'there is a critical point near W*: ‖∇f_n‖ ≤ 1e-12 with a positive definite Hessian in at least 0.9 of the trials',
      ),
      () => pooledRate(own, 'criticalRate'),
      { low: 0.9, high: 1 },
    ),
    stateClaim(
      words('one-point', 'it is the same point from every start in at least 0.9 of the trials'),
      () => pooledRate(own, 'sameRate'),
      { low: 0.9, high: 1 },
    ),
    ...last.map(({ measures }) =>
      stateClaim(
        words(
          'rate',
          'log ‖W_t − Ŵ_n‖ falls with slope log(1 − ηλ_min(∇²f_n(Ŵ_n))), largest n: mean relative difference within ± 0.05',
        ),
        () => measures['slopeDifference'],
        { low: -0.05, high: 0.05 },
      ),
    ),
  ];
}

/** Claims on the distance of that point from W*: the printed rate, and the exact constant. */
function errorClaims(line: Line, own: readonly TheoremCell[], last: readonly TheoremCell[]): StatedClaim[] {
  const words = wordsOf(line);
  return [
    stateClaim(
      words('error-n', '‖Ŵ_n − W*‖ falls as n^(−1/2): exponent within −0.5 ± 0.1'),
      () => errorExponent(own, 'n'),
      { low: -0.6, high: -0.4 },
    ),
    ...last.map(({ measures }) =>
      stateClaim(
        words(
          'error-exact',
          '‖Ŵ_n − W*‖ is that of the exact asymptotics at the largest n: root mean square over √(tr(H⁻¹)/n) within 1 ± 0.1',
        ),
        () => measures['errorOverPredicted'],
        { low: 0.9, high: 1.1 },
      ),
    ),
  ];
}

/** Claims on the growth in K at fixed m with d = Km. The printed growth is K√d. */
function growthClaims(line: Line, swept: readonly TheoremCell[]): StatedClaim[] {
  const words = wordsOf(line);
  const growth = (): Estimate => errorExponent(swept, 'K');
  return [
    stateClaim(
      words('error-K', '‖ŵ_n − w*‖ is O(K√d), largest n, d = Km with m fixed: exponent in K at most 3/2'),
      growth,
      { low: -Infinity, high: 1.5 },
    ),
    stateClaim(
      words('error-K-sharp', '‖ŵ_n − w*‖ grows as √d alone, less than printed: exponent in K within 0.5 ± 0.15'),
      growth,
      { low: 0.35, high: 0.65 },
    ),
  ];
}

function claims(all: readonly TheoremCell[], values: DescentValues): StatedClaim[] {
  return linesOf(gridOf(values)).flatMap((line) => {
    const every = cellsOf(all, line);
    const own = every.filter(({ settings }) => settings.K === values.K);
    const swept = every.filter(({ settings }) => settings.n === Math.max(...line.samples));
    const last = own.slice(-1);
    return [
      ...convergenceClaims(line, own, last),
      ...errorClaims(line, own, last),
      ...(line.architecture === 'cnn' ? growthClaims(line, swept) : []),
    ];
  });
}

function nameOf({ architecture, teacherScale, K }: TheoremPlace): string {
  return `${architecture.toUpperCase()}, K = ${K}, ‖w*‖ = ${teacherScale}`;
}

function figures(all: readonly TheoremCell[]): FigureMaker[] {
  return [
    () => ({
      name: 'fu2019-thm2-error',
      title: 'Distance of the critical point from the teacher, over its exact asymptotic value',
      caption: `Root mean square of ‖Ŵ_n − W*‖_F over √(T/n), T = tr(H⁻¹) by quadrature, cross entropy; ${trialCounts(all)} training sets per point. Bars: 95 % intervals. Dashed: 1.`,
      rows: all.map(({ settings, trials, measures: { errorOverPredicted } }) => ({
        line: nameOf(settings),
        n: settings.n,
        trials,
        ratio: errorOverPredicted.value,
        low: errorOverPredicted.low,
        high: errorOverPredicted.high,
      })),
      spec: lineWithBars({
        x: 'n',
        y: 'ratio',
        low: 'low',
        high: 'high',
        xTitle: 'sample size n',
        yTitle: 'error over predicted',
        colour: 'line',
        colourTitle: 'network',
        xLog: true,
        yReference: [1],
      }),
    }),
  ];
}

const MEASURES: readonly Measure[] = [
  { name: 'estimationError', of: 'estimationError', description: 'mean of ‖Ŵ_n − W*‖_F', estimate: positiveMean },
  {
    name: 'errorOverPredicted',
    of: 'errorOverPredicted',
    description: 'root mean square of ‖Ŵ_n − W*‖_F/√(T/n), T = tr(H⁻¹) by quadrature',
    estimate: rootMeanSquare,
  },
  {
    name: 'criticalRate',
    of: 'critical',
    description: 'share of training sets with ‖∇f_n(Ŵ_n)‖ ≤ 1e-12 and a positive definite Hessian there',
    estimate: rate,
    whenFailed: 0,
  },
  {
    name: 'sameRate',
    of: 'same',
    description: 'share of training sets where every start reaches Ŵ_n',
    estimate: rate,
    whenFailed: 0,
  },
  {
    name: 'slopeDifference',
    of: 'slopeDifference',
    description: 'mean of (slope of log distance)/log(1 − ηλ_min) − 1',
    estimate: mean,
  },
  { name: 'lambdaMin', of: 'lambdaMin', description: 'mean of λ_min(∇²f_n(Ŵ_n))', estimate: mean },
];

/** fu2019, Theorem 2: linear convergence with cross entropy to a critical point near W*, for both networks. */
export const fu2019Thm2 = defineExperiment({
  id: 'fu2019-thm2',
  version: 1,
  paper: 'fu2019',
  source: SOURCE,
  title: 'Linear convergence with cross entropy to one critical point, fully connected and convolutional network',
  settings: SETTINGS,
  openChoices: [
    'Norms that the theorem allows: ‖w*‖ = 1 for both, and ½ for the CNN. W* has orthonormal rows, so κ = λ = 1.',
    'K = 2: at norm 1 the n^(−1/2) of the FCN begins at n that grow fast with K.',
    'Step: 1/λ_max of the Hessian at the start; the theorem’s upper bounds have unknown constants. Starts: on the sphere of radius 0.02‖W*‖_F.',
    'Ŵ_n and the slope: as in fu2018-thm2.',
    'T: tr(H⁻¹) with H = E[gg′/(p(1 − p))] at W*, the exact asymptotics of the minimiser (docs/derivations/outcomes.md).',
    'The CNN’s d is K·m with m fixed; the growth in K is at fixed m.',
  ],
  cells: (values) => theoremCells(gridOf(values)),
  cost: (settings) => trackedCost(settings, ITERATIONS[settings.architecture]),
  trial: runTrial,
  draw: (context) => trackedProblem(withProblem(context)),
  measures: MEASURES,
  alsoStored: [],
  claims,
  figures,
});
