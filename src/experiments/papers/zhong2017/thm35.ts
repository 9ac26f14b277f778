import { ACTIVATION } from '../../common/activation.js';
import { parseActivation } from '../../../core/networks/activations.js';
import { refuse } from '../../../base/errors.js';
import { exact, type Estimate } from '../../../statistics/estimate.js';
import { bendProperty, curvatureProperty, slopeProperty } from '../../../theory/properties.js';
import { stateClaim } from '../../claims.js';
import { curve } from '../../plots.js';
import type { Cell, CellSummary, FigureMaker, Measure, StatedClaim, TrialOutcome } from '../../spec.js';
import type { Values } from '../../../settings/types.js';
import { named, number } from '../../../settings/declare.js';
import { defineExperiment } from '../../define.js';

const SOURCE = 'zhong2017, Theorem 3.5';

/** The activations that satisfy all three properties according to the theorem. */
const NAMED = ['relu', 'leaky-relu', 'squared-relu', 'sigmoid', 'tanh', 'erf:zhong'] as const;
/**
 * The same activations, the theorem's counterexamples, and the softplus. The theorem does not name the softplus, whose
 * φ′ is not symmetric.
 */
const ACTIVATIONS = [...NAMED, 'softplus', 'linear', 'quadratic'] as const;

const SETTINGS = {
  activation: named(ACTIVATION, { description: 'activations φ', list: true, default: ACTIVATIONS }),
  sigmaMin: number({ description: 'smallest σ', min: 1e-3, max: 1e3, default: 0.05 }),
  sigmaMax: number({ description: 'largest σ', min: 1e-3, max: 1e3, default: 10 }),
  sigmas: number({
    description: 'number of σ, evenly spaced in log σ',
    integer: true,
    min: 2,
    max: 10000,
    default: { smoke: 13, quick: 121, paper: 121 },
  }),
};

type ActivationCell = CellSummary<{ readonly activation: string }>;
type SigmaRange = Pick<Values<typeof SETTINGS>, 'sigmaMin' | 'sigmaMax' | 'sigmas'>;

/** σ evenly spaced in log σ, both ends included. */
function sigmaGrid({ sigmaMin: low, sigmaMax: high, sigmas: count }: SigmaRange): Float64Array {
  return Float64Array.from({ length: count }, (_, i) =>
    Number((low * (high / low) ** (i / (count - 1))).toPrecision(6)),
  );
}

function runTrial({ settings }: { readonly settings: ActivationCell['settings'] & SigmaRange }): TrialOutcome {
  const activation = parseActivation(settings.activation);
  const sigma = sigmaGrid(settings);
  const [slope, curvature, bend] = [
    slopeProperty(activation),
    curvatureProperty(activation, sigma),
    bendProperty(activation),
  ];
  const flags = {
    slopeHolds: slope.holds,
    slopeHoldsAsPrinted: slope.holdsAsPrinted,
    curvatureHolds: curvature.holds,
    bendHolds: bend.holds,
    smooth: bend.smooth,
    piecewiseLinear: bend.piecewiseLinear,
  };
  return {
    status: 'ok',
    measures: {
      ...Object.fromEntries(Object.entries(flags).map(([name, holds]) => [name, holds ? 1 : 0])),
      satisfied: [slope, curvature, bend].filter(({ holds }) => holds).length,
      minSlope: slope.minimum,
      slopePower: slope.power,
      slopeBound: slope.bound,
      rhoMin: curvature.minimum,
      rhoMinAt: curvature.at,
      margin: curvature.margin,
      exponentSmall: curvature.exponents[0],
      exponentLarge: curvature.exponents[1],
      bendBound: bend.bound,
      jumps: bend.jumps,
    },
    curves: { sigma, rho: curvature.rho },
  };
}

function known(values: Float64Array): Estimate {
  return exact(values[0]);
}

const MEASURES: readonly Measure[] = (
  [
    ['slopeHolds', 'Property 3.1 with p ≥ 0: 1 = satisfied'],
    ['slopeHoldsAsPrinted', 'Property 3.1 with p > 0, as printed: 1 = satisfied'],
    ['curvatureHolds', 'Property 3.2 at every σ: 1 = satisfied'],
    ['smooth', 'Property 3.3(a), φ is L₂-smooth: 1 = satisfied'],
    ['piecewiseLinear', 'Property 3.3(b), φ″ = 0 but for finitely many points: 1 = satisfied'],
    ['satisfied', 'how many of the three properties are satisfied, with p ≥ 0 in the first'],
    ['minSlope', 'inf φ′(z)'],
    ['slopePower', 'p, the smallest exponent ≥ 0 for which a finite L₁ exists'],
    ['slopeBound', 'L₁ = sup φ′(z)/|z|^p'],
    ['rhoMin', 'smallest ρ(σ)'],
    ['rhoMinAt', 'its σ'],
    [
      'margin',
      'smallest over σ of the three differences of ρ, each relative to its terms (of the two variances the root); at most 1e-12 counts as 0',
    ],
    ['exponentSmall', 'a of ρ ~ σ^a as σ → 0, measured from σ = 1e-3 to 2e-3'],
    ['exponentLarge', 'a of ρ ~ σ^a as σ → ∞, measured from σ = 1e3 to 2e3'],
    ['bendBound', 'L₂ = sup |φ″(z)| away from the jumps of φ′'],
    ['jumps', 'e, the number of points where φ′ jumps'],
  ] as const
).map(([name, description]) => ({ name, of: name, description, estimate: known }));

