/**
 * The content of a report. The caller computes it from the store. The report contains nothing else, not even the date.
 */
import type { Precision } from '../core/descent/precisions.js';
import type { CellSummary, Claim, Experiment, Figure, Finding } from '../experiments/spec.js';
import type { Scale } from '../settings/scale.js';
import type { ValuesByName } from '../settings/types.js';
import type { MadeBy } from '../store/origin.js';

/** The content of an experiment for a report. */
export type ExperimentFacts = Pick<
  Experiment,
  'id' | 'decided' | 'title' | 'paper' | 'source' | 'openChoices' | 'settings' | 'about' | 'measures' | 'shownSettings'
>;

export interface ExperimentContent {
  readonly experiment: ExperimentFacts;
  /** the value of every setting, after scale and `--set` */
  readonly values: ValuesByName;
  readonly cells: readonly CellSummary[];
  readonly claims: readonly Claim[];
  readonly findings: readonly Finding[];
  readonly figures: readonly Figure[];
  /** computing time, summed over the workers */
  readonly seconds: number;
  /** parts that could not be made, a line each */
  readonly problems: readonly string[];
}

/** The file of a user's own study, as the report shows it. */
export interface StudyFileCopy {
  /** its name in the study's folder */
  readonly name: string;
  readonly text: string;
  /** true when the text was written from the store, because no run has kept a file that matches the store */
  readonly rewritten: boolean;
  /** files of earlier runs, by their names in the folder */
  readonly earlier: readonly string[];
}

export interface ReportContent {
  readonly title: string;
  /** the command that runs or continues this study in its folder */
  readonly command: string;
  readonly seed: number;
  readonly scale: Scale;
  /** of the descents; absent: float64 */
  readonly precision?: Precision;
  /** for a user's own study: its study file */
  readonly studyFile?: StudyFileCopy;
  readonly complete: boolean;
  readonly experiments: readonly ExperimentContent[];
  /** the facts on which the numbers depend, by name: versions, machine, seed */
  readonly provenance: Readonly<Record<string, string>>;
  /** the origins of the trials that are done */
  readonly makers: readonly MadeBy[];
}

/** The number of trials planned and not done yet. */
export function missingTrials(cells: readonly CellSummary[]): number {
  return cells.reduce((sum, { planned, trials }) => sum + Math.max(0, planned - trials), 0);
}

/** The number of missing trials that are over a limit. */
export function censoredTrials(cells: readonly CellSummary[]): number {
  return cells.reduce((sum, { censored = 0 }) => sum + censored, 0);
}

export function plannedTrials(cells: readonly CellSummary[]): number {
  return cells.reduce((sum, { planned }) => sum + planned, 0);
}
