import { everywhere, numberOf, numbersOf } from '../untyped.js';
import type { Experiment } from '../spec.js';
import type { Scale } from '../../settings/scale.js';
import type { Setting, Settings } from '../../settings/types.js';
import { crossingClaims, crossingFigure, outcomeFigure, type Published } from './crossing.js';
import { descentCost, landscapeVersion, PROBLEM_CHOICES, PROBLEM_PARAMETERS } from './problem.js';
import { SPURIOUS_ALSO_STORED, SPURIOUS_MEASURES, spuriousTrial } from './spuriousTrial.js';

/** What tells Figures 2a, 2b, 3a and 3b apart. */
export interface LandscapeFigure {
  readonly id: string;
  readonly activation: string;
  readonly published: Published;
  readonly K: Readonly<Record<Scale, number | readonly number[]>>;
  readonly d: Readonly<Record<Scale, number | readonly number[]>>;
  readonly iterations: Readonly<Record<Scale, number>>;
  readonly choices?: readonly string[];
}

function sizes({ K, d, published }: LandscapeFigure): Record<'K' | 'd', Setting> {
  const hidden = { kind: 'integer', min: 1, max: 200 } as const;
  const dimension = { kind: 'integer', min: 1, max: 1000 } as const;
  return published.axis === 'K'
    ? { K: { ...hidden, list: true, description: 'hidden units k of the student', default: K as Record<Scale, number[]> }, d: { ...dimension, description: 'input dimension', default: d as Record<Scale, number> } }
    : { K: { ...hidden, description: 'hidden units k of the student', default: K as Record<Scale, number> }, d: { ...dimension, list: true, description: 'input dimensions', default: d as Record<Scale, number[]> } };
}

/** Levenberg–Marquardt and Newton, on top of the descents: about this many iterations' worth for each start. */
const POLISH_ITERATIONS = 20_000;

function cost(settings: Settings): number {
  return descentCost({ ...settings, iterations: numberOf(settings, 'iterations') + POLISH_ITERATIONS });
}

/** An experiment of soltanolkotabi2017, Figures 2 and 3: how often no start ends in a spurious minimum. */
export function landscapeFigure(given: LandscapeFigure): Experiment {
  const { id, published, activation } = given;
  const axisName = published.axis === 'K' ? 'number of hidden units' : 'input dimension';
  const title = `Probability of no spurious minima against the ${axisName}, ${activation === 'quadratic' ? 'quadratic' : 'softplus'} activation`;
  return {
    id, version: landscapeVersion(activation), paper: 'soltanolkotabi2017', source: published.source, title,
    parameters: {
      ...sizes(given),
      n: { description: 'sample size', kind: 'integer', min: 1, max: 1e4, default: { smoke: 20, quick: 100, paper: 100 } },
      activation: { description: 'activation φ', kind: 'choice', words: ['softplus:10', 'softplus:4', 'softplus', 'quadratic'], default: everywhere(activation) },
      plantedWidth: { description: 'rows of W*, or same = k', kind: 'integer', words: ['same'], min: 1, max: 200, default: everywhere('same') },
      trials: { description: 'W*, each with its training set, per point', kind: 'integer', min: 1, max: 1e6, default: { smoke: 4, quick: 10, paper: 10 } },
      ...PROBLEM_PARAMETERS,
      iterations: { description: 'largest number of iterations', kind: 'integer', min: 1, max: 1e8, default: given.iterations },
      certificates: { description: 'starts of each W*, among those not at a global minimum, that get Newton steps', kind: 'integer', min: 0, max: 1000, default: { smoke: 3, quick: 1, paper: 1 } },
      newtonSteps: { description: 'Newton steps for each of those', kind: 'integer', min: 1, max: 1e5, default: { smoke: 100, quick: 100, paper: 400 } },
    },
    openChoices: [
      ...PROBLEM_CHOICES, ...(given.choices ?? []),
      'Global minimum (no tolerance given): the loss is zero there; by descent loss ≤ 1e-6 L(W0) within the cap (1e-4 and 1e-8 beside it), and by a Levenberg–Marquardt polish from the last iterate loss < 1e-12 L(W0).',
      'Width of the planted network (not given): k* = k.',
      'Grid (axis not readable): around the published crossing.',
    ],
    cells: (values) => numbersOf(values, published.axis).map((x) => ({
      settings: { K: values['K'] as number, d: values['d'] as number, n: values['n'] as number, [published.axis]: x },
      trials: values['trials'] as number,
    })),
    cost,
    runTrial: spuriousTrial,
    measures: SPURIOUS_MEASURES,
    alsoStored: SPURIOUS_ALSO_STORED,
    claims: (cells, values) => crossingClaims(cells, values, published),
    figures: (cells, values) => [() => crossingFigure(id, title, cells, values, published), () => outcomeFigure(id, cells, values, published)],
  };
}
