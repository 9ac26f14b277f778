/**
 * What an experiment is: a grid as data, one trial, its measures, a figure and claims. An experiment file imports core,
 * theory and statistics only; pool, store, study, report and cli know experiments through these types alone.
 */
import type { FileValue, Setting, Settings, SettingValue, ValuesByName } from '../settings/types.js';
import type { NativeKernels, StreamAddress } from '../core/kernels/contract.js';
import type { Keeper } from './keeper.js';
import type { Estimate, Noted } from '../statistics/estimate.js';
import type { PercentileBand } from '../statistics/quantiles.js';
import type { Estimator } from '../statistics/ranges.js';
import type { JudgedClaim, Region } from '../statistics/verdict.js';

/**
 * One point of the grid. `settings` are what varies over the grid: they make the cell's address and key its streams.
 */
export interface Cell<S = Settings> {
  readonly settings: S;
  readonly trials: number;
}

/** What a trial gets: nothing else may influence its result. */
export interface TrialContext<S = Settings> {
  /** the cell's settings, and every setting with one value */
  readonly settings: S;
  /** the counter-based stream of this trial for one purpose, see core/streams.ts */
  readonly stream: (purpose: number) => StreamAddress;
  readonly kernels: NativeKernels;
  /** polled by long native calls; not 0 when the trial should stop */
  readonly cancel: Int32Array;
  /** numbers that the study holds, which settings name */
  readonly files?: readonly StudyFile[] | undefined;
  /** takes the arrays behind the measures, where somebody asks for them; the result does not depend on it */
  readonly keep?: Keeper | undefined;
}

export interface TrialOutcome {
  readonly status: 'ok' | 'diverged';
  readonly measures: Readonly<Record<string, number>>;
  readonly curves?: Readonly<Record<string, Float64Array>>;
}

/** How one number per trial becomes one estimate with interval per cell. */
export interface Measure {
  /** name in tables and JSON, camelCase */
  readonly name: string;
  /** the trial measure it is computed from, or the expression that `value` works out */
  readonly of: string;
  /**
   * one trial's number where it is more than the trial measure `of`; the settings are those that `estimate` sees.
   * Undefined: the trial has none
   */
  readonly value?: (measures: Readonly<Record<string, number>>, settings: Settings) => number | undefined;
  readonly description: string;
  /** what the ends of the interval are, for captions */
  readonly interval?: string;
  /** the values of the trials that have it, and the cell's settings with every setting with one value */
  readonly estimate: Estimator;
  /** what a failed trial counts as (0 for success rates); without it failed trials are left out, and counted beside */
  readonly whenFailed?: number;
}

/**
 * Resamples of a cell's trials: the interval of what several cells make together, a slope for example, comes from
 * these.
 */
export interface ReplicateMeasure {
  readonly name: string;
  /** the trial measure that is resampled */
  readonly of: string;
  /**
   * statistics of each resample, in rows; `seed` is the cell's canonical text, so that cells are resampled
   * independently
   */
  readonly replicates: (values: Float64Array, seed: string) => Float64Array;
}

/** A number of every trial that findings need trial by trial, to pair those of several cells. */
export interface TrialMeasure extends Pick<Measure, 'of' | 'value' | 'whenFailed'> {
  readonly name: string;
}

/** A curve that every trial of a cell records at the same points, e.g. the loss over iterations. */
export interface CurveMeasure {
  readonly name: string;
  /** the trial curve it is made of */
  readonly of: string;
  /** the trial curve that holds its points */
  readonly at: string;
  readonly description: string;
}

/** A curve measure over the trials that have it: percentiles at each point. */
export interface CurveBand extends PercentileBand {
  readonly at: Float64Array;
}

/** A cell with its results. */
export interface CellSummary<S = Settings> {
  readonly settings: S;
  /** trials done: ok, diverged or failed */
  readonly trials: number;
  readonly planned: number;
  readonly failed: number;
  readonly diverged: number;
  /** trials over their limits, beside `trials`; absent: none */
  readonly censored?: number;
  readonly measures: Readonly<Record<string, Estimate>>;
  /** by name, see `ReplicateMeasure` */
  readonly replicates?: Readonly<Record<string, Float64Array>>;
  /** by name, see `TrialMeasure`: the numbers of the trials that are done, NaN where a trial has none */
  readonly perTrial?: Readonly<Record<string, ReadonlyMap<number, number>>>;
  /** by name; a curve that no stored trial has is missing */
  readonly curves?: Readonly<Record<string, CurveBand>>;
}

