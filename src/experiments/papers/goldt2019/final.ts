import { refuse } from '../../../base/errors.js';
import { agreed } from '../../../statistics/agreed.js';
import { positiveMean } from '../../../statistics/means.js';
import { ascending } from '../../common/ascending.js';
import { trialCounts } from '../../common/counts.js';
import { defineExperiment } from '../../define.js';
import { facets, lineWithBars } from '../../plots.js';
import type { Cell, FigureMaker, FigureRow, Measure } from '../../spec.js';
import { finalClaims, type FinalCell } from './finalClaims.js';
import { SETTINGS, WINDOWS, type FinalPlace, type FinalValues } from './finalSettings.js';
import { finalCost, finalTrial } from './finalTrial.js';

/** Accuracy of the differences in the linearised equations. */
const ACCURACY = 1e-6;

/** @throws InputError for a student with fewer rows than the teacher */
function cells({ K, teacherRows, stepSize, trials }: FinalValues): Cell<FinalPlace>[] {
  const least = Math.min(...K);
  if (least < teacherRows) refuse('K, rows of the student', `at least teacherRows = ${teacherRows}`, least);
  return ascending(K).flatMap((rows) =>
    ascending(stepSize).map((eta) => ({ settings: { K: rows, stepSize: eta }, trials })),
  );
}

/** The lines of the figure: what was measured in each window, and the fixed point. */
const LINES = {
  early: `α = ${WINDOWS.early.join(' … ')}`,
  late: `α = ${WINDOWS.late.join(' … ')}`,
  limit: 'equations',
};

function figures(all: readonly FinalCell[], { stepSize, noise, d }: FinalValues): FigureMaker[] {
  const panelOf = (eta: number): string => `η = ${eta}`;
  return [
    () => ({
      name: 'goldt2019-final',
      title: 'Final error of online SGD over the rows of the student',
      caption: `ε_g/σ² with σ = ${noise}, d = ${d}, the mean over a window of α and ${trialCounts(all)} runs per point; and of the equations for small σ, near W = (U, 0). Bars: 95 % intervals of the mean.`,
      rows: all.flatMap(({ settings, trials, measures }) =>
        Object.entries(LINES).map(([name, line]): FigureRow => {
          const { value, low, high } = measures[name];
          return { line, panel: panelOf(settings.stepSize), K: settings.K, trials, value, low, high };
        }),
      ),
      spec: facets(
        lineWithBars({
          x: 'K',
          y: 'value',
          low: 'low',
          high: 'high',
          xTitle: 'rows K of the student',
          yTitle: 'generalisation error over noise, ε_g/σ²',
          yLog: true,
          colour: 'line',
          colourTitle: '',
          colourOrder: Object.values(LINES),
        }),
        'panel',
        ascending(stepSize).map(panelOf),
      ),
    }),
  ];
}

const MEASURES: readonly Measure[] = [
  {
    name: 'early',
    of: 'early',
    description: `mean ε_g/σ² at α = ${WINDOWS.early.join(' … ')}`,
    estimate: positiveMean,
  },
  { name: 'late', of: 'late', description: `mean ε_g/σ² at α = ${WINDOWS.late.join(' … ')}`, estimate: positiveMean },
  {
    name: 'lateOverEarly',
    of: 'lateOverEarly',
    description: 'mean of late over early in the same run',
    estimate: positiveMean,
  },
  {
    name: 'spareNorm',
    of: 'spareNorm',
    description: 'mean ‖w‖² of the rows beyond the M rows of the teacher, at the end',
    estimate: positiveMean,
  },
  {
    name: 'limit',
    of: 'limit',
    description: 'ε_g/σ² at the fixed point of the equations near W = (U, 0), for σ → 0',
    interval: 'the accuracy of differences',
    estimate: agreed(ACCURACY),
  },
  {
    name: 'smallStep',
    of: 'smallStep',
    description: 'the same for η = 1e-4, in units of η/2π',
    interval: 'the accuracy of differences',
    estimate: agreed(ACCURACY),
  },
];

/** Goldt et al. 2019: the final error of students with more rows than their teacher, of which only W is trained. */
export const goldt2019Final = defineExperiment({
  id: 'goldt2019-final',
  version: 1,
  paper: 'goldt2019',
  source: 'goldt2019, final error in closed form',
  title: 'Final error of online SGD with noisy labels over the width of the student',
  settings: SETTINGS,
  openChoices: [
    'Runs start close to the fixed point that the closed form is about: the rows of the teacher, and further rows of 0.',
    'ε_g is averaged over 101 points of a run; the runs, not the points, count as independent.',
  ],
  cells,
  cost: finalCost,
  bytes: ({ d, K, teacherRows }) => 16 * d * (K + teacherRows),
  trial: finalTrial,
  measures: MEASURES,
  claims: finalClaims,
  figures,
});
