import { methodNamed } from '../../core/descent/method.js';
import { isPlain } from '../../core/kernels/updates.js';
import { parseActivation } from '../../core/networks/activations.js';
import type { Experiment, Measure, PrefixEstimate, StudyFile } from '../spec.js';
import { STUDY_ID } from '../spec.js';
import { aboutStudy } from './about.js';
import { studyCost, studyBytes } from './cost.js';
import { differenceFindings, pairedMeasures } from './differences.js';
import { figureNumbers } from './figureNumbers.js';
import { studyFigures } from './figures.js';
import { boundaryCells } from './boundary.js';
import { boundaryFigures } from './boundaryFigures.js';
import { boundaryFindings } from './findings.js';
import { studyCells } from './grid.js';
import type { Growth } from './growth.js';
import { lookedCells } from './precision.js';
import { STUDY_CURVES, STUDY_MEASURES } from './measures.js';
import { isLandscape, isPopulation, isStochastic, type StudySettings } from './declared.js';
import { borrowedText, shownSettings, streamText, STUDY_SETTING_KINDS, studySettings } from './settings.js';
import { measuresOf } from './shown.js';
import type { StreamsSpec, StudySpec } from './spec.js';
import { specText } from './stored.js';
import { studyProblem, studyTrial } from './trial.js';

/** A study of one's own as an experiment: the grid of its file, one generic trial, its figures, and no claims. */
export function studyExperiment(spec: StudySpec): Experiment {
  const { boundary, files, streams } = spec;
  const measures = measuresOf(spec);
  const grown = growthOf(spec, measures);
  return {
    id: STUDY_ID,
    version: 2,
    streamVersion: 1,
    paper: 'study',
    source: 'study file',
    title: spec.title,
    specText: specText(spec),
    about: () => aboutStudy(spec),
    ...(files === undefined ? {} : { files }),
    settings: {},
    openChoices: [],
    cells: () => grown?.(() => undefined).cells ?? studyCells(spec),
    ...(grown === undefined
      ? {}
      : { grow: (_, { estimate }) => grown(estimate).cells, likely: (_, { estimate }) => grown(estimate).likely }),
    ...(streams === undefined ? { streamText } : streamsOf(streams)),
    shownSettings,
    settingKinds: STUDY_SETTING_KINDS,
    cost: studyCost,
    bytes: studyBytes,
    shares: (settings) => isShared(studySettings(settings)),
    takesMixed: (settings) => isPlainDescent(studySettings(settings)),
    trial: (context) => studyTrial({ ...context, files }),
    draw: (context) => studyProblem({ ...context, files }),
    measures,
    alsoStored: STUDY_MEASURES.map(({ of }) => of),
    curves: STUDY_CURVES,
    claims: () => [],
    perTrial: [...pairedMeasures(spec), ...figureNumbers(spec)],
    findings: (cells) => [
      ...(boundary === undefined ? [] : boundaryFindings(spec, boundary, cells)),
      ...differenceFindings(spec, cells),
    ],
    figures: (cells) => [
      ...studyFigures(spec, cells),
      ...(boundary === undefined ? [] : boundaryFigures(spec, boundary, cells)),
    ],
  };
}

/** Settings that give the study the random numbers of another experiment. */
function streamsOf({ of, version, cells }: StreamsSpec): Pick<Experiment, 'streamId' | 'streamVersion' | 'streamText'> {
  return { streamId: of, streamVersion: version, streamText: (cell) => borrowedText(cells, cell) };
}

/**
 * Whether other workers can help with a trial. They are told only the name of the activation, so they do not know an
 * activation that is given as functions.
 */
function isShared(settings: StudySettings): boolean {
  return !isLandscape(settings) && parseActivation(settings.activation).pieces === undefined;
}

/** Whether the descents are plain gradient descents on training sets. */
function isPlainDescent(settings: StudySettings): boolean {
  return !isPopulation(settings) && !isLandscape(settings) && !isStochastic(settings) && isPlain(methodNamed(settings));
}

/** The grid of a study whose number of trials depends on results. */
function growthOf(spec: StudySpec, measures: readonly Measure[]): ((estimate: PrefixEstimate) => Growth) | undefined {
  const { precision, boundary } = spec;
  const measure = measures.find(({ name }) => name === (boundary ?? precision)?.measure);
  if (measure === undefined) return undefined;
  if (boundary !== undefined) return (estimate) => boundaryCells(spec, boundary, measure, estimate);
  return precision && ((estimate) => lookedCells(studyCells(spec), precision, measure, estimate));
}

/** Runs the trials of any study. They depend only on their settings and on the files that the settings name. */
export function studyRunner(files?: readonly StudyFile[]): Experiment {
  return studyExperiment({
    title: '',
    description: '',
    grid: {},
    trials: 0,
    measures: [],
    figures: [],
    ...(files === undefined ? {} : { files }),
  });
}