export type { Verdict } from '../statistics/verdict.js';

/** A judged claim: its source is paper and place, e.g. `fu2018, Section 6, Figure 3`. */
export type Claim = JudgedClaim;

/**
 * The values that a paper prints for some settings. One value: it must be this. A list: each value of the setting must
 * be one of these. `{ all }`: the setting must have exactly these values.
 */
export type PublishedSettings = Readonly<
  Record<string, SettingValue | readonly SettingValue[] | { readonly all: readonly SettingValue[] }>
>;

/** The settings that a claim is about; `here`: what the claim itself picks from a list, e.g. one d of the grid. */
export interface Condition {
  readonly published: PublishedSettings;
  readonly here?: Settings;
}

/** A statement that is judged by whether the interval of an estimate lies in a region. */
export interface StatedClaim {
  readonly id: string;
  readonly statement: string;
  /** paper and place */
  readonly source: string;
  readonly region: Region;
  /** computed when the claim is judged: what it throws costs this claim only */
  readonly evidence: () => Noted;
  /** judged only at these settings; absent: at any */
  readonly only?: Condition;
}

/** A number that several cells make together, e.g. the n at which half of the trials succeed. */
export interface Finding extends Estimate {
  readonly statement: string;
  /** of a difference that a study defines: its name, what both cells share, and its pairs of trials */
  readonly name?: string;
  readonly settings?: Settings;
  readonly pairs?: number;
}

export type FigureRow = Readonly<Record<string, number | string | null>>;

/** A picture as data: a Vega-Lite spec whose data is the named source `rows`, and the rows, which are also the CSV. */
export interface Figure {
  /** file name without extension */
  readonly name: string;
  readonly title: string;
  readonly caption: string;
  readonly rows: readonly FigureRow[];
  readonly spec: Readonly<Record<string, unknown>>;
}

/** Makes one figure: what it throws costs this figure only. */
export type FigureMaker = () => Figure;

/** A setting of a study of one's own as it is in force. */
export interface EffectiveSetting {
  readonly name: string;
  /** its values, those of an axis in the order of the file; an expression with what it comes to */
  readonly values: string;
  readonly meaning: string;
  /** whether the study file has it; else it is a default */
  readonly given: boolean;
  /** of what trials draw, of what is done with it, of what counts as a success, or of how many trials there are */
  readonly role?: 'data' | 'method' | 'threshold' | 'trials';
}

/** What a study of one's own says of itself, for its report. */
export interface OwnStudy {
  readonly description: string;
  readonly settings: readonly EffectiveSetting[];
}

/** A part of a Vega-Lite spec. */
type DrawnPart = Readonly<Record<string, unknown>>;

/**
 * What a plot says of itself in its spec, under `usermeta.basin`: which fields of a row it draws where, so that rows
 * with a value that the plot has no place for can be marked and counted when it is drawn.
 */
export interface Drawn {
  /** field of the rows, and the field that stands on the axis, where it is another one */
  readonly x?: string;
  readonly xDrawn?: string;
  /** of names, which all have their place: the encoding that puts them there */
  readonly xNames?: boolean;
  readonly xPlace?: DrawnPart;
  readonly y?: string;
  readonly xLog?: boolean;
  readonly yLog?: boolean;
  /** the encoding that tells series apart */
  readonly color?: DrawnPart;
  /** field of the value of a map's tiles */
  readonly tile?: string;
  /** field that is 1 in rows whose tile has a mark in place of a value */
  readonly tileMarked?: string;
  /** layers that a map has where some tile has no finite value */
  readonly emptyTiles?: readonly DrawnPart[];
}

/** The estimate of a measure from the trials 0 … trials − 1 of a cell; undefined while one of them is missing. */
export type PrefixEstimate = (settings: Settings, measure: Measure, trials: number) => Estimate | undefined;

/** A user's own code as one module, see definitions/bundle.ts. */
export interface OwnCode {
  /** of the file that was given */
  readonly name: string;
  /** SHA-256 of `text`, in hexadecimal */
  readonly digest: string;
  /** a CommonJS module, minified */
  readonly text: string;
  /** its source map, as JSON */
  readonly map: string;
  /** what it was made of: paths from the given file's folder, with SHA-256 of each */
  readonly files: readonly { readonly path: string; readonly digest: string }[];
}

