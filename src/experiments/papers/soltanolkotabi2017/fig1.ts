import { ACTIVATION } from '../../common/activation.js';
import { parseActivation } from '../../../core/networks/activations.js';
import { UNKNOWN, within, type Estimate } from '../../../statistics/estimate.js';
import { expectation } from '../../../theory/expectation.js';
import { stateClaim } from '../../claims.js';
import { curve } from '../../plots.js';
import type { CellSummary, Figure, FigureMaker, Measure, StatedClaim, TrialContext, TrialOutcome } from '../../spec.js';
import { named, number } from '../../../settings/declare.js';
import { ascending } from '../../common/ascending.js';
import { defineExperiment } from '../../define.js';

const SOURCE = 'soltanolkotabi2017, Assumption 2.3, Example 2.4 and Figure 1';
const ACTIVATIONS = ['softplus:4', 'sigmoid:4', 'erf', 'tanh', 'relu'] as const;
/** Absolute accuracy of the quadrature. */
const QUADRATURE_ERROR = 1e-12;
/** The curves of the figure: the number of points, which lie on [−REACH, REACH]. */
const [POINTS, REACH] = [161, 4];

const SIGMAS = Array.from({ length: 41 }, (_, i) => Number((0.05 * 200 ** (i / 40)).toPrecision(6)));

const SETTINGS = {
  activation: named(ACTIVATION, { description: 'activations φ', list: true, default: ACTIVATIONS }),
  sigma: number({
    description: 'values of σ',
    list: true,
    min: 1e-3,
    max: 1e3,
    default: { smoke: [0.25, 1, 4], quick: SIGMAS, paper: SIGMAS },
  }),
};

/** The settings of a cell: one activation at one σ. */
interface Place {
  readonly activation: string;
  readonly sigma: number;
}

/**
 * μ(σ) = E φ′(σg) and γ(σ) = E φ″(σg) = E[φ′(σg) g]/σ. The last form, by Stein's identity, includes the kink of the
 * ReLU.
 */
function runTrial({ settings }: TrialContext<Place>): TrialOutcome {
  const { derivative } = parseActivation(settings.activation);
  const { sigma } = settings;
  return {
    status: 'ok',
    measures: {
      mu: expectation((z) => derivative(sigma * z)),
      gamma: expectation((z) => (derivative(sigma * z) * z) / sigma),
    },
  };
}

function accurate(values: Float64Array): Estimate {
  return within(values[0] ?? Number.NaN, QUADRATURE_ERROR);
}

/** The smallest or the largest estimate of one measure over σ. It is unknown if one estimate is missing. */
function most(
  cells: readonly CellSummary<Place>[],
  measure: string,
  better: (a: number, b: number) => boolean,
): Estimate {
  const estimates = cells.map(({ measures }) => measures[measure]);
  if (estimates.some(({ value }) => Number.isNaN(value))) return UNKNOWN;
  return estimates.reduce(
    (best, estimate) => (better(estimate.value, best.value) ? estimate : best),
    estimates[0] ?? UNKNOWN,
  );
}

function claims(cells: readonly CellSummary<Place>[]): StatedClaim[] {
  const names = [...new Set(cells.map(({ settings }) => settings.activation))].filter((name) => name !== 'relu');
  return names.flatMap((name) => {
    const own = cells.filter(({ settings }) => settings.activation === name);
    const isConvex = name.startsWith('softplus');
    return [
      stateClaim(
        { id: `slope-${name}`, source: SOURCE, statement: `${name}: μ(σ) > 0 for all σ (least over the grid)` },
        () => most(own, 'mu', (a, b) => a < b),
        { low: Number.MIN_VALUE, high: Infinity },
      ),
      isConvex
        ? stateClaim(
            {
              id: `curvature-${name}`,
              source: SOURCE,
              statement: `${name}: γ(σ) is nonzero for all σ (least over the grid): Assumption 2.3(a)`,
            },
            () => most(own, 'gamma', (a, b) => a < b),
            { low: Number.MIN_VALUE, high: Infinity },
          )
        : stateClaim(
            {
              id: `curvature-${name}`,
              source: SOURCE,
              statement: `${name}: γ(σ) = 0 for all σ (largest size over the grid): Assumption 2.3(b)`,
            },
            () => most(own, 'gamma', (a, b) => Math.abs(a) > Math.abs(b)),
            { low: -2 * QUADRATURE_ERROR, high: 2 * QUADRATURE_ERROR },
          ),
    ];
  });
}

function activationFigure(names: readonly string[]): Figure {
  const rows = names.flatMap((name) => {
    const { value } = parseActivation(name);
    return Array.from({ length: POINTS }, (_, i) => {
      const z = REACH * ((2 * i) / (POINTS - 1) - 1);
      return { activation: name, z, value: value(z) };
    });
  });
  return {
    name: 'soltanolkotabi2017-fig1',
    title: 'The activations of Example 2.4, with the ReLU',
    caption: 'φ(z) of softplus and sigmoid with b = 4, erf = (2/√π)∫₀ᶻe^(−t²/2)dt, tanh, and the ReLU. No sampling.',
    rows,
    spec: curve({ x: 'z', y: 'value', xTitle: 'z', yTitle: 'φ(z)', colour: 'activation', colourTitle: 'φ' }),
  };
}

function figures(cells: readonly CellSummary<Place>[]): FigureMaker[] {
  const names = [...new Set(cells.map(({ settings }) => settings.activation))];
  const quantity = (measure: 'mu' | 'gamma', symbol: string, meaning: string): Figure => ({
    name: `soltanolkotabi2017-fig1-${measure}`,
    title: `${symbol}(σ), the average ${meaning} of the activations`,
    caption: `${symbol}(σ) of Assumption 2.3 by quadrature, g ~ N(0, 1); no sampling error.`,
    rows: cells.map(({ settings, measures }) => ({
      activation: settings.activation,
      sigma: settings.sigma,
      value: measures[measure].value,
    })),
    spec: curve({
      x: 'sigma',
      y: 'value',
      xTitle: 'σ',
      xLog: true,
      yTitle: `${symbol}(σ)`,
      colour: 'activation',
      colourTitle: 'φ',
    }),
  });
  return [() => activationFigure(names), () => quantity('mu', 'μ', 'slope'), () => quantity('gamma', 'γ', 'curvature')];
}

const measures: Measure[] = [
  { name: 'mu', of: 'mu', description: 'μ(σ) = E φ′(σg)', estimate: accurate },
  { name: 'gamma', of: 'gamma', description: 'γ(σ) = E φ″(σg)', estimate: accurate },
];

/** soltanolkotabi2017, Figure 1: the activations, and the two averages that Assumption 2.3 is about. */
export const soltanolkotabi2017Fig1 = defineExperiment({
  id: 'soltanolkotabi2017-fig1',
  version: 1,
  paper: 'soltanolkotabi2017',
  source: SOURCE,
  title: 'The activations, their average slope and curvature',
  settings: SETTINGS,
  openChoices: ['The ranges of the axes are not given: z from −4 to 4; 41 values of σ from 0.05 to 10.'],
  cells: (values) =>
    values.activation.flatMap((activation) =>
      ascending(values.sigma).map((sigma) => ({ settings: { activation, sigma }, trials: 1 })),
    ),
  cost: () => 1e6,
  trial: runTrial,
  measures,
  claims,
  figures,
});
