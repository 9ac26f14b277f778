import { jacobianGram, linearise, trainingRows } from '../../../core/certificates/linearisation.js';
import { refuse } from '../../../base/errors.js';
import { parseActivation } from '../../../core/networks/activations.js';
import { drawInputs } from '../../../core/networks/inputs.js';
import { drawTeacher } from '../../../core/networks/teachers.js';
import { Purpose } from '../../../core/streams.js';
import type { Noted } from '../../../statistics/estimate.js';
import { mean, positiveMean } from '../../../statistics/means.js';
import { powerLawExponent } from '../../../statistics/regression.js';
import { expectation } from '../../../theory/expectation.js';
import { choice, named } from '../../../settings/declare.js';
import type { TrialSettings, Values } from '../../../settings/types.js';
import { stateClaim } from '../../claims.js';
import { ACTIVATION } from '../../common/activation.js';
import { ascending } from '../../common/ascending.js';
import { trialCounts } from '../../common/counts.js';
import * as common from '../../common/settings.js';
import { defineExperiment } from '../../define.js';
import type { Cell, CellSummary, FigureMaker, Measure, StatedClaim, TrialContext, TrialOutcome } from '../../spec.js';
import { byDimension, GROWTH_WORDS, GROWTHS, type Growth } from './byDimension.js';

const SETTINGS = {
  activation: named(ACTIVATION, {
    description: 'activations φ; quadratic, with W orthogonal and v = 1, has J = 2 X ∗ X',
    list: true,
    default: {
      smoke: ['softplus', 'quadratic'],
      quick: ['softplus', 'tanh', 'quadratic'],
      paper: ['softplus', 'sigmoid', 'tanh', 'erf', 'quadratic'],
    },
  }),
  growth: choice(GROWTHS, { description: 'n = d²/8 or n = 2d', list: true, default: [...GROWTHS] }),
  d: common.dimensions(
    { smoke: [16, 24], quick: [16, 24, 32, 48], paper: [16, 24, 32, 48, 64] },
    { description: 'inputs and neurons d = k', max: 200 },
  ),
  trials: common.trials({ smoke: 4, quick: 10, paper: 30 }, 'training sets per point'),
};

interface Place {
  readonly activation: string;
  readonly growth: Growth;
  readonly d: number;
  readonly n: number;
}

type PlaceSummary = CellSummary<Place>;
type JacobianSettings = TrialSettings<typeof SETTINGS, Place>;

/** The smallest d at which d ≤ n ≤ d². */
const SMALLEST: Readonly<Record<Growth, number>> = { eighth: 8, double: 2 };

const samplesOf = (growth: Growth, d: number): number => (growth === 'double' ? 2 * d : Math.round((d * d) / 8));

/** @throws InputError where n would be below d or above d² */
function cells({ activation, growth, d: dimensions, trials }: Values<typeof SETTINGS>): Cell<Place>[] {
  const least = Math.min(...dimensions);
  for (const how of growth)
    if (least < SMALLEST[how]) refuse(`d for ${GROWTH_WORDS[how]}`, `at least ${SMALLEST[how]}`, least);
  return activation.flatMap((phi) =>
    growth.flatMap((how) =>
      ascending(dimensions).map((d) => ({
        settings: { activation: phi, growth: how, d, n: samplesOf(how, d) },
        trials,
      })),
    ),
  );
}

/** γ_φ(1) = E[φ′(z) z]. */
function curvatureOf(activation: string): number {
  const { derivative } = parseActivation(activation);
  return expectation((z) => derivative(z) * z);
}

/**
 * J (kd, n) has the columns φ′(Wx_i) ⊗ x_i, at an orthogonal W and v = 1. Its squared singular values are the
 * eigenvalues of JᵀJ (n, n).
 */
function runTrial({ settings, stream, kernels }: TrialContext<JacobianSettings>): TrialOutcome {
  const { d, n } = settings;
  const activation = parseActivation(settings.activation);
  const inputs = drawInputs(kernels, 'gaussian', n, d, stream(Purpose.data)).values.slice(0, n * d);
  const rows = trainingRows(kernels, inputs, new Float64Array(n));
  const network = {
    activation,
    neurons: d,
    weights: drawTeacher(kernels, 'orthonormal', d, d, 1, stream(Purpose.teacher)),
    outputWeights: new Float64Array(d).fill(1),
    trainOutput: false,
  };
  const at = linearise(kernels, rows, network);
  const { values } = kernels.symmetricEigen(jacobianGram(kernels, rows, network, at), n);
  const along = at.slopes.reduce((sum, slope, i) => sum + slope * at.preActivations[i], 0) / (d * n);
  return {
    status: 'ok',
    measures: {
      sigmaMin: Math.sqrt(Math.max(0, values[0])) / d,
      sigmaMax: Math.sqrt(values[n - 1]) / Math.sqrt(n * d),
      meanGap: along - curvatureOf(settings.activation),
    },
  };
}

