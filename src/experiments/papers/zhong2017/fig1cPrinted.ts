import { cellRows } from '../../common/cellRows.js';
import { RunStatus, type Points } from '../../../core/kernels/contract.js';
import { Purpose } from '../../../core/streams.js';
import { median } from '../../../statistics/means.js';
import { rate } from '../../../statistics/rates.js';
import type { Values } from '../../../settings/types.js';
import { stateClaim } from '../../claims.js';
import { trialCounts } from '../../common/counts.js';
import { drawTrainingSet, plantedCost, type TrainingSet } from '../../common/planted.js';
import { sampleGrid, type SampleCell } from '../../common/sampleGrid.js';
import { defineExperiment } from '../../define.js';
import { joined, keepEnds, keepStarts, keepSteps } from '../../keeper.js';
import { bandRows, percentileBands } from '../../plots.js';
import type { FigureMaker, Measure, StatedClaim, TrialContext, TrialOutcome } from '../../spec.js';
import { follow, scheduleOf, type PathSettings } from './fig1cTrial.js';
import {
  SECTION_7_DESCENT,
  tracedSettings,
  ZHONG2017_DESCENT,
  ZHONG2017_PROBLEM,
  zhong2017Context,
  type Zhong2017Settings,
} from './problem.js';

const SOURCE = 'zhong2017, Section 7, Figure 1(c), initialization (II) as printed';

const SETTINGS = {
  K: ZHONG2017_PROBLEM.K,
  activation: ZHONG2017_PROBLEM.activation,
  teacher: ZHONG2017_PROBLEM.teacher,
  condition: ZHONG2017_PROBLEM.condition,
  teacherScale: ZHONG2017_PROBLEM.teacherScale,
  ...ZHONG2017_DESCENT,
  ...tracedSettings({ smoke: 1000, quick: 4000, paper: 10000 }),
};

const READINGS = ['Printed', 'Script'] as const;
type Reading = (typeof READINGS)[number];

const NAMES: Readonly<Record<Reading, string>> = {
  Printed: 'v₀ Gaussian, plain steps',
  Script: 'v₀ its signs, sign after each step',
};

type Readings = TrainingSet & { readonly starts: Readonly<Record<Reading, Points>> };
type ReadingSettings = Omit<Zhong2017Settings, 'mode' | 'magnitudes'> & PathSettings;

/** A training set, and one random W_0 with v_0 ~ N(0, I) as printed, and with its signs as in the script. */
function drawReadings(trial: TrialContext<ReadingSettings>): Readings {
  const context = zhong2017Context(trial);
  const { kernels, stream, keep } = context;
  const drawn = drawTrainingSet(context);
  const weights = new Float64Array(drawn.teacher.length);
  const v = new Float64Array(drawn.teacherOutput.length);
  kernels.normals(stream(Purpose.start), 0, weights);
  kernels.normals(stream(Purpose.startOutput), 0, v);
  const starts = {
    Printed: { starts: 1, weights, outputWeights: v },
    Script: { starts: 1, weights, outputWeights: v.map((value) => (value < 0 ? -1 : 1)) },
  };
  keepStarts(keep, drawn.problem.shape.rows, joined(READINGS.map((reading) => starts[reading])));
  return { ...drawn, starts };
}

/** Divergence is a result here, not a failure of the trial. */
function runTrial(context: TrialContext<ReadingSettings>): TrialOutcome {
  const { settings, keep } = context;
  const drawn = drawReadings(context);
  const runs = READINGS.map((reading) => ({
    reading,
    ...follow(context, drawn, drawn.starts[reading], reading === 'Printed' ? 'free' : 'signs'),
  }));
  keepSteps(
    keep,
    Float64Array.from(runs, ({ state }) => state.stepSizes[0]),
  );
  keepEnds(keep, drawn.problem.shape.rows, joined(runs.map(({ state }) => state)));
  const measures = runs.flatMap(({ reading, state, objective }): [string, number][] => {
    const last = objective[objective.length - 1];
    return [
      [`converged${reading}`, last <= settings.reached ? 1 : 0],
      [`diverged${reading}`, state.status[0] === RunStatus.diverged ? 1 : 0],
      [`objective${reading}`, Number.isFinite(last) ? last : Infinity],
    ];
  });
  return {
    status: 'ok',
    measures: Object.fromEntries(measures),
    curves: {
      iteration: Float64Array.from(scheduleOf(settings)),
      ...Object.fromEntries(runs.map(({ reading, objective }) => [`objective${reading}`, objective])),
    },
  };
}

