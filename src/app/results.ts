/** The content of a store about its experiments, in the form that the report and `--json` need. */
import { join } from 'node:path';
import { InputError } from '../base/errors.js';
import type { Precision } from '../core/descent/precisions.js';
import { TRIALS } from '../definitions/experiment.js';
import { storedExperiment } from '../definitions/stored.js';
import { mostOf } from '../experiments/decided.js';
import { isStudy } from '../experiments/spec.js';
import { judgedClaims } from '../experiments/claims.js';
import type { CellSummary, Claim, Experiment, Finding } from '../experiments/spec.js';
import type { ExperimentContent, ReportContent } from '../report/content.js';
import { formatCount } from '../base/amounts.js';
import type { ReportForms, WrittenReport } from '../report/report.js';
import type { Origin } from '../store/origin.js';
import type { StoredExperiment } from '../store/identity.js';
import type { StudyReader } from '../store/reader.js';
import type { SummaryMemory } from '../study/summary/memory.js';
import { Prefixes } from '../study/summary/prefixes.js';
import { summariseExperiment } from '../study/summary/summary.js';
import type { ValuesByName } from '../settings/types.js';
import { shownSettings } from '../study/grid/values.js';
import { quoted } from '../base/quoted.js';
import { packageVersion } from '../base/package.js';
import { restoreStudyFile, STUDY_COPY, studyFileOf } from './studyCopy.js';
import type { Warn } from './warn.js';

/** Largest number of ids in a title. */
const MOST_IDS = 3;

/** Everything that the report shows. It is computed from the store alone, in the state of one moment. */
export function studyContent(store: StudyReader): ReportContent {
  return store.snapshot(() =>
    contentOf(
      store,
      store.experiments().map((stored) => experimentContent(store, stored)),
    ),
  );
}

/** `memory`: of an earlier call for the same experiment, so that only what has changed is read. */
export function experimentContent(
  store: StudyReader,
  stored: StoredExperiment,
  memory?: SummaryMemory,
): ExperimentContent {
  const { id, values } = stored;
  const experiment = storedExperiment(stored);
  const problems: string[] = [];
  const note = (problem: string): number => problems.push(`${id}: ${problem}`);
  const cells = summariseExperiment(store, experiment, values, note, memory);
  return {
    experiment,
    values,
    cells,
    claims: madeOr('claims', () => claimsOf(store, experiment, cells, values), note),
    findings: madeOr('findings', () => experiment.findings?.(cells) ?? [], note),
    figures: madeOr('figures', () => experiment.figures(cells, values), note).flatMap((make, at) =>
      madeOr(`figure ${at + 1}`, () => [make()], note),
    ),
    seconds: store.seconds(id),
    problems,
  };
}

function claimsOf(
  store: StudyReader,
  experiment: Experiment,
  cells: readonly CellSummary[],
  values: ValuesByName,
): readonly Claim[] {
  const decided = experiment.decided?.(values, new Prefixes(store, experiment, values));
  return decided ?? judgedClaims(experiment, cells, values);
}

/**
 * One part of a report. A part that throws becomes empty and is noted as a problem: the other parts are written anyway.
 */
function madeOr<T>(name: string, make: () => readonly T[], note: (problem: string) => void): readonly T[] {
  try {
    return make();
  } catch (error) {
    note(`its ${name} cannot be made: ${error instanceof Error ? error.message : String(error)}`);
    return [];
  }
}

/** The problems of a report: first parts that threw, then figures that could not be drawn where it was drawn. */
export function problemsOf(content: ReportContent, written?: WrittenReport): string[] {
  return [...content.experiments.flatMap(({ problems }) => problems), ...(written?.problems ?? [])];
}

export function contentOf(store: StudyReader, experiments: readonly ExperimentContent[]): ReportContent {
  const { seed, scale, precision } = store.identity;
  const studyFile = studyFileOf(store);
  return {
    title: titleOf(experiments),
    command: continuingCommand(store),
    seed,
    scale,
    ...(precision && { precision }),
    ...(studyFile === undefined ? {} : { studyFile }),
    complete: isComplete(experiments),
    experiments,
    provenance: {
      seed: String(seed),
      scale,
      ...(precision && { precision }),
      basin: packageVersion(),
      ...lastRun(store),
    },
    makers: store.madeBy(),
  };
}

/** The title: the question of one experiment, the ids of a few experiments, or the number of many. */
function titleOf(experiments: readonly ExperimentContent[]): string {
  if (experiments.length === 1) return experiments[0].experiment.title;
  return experiments.length > MOST_IDS
    ? formatCount(experiments.length, 'experiment')
    : experiments.map(({ experiment }) => experiment.id).join(', ');
}

/**
 * The part of a study that a command requested. Its verdict does not depend on other experiments in the same folder.
 */
export function ofExperiments(content: ReportContent, chosen: readonly Experiment[]): ReportContent {
  const experiments = chosen.flatMap(({ id }) => content.experiments.filter(({ experiment }) => experiment.id === id));
  return { ...content, experiments, complete: isComplete(experiments) };
}

function isComplete(experiments: readonly ExperimentContent[]): boolean {
  return experiments.every(({ cells }) => cells.every((cell) => cell.trials >= cell.planned));
}

