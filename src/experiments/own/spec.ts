/**
 * A researcher's own study as data: the content of a study file, checked and in canonical form. The study's store
 * contains it, so the study can be continued and its figures drawn again without the file.
 */
import type { SettingValue } from '../../settings/types.js';
import type { StudyFile } from '../spec.js';

/** A value of an axis. A text for a numeric setting is an expression in other settings, e.g. `200*d`. */
export type AxisValue = SettingValue;

/**
 * Kinds of figures: a line with bars over x, a map over x and y, percentile bands of a curve over the iterations,
 * outcome classes stacked over x, a line over all cells in nested loops, intervals of the trials and what they cover,
 * paired differences over x, two measures against each other, or a spec of the user's own.
 */
export const FIGURE_KINDS = [
  'line',
  'heat-map',
  'bands',
  'stacked',
  'nested-loop',
  'zip',
  'difference',
  'scatter',
  'vega-lite',
] as const;

/** What a point of a scatter plot is. */
export const SCATTER_POINTS = ['cells', 'trials'] as const;

export interface FigureSpec {
  readonly kind: (typeof FIGURE_KINDS)[number];
  /**
   * the measure drawn; for `bands` the curve, for `stacked` the objects that the classes belong to: `starts` or `sets`,
   * for `difference` the name of a paired difference, for `zip` and for a scatter plot of trials a measure of the trial
   * or an expression; not for `vega-lite`
   */
  readonly measure?: string;
  /** an axis of the grid, or an expression such as `n/d`; not for `bands` */
  readonly x?: string;
  /** the other axis of a heat map */
  readonly y?: string;
  /** the setting that distinguishes the lines */
  readonly colour?: string;
  /** the setting that splits the figure into panels */
  readonly facet?: string;
  readonly title?: string;
  /** of `nested-loop`: the settings from the outermost loop to the innermost; default: all others that vary */
  readonly loops?: readonly string[];
  /** of `scatter`: the measure along x, and what a point is */
  readonly against?: string;
  readonly points?: (typeof SCATTER_POINTS)[number];
  /** of `zip`: the standard error of a trial, as `measure`, and the truth: a number, or an expression in settings */
  readonly error?: string;
  readonly truth?: AxisValue;
  /** of `vega-lite`: the spec, see vegaLite.ts */
  readonly spec?: Readonly<Record<string, unknown>>;
  readonly xLog?: boolean;
  readonly yLog?: boolean;
}

/** Trials are added until the confidence sequence of every cell is narrow enough. */
export interface PrecisionSpec {
  /** the half-width of the interval, for a share */
  readonly rate?: number;
  /** the half-width divided by the value, for any measure; exactly one of `rate` and `relative` is given */
  readonly relative?: number;
  readonly measure: string;
  /** the largest number of trials of a cell */
  readonly most: number;
}

/**
 * The n at which a rate crosses a level, for every combination of the axes. It is found by placing n where new trials
 * give the most information.
 */
export interface BoundarySpec {
  /** the name of a rate */
  readonly measure: string;
  /** between 0 and 1 */
  readonly level: number;
  /** the search is restricted to n between `from` and `to`, which are numbers or expressions, e.g. `20*d` */
  readonly from: AxisValue;
  readonly to: AxisValue;
  /** a search ends when both ends of the interval differ from its middle by at most the factor 1 + `relative` */
  readonly relative: number;
  /** the search is given up before its trials exceed this number */
  readonly most: number;
}

/** A statistic over the trials of every cell. */
export interface SummarySpec {
  /** a measure, or an expression in measures and numeric settings, e.g. `relativeError/noise` */
  readonly of: string;
  /** the name of a statistic, see statistics/named.ts, e.g. `quantile(0.9)` */
  readonly statistic: string;
}

/**
 * Gives the trials the random numbers of another experiment. A trial uses those of that experiment's cell with the same
 * values of the settings `cells`. Absent: the settings that determine teacher, inputs and labels key the random
 * numbers.
 */
export interface StreamsSpec {
  /** id of the experiment */
  readonly of: string;
  /** the version of its streams */
  readonly version: number;
  /** names of the settings of its cells */
  readonly cells: readonly string[];
}

/** `fu2018-fig3 version 1 by K, d, n`. */
export function streamsText({ of, version, cells }: StreamsSpec): string {
  return `${of} version ${version} by ${cells.join(', ')}`;
}

/** A statistic over the differences between two methods, first minus second, on the same training sets. */
export interface DifferenceSpec extends SummarySpec {
  /** for each setting, its value for the first method and for the second */
  readonly between: Readonly<Record<string, readonly [AxisValue, AxisValue]>>;
}

export interface StudySpec {
  readonly title: string;
  readonly description: string;
  /** modules of a user's own code, by their paths relative to the file's folder */
  readonly use?: readonly string[];
  /**
   * the values of each setting that the file gives. A single value is fixed. Several values make an axis of the grid;
   * the axes are in this order
   */
  readonly grid: Readonly<Record<string, readonly AxisValue[]>>;
  /**
   * trials per cell; with `precision` the number at the first look, with `boundary` the smallest number added at one n
   */
  readonly trials: number;
  /** names of the measures shown in tables */
  readonly measures: readonly string[];
  /** additional measures that the study defines, by name */
  readonly summaries?: Readonly<Record<string, SummarySpec>>;
  /** by name */
  readonly differences?: Readonly<Record<string, DifferenceSpec>>;
  readonly figures: readonly FigureSpec[];
  readonly precision?: PrecisionSpec;
  readonly boundary?: BoundarySpec;
  readonly streams?: StreamsSpec;
  /** the numbers of the files that the grid names at any scale; absent: none */
  readonly files?: readonly StudyFile[];
}
