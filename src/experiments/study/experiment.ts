import type { Cell, Experiment, Measure, PrefixEstimate } from '../spec.js';
import { studyCost, studyBytes } from './cost.js';
import { studyFigures } from './figures.js';
import { studyCells } from './grid.js';
import { lookedCells } from './precision.js';
import { STUDY_CURVES, measuresOf } from './measures.js';
import { streamText } from './settings.js';
import type { StudySpec } from './spec.js';
import { studyTrial } from './trial.js';

export const STUDY_ID = 'study';

/** A study of one's own as an experiment: the grid of its file, one generic trial, its figures, no claims. */
export function studyExperiment(spec: StudySpec): Experiment {
  const measures = measuresOf(spec);
  const grow = growthOf(spec, measures);
  return {
    id: STUDY_ID,
    version: 1,
    paper: 'study',
    source: 'study file',
    title: spec.title,
    parameters: {},
    openChoices: [],
    cells: () => grow?.(() => undefined) ?? studyCells(spec),
    ...(grow === undefined ? {} : { grow: (_, estimate) => grow(estimate) }),
    streamText,
    cost: studyCost,
    bytes: studyBytes,
    runTrial: studyTrial,
    measures,
    curves: STUDY_CURVES,
    claims: () => [],
    figures: (cells) => studyFigures(spec, cells),
  };
}

/** The grid of a study whose trials follow from results. */
function growthOf(spec: StudySpec, measures: readonly Measure[]): ((estimate: PrefixEstimate) => Cell[]) | undefined {
  const { precision } = spec;
  const measure = measures.find(({ name }) => name === precision?.measure);
  return precision && measure && ((estimate) => lookedCells(studyCells(spec), precision, measure, estimate));
}

/** Runs the trials of any study: they depend on their settings alone. */
export const STUDY_RUNNER: Experiment = studyExperiment({ title: '', description: '', grid: {}, trials: 0, measures: [], figures: [] });
