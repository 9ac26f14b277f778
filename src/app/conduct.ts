/** Runs a study or continues it in its folder, and draws its figures. */
import { storedExperiment } from '../definitions/stored.js';
import type { StudyControl } from '../pool/control.js';
import type { ReportContent } from '../report/content.js';
import type { WrittenReport } from '../report/report.js';
import { openStudy } from '../store/open.js';
import type { StudyWriter } from '../store/writer.js';
import { announceForeign, foreignTo } from '../study/provenance/foreign.js';
import type { StudyOutcome } from '../study/run/outcome.js';
import { runStudy, type StudyOptions } from '../study/run/run.js';
import { gridOf, type ExperimentGrid } from '../study/grid/cells.js';
import { requirePrecisions } from '../study/leases/precision.js';
import { prepareOwnCode } from './ownCode.js';
import { thisOrigin, thisProvenance } from './provenance.js';
import type { StudyRequest } from './request.js';
import {
  continuingCommand,
  drawStudy,
  ofExperiments,
  problemsOf,
  reportCommandOf,
  reproduceDocument,
  studyContent,
  type ReproduceDocument,
} from './results.js';
import { keepStudyFile } from './studyCopy.js';
import type { Warn } from './warn.js';

/** The inputs and callbacks of a run. */
export interface Running {
  /** stops the run */
  readonly control: StudyControl;
  /** the part of the command line that is stored */
  readonly commandLine: readonly string[];
  readonly onProgress: NonNullable<StudyOptions['onProgress']>;
  readonly warn: Warn;
}

export interface Conducting extends Running {
  /** Called when all computation has ended and the report is being made. */
  readonly onDrawing: (ending: StudyOutcome['ending'], commands: StudyCommands) => void;
}

/** The commands with which a user continues a study. */
export interface StudyCommands {
  readonly draw: string;
  readonly continue: string;
}

export interface ConductedStudy {
  readonly outcome: StudyOutcome;
  /** content of the experiments that were requested */
  readonly content: ReportContent;
  readonly written: WrittenReport;
  readonly document: ReproduceDocument;
  /** parts of the whole report that could not be made or drawn */
  readonly problems: readonly string[];
  readonly commands: StudyCommands;
}

/**
 * Runs a study or continues it in its folder, and draws it. Throws `InputError` for an impossible grid, before anything
 * is written.
 */
export async function conductStudy(request: StudyRequest, conducting: Conducting): Promise<ConductedStudy> {
  return await withStudyRun(request, conducting, async ({ store, experiments, outcome }) => {
    const commands = { draw: reportCommandOf(store), continue: continuingCommand(store) };
    conducting.onDrawing(outcome.ending, commands);
    const whole = studyContent(store);
    const written = await drawStudy(store, whole, conducting.warn);
    store.requireInPlace();
    const content = ofExperiments(
      whole,
      experiments.map(({ experiment }) => experiment),
    );
    return {
      outcome,
      content,
      written,
      commands,
      document: reproduceDocument(store, content, written),
      problems: problemsOf(whole, written),
    };
  });
}

/** A study after a run, while its store is still open. */
interface PerformedStudy {
  readonly store: StudyWriter;
  /** the experiments, under the ids in the store */
  readonly experiments: readonly ExperimentGrid[];
  readonly outcome: StudyOutcome;
}

/** Runs a study or continues it in its folder, without drawing it. Throws as `conductStudy` does. */
export async function performStudy(request: StudyRequest, running: Running): Promise<StudyOutcome> {
  return await withStudyRun(request, running, ({ outcome }) => Promise.resolve(outcome));
}

async function withStudyRun<T>(
  request: StudyRequest,
  running: Running,
  then: (performed: PerformedStudy) => Promise<T>,
): Promise<T> {
  const grids = request.chosen.map((one) => gridOf(one, request.identity.seed));
  requirePrecisions(grids, request.identity);
  const provenance = thisProvenance(running.commandLine);
  const made = { provenance, origin: thisOrigin() };
  const store = openStudy(request.directory, request.identity);
  try {
    for (const stored of store.experiments()) storedExperiment(stored);
    const { workers, limits, codeChange: change = 'refuse' } = request;
    const own = { store, control: running.control, change, workers, limits };
    const experiments = await prepareOwnCode(grids, own);
    return await then({ store, experiments, outcome: await perform(store, request, experiments, made, running) });
  } finally {
    store.close();
  }
}

/**
 * The program and machine that perform the trials, and what the store records about them. Both are determined before
 * anything is written.
 */
interface Made {
  readonly provenance: NonNullable<StudyOptions['provenance']>;
  readonly origin: ReturnType<typeof thisOrigin>;
}

async function perform(
  store: StudyWriter,
  request: StudyRequest,
  experiments: readonly ExperimentGrid[],
  { provenance, origin }: Made,
  { control, onProgress, warn }: Running,
): Promise<StudyOutcome> {
  const { studyText, workers, limits = {}, budgetSeconds, strict = false } = request;
  const keepText = (): void => {
    if (studyText !== undefined) keepStudyFile(store, studyText);
  };
  const outcome = await runStudy({
    store,
    experiments,
    workers,
    control,
    provenance,
    studyFile: studyText,
    origin,
    onProgress,
    ...limits,
    beforeAdding: (makers) => {
      announceForeign(origin, foreignTo(origin, makers), strict, warn);
      keepText();
    },
    ...(budgetSeconds === undefined ? {} : { budgetSeconds }),
  });
  keepText();
  return outcome;
}
