import { parseActivation } from '../../../core/networks/activations.js';
import { exact, within, type Estimate } from '../../../statistics/estimate.js';
import { quantities } from '../../../theory/quantities.js';
import { ACTIVATION } from '../../common/activation.js';
import { stateClaim } from '../../claims.js';
import { named, number } from '../../../settings/declare.js';
import { defineExperiment } from '../../define.js';
import { curve } from '../../plots.js';
import type { CellSummary, FigureMaker, StatedClaim } from '../../spec.js';
import type { Values } from '../../../settings/types.js';

const PAPER_SIGMAS = Array.from({ length: 61 }, (_, i) => Number((0.05 * 100 ** (i / 60)).toPrecision(6)));

/** Absolute accuracy of the quadrature for ρ. It gives an interval to a value without sampling error. */
const QUADRATURE_ERROR = 1e-13;

const SETTINGS = {
  activation: named(ACTIVATION, { description: 'activation φ', default: 'sigmoid' }),
  sigma: number({
    description: 'values of σ',
    list: true,
    min: 1e-3,
    max: 1e3,
    default: { smoke: [0.25, 0.5, 1, 1.5, 2, 3, 5], quick: PAPER_SIGMAS, paper: PAPER_SIGMAS },
  }),
};

type Cell = CellSummary<{ readonly sigma: number }>;

function accurate(values: Float64Array): Estimate {
  return within(values[0] ?? Number.NaN, QUADRATURE_ERROR);
}

function smallest(cells: readonly Cell[]): Estimate {
  const values = cells.map((cell) => cell.measures['rho']);
  // A grid with missing values proves nothing about all σ.
  if (values.some(({ value }) => Number.isNaN(value))) return exact(Number.NaN);
  return values.reduce((least, rho) => (rho.value < least.value ? rho : least), exact(Infinity));
}

function claims(cells: readonly Cell[], { activation }: Values<typeof SETTINGS>): StatedClaim[] {
  return [
    stateClaim(
      {
        id: 'rho-positive',
        statement: `ρ(σ) > 0 for all σ > 0 (${activation}; smallest value over the grid)`,
        source: 'fu2018, Definition 1, Assumption 2 and Figure 2',
        only: { published: { activation: ['sigmoid', 'tanh'] } },
      },
      () => smallest(cells),
      { low: Number.MIN_VALUE, high: Infinity },
    ),
  ];
}

function figures(cells: readonly Cell[], { activation }: Values<typeof SETTINGS>): FigureMaker[] {
  return [
    () => ({
      name: 'fu2018-fig2',
      title: `ρ(σ) for ${activation}`,
      caption: `ρ(σ) = min{β₀ − α₀² − α₁², β₂ − α₁² − α₂²} for ${activation}, by quadrature (no sampling error), ${cells.length} values of σ.`,
      rows: cells.map((cell) => ({ sigma: cell.settings.sigma, rho: cell.measures['rho'].value })),
      spec: curve({ x: 'sigma', y: 'rho', xTitle: 'σ', yTitle: 'ρ(σ)', xLog: true }),
    }),
  ];
}

/** fu2018, Figure 2: ρ(σ), the quantity that bounds the curvature at W* from below. */
export const fu2018Fig2 = defineExperiment({
  id: 'fu2018-fig2',
  version: 1,
  paper: 'fu2018',
  source: 'fu2018, Section 3, Figure 2',
  title: 'ρ(σ), which bounds the curvature at W* from below',
  settings: SETTINGS,
  openChoices: ['The paper does not give the range of σ: 61 values from 0.05 to 5, evenly spaced in log σ.'],
  cells: ({ sigma: values }) => values.map((sigma) => ({ settings: { sigma }, trials: 1 })),
  cost: () => 1e7,
  trial: ({ settings: { activation, sigma } }) => {
    const { rho, alpha, beta } = quantities(parseActivation(activation), sigma);
    return {
      status: 'ok',
      measures: {
        rho: rho.fu2018,
        alpha0: alpha[0],
        alpha1: alpha[1],
        alpha2: alpha[2],
        beta0: beta[0],
        beta2: beta[1],
      },
    };
  },
  measures: [{ name: 'rho', of: 'rho', description: 'ρ(σ) of Definition 1, z ~ N(0, 1)', estimate: accurate }],
  alsoStored: ['alpha0', 'alpha1', 'alpha2', 'beta0', 'beta2'],
  claims,
  figures,
});