/** A study of one's own that runs the trials of an experiment, in the words of study files. */
export interface StudyForm {
  readonly grid: Readonly<Record<string, SettingValue | readonly SettingValue[]>>;
  readonly trials: number;
  readonly measures: readonly string[];
  readonly figure: Readonly<Record<string, string | boolean>>;
}

/** A file of numbers as a study keeps it: its own file need not be there any more. */
export interface StudyFile {
  /** what cells call it: from its shape and numbers alone */
  readonly value: FileValue;
  /** as the study file names it */
  readonly path: string;
  readonly shape: readonly number[];
  /** C order, see experiments/common/files.ts */
  readonly data: string;
}

/** The id of studies of one's own: `study`, or `study@HASH` where one uses code. */
export const STUDY_ID = 'study';

/** Whether an id is that of a study of one's own, whatever code it uses. */
export function isStudy(id: string): boolean {
  return id === STUDY_ID || id.startsWith(`${STUDY_ID}@`);
}

export interface Experiment {
  /** e.g. `fu2018-fig3` */
  readonly id: string;
  /** raised when the same settings would give other results: old stores are then refused */
  readonly version: number;
  /**
   * the version in the key of the streams, where a newer one adds results without drawing other numbers; default:
   * `version`
   */
  readonly streamVersion?: number;
  /**
   * the id in the key of the streams, where the id says more than what is drawn: of a user's own code; default: `id`
   */
  readonly streamId?: string;
  /** of a user's own experiment: what its trials run */
  readonly code?: OwnCode;
  /** of a study of one's own: the files that its settings name */
  readonly files?: readonly StudyFile[];
  readonly paper: string;
  readonly source: string;
  readonly title: string;
  /** the `--set` keys, by name, with what they allow and their defaults */
  readonly settings: Readonly<Record<string, Setting>>;
  /** of a study of one's own, in place of settings of its own */
  readonly about?: () => OwnStudy;
  /** of a study of one's own: what its file says, as JSON, without the numbers of its files: see own/stored.ts */
  readonly specText?: string;
  /** choices that the paper leaves open: shown in the report */
  readonly openChoices: readonly string[];
  /** the grid, in the order of tables and figures */
  readonly cells: (values: ValuesByName) => readonly Cell[];
  /**
   * A grid that follows from results, e.g. more trials until an interval is narrow enough: what is planned now, `cells`
   * at first. It goes over its own steps from the first, and asks for what they rest on: so neither workers nor kills
   * nor the time of asking can change where it ends. It ends when it plans nothing that is not stored.
   */
  readonly grow?: (values: ValuesByName, estimate: PrefixEstimate) => readonly Cell[];
  /**
   * what keys the streams of a cell where some settings should not: cells of equal text see the same random numbers;
   * default: the cell's text
   */
  readonly streamText?: (settings: Settings) => string;
  /** a cell's settings with what they leave out, for tables; default: the settings alone */
  readonly shownSettings?: (settings: Settings) => Settings;
  /**
   * the kinds of what stands in cells and is no `--set` key: what a table's column holds follows from them, not from the values of
   * one study
   */
  readonly settingKinds?: Readonly<Record<string, string>>;
  /** floating point operations of one trial of a cell: the unit of the cost model */
  readonly cost: (settings: Settings) => number;
  /** bytes of a trial's training set and workspace, about */
  readonly bytes?: (settings: Settings) => number;
  /**
   * whether a trial's work on its training set is done in partitions where that is cut: only then do all workers share
   * it; default: it is
   */
  readonly shares?: (settings: Settings) => boolean;
  readonly trial: (context: TrialContext) => TrialOutcome;
  /**
   * hands a trial's planted problem and starts to the context's keeper, as the trial does, and descends nowhere;
   * absent: it plants none
   */
  readonly draw?: (context: TrialContext) => void;
  /** for `basin eject`; absent: no study file says its trials */
  readonly study?: (values: ValuesByName) => StudyForm;
  readonly measures: readonly Measure[];
  readonly replicates?: readonly ReplicateMeasure[];
  readonly perTrial?: readonly TrialMeasure[];
  /** trial measures and curves that are stored and in none of the tables and figures */
  readonly alsoStored?: readonly string[];
  readonly curves?: readonly CurveMeasure[];
  /** judged by claims.ts */
  readonly claims: (cells: readonly CellSummary[], values: ValuesByName) => readonly StatedClaim[];
  readonly findings?: (cells: readonly CellSummary[]) => readonly Finding[];
  readonly figures: (cells: readonly CellSummary[], values: ValuesByName) => readonly FigureMaker[];
}
