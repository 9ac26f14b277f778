/** What a user's own experiment says, by the types of its settings. */
import type { NativeKernels } from '../core/kernels/contract.js';
import type { Cell } from '../experiments/spec.js';
import type { Declarations, SettingValue, TrialSettings, Values } from '../settings/types.js';
import type { StatisticName } from '../statistics/named.js';
import type { Stream } from './streams.js';

/** What a trial of a user's own gets: nothing else may influence its result. */
export interface OwnContext<S> {
  /** the cell's settings, and every setting with one value that the cell does not replace */
  readonly settings: S;
  /** the random numbers of this trial for one purpose, e.g. `stream('data')`; each purpose has numbers of its own */
  readonly stream: (purpose: string) => Stream;
  /** basin's numerics, see docs/own-code.md */
  readonly kernels: NativeKernels;
  /**
   * hands out an array behind the measures, for `basin replay --arrays`, in C order; default shape: its length. The
   * result must not depend on it
   */
  readonly keep: (name: string, values: Float64Array, shape?: readonly number[]) => void;
  /** for kernels that take it: they end early when the trial should stop */
  readonly cancel: Int32Array;
}

/** What a trial returns. */
export interface OwnOutcome {
  /** default: `ok` */
  readonly status?: 'ok' | 'diverged';
  /** by name; of a trial that is `ok` every one that a declared measure is `of` */
  readonly measures: Readonly<Record<string, number>>;
  /** by name, every one that a declared curve is `of` or `at` */
  readonly curves?: Readonly<Record<string, Float64Array>>;
}

/** One number per trial, as one estimate with interval per cell. */
export interface OwnMeasure {
  /** name in tables, figures and JSON, camelCase */
  readonly name: string;
  /** the trial's measure that it is computed from; default: its name */
  readonly of?: string;
  readonly description: string;
  readonly statistic: StatisticName;
  /** whether a trial may leave it out: the estimate counts such trials and does not see them; default: it may not */
  readonly optional?: boolean;
  /** what a failed trial counts as, e.g. 0 in a success rate; without it failed trials are left out */
  readonly whenFailed?: number;
}

/** A curve that every trial of a cell records at the same points: its percentiles over the trials are drawn. */
export interface OwnCurve {
  readonly name: string;
  /** the trial's curve that it is made of; default: its name */
  readonly of?: string;
  /** the trial's curve that holds its points */
  readonly at: string;
  readonly description: string;
}

/** D are the declared settings, C the settings of the cells. */
export interface OwnDefinition<D extends Declarations, C extends { readonly [Name in keyof C]: SettingValue }> {
  /** letters, digits and `-`; the address is `ID@HASH/CELL#TRIAL` */
  readonly id: string;
  readonly title: string;
  /** by name; those with `list: true` span the grid */
  readonly settings: D;
  /** the grid, in the order of tables and figures */
  readonly cells: (values: Values<D>) => readonly Cell<C>[];
  readonly trial: (context: OwnContext<TrialSettings<D, C>>) => OwnOutcome;
  readonly measures: readonly OwnMeasure[];
  readonly curves?: readonly OwnCurve[];
  /** operations of one trial of a cell, for the forecast of times; default: the same for all */
  readonly cost?: (settings: TrialSettings<D, C>) => number;
  /** bytes that a trial holds, for --trial-memory; default: nothing is known */
  readonly bytes?: (settings: TrialSettings<D, C>) => number;
}

/** A definition without its types, as whoever runs it knows it. */
export type AnyDefinition = OwnDefinition<Declarations, Readonly<Record<string, SettingValue>>>;

/** What `defineExperiment` returns. */
export class DefinedExperiment {
  readonly definition: AnyDefinition;

  constructor(definition: AnyDefinition) {
    this.definition = definition;
  }
}

/**
 * A user's own experiment: the default export of a module that `basin run` takes. The types of `settings` in `trial`
 * and of `values` in `cells` follow from the declarations. Example: docs/own-code.md.
 */
export function defineExperiment<const D extends Declarations, C extends { readonly [Name in keyof C]: SettingValue }>(
  definition: OwnDefinition<D, C>,
): DefinedExperiment {
  // The one cast: what runs an experiment hands its functions values that its own declarations made.
  return new DefinedExperiment(definition as unknown as AnyDefinition);
}
