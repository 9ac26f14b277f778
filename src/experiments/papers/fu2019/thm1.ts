import { scaled, UNKNOWN, type Estimate } from '../../../statistics/estimate.js';
import { mean } from '../../../statistics/means.js';
import { ratioOf } from '../../../statistics/ratio.js';
import { rate } from '../../../statistics/rates.js';
import { stateClaim } from '../../claims.js';
import { ballCost, ballProblem, ballTrial, type BallSettings } from '../../common/ball.js';
import { trialCounts } from '../../common/counts.js';
import { exactExtremes } from '../../common/exactCurvature.js';
import { defineExperiment } from '../../define.js';
import { lineWithBars } from '../../plots.js';
import type { FigureMaker, FigureRow, Measure, StatedClaim, TrialContext, TrialOutcome } from '../../spec.js';
import {
  cellsOf,
  linesOf,
  rhoOf,
  SETTINGS,
  THEOREM_PROBLEM,
  theoremCells,
  type Line,
  type TheoremCell,
  type TheoremValues,
} from './thm1Settings.js';

const SOURCE = 'fu2019, Theorem 1';

type TheoremSettings = Omit<BallSettings, keyof typeof THEOREM_PROBLEM>;

function withProblem(context: TrialContext<TheoremSettings>): TrialContext<BallSettings> {
  return { ...context, settings: { ...context.settings, ...THEOREM_PROBLEM } };
}

/** The measures of fu2018-thm1, and the exact eigenvalues. */
function runTrial(given: TrialContext<TheoremSettings>): TrialOutcome {
  const context = withProblem(given);
  const planted = ballProblem(context);
  const { status, measures } = ballTrial(context, planted);
  const { smallest, largest } = exactExtremes(context.kernels, planted);
  const { K, teacherScale, architecture = 'fcn' } = context.settings;
  // The unit is the bound of the theorem: ρ_FCN/K² or ρ_CNN/K.
  const unit = rhoOf(architecture, teacherScale) / (architecture === 'fcn' ? K * K : K);
  return {
    status,
    measures: {
      lambdaMinCentre: measures['lambdaMinCentre'],
      lambdaMinAdversarial: measures['lambdaMinAdversarial'],
      positiveAdversarial: measures['positiveAdversarial'],
      lambdaMax: measures['lambdaMax'],
      exactMin: smallest,
      exactMax: largest,
      minOverExact: measures['lambdaMinCentre'] / smallest,
      minOverRho: measures['lambdaMinCentre'] / unit,
      maxOverExact: measures['lambdaMax'] / largest,
    },
  };
}

/**
 * The ratio of λ_max/K^power at the largest K to that at the smallest K, for cells at one n. It is unknown if there is
 * only one K.
 */
function growthOfLargest(own: readonly TheoremCell[], power: number): Estimate {
  const [first, last] = [own[0], own[own.length - 1]];
  if (own.length < 2) return UNKNOWN;
  const ratio = ratioOf(last.measures['lambdaMax'], first.measures['lambdaMax']);
  return scaled(ratio, (first.settings.K / last.settings.K) ** power);
}

function lineClaims(line: Line, all: readonly TheoremCell[], values: TheoremValues): StatedClaim[] {
  const { architecture, norm, samples } = line;
  const name = architecture.toUpperCase();
  const [n, text] = [Math.max(...samples), `${name}, ‖w*‖ = ${norm}`];
  const words = (id: string, statement: string): Pick<StatedClaim, 'id' | 'source' | 'statement'> => ({
    id: `${id}-${architecture}-s=${norm}`,
    source: SOURCE,
    statement: `${text}: ${statement}`,
  });
  const swept = cellsOf(all, line).filter(({ settings }) => settings.n === n);
  const main = swept.filter(({ settings }) => settings.K === values.K);
  const [printed, printedWords] = architecture === 'fcn' ? [0, 'O(1)'] : [1, 'O(K)'];
  return [
    ...main.flatMap(({ measures }) => [
      stateClaim(
        words(
          'positive-definite',
          `K = ${values.K}, n = ${n}: the Hessian is positive definite at the least curved point found of the ball of radius ${values.radius}‖W*‖_F in at least 0.8 of the trials`,
        ),
        () => measures['positiveAdversarial'],
        { low: 0.8, high: 1 },
      ),
      stateClaim(
        words('exact', `K = ${values.K}, n = ${n}: λ_min(∇²f_n(W*)) is the population’s: mean ratio within 1 ± 0.1`),
        () => measures['minOverExact'],
        { low: 0.9, high: 1.1 },
      ),
    ]),
    ...swept
      .slice(-1)
      .map(({ settings, measures }) =>
        stateClaim(
          words(
            'lower-bound',
            `K = ${settings.K}, n = ${n}: λ_min(∇²f_n(W*)) is at least ${architecture === 'fcn' ? 'ρ_FCN/K²' : 'ρ_CNN/K'}, with 1 for the constant that is not printed: mean ratio at least 1`,
          ),
          () => measures['minOverRho'],
          { low: 1, high: Infinity },
        ),
      ),
    stateClaim(
      words(
        'upper-bound',
        `λ_max in the ball is ${printedWords}: over K^${printed} at most 1.1 times as large at the largest K as at the smallest`,
      ),
      () => growthOfLargest(swept, printed),
      { low: 0, high: 1.1 },
    ),
    stateClaim(
      words(
        'upper-bound-sharp',
        'λ_max in the ball is O(1/K), less than printed: times K at most 1.1 times as large at the largest K as at the smallest',
      ),
      () => growthOfLargest(swept, -1),
      { low: 0, high: 1.1 },
    ),
  ];
}

