/**
 * Types of an experiment: a grid as data, one trial, its measures, figures and claims. An experiment file imports only
 * core, theory and statistics. The folders pool, store, study, report and cli know experiments through these types
 * alone.
 */
import type { FileValue, Setting, Settings, SettingValue, ValuesByName } from '../settings/types.js';
import type { NativeKernels, StreamAddress } from '../core/kernels/contract.js';
import type { Keeper } from './keeper.js';
import type { Estimate, Noted } from '../statistics/estimate.js';
import type { PercentileBand } from '../statistics/quantiles.js';
import type { Estimator } from '../statistics/ranges.js';
import type { JudgedClaim, Region } from '../statistics/verdict.js';

/**
 * One point of the grid. `settings` holds the settings that vary over the grid. They determine the cell's address and
 * key its random streams.
 */
export interface Cell<S = Settings> {
  readonly settings: S;
  readonly trials: number;
}

/** The input of a trial. Nothing else may influence its result. */
export interface TrialContext<S = Settings> {
  /** the cell's settings, and every setting that has a single value */
  readonly settings: S;
  /** the counter-based stream of this trial for one purpose, see core/streams.ts */
  readonly stream: (purpose: number) => StreamAddress;
  readonly kernels: NativeKernels;
  /** long native calls poll it; a value other than 0 tells the trial to stop */
  readonly cancel: Int32Array;
  /** the files of numbers that the study stores and that settings name */
  readonly files?: readonly StudyFile[] | undefined;
  /** receives the arrays behind the measures, if somebody asks for them; the result does not depend on it */
  readonly keep?: Keeper | undefined;
}

export interface TrialOutcome {
  readonly status: 'ok' | 'diverged';
  readonly measures: Readonly<Record<string, number>>;
  readonly curves?: Readonly<Record<string, Float64Array>>;
}

/** Turns one number per trial into one estimate with an interval per cell. */
export interface Measure {
  /** name in tables and JSON, camelCase */
  readonly name: string;
  /** the trial measure that it is computed from, or the expression that `value` evaluates */
  readonly of: string;
  /**
   * the number of one trial, when it is not simply the trial measure `of`. It sees the same settings as `estimate`. It
   * is undefined for a trial that has no such number
   */
  readonly value?: (measures: Readonly<Record<string, number>>, settings: Settings) => number | undefined;
  readonly description: string;
  /** describes the ends of the interval, for captions */
  readonly interval?: string;
  /**
   * its arguments: the values of the trials that have one, and the cell's settings with every setting that has a single
   * value
   */
  readonly estimate: Estimator;
  /** the value of a failed trial (0 for success rates); default: failed trials are left out and counted separately */
  readonly whenFailed?: number;
}

/**
 * Resamples of a cell's trials. They give the interval of a quantity that several cells determine together, for example
 * a slope.
 */
export interface ReplicateMeasure {
  readonly name: string;
  /** the trial measure that is resampled */
  readonly of: string;
  /**
   * the statistics of each resample, one row per resample; `seed` is the cell's canonical text, so that cells are
   * resampled independently
   */
  readonly replicates: (values: Float64Array, seed: string) => Float64Array;
}

/** A number per trial that findings need for each single trial, to pair the trials of several cells. */
export interface TrialMeasure extends Pick<Measure, 'of' | 'value' | 'whenFailed'> {
  readonly name: string;
}

/** A curve that every trial of a cell records at the same points, e.g. the loss over iterations. */
export interface CurveMeasure {
  readonly name: string;
  /** the trial curve that it is computed from */
  readonly of: string;
  /** the trial curve with the points at which it is recorded */
  readonly at: string;
  readonly description: string;
}

/** A curve measure summarised over the trials that have the curve: percentiles at each point. */
export interface CurveBand extends PercentileBand {
  readonly at: Float64Array;
}

/** A cell with its results. */
export interface CellSummary<S = Settings> {
  readonly settings: S;
  /** number of finished trials: ok, diverged or failed */
  readonly trials: number;
  readonly planned: number;
  readonly failed: number;
  readonly diverged: number;
  /** number of trials that exceeded their limits, not counted in `trials`; absent: none */
  readonly censored?: number;
  readonly measures: Readonly<Record<string, Estimate>>;
  /** by name, see `ReplicateMeasure` */
  readonly replicates?: Readonly<Record<string, Float64Array>>;
  /** by name, see `TrialMeasure`: the numbers of the finished trials, NaN for a trial that has none */
  readonly perTrial?: Readonly<Record<string, ReadonlyMap<number, number>>>;
  /** by name; a curve that no stored trial contains is missing */
  readonly curves?: Readonly<Record<string, CurveBand>>;
}

export type { Drawn } from './drawn.js';
export { drawnFields } from './plots/drawnFields.js';
export type { Verdict } from '../statistics/verdict.js';

/** A judged claim. Its source is a paper and a place in it, e.g. `fu2018, Section 6, Figure 3`. */
export type Claim = JudgedClaim;

