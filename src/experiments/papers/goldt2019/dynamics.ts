import { deviation } from '../../../statistics/deviations.js';
import { mean, positiveMean } from '../../../statistics/means.js';
import { ascending } from '../../common/ascending.js';
import { defineExperiment } from '../../define.js';
import type { Cell, CurveMeasure, Measure } from '../../spec.js';
import { dynamicsClaims } from './dynamicsClaims.js';
import { dynamicsFigures } from './dynamicsFigures.js';
import { RECORDED, SETTINGS, TIMES, type DynamicsPlace, type DynamicsValues } from './dynamicsSettings.js';
import { dynamicsCost, dynamicsTrial } from './dynamicsTrial.js';

function cells({ K, d, start, trials }: DynamicsValues): Cell<DynamicsPlace>[] {
  return ascending(K).flatMap((rows) =>
    start.flatMap((law) =>
      ascending(d).map((dimension) => ({ settings: { K: rows, d: dimension, start: law }, trials })),
    ),
  );
}

const MEASURES: readonly Measure[] = [
  {
    name: 'deviation',
    of: 'deviation',
    description: 'mean of the largest deviation of an order parameter from the equations, over all recorded times',
    estimate: positiveMean,
  },
  ...TIMES.flatMap((alpha): Measure[] => [
    {
      name: `gap${alpha}`,
      of: `gap${alpha}`,
      description: `mean of log(ε_g of the run/ε_g of the equations) at α = ${alpha}`,
      estimate: mean,
    },
    {
      name: `spread${alpha}`,
      of: `gap${alpha}`,
      description: `standard deviation of the same at α = ${alpha}`,
      estimate: deviation,
    },
  ]),
];

const CURVES: readonly CurveMeasure[] = [
  { name: 'error', of: 'error', at: 'alpha', description: 'generalisation error of the runs over α' },
  { name: 'limit', of: 'limit', at: 'alpha', description: 'the same by the equations from the start of each run' },
];

/** Goldt et al. 2019: a run of online SGD follows the equations of its order parameters. */
export const goldt2019Dynamics = defineExperiment({
  id: 'goldt2019-dynamics',
  version: 1,
  paper: 'goldt2019',
  source: 'goldt2019, simulation against equations',
  title: 'Online SGD of soft committee machines against the order parameters’ equations',
  settings: SETTINGS,
  openChoices: [
    'Every run is compared with the equations from its own start, so that what differs is the limit d → ∞ alone.',
    'Start overlap has the same order parameters at every d; start random has products with the teacher of order 1/√d, as the paper starts.',
    `The deviation is the largest over ${RECORDED.length - 1} times up to α = 300 and over all products of rows.`,
  ],
  cells,
  cost: dynamicsCost,
  bytes: ({ d, K, teacherRows }) => 16 * d * (K + teacherRows),
  trial: dynamicsTrial,
  measures: MEASURES,
  curves: CURVES,
  claims: dynamicsClaims,
  figures: dynamicsFigures,
});
