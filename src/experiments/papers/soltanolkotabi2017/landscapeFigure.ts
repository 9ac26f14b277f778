/** Figures 2 and 3: how often no start ends in a spurious minimum, against the width or the dimension. */
import { ACTIVATION } from '../../common/activation.js';
import { named, number } from '../../../settings/declare.js';
import type { ByScale } from '../../../settings/scale.js';
import { ascending } from '../../common/ascending.js';
import * as common from '../../common/settings.js';
import { defineExperiment } from '../../define.js';
import type { CellSummary, Experiment, FigureMaker } from '../../spec.js';
import { crossingClaims, crossingFigure, outcomeFigure, type CrossingValues, type Published } from './crossing.js';
import {
  descentCost,
  landscapeVersion,
  PROBLEM_CHOICES,
  PROBLEM_SETTINGS,
  type LandscapeActivation,
  type ProblemCost,
  type SizeCell,
} from './problem.js';
import { SPURIOUS_ALSO_STORED, SPURIOUS_MEASURES, spuriousProblem, spuriousTrial } from './spuriousTrial.js';

/** The differences between Figures 2a, 2b, 3a and 3b. */
interface LandscapeFigure<Axis extends 'K' | 'd'> {
  readonly id: string;
  readonly activation: LandscapeActivation;
  readonly published: Published<Axis>;
  readonly iterations: ByScale<number>;
  readonly choices?: readonly string[];
}

interface WidthFigure extends LandscapeFigure<'K'> {
  readonly K: ByScale<readonly number[]>;
  readonly d: ByScale<number>;
}

interface DimensionFigure extends LandscapeFigure<'d'> {
  readonly K: ByScale<number>;
  readonly d: ByScale<readonly number[]>;
}

type AnyFigure = LandscapeFigure<'K' | 'd'>;

const HIDDEN = { description: 'hidden units k of the student', integer: true, min: 1, max: 200 } as const;

/** The approximate cost of Levenberg–Marquardt and Newton for each start, in iterations of the descents. */
const POLISH_ITERATIONS = 20_000;

/** An experiment of soltanolkotabi2017 in which the number of hidden units varies. */
export function widthFigure(given: WidthFigure): Experiment {
  const { K, d, published } = given;
  return defineExperiment({
    ...saidOf(given),
    settings: { K: number({ ...HIDDEN, list: true, default: K }), d: common.dimension(d), ...settingsOf(given) },
    cells: (values) =>
      ascending(values.K).map((width) => ({ settings: { K: width, d: values.d, n: values.n }, trials: values.trials })),
    claims: (cells, values) => crossingClaims(cells, values.K, published),
    figures: (cells, values) => figuresOf(given, cells, values, `d = ${values.d}`),
  });
}

/** An experiment of soltanolkotabi2017 in which the input dimension varies. */
export function dimensionFigure(given: DimensionFigure): Experiment {
  const { K, d, published } = given;
  return defineExperiment({
    ...saidOf(given),
    settings: { K: number({ ...HIDDEN, default: K }), d: common.dimensions(d), ...settingsOf(given) },
    cells: (values) =>
      ascending(values.d).map((dimension) => ({
        settings: { K: values.K, d: dimension, n: values.n },
        trials: values.trials,
      })),
    claims: (cells, values) => crossingClaims(cells, values.d, published),
    figures: (cells, values) => figuresOf(given, cells, values, `k = ${values.K}`),
  });
}

function titleOf({ activation, published }: AnyFigure): string {
  const axisName = published.axis === 'K' ? 'number of hidden units' : 'input dimension';
  return `Probability of no spurious minima against the ${axisName}, ${activation === 'quadratic' ? 'quadratic' : 'softplus'} activation`;
}

/** The common properties of the experiments, without their axes. */
function saidOf(given: AnyFigure) {
  const { id, activation, published, choices = [] } = given;
  return {
    id,
    version: landscapeVersion(activation),
    paper: 'soltanolkotabi2017',
    source: published.source,
    title: titleOf(given),
    openChoices: [
      ...PROBLEM_CHOICES,
      ...choices,
      'Global minimum (no tolerance given): the loss is zero there; by descent loss ≤ 1e-6 L(W0) within the cap (1e-4 and 1e-8 beside it), and by a Levenberg–Marquardt polish from the last iterate loss < 1e-12 L(W0).',
      'Width of the planted network (not given): k* = k.',
      'Grid (axis not readable): around the published crossing.',
    ],
    cost: (settings: ProblemCost) => descentCost({ ...settings, iterations: settings.iterations + POLISH_ITERATIONS }),
    trial: spuriousTrial,
    draw: spuriousProblem,
    measures: SPURIOUS_MEASURES,
    alsoStored: SPURIOUS_ALSO_STORED,
  };
}

function settingsOf({ activation, iterations }: AnyFigure) {
  return {
    n: number({
      description: 'sample size',
      integer: true,
      min: 1,
      max: 1e4,
      default: { smoke: 20, quick: 100, paper: 100 },
    }),
    activation: named(ACTIVATION, { description: 'activation φ', default: activation }),
    plantedWidth: number({
      description: 'rows of W*, or same = k',
      integer: true,
      words: ['same'],
      min: 1,
      max: 200,
      default: 'same',
    }),
    trials: common.trials({ smoke: 4, quick: 10, paper: 10 }, 'W*, each with its training set, per point'),
    ...PROBLEM_SETTINGS,
    iterations: common.iterations(iterations, { max: 1e8 }),
    certificates: number({
      description: 'starts of each W*, among those not at a global minimum, that get Newton steps',
      integer: true,
      min: 0,
      max: 1000,
      default: { smoke: 3, quick: 1, paper: 1 },
    }),
    newtonSteps: number({
      description: 'Newton steps for each of those',
      integer: true,
      min: 1,
      max: 1e5,
      default: { smoke: 100, quick: 100, paper: 400 },
    }),
  };
}

interface FigureValues extends CrossingValues {
  readonly certificates: number;
}

function figuresOf(
  given: AnyFigure,
  cells: readonly CellSummary<SizeCell>[],
  values: FigureValues,
  fixed: string,
): FigureMaker[] {
  const { id, published } = given;
  return [
    () => crossingFigure({ id, title: titleOf(given), fixed }, cells, values, published),
    () => outcomeFigure(id, cells, values, published),
  ];
}
