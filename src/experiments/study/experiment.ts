import type { Experiment } from '../spec.js';
import { studyCost, studyBytes } from './cost.js';
import { studyFigures } from './figures.js';
import { studyCells } from './grid.js';
import { STUDY_CURVES, measuresOf } from './measures.js';
import { isLandscape, shownSettings, streamText } from './settings.js';
import type { StudySpec } from './spec.js';
import { studyTrial } from './trial.js';

export const STUDY_ID = 'study';

/** A study of one's own as an experiment: the grid of its file, one generic trial, its figures, no claims. */
export function studyExperiment(spec: StudySpec): Experiment {
  return {
    id: STUDY_ID,
    version: 1,
    paper: 'study',
    source: 'study file',
    title: spec.title,
    parameters: {},
    openChoices: [],
    cells: () => studyCells(spec),
    streamText,
    shownSettings,
    cost: studyCost,
    bytes: studyBytes,
    shares: (settings) => !isLandscape(settings),
    runTrial: studyTrial,
    measures: measuresOf(spec),
    curves: STUDY_CURVES,
    claims: () => [],
    figures: (cells) => studyFigures(spec, cells),
  };
}

/** Runs the trials of any study: they depend on their settings alone. */
export const STUDY_RUNNER: Experiment = studyExperiment({ title: '', description: '', grid: {}, trials: 0, measures: [], figures: [] });
