/** What complete prefixes of trials say: the first so many of a cell, whatever has been stored beyond. */
import type { Experiment, PrefixEstimate } from '../../experiments/spec.js';
import type { ValuesByName } from '../../settings/types.js';
import type { Estimate } from '../../statistics/estimate.js';
import type { StoredTrial, StudyReader } from '../../store/reader.js';
import { cellText } from '../../settings/cellText.js';
import { effectiveSettings } from './values.js';

/** What a measure takes of a trial. */
export interface TrialValue {
  readonly of: string;
  /** what a failed trial counts as; without it, it has no value */
  readonly whenFailed?: number;
}

export function valueOf({ status, measures }: StoredTrial, { of, whenFailed }: TrialValue): number | undefined {
  return status === 'failed' ? whenFailed : measures[of];
}

/** A stored trial never changes: what was read, and what was made of it, is kept. */
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
    const values = this.#extended(column, cellText(settings), measure, trials);
    if (values.length < trials) return undefined;
    const estimate = measure.estimate(
      Float64Array.from(values.slice(0, trials)),
      effectiveSettings(this.#experiment, this.#values, settings),
    );
    this.#estimates.set(`${column} ${trials}`, estimate);
    return estimate;
  };

  /** The values of the trials 0, 1, … up to the first that is not done; NaN where a trial has none. */
  #extended(column: string, text: string, measure: TrialValue, trials: number): readonly number[] {
    const values = this.#columns.get(column) ?? [];
    this.#columns.set(column, values);
    const cell =
      values.length < trials
        ? this.#store.cells(this.#experiment.id).find((stored) => stored.text === text)
        : undefined;
    if (cell === undefined) return values;
    for (const trial of this.#store.trials(cell, values.length)) {
      if (trial.trial !== values.length || trial.status === 'censored') break;
      values.push(valueOf(trial, measure) ?? Number.NaN);
    }
    return values;
  }
}
