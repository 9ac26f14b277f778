/** The definition of a user's own experiment, typed by its settings. */
import type { NativeKernels } from '../core/kernels/contract.js';
import type { Cell } from '../experiments/spec.js';
import type { Declarations, SettingValue, TrialSettings, Values } from '../settings/types.js';
import type { StatisticName } from '../statistics/named.js';
import type { Stream } from './streams.js';

/** The context of a trial in a user's own experiment. Nothing else may influence the result of the trial. */
export interface OwnContext<S> {
  /** the cell's settings, and every setting with a single value that the cell does not replace */
  readonly settings: S;
  /** the random numbers of this trial for one purpose, e.g. `stream('data')`; each purpose has its own numbers */
  readonly stream: (purpose: string) => Stream;
  /** basin's numerical functions, see docs/own-code.md */
  readonly kernels: NativeKernels;
  /**
   * hands out an array in C order for `basin replay --arrays`, in addition to the measures; default shape: one axis of
   * the array's length. The result must not depend on this call.
   */
  readonly keep: (name: string, values: Float64Array, shape?: readonly number[]) => void;
  /** for kernels that accept it: they end early when the trial should stop */
  readonly cancel: Int32Array;
}

/** The return value of a trial. */
export interface OwnOutcome {
  /** default: `ok` */
  readonly status?: 'ok' | 'diverged';
  /** values by name; a trial with status `ok` must return every measure that a declared measure names in `of` */
  readonly measures: Readonly<Record<string, number>>;
  /** arrays by name; every curve that a declared curve names in `of` or `at` */
  readonly curves?: Readonly<Record<string, Float64Array>>;
}

/** One number per trial. Each cell gets one estimate with an interval. */
export interface OwnMeasure {
  /** name in tables, figures and JSON, in camelCase */
  readonly name: string;
  /** name of the trial's measure from which it is computed; default: `name` */
  readonly of?: string;
  readonly description: string;
  readonly statistic: StatisticName;
  /** whether a trial may omit it; the estimate ignores such trials, but they are counted; default: it may not */
  readonly optional?: boolean;
  /** the value that counts for a failed trial, e.g. 0 in a success rate; default: failed trials are left out */
  readonly whenFailed?: number;
}

/** A curve that every trial of a cell records at the same points. The figure shows its percentiles over the trials. */
export interface OwnCurve {
  readonly name: string;
  /** name of the trial's curve that provides its values; default: `name` */
  readonly of?: string;
  /** name of the trial's curve that holds its points */
  readonly at: string;
  readonly description: string;
}

/** D is the type of the declared settings, C the type of the settings of the cells. */
export interface OwnDefinition<D extends Declarations, C extends { readonly [Name in keyof C]: SettingValue }> {
  /** letters, digits and `-`; the address of a trial is `ID@HASH/CELL#TRIAL` */
  readonly id: string;
  readonly title: string;
  /** settings by name; those with `list: true` span the grid */
  readonly settings: D;
  /** the grid, in the order of tables and figures */
  readonly cells: (values: Values<D>) => readonly Cell<C>[];
  readonly trial: (context: OwnContext<TrialSettings<D, C>>) => OwnOutcome;
  readonly measures: readonly OwnMeasure[];
  readonly curves?: readonly OwnCurve[];
  /** number of operations of one trial of a cell, for the forecast of times; default: the same for all cells */
  readonly cost?: (settings: TrialSettings<D, C>) => number;
  /** bytes of memory that a trial uses, for --trial-memory; default: unknown */
  readonly bytes?: (settings: TrialSettings<D, C>) => number;
}

/** A definition without its types, in the form that the runner needs. */
export type AnyDefinition = OwnDefinition<Declarations, Readonly<Record<string, SettingValue>>>;

/** The value that `defineExperiment` returns. */
export class DefinedExperiment {
  readonly definition: AnyDefinition;

  constructor(definition: AnyDefinition) {
    this.definition = definition;
  }
}

/**
 * Defines a user's own experiment: the default export of a module that `basin run` takes. The types of `settings` in
 * `trial` and of `values` in `cells` follow from the declarations. Example: docs/own-code.md.
 */
export function defineExperiment<const D extends Declarations, C extends { readonly [Name in keyof C]: SettingValue }>(
  definition: OwnDefinition<D, C>,
): DefinedExperiment {
  // This is the only cast: the runner passes the experiment's functions only values that follow from its own
  // declarations.
  return new DefinedExperiment(definition as unknown as AnyDefinition);
}
