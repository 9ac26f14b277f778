/**
 * Estimates from complete prefixes of trials: from the first trials of a cell up to a given number, whatever has been
 * stored beyond.
 */
import type { Experiment, Measure, PrefixEstimate } from '../../experiments/spec.js';
import type { Settings, ValuesByName } from '../../settings/types.js';
import type { Estimate } from '../../statistics/estimate.js';
import type { StudyReader } from '../../store/reader.js';
import type { StoredTrial } from '../../store/trials.js';
import { cellText } from '../../settings/cellText.js';
import { effectiveSettings } from './values.js';

/** How a measure takes its number from a trial. */
export type TrialValue = Pick<Measure, 'of' | 'value' | 'whenFailed'>;

/** The number of one trial; undefined when the trial has none. The settings are the effective ones of its cell. */
export function valueOf(
  { status, measures }: Pick<StoredTrial, 'status' | 'measures'>,
  { of, value, whenFailed }: TrialValue,
  settings: Settings,
): number | undefined {
  if (status === 'failed') return whenFailed;
  return value === undefined ? measures[of] : value(measures, settings);
}

/** A stored trial never changes, so values that were read and estimates that were made are cached. */
export class Prefixes {
  readonly #store: StudyReader;
  readonly #experiment: Pick<Experiment, 'id' | 'shownSettings'>;
  readonly #values: ValuesByName;
  readonly #columns = new Map<string, number[]>();
  readonly #estimates = new Map<string, Estimate>();

  constructor(store: StudyReader, experiment: Pick<Experiment, 'id' | 'shownSettings'>, values: ValuesByName) {
    this.#store = store;
    this.#experiment = experiment;
    this.#values = values;
  }

  readonly estimate: PrefixEstimate = (settings, measure, trials) => {
    const column = `${cellText(settings)} ${measure.name}`;
    const known = this.#estimates.get(`${column} ${trials}`);
    if (known !== undefined) return known;
    const inForce = effectiveSettings(this.#experiment, this.#values, settings);
    const taken = (trial: StoredTrial): number => valueOf(trial, measure, inForce) ?? Number.NaN;
    const values = this.#extended(column, cellText(settings), taken, trials);
    if (values.length < trials) return undefined;
    const estimate = measure.estimate(Float64Array.from(values.slice(0, trials)), inForce);
    this.#estimates.set(`${column} ${trials}`, estimate);
    return estimate;
  };

  /** The values of the trials 0, 1, … up to the first trial that is not done; NaN for a trial without a value. */
  #extended(column: string, text: string, taken: (trial: StoredTrial) => number, trials: number): readonly number[] {
    const values = this.#columns.get(column) ?? [];
    this.#columns.set(column, values);
    const cell =
      values.length < trials
        ? this.#store.cells(this.#experiment.id).find((stored) => stored.text === text)
        : undefined;
    if (cell === undefined) return values;
    for (const trial of this.#store.trials(cell, values.length)) {
      if (trial.trial !== values.length || trial.status === 'censored') break;
      values.push(taken(trial));
    }
    return values;
  }
}