function claimsOf({ settings: { d, n }, measures }: SampleCell): StatedClaim[] {
  return [
    stateClaim(
      {
        id: `random-stuck-printed-d=${d}-n=${n}`,
        source: SOURCE,
        only: { published: { ...SECTION_7_DESCENT, d: 10, n: 10_000 }, here: { d, n } },
        statement: `d = ${d}, n = ${n}: (II) as printed does not converge in most trials: share in which it does at most 0.5`,
      },
      () => measures['convergedRatePrinted'],
      { low: 0, high: 0.5 },
    ),
  ];
}

function figures(all: readonly SampleCell[], values: Values<typeof SETTINGS>): FigureMaker[] {
  return all.map((cell) => () => {
    const { d, n } = cell.settings;
    return {
      name: all.length === 1 ? 'zhong2017-fig1c-printed' : `zhong2017-fig1c-printed-d${d}-n${n}`,
      title: 'Objective over iterations from a random start, two readings',
      caption: `Σ_i (f(x_i) − y_i)² by iteration, step ${values.stepSize}, the same W_0 for both; d = ${d}, n = ${n}, k = ${values.K}, ${trialCounts([cell])} trials. Lines: medians; bands: 25th to 75th and 5th to 95th percentile.`,
      ...cellRows([cell], ({ curves }) =>
        READINGS.flatMap((reading) => bandRows(curves?.[`objective${reading}`], { reading: NAMES[reading] })),
      ),
      spec: percentileBands({
        x: 'at',
        xTitle: 'iteration',
        yTitle: 'objective',
        yLog: true,
        colour: 'reading',
        colourTitle: 'reading of (II)',
      }),
    };
  });
}

const MEASURES: readonly Measure[] = READINGS.flatMap((reading) => [
  {
    name: `convergedRate${reading}`,
    of: `converged${reading}`,
    description: `share of trials in which the objective reaches the level: ${NAMES[reading]}`,
    estimate: rate,
    whenFailed: 0,
  },
  {
    name: `divergedRate${reading}`,
    of: `diverged${reading}`,
    description: `share of trials that diverge: ${NAMES[reading]}`,
    estimate: rate,
  },
  {
    name: `objective${reading}`,
    of: `objective${reading}`,
    description: `median of the last objective, a diverged one above all others: ${NAMES[reading]}`,
    estimate: median,
  },
]);

/** zhong2017, Figure 1(c), (II) as printed: Gaussian v_0 and W_0, plain gradient steps in both. */
export const zhong2017Fig1cPrinted = defineExperiment({
  id: 'zhong2017-fig1c-printed',
  version: 1,
  paper: 'zhong2017',
  source: SOURCE,
  title: 'A random start with plain steps in v, as printed, beside the reading of the script',
  settings: SETTINGS,
  openChoices: [
    'As printed: v_0 and W_0 have N(0, 1) entries and both move by plain gradient steps. The script has v_0 of ±1 and v ← sign(v − η∂f/∂v); here v_0 are the signs of the printed one.',
    'Both gradients are taken at the same point. The objective is Σ r², and descent is on Σ r²/(2n).',
    'A run that diverges counts as not converged, and its share is reported.',
  ],
  cells: (values) =>
    sampleGrid({ ...values, perDimension: [] }).map((settings) => ({ settings, trials: values.trials })),
  cost: (settings) => 2 * plantedCost(settings, 1),
  trial: runTrial,
  draw: drawReadings,
  measures: MEASURES,
  curves: READINGS.map((reading) => ({
    name: `objective${reading}`,
    of: `objective${reading}`,
    at: 'iteration',
    description: `objective: ${NAMES[reading]}`,
  })),
  claims: (all) => all.flatMap(claimsOf),
  figures,
});