/** The command that draws a study again. */
export function reportCommandOf(store: StudyReader): string {
  return `basin report ${quoted(store.dir)}`;
}

/** The command that runs or continues exactly this study. */
export function continuingCommand(store: StudyReader): string {
  const { seed, scale, overrides, partitions, precision } = store.identity;
  const experiments = store.experiments();
  const ids = experiments.map(({ id }) => id);
  const rounded = precision === undefined ? '' : ` --precision ${precision}`;
  const sets = Object.entries(overrides)
    .map(([key, value]) => ` --set ${quoted(`${key}=${value}`)}`)
    .join('');
  if (ids.some(isStudy))
    return `basin run ${quoted(join(store.dir, STUDY_COPY))}${scale === 'paper' ? '' : ` --scale ${scale}`}${sets}${rounded} --out ${quoted(store.dir)}`;
  const own = experiments.findLast(({ code }) => code !== undefined);
  if (own?.code !== undefined)
    return `basin run ${quoted(own.code.name)}${scale === 'paper' ? '' : ` --scale ${scale}`} --seed ${seed}${sets}${trialsOf(own)} --out ${quoted(store.dir)}`;
  const cut = partitions === undefined ? '' : ` --partitions ${partitions}`;
  const until = untilWords(experiments);
  return `basin reproduce ${ids.join(' ')} --scale ${scale} --seed ${seed}${sets}${cut}${until}${rounded} --out ${quoted(store.dir)}`;
}

/** The largest of the costs at which the experiments stop is enough for each of them. */
function untilWords(experiments: readonly StoredExperiment[]): string {
  const most = experiments.flatMap(({ values }) => mostOf(values) ?? []);
  return most.length === 0 ? '' : ` --until decided --most ${Math.ceil(Math.max(...most))}s`;
}

function trialsOf({ values }: StoredExperiment): string {
  const given = values[TRIALS];
  return Array.isArray(given) && given.length > 0 ? ` --trials ${given.join('')}` : '';
}

/** The provenance of the latest run, converted to texts. */
function lastRun(store: StudyReader): Record<string, string> {
  const run = Object.entries(store.runs().at(-1) ?? {});
  return Object.fromEntries(
    run.map(([key, value]) => [key, typeof value === 'string' ? value : JSON.stringify(value)]),
  );
}

/**
 * Draws the report of a study into a folder; default: the study's folder. Warns of everything that could not be made or
 * drawn.
 */
export async function drawStudy(
  store: StudyReader,
  content: ReportContent,
  warn: Warn,
  directory = store.dir,
  forms: ReportForms = {},
): Promise<WrittenReport> {
  // Vega takes a quarter of a second to load, so only commands that draw wait for it.
  const { writeReport } = await import('../report/report.js');
  if (directory === store.dir) store.requireInPlace();
  const written = await writeReport(directory, content, forms).catch((error: unknown) => {
    if (error instanceof InputError)
      throw new InputError(
        `${error.message}; every trial is stored, and this draws them elsewhere: ${reportCommandOf(store)} --out DIR`,
      );
    throw error;
  });
  if (content.studyFile !== undefined && directory === store.dir) restoreStudyFile(store, content.studyFile, warn);
  for (const problem of problemsOf(content, written)) warn(problem);
  return written;
}

interface ReproducedExperiment {
  readonly id: string;
  readonly scale: string;
  readonly cells: readonly Pick<CellSummary, 'settings' | 'trials' | 'planned' | 'measures'>[];
  readonly claims: readonly Claim[];
  /** only for a study with a boundary */
  readonly findings?: readonly Finding[];
  readonly figures: readonly string[];
  readonly seconds: number;
}

export interface ReproduceDocument {
  readonly study: string;
  readonly complete: boolean;
  /** of the descents; absent: float64 */
  readonly precision?: Precision;
  /** the programs and machines that made the trials of the study */
  readonly makers: readonly (Origin & { readonly trials: number })[];
  readonly experiments: readonly ReproducedExperiment[];
  /** the PDFs and LaTeX tables that were asked for */
  readonly prints?: readonly string[];
}

/** The document of `reproduce --json` and `report --json`. */
export function reproduceDocument(
  store: StudyReader,
  content: ReportContent,
  written: WrittenReport,
  directory = store.dir,
): ReproduceDocument {
  const pictures = new Set(written.figures);
  return {
    study: store.dir,
    complete: content.complete,
    ...(content.precision && { precision: content.precision }),
    makers: content.makers.map(({ origin, trials }) => ({ ...origin, trials })),
    experiments: content.experiments.map(({ experiment, cells, claims, findings, figures, seconds }) => ({
      id: experiment.id,
      scale: store.identity.scale,
      cells: cells.map(({ settings, trials, planned, measures }) => ({
        settings: shownSettings(experiment, settings),
        trials,
        planned,
        measures,
      })),
      claims,
      ...(findings.length === 0 ? {} : { findings }),
      figures: figures
        .map(({ name }) => join(directory, 'figures', `${name}.svg`))
        .filter((path) => pictures.has(path)),
      seconds,
    })),
    ...(written.prints.length > 0 && { prints: written.prints }),
  };
}