function cells(values: Values<typeof SETTINGS>): Cell<ActivationCell['settings']>[] {
  const [least, most] = [values.sigmaMin, values.sigmaMax];
  if (least >= most) refuse('sigmaMin', `below sigmaMax = ${most}`, least);
  return values.activation.map((activation) => ({ settings: { activation }, trials: 1 }));
}

function claims(cells: readonly ActivationCell[]): StatedClaim[] {
  const claim = (activation: string, name: string, wanted: number, id: string, statement: string): StatedClaim[] =>
    cells
      .filter(({ settings }) => settings.activation === activation)
      .map(({ measures }) =>
        stateClaim(
          { id: `${activation}-${id}`, source: SOURCE, statement: `${activation} ${statement}` },
          () => measures[name],
          { low: wanted, high: wanted },
        ),
      );
  return [
    ...NAMED.flatMap((activation) =>
      claim(activation, 'satisfied', 3, 'satisfies', 'satisfies Properties 3.1 (p ≥ 0), 3.2 and 3.3: 3 of 3'),
    ),
    ...claim('linear', 'curvatureHolds', 0, 'fails-3.2', 'does not satisfy Property 3.2: 0 of 1'),
    ...claim('quadratic', 'slopeHolds', 0, 'fails-3.1', 'does not satisfy Property 3.1: 0 of 1'),
    ...claim('quadratic', 'curvatureHolds', 0, 'fails-3.2', 'does not satisfy Property 3.2: 0 of 1'),
  ];
}

const nameOf = ({ settings }: ActivationCell): string => settings.activation;

function captionOf(drawn: readonly string[], left: readonly string[]): string {
  const parts = ['ρ(σ) = min{β₀ − α₀² − α₁², β₂ − α₁² − α₂², α₀α₂ − α₁²} by quadrature (no sampling error).'];
  if (['relu', 'leaky-relu'].every((name) => drawn.includes(name)))
    parts.push('The lines of relu (0.0908) and leaky-relu (0.0890) lie on each other.');
  if (left.length > 0)
    parts.push(
      `Not positive, so without a place on a log axis: ${left.join(', ')}${left.join() === 'linear,quadratic' ? ' (ρ = 0 and ρ = −4σ²)' : ''}.`,
    );
  return parts.join(' ');
}

function figures(cells: readonly ActivationCell[]): FigureMaker[] {
  const [drawn, left] = [1, 0].map((holds) =>
    cells.filter(({ measures }) => measures['curvatureHolds'].value === holds),
  );
  const rows = drawn.flatMap((cell) => {
    const rho = cell.curves?.['rho'];
    return rho === undefined
      ? []
      : Array.from(rho.at, (sigma, i) => ({ activation: nameOf(cell), sigma, rho: rho.p50[i] }));
  });
  return [
    () => ({
      name: 'zhong2017-thm35',
      title: 'ρ(σ) of Property 3.2, by activation',
      caption: captionOf(drawn.map(nameOf), left.map(nameOf)),
      rows,
      spec: curve({
        x: 'sigma',
        y: 'rho',
        xTitle: 'σ',
        yTitle: 'ρ(σ)',
        xLog: true,
        yLog: true,
        colour: 'activation',
        colourTitle: 'activation',
      }),
    }),
  ];
}

/** zhong2017, Theorem 3.5: which activations satisfy Properties 3.1 to 3.3, and with which margin. */
export const zhong2017Thm35 = defineExperiment({
  id: 'zhong2017-thm35',
  version: 1,
  paper: 'zhong2017',
  source: SOURCE,
  title: 'Which activations satisfy Properties 3.1 to 3.3',
  settings: SETTINGS,
  openChoices: [
    'Property 3.1 prints p > 0. Then φ′ must vanish at 0, and of the six activations that the theorem names only the squared ReLU satisfies it; with p ≥ 0 all six do. Claims take p ≥ 0; the column slopeHoldsAsPrinted has the other reading.',
    'The paper gives no range of σ: 0.05 to 10. That ρ > 0 beyond it follows from the exponents at both ends, and for every σ from the fact that φ′ ≥ 0 is not affine (docs/papers/zhong2017.md).',
    'A supremum over z is taken over 2⁻⁴⁰ ≤ |z| ≤ 2⁴⁰ with 16 points per octave, refined, and beyond both ends from the growth exponent there.',
    'L₁ and L₂ are those of the smallest possible p; ρ counts as positive when each of its three differences exceeds 1e-12 of its terms (of the two variances the roots).',
  ],
  cells,
  cost: (settings) => 5e7 * settings.sigmas,
  trial: runTrial,
  measures: MEASURES,
  alsoStored: ['bendHolds'],
  curves: [{ name: 'rho', of: 'rho', at: 'sigma', description: 'ρ(σ)' }],
  claims,
  figures,
});