function claims(all: readonly TheoremCell[], values: TheoremValues): StatedClaim[] {
  return linesOf(values).flatMap((line) => lineClaims(line, all, values));
}

function figures(all: readonly TheoremCell[], values: TheoremValues): FigureMaker[] {
  const lines = linesOf(values);
  const row = ({ settings, trials, measures }: TheoremCell, name: string): FigureRow => {
    const { value, low, high } = measures[name];
    const { architecture, teacherScale, K, n } = settings;
    const line = `${architecture.toUpperCase()}, ‖w*‖ = ${teacherScale}`;
    return { line, K, n, trials, value, low, high };
  };
  const axes = { y: 'value', low: 'low', high: 'high', colour: 'line', colourTitle: 'network', xLog: true } as const;
  const counts = `${trialCounts(all)} training sets per point. Bars: 95 % intervals.`;
  return [
    () => ({
      name: 'fu2019-thm1-samples',
      title: 'The smallest eigenvalue at W* against that of the population',
      caption: `Mean of λ_min(∇²f_n(W*)) over λ_min(∇²f(W*)) by quadrature, cross entropy; K = ${values.K}, ${counts} Dashed: 1.`,
      rows: all.filter(({ settings }) => settings.K === values.K).map((cell) => row(cell, 'minOverExact')),
      spec: lineWithBars({ ...axes, x: 'n', xTitle: 'sample size n', yTitle: 'λ_min over exact', yReference: [1] }),
    }),
    ...(['Min', 'Max'] as const).map((end) => () => ({
      name: `fu2019-thm1-lambda-${end.toLowerCase()}`,
      title: `The ${end === 'Min' ? 'smallest' : 'largest'} eigenvalue against the number of neurons`,
      caption: `Mean of ${end === 'Min' ? 'λ_min(∇²f_n(W*))' : `the largest λ_max(∇²f_n) seen in the ball of radius ${values.radius}‖W*‖_F`} at the largest n, cross entropy; ${counts} Dashed: slope −1.`,
      rows: lines.flatMap((line) =>
        cellsOf(all, line)
          .filter(({ settings }) => settings.n === Math.max(...line.samples))
          .map((cell) => row(cell, end === 'Min' ? 'lambdaMinCentre' : 'lambdaMax')),
      ),
      spec: lineWithBars({
        ...axes,
        x: 'K',
        xTitle: 'neurons K',
        yTitle: end === 'Min' ? 'λ_min of ∇²fₙ(W*)' : 'λ_max of ∇²fₙ',
        yLog: true,
        guideSlope: -1,
      }),
    })),
  ];
}

const MEANS = [
  ['lambdaMinCentre', 'mean of λ_min(∇²f_n(W*))'],
  ['lambdaMinAdversarial', 'mean of λ_min at the least curved point that the searches find in the ball'],
  ['lambdaMax', 'mean of the largest λ_max seen in the ball'],
  ['minOverExact', 'mean of λ_min(∇²f_n(W*))/λ_min(∇²f(W*))'],
  ['maxOverExact', 'mean of the largest λ_max seen in the ball over λ_max(∇²f(W*))'],
  ['minOverRho', 'mean of λ_min(∇²f_n(W*)) K²/ρ_FCN (FCN) or K/ρ_CNN (CNN)'],
] as const;

const MEASURES: readonly Measure[] = [
  ...MEANS.map(([name, description]) => ({ name, of: name, description, estimate: mean })),
  {
    name: 'positiveAdversarial',
    of: 'positiveAdversarial',
    description: 'share of trials with λ_min > 0 at that point',
    estimate: rate,
    whenFailed: 0,
  },
];

/** fu2019, Theorem 1: strong convexity with cross entropy in a ball around W*, for both networks. */
export const fu2019Thm1 = defineExperiment({
  id: 'fu2019-thm1',
  version: 1,
  paper: 'fu2019',
  source: SOURCE,
  title: 'Extreme eigenvalues with cross entropy around the teacher, fully connected and convolutional network',
  settings: SETTINGS,
  openChoices: [
    'Norms that the theorem allows: ‖w*‖ = 1 for both, and ½ for the CNN. The FCN at ½ has ρ = 3.2e-4 and would need far larger n.',
    'K = 2 at all n, other K at the largest n: at norm 1 the FCN’s λ_min(∇²f_n(W*)) is far below the population’s until n of order 10⁶, and more so the larger K.',
    'Law of W* (not given): orthonormal rows, so κ = λ = 1. The CNN’s d is K·m with m fixed, so that W* has as many variables at every K.',
    'Radius: the theorem’s r has an unknown constant; here a share of ‖W*‖_F. What is minimised over the ball, and how, is that of fu2018-thm1.',
    'Constants are not printed: the lower bounds are judged with 1, the upper ones by their growth in K.',
    'Erratum: the upper bounds are printed as Ω(1) and Ω(K); O is meant.',
  ],
  cells: theoremCells,
  cost: ballCost,
  trial: runTrial,
  draw: (context) => ballProblem(withProblem(context)),
  measures: MEASURES,
  alsoStored: ['exactMin', 'exactMax'],
  claims,
  figures,
});
