import { ACTIVATION } from '../../common/activation.js';
import { parseActivation } from '../../../core/networks/activations.js';
import { exact, type Estimate } from '../../../statistics/estimate.js';
import { quantities } from '../../../theory/quantities.js';
import { named, number } from '../../../settings/declare.js';
import type { Values } from '../../../settings/types.js';
import { defineExperiment } from '../../define.js';
import { stateClaim } from '../../claims.js';
import { lineWithBars } from '../../plots.js';
import type { CellSummary, Figure, FigureMaker, Measure, StatedClaim } from '../../spec.js';

const SOURCE = 'fu2019, Section II-A, Figure 1';
const SIGMAS = Array.from({ length: 61 }, (_, i) => Number((0.05 * 100 ** (i / 60)).toPrecision(6)));

/**
 * The minimum of ρ_CNN/ρ_FCN over σ for the sigmoid, attained near σ = 1.5. It is the number that stands for the
 * paper's “much larger”.
 */
const SMALLEST_RATIO = 7.7;

const SETTINGS = {
  activation: named(ACTIVATION, { description: 'activation φ', default: 'sigmoid' }),
  sigma: number({
    description: 'values of σ',
    list: true,
    min: 1e-3,
    max: 1e3,
    default: { smoke: [0.25, 0.5, 1, 1.5, 2, 3, 5], quick: SIGMAS, paper: SIGMAS },
  }),
};

type Cell = CellSummary<{ readonly sigma: number }>;

function known(values: Float64Array): Estimate {
  return exact(values[0]);
}

function smallest(cells: readonly Cell[], name: string): Estimate {
  return exact(Math.min(...cells.map(({ measures }) => measures[name].value)));
}

function claims(cells: readonly Cell[], { activation }: Values<typeof SETTINGS>): StatedClaim[] {
  const only = { published: { activation: 'sigmoid' } };
  return [
    stateClaim(
      {
        id: 'rho-positive',
        statement: `ρ_FCN(σ) and ρ_CNN(σ) are positive for all σ > 0 (${activation}; smallest value over the grid)`,
        source: `${SOURCE}, Definitions 1 and 2`,
        only,
      },
      () => exact(Math.min(smallest(cells, 'rhoFcn').value, smallest(cells, 'rhoCnn').value)),
      { low: Number.MIN_VALUE, high: Infinity },
    ),
    stateClaim(
      {
        id: 'cnn-larger',
        statement: `ρ_CNN is much larger than ρ_FCN: smallest ratio over the grid at least ${SMALLEST_RATIO} − 1 %`,
        source: SOURCE,
        only,
      },
      () => smallest(cells, 'ratio'),
      { low: 0.99 * SMALLEST_RATIO, high: Infinity },
    ),
  ];
}

function figures(cells: readonly Cell[], { activation }: Values<typeof SETTINGS>): FigureMaker[] {
  const row = (cell: Cell, network: string, name: string): Figure['rows'][number] => {
    const { value } = cell.measures[name];
    return { sigma: cell.settings.sigma, network, rho: value, low: value, high: value };
  };
  return [
    () => ({
      name: 'fu2019-fig1',
      title: 'ρ(σ) of the fully connected and the convolutional network',
      caption: `ρ_FCN with z ~ N(0, 1), ρ_CNN with z ~ N(0, σ²), for ${activation}, by quadrature (no sampling error), ${cells.length} values of σ.`,
      rows: cells.flatMap((cell) => [row(cell, 'FCN', 'rhoFcn'), row(cell, 'CNN', 'rhoCnn')]),
      spec: lineWithBars({
        x: 'sigma',
        y: 'rho',
        low: 'low',
        high: 'high',
        colour: 'network',
        colourTitle: 'network',
        xTitle: 'σ',
        yTitle: 'ρ(σ)',
        xLog: true,
        yLog: true,
      }),
    }),
  ];
}

const MEASURES: readonly Measure[] = [
  { name: 'rhoFcn', of: 'rhoFcn', description: 'ρ_FCN(σ) of Definition 1 with z ~ N(0, 1)', estimate: known },
  { name: 'rhoCnn', of: 'rhoCnn', description: 'ρ_CNN(σ) of Definition 2, z ~ N(0, σ²)', estimate: known },
  { name: 'ratio', of: 'ratio', description: 'ρ_CNN/ρ_FCN', estimate: known },
];

/** fu2019, Figure 1: the curvature quantities of both networks. */
export const fu2019Fig1 = defineExperiment({
  id: 'fu2019-fig1',
  version: 1,
  paper: 'fu2019',
  source: SOURCE,
  title: 'ρ of the fully connected and the non-overlapping convolutional network',
  settings: SETTINGS,
  openChoices: [
    'Definition 1 as printed (z ~ N(0, σ²) and φ′(σz)) is negative at σ = 1.5; with z ~ N(0, 1), as in fu2018, it is positive: that is taken.',
    'The paper does not give the range of σ: 61 values from 0.05 to 5, evenly spaced in log σ.',
  ],
  cells: ({ sigma: values }) => values.map((sigma) => ({ settings: { sigma }, trials: 1 })),
  cost: () => 1e7,
  trial: ({ settings: { activation, sigma } }) => {
    const { rho } = quantities(parseActivation(activation), sigma);
    return {
      status: 'ok',
      measures: { rhoFcn: rho.fu2019Fcn, rhoCnn: rho.fu2019Cnn, ratio: rho.fu2019Cnn / rho.fu2019Fcn },
    };
  },
  measures: MEASURES,
  claims,
  figures,
});
