/**
 * Estimates from complete prefixes of trials: from the first trials of a cell up to a given number, whatever has been
 * stored beyond.
 */
import type { Cell, CellSummary, Experiment, PrefixEstimate, TrialPrefixes } from '../../experiments/spec.js';
import type { ValuesByName } from '../../settings/types.js';
import type { Estimate } from '../../statistics/estimate.js';
import type { StudyReader } from '../../store/reader.js';
import type { StoredTrial } from '../../store/trials.js';
import { cellText } from '../../settings/cellText.js';
import { gridOf } from '../grid/cells.js';
import { pointsOf } from '../grid/planned.js';
import { valueOf } from '../grid/trialValues.js';
import { effectiveSettings } from '../grid/values.js';
import { rethrow, summariseCell } from './cell.js';

/** A stored trial never changes, so values that were read and estimates that were made are cached. */
export class Prefixes implements TrialPrefixes {
  readonly #store: StudyReader;
  readonly #experiment: Experiment;
  readonly #values: ValuesByName;
  readonly #columns = new Map<string, number[]>();
  readonly #estimates = new Map<string, Estimate>();

  constructor(store: StudyReader, experiment: Experiment, values: ValuesByName) {
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

  readonly summaries = (cells: readonly Cell[]): readonly CellSummary[] | undefined => {
    const { seed } = this.#store.identity;
    const grid = gridOf({ experiment: { ...this.#experiment, cells: () => cells }, values: this.#values }, seed);
    const points = pointsOf(this.#store, this.#experiment.id, grid.cells);
    if (points.some(({ cell, stored }) => stored === undefined || this.#store.counts(stored).done < cell.trials))
      return undefined;
    const summaries = points.map((point) => summariseCell(this.#store, this.#experiment, point, rethrow).summary);
    return summaries.every(({ trials, planned }) => trials === planned) ? summaries : undefined;
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