function exponent(own: readonly PlaceSummary[], measure: string): Noted {
  return powerLawExponent(own.map(({ settings, measures }) => ({ x: settings.d, estimate: measures[measure] })));
}

function claims(all: readonly PlaceSummary[], values: Values<typeof SETTINGS>): StatedClaim[] {
  return values.activation.flatMap((activation) => {
    const isQuadratic = activation === 'quadratic';
    const [least, most] = isQuadratic ? ['(7.14)', '(7.15)'] : ['(7.12)', '(7.13)'];
    const place = `soltanolkotabi2017, ${isQuadratic ? 'Corollary 7.5' : 'Proposition 7.4'}`;
    const bounds = values.growth.flatMap((growth) => {
      const own = all.filter(({ settings }) => settings.activation === activation && settings.growth === growth);
      const said = `${activation}, ${GROWTH_WORDS[growth]}`;
      return [
        stateClaim(
          {
            id: `sigma-min-${activation}-${growth}`,
            source: `${place}, ${least}`,
            statement: `${said}: σ_min(J) ≥ cd: exponent of σ_min(J)/d in d at least −0.1`,
          },
          () => exponent(own, 'sigmaMin'),
          { low: -0.1, high: Infinity },
        ),
        stateClaim(
          {
            id: `sigma-max-${activation}-${growth}`,
            source: `${place}, ${most}`,
            statement: `${said}: σ_max(J) ≤ C√(nk): exponent of σ_max(J)/√(nk) in d at most 0.1`,
          },
          () => exponent(own, 'sigmaMax'),
          { low: -Infinity, high: 0.1 },
        ),
      ];
    });
    const eighth = all.filter(({ settings }) => settings.activation === activation && settings.growth === 'eighth');
    const last = eighth.at(-1);
    return last === undefined
      ? bounds
      : [
          ...bounds,
          stateClaim(
            {
              id: `mean-${activation}`,
              source: 'soltanolkotabi2017, Lemma 7.6',
              statement: `${activation}, largest d: the mean of φ′(w·x)x along w is γ(1) = ${curvatureOf(activation).toFixed(4)}, within 0.05`,
            },
            () => last.measures['meanGap'],
            { low: -0.05, high: 0.05 },
          ),
        ];
  });
}

function figures(all: readonly PlaceSummary[]): FigureMaker[] {
  const plot = (name: string, measure: string, title: string, yTitle: string): FigureMaker =>
    byDimension(all, measure, {
      name: `soltanolkotabi2017-jacobian-${name}`,
      title,
      caption: `Mean over the training sets; k = d, orthogonal W, v = 1, J with respect to W only, ${trialCounts(all)} training sets per point. Bars: 95 % intervals. A bound of the form that is claimed is a line that does not ${name === 'min' ? 'fall' : 'rise'}.`,
      yTitle,
    });
  return [
    plot('min', 'sigmaMin', 'Smallest singular value of the Jacobian over d', 'σ_min(J)/d'),
    plot('max', 'sigmaMax', 'Largest singular value of the Jacobian over √(nk)', 'σ_max(J)/√(nk)'),
  ];
}

const MEASURES: readonly Measure[] = [
  { name: 'sigmaMin', of: 'sigmaMin', description: 'mean of σ_min(J)/d', estimate: positiveMean },
  { name: 'sigmaMax', of: 'sigmaMax', description: 'mean of σ_max(J)/√(nk)', estimate: positiveMean },
  {
    name: 'meanGap',
    of: 'meanGap',
    description: 'mean of φ′(w·x)(w·x) over samples and rows, less γ(1)',
    estimate: mean,
  },
];

/** soltanolkotabi2017, Section 7.1: the spectrum of the Jacobian of wide networks on Gaussian inputs. */
export const soltanolkotabi2017Jacobian = defineExperiment({
  id: 'soltanolkotabi2017-jacobian',
  version: 1,
  paper: 'soltanolkotabi2017',
  source: 'soltanolkotabi2017, Propositions 7.1 to 7.4, Corollary 7.5 and Lemma 7.6',
  title: 'Extreme singular values of the Jacobian against the dimension',
  settings: SETTINGS,
  openChoices: [
    'k = d, W Haar orthogonal (σ_min = σ_max = 1), v = 1; the constants c, C are not printed, so the exponents in d are judged.',
    'n = d²/8 for n ≤ c_0 d² with an unknown c_0, and n = 2d.',
    'Corollary 7.5 is about X ∗ X: the quadratic activation z² has J = 2 (WX) ∗ X, twice its singular values for orthogonal W.',
    'Propositions 7.1 and 7.2, which lead to Proposition 7.4, are those of soltanolkotabi2017-spectrum.',
  ],
  cells,
  cost: ({ d, n }) => 4 * n * n * d + 10 * n ** 3,
  shares: () => false,
  trial: runTrial,
  measures: MEASURES,
  claims,
  figures,
});
