/**
 * A researcher's own study as data: what a study file says, checked and in one form. It is kept in the study's store,
 * which therefore needs no file to be continued or drawn again.
 */
import type { SettingValue } from '../../settings/types.js';
import type { StudyFile } from '../spec.js';

/** A value of an axis; a text at a numeric setting is an expression in other settings, e.g. `200*d`. */
export type AxisValue = SettingValue;

/**
 * Marks of a figure: a line with bars over x, a map over x and y, percentile bands of a curve over the iterations, or
 * outcome classes stacked over x.
 */
export const FIGURE_KINDS = ['line', 'heat-map', 'bands', 'stacked'] as const;

export interface FigureSpec {
  readonly kind: (typeof FIGURE_KINDS)[number];
  /** the measure drawn; with `bands` the curve, with `stacked` what the classes are of: `starts` or `sets` */
  readonly measure: string;
  /** axis of the grid, or an expression such as `n/d`; not with `bands` */
  readonly x?: string;
  /** the other axis of a heat map */
  readonly y?: string;
  /** setting that tells the lines apart */
  readonly colour?: string;
  /** setting that splits the figure into panels */
  readonly facet?: string;
  readonly title?: string;
  readonly xLog?: boolean;
  readonly yLog?: boolean;
}

/** Trials are added until the confidence sequence of every cell is narrow enough. */
export interface PrecisionSpec {
  /** its half-width, of a share */
  readonly rate?: number;
  /** the same of any measure, divided by its value; one of the two is given */
  readonly relative?: number;
  readonly measure: string;
  /** trials of a cell with which it ends in any case */
  readonly most: number;
}

/** The n at which a rate crosses a level, found for every combination of the axes by placing n where it says most. */
export interface BoundarySpec {
  /** a rate */
  readonly measure: string;
  /** between 0 and 1 */
  readonly level: number;
  /** n is looked for in between; numbers or expressions, e.g. `20*d` */
  readonly from: AxisValue;
  readonly to: AxisValue;
  /** a search ends when the ends of the interval are at most this apart from its middle, as a factor less 1 */
  readonly relative: number;
  /** trials of one search beyond which it is given up */
  readonly most: number;
}

/** A statistic over the trials of every cell. */
export interface SummarySpec {
  /** a measure, or an expression in measures and numeric settings, e.g. `relativeError/noise` */
  readonly of: string;
  /** by name, see statistics/named.ts, e.g. `quantile(0.9)` */
  readonly statistic: string;
}

/**
 * Whose random numbers the trials have: those of another experiment, in cells whose `cells` are equal. Absent: of the
 * settings that fix teacher, inputs and labels.
 */
export interface StreamsSpec {
  /** id of the experiment */
  readonly of: string;
  /** of its streams */
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
  /** by setting, the value of the first method and that of the second */
  readonly between: Readonly<Record<string, readonly [AxisValue, AxisValue]>>;
}

export interface StudySpec {
  readonly title: string;
  readonly description: string;
  /** modules of a user's own, by their paths from the file's folder */
  readonly use?: readonly string[];
  /**
   * values by setting: those that the file gives. One value is fixed, several are an axis of the grid, in this order
   */
  readonly grid: Readonly<Record<string, readonly AxisValue[]>>;
  /** trials per cell; with `precision` the first look, with `boundary` the fewest at once at one n */
  readonly trials: number;
  /** measures shown in tables, by name */
  readonly measures: readonly string[];
  /** further measures, which the study defines, by name */
  readonly summaries?: Readonly<Record<string, SummarySpec>>;
  /** by name */
  readonly differences?: Readonly<Record<string, DifferenceSpec>>;
  readonly figures: readonly FigureSpec[];
  readonly precision?: PrecisionSpec;
  readonly boundary?: BoundarySpec;
  readonly streams?: StreamsSpec;
  /** numbers of the files that the grid names, whichever scale they are of; absent: none */
  readonly files?: readonly StudyFile[];
}