/**
 * The values that a paper prints for some settings. A single value: the setting must equal it. A list: each value of
 * the setting must be in the list. `{ all }`: the setting must have exactly these values.
 */
export type PublishedSettings = Readonly<
  Record<string, SettingValue | readonly SettingValue[] | { readonly all: readonly SettingValue[] }>
>;

/**
 * The settings that a claim is about. `here` holds the values that the claim itself selects from a list, e.g. one d of
 * the grid.
 */
export interface Condition {
  readonly published: PublishedSettings;
  readonly here?: Settings;
}

/** A statement that is judged by whether the interval of an estimate lies in a region. */
export interface StatedClaim {
  readonly id: string;
  readonly statement: string;
  /** paper and place in it */
  readonly source: string;
  readonly region: Region;
  /** computed when the claim is judged; an error that it throws affects this claim only */
  readonly evidence: () => Noted;
  /** the claim is judged only at these settings; absent: at any settings */
  readonly only?: Condition;
}

/** A number that several cells determine together, e.g. the n at which half of the trials succeed. */
export interface Finding extends Estimate {
  readonly statement: string;
  /**
   * for a difference that a study defines: its name, the settings that both cells share, and its number of paired
   * trials
   */
  readonly name?: string;
  readonly settings?: Settings;
  readonly pairs?: number;
}

export type FigureRow = Readonly<Record<string, number | string | null>>;

/**
 * A picture as data: a Vega-Lite spec whose data is the named source `rows`, and these rows, which are also written as
 * CSV.
 */
export interface Figure {
  /** file name without extension */
  readonly name: string;
  readonly title: string;
  readonly caption: string;
  readonly rows: readonly FigureRow[];
  /**
   * by row: the settings of the cell that it shows, where the rows themselves do not name settings; rows beyond this list
   * show no cell
   */
  readonly cells?: readonly Settings[];
  readonly spec: Readonly<Record<string, unknown>>;
}

/** Makes one figure. An error that it throws affects this figure only. */
export type FigureMaker = () => Figure;

/** The value of a setting of a study of one's own that is in force. */
export interface EffectiveSetting {
  readonly name: string;
  /** its values; those of an axis are in the order of the file; an expression is shown with its result */
  readonly values: string;
  readonly meaning: string;
  /** whether the study file gives it; otherwise it is a default */
  readonly given: boolean;
  /**
   * what it concerns: the data that trials draw, the method applied to them, the threshold of a success, or the number
   * of trials
   */
  readonly role?: 'data' | 'method' | 'threshold' | 'trials';
}

/** What the report says about a study of one's own. */
export interface OwnStudy {
  readonly description: string;
  /** what its trials draw at random, in sentences */
  readonly draws: string;
  readonly settings: readonly EffectiveSetting[];
  readonly randomNumbers: RandomNumbers;
}

/** What the report says about the random numbers of a study of one's own. */
export interface RandomNumbers {
  /** what their key is made of, beside the seed: an experiment, and settings */
  readonly key: readonly [of: string, settings: string];
  /** a sentence: which cells have the same ones */
  readonly common: string;
}

/** A part of a Vega-Lite spec. */
/**
 * The estimate of a measure from the trials 0 … trials − 1 of a cell. It is undefined while one of these trials is
 * missing.
 */
export type PrefixEstimate = (settings: Settings, measure: Measure, trials: number) => Estimate | undefined;

/** What complete prefixes of trials say: from the first trials of a cell, whatever has been stored beyond. */
export interface TrialPrefixes {
  readonly estimate: PrefixEstimate;
  /** the summaries of these cells, each from its first `trials` trials; undefined while one of them is missing */
  readonly summaries: (cells: readonly Cell[]) => readonly CellSummary[] | undefined;
}

/** A user's own code bundled into one module, see definitions/bundle.ts. */
export interface OwnCode {
  /** name of the file that was given */
  readonly name: string;
  /** SHA-256 of `text`, in hexadecimal */
  readonly digest: string;
  /** a CommonJS module, minified */
  readonly text: string;
  /** its source map, as JSON */
  readonly map: string;
  /**
   * the source files that the module was made from: their paths relative to the given file's folder, with the SHA-256
   * of each
   */
  readonly files: readonly { readonly path: string; readonly digest: string }[];
}

/** A study of one's own that runs the trials of an experiment, in the vocabulary of study files. */
export interface StudyForm {
  readonly grid: Readonly<Record<string, SettingValue | readonly SettingValue[]>>;
  readonly trials: number;
  readonly measures: readonly string[];
  readonly figure: Readonly<Record<string, string | boolean>>;
}

/** A file of numbers as a study stores it. The original file is no longer needed. */
export interface StudyFile {
  /** the name that cells use for it, derived from its shape and numbers alone */
  readonly value: FileValue;
  /** its path as the study file gives it */
  readonly path: string;
  readonly shape: readonly number[];
  /** in C order, see experiments/common/files.ts */
  readonly data: string;
}

