/**
 * What a report shows. The caller computes it from the store; nothing else, not even the date, gets into the report.
 */
import type { CellSummary, Claim, Experiment, Figure, Finding } from '../experiments/spec.js';
import type { Scale } from '../settings/scale.js';
import type { ValuesByName } from '../settings/types.js';
import type { MadeBy } from '../store/origin.js';

/** What a report reads of an experiment. */
export type ExperimentFacts = Pick<
  Experiment,
  'id' | 'title' | 'paper' | 'source' | 'openChoices' | 'settings' | 'about' | 'measures' | 'shownSettings'
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
  /** parts that are missing because making them failed, a line each */
  readonly problems: readonly string[];
}

/** The file of a study of one's own, as the report shows it. */
export interface StudyFileCopy {
  /** its name in the study's folder */
  readonly name: string;
  readonly text: string;
  /** whether the text was written from the store: no run has kept a file that says what the store holds */
  readonly rewritten: boolean;
  /** files of earlier runs, by their names in the folder */
  readonly earlier: readonly string[];
}

export interface ReportContent {
  readonly title: string;
  /** the command that runs or continues this study where it lies */
  readonly command: string;
  readonly seed: number;
  readonly scale: Scale;
  /** of a study of one's own: the file that says what is run */
  readonly studyFile?: StudyFileCopy;
  readonly complete: boolean;
  readonly experiments: readonly ExperimentContent[];
  /** versions, machine, seed: what the numbers depend on, by name */
  readonly provenance: Readonly<Record<string, string>>;
  /** who made the trials that are done */
  readonly makers: readonly MadeBy[];
}

/** Trials planned and not done yet. */
export function missingTrials(cells: readonly CellSummary[]): number {
  return cells.reduce((sum, { planned, trials }) => sum + Math.max(0, planned - trials), 0);
}

/** What of the missing ones is over a limit. */
export function censoredTrials(cells: readonly CellSummary[]): number {
  return cells.reduce((sum, { censored = 0 }) => sum + censored, 0);
}

export function plannedTrials(cells: readonly CellSummary[]): number {
  return cells.reduce((sum, { planned }) => sum + planned, 0);
}