/** The id of studies of one's own: `study`, or `study@HASH` for a study that uses code. */
export const STUDY_ID = 'study';

/** Whether an id belongs to a study of one's own, with or without code. */
export function isStudy(id: string): boolean {
  return id === STUDY_ID || id.startsWith(`${STUDY_ID}@`);
}

export interface Experiment {
  /** e.g. `fu2018-fig3` */
  readonly id: string;
  /** incremented when the same settings would give different results; older stores are then refused */
  readonly version: number;
  /**
   * the version in the key of the streams. It differs from `version` when a newer version adds results but draws the
   * same random numbers. Default: `version`
   */
  readonly streamVersion?: number;
  /**
   * the id in the key of the streams, for a user's own code, whose id contains more than what determines the draws;
   * default: `id`
   */
  readonly streamId?: string;
  /** for a user's own experiment: the code that its trials run */
  readonly code?: OwnCode;
  /** for a study of one's own: the files that its settings name */
  readonly files?: readonly StudyFile[];
  readonly paper: string;
  readonly source: string;
  readonly title: string;
  /** the `--set` keys, by name, with what they allow and their defaults */
  readonly settings: Readonly<Record<string, Setting>>;
  /** for a study of one's own, which has no settings declared by an experiment: what the report says about it */
  readonly about?: () => OwnStudy;
  /** for a study of one's own: the content of its file as JSON, without the numbers of its files; see own/stored.ts */
  readonly specText?: string;
  /** choices that the paper leaves open, shown in the report */
  readonly openChoices: readonly string[];
  /** the grid, in the order of tables and figures */
  readonly cells: (values: ValuesByName) => readonly Cell[];
  /**
   * A grid that depends on results, e.g. more trials until an interval is narrow enough. It returns the cells that are
   * planned now; at first these are `cells`. Each call repeats its steps from the first and asks for the estimates that
   * they depend on. Therefore the final grid depends neither on the number of workers, nor on interruptions, nor on
   * when it is called. The grid is final when every planned trial is stored.
   */
  readonly grow?: (values: ValuesByName, prefixes: TrialPrefixes) => readonly Cell[];
  /**
   * how many trials the final grid will likely have, as far as the results tell; for progress only. Undefined: nothing
   * can be said yet
   */
  readonly likely?: (values: ValuesByName, prefixes: TrialPrefixes) => number | undefined;
  /**
   * for a grid that grows until its claims are decided: the claims, judged by all looks together. They take the place
   * of claims judged by the final trials alone, which would not allow for the looks. Undefined before the first look
   */
  readonly decided?: (values: ValuesByName, prefixes: TrialPrefixes) => readonly Claim[] | undefined;
  /**
   * the text that keys the streams of a cell, when some settings should not influence them. Cells with equal text see
   * the same random numbers. Default: the cell's text
   */
  readonly streamText?: (settings: Settings) => string;
  /** for tables: a cell's settings with the defaults that they leave out; default: the settings alone */
  readonly shownSettings?: (settings: Settings) => Settings;
  /**
   * the kinds of those settings of cells that are no `--set` keys. The type of a table's column follows from its kind,
   * not from the values of one study
   */
  readonly settingKinds?: Readonly<Record<string, string>>;
  /** floating point operations of one trial of a cell: the unit of the cost model */
  readonly cost: (settings: Settings) => number;
  /** approximate bytes of a trial's training set and workspace */
  readonly bytes?: (settings: Settings) => number;
  /**
   * whether a trial works on its training set in partitions when the training set is partitioned. Only such a training
   * set is shared by all workers. Default: yes
   */
  readonly shares?: (settings: Settings) => boolean;
  /**
   * whether the trial works in mixed precision: its descents are plain gradient descents on training sets, all made by
   * `descent`. Default: no
   */
  readonly takesMixed?: (settings: Settings) => boolean;
  readonly trial: (context: TrialContext) => TrialOutcome;
  /**
   * passes a trial's planted problem and starts to the context's keeper, as the trial does, but runs no descent;
   * absent: the experiment plants no problem
   */
  readonly draw?: (context: TrialContext) => void;
  /** for `basin eject`; absent: no study file describes its trials */
  readonly study?: (values: ValuesByName) => StudyForm;
  readonly measures: readonly Measure[];
  readonly replicates?: readonly ReplicateMeasure[];
  readonly perTrial?: readonly TrialMeasure[];
  /** trial measures and curves that are stored but shown in no table and no figure */
  readonly alsoStored?: readonly string[];
  readonly curves?: readonly CurveMeasure[];
  /** judged by claims.ts */
  readonly claims: (cells: readonly CellSummary[], values: ValuesByName) => readonly StatedClaim[];
  readonly findings?: (cells: readonly CellSummary[]) => readonly Finding[];
  readonly figures: (cells: readonly CellSummary[], values: ValuesByName) => readonly FigureMaker[];
}
