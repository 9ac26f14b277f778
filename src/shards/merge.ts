/**
 * Merges unit results into the study's store. A merge may run at any time and any number of times, also while shards
 * run. Stored trials stay unchanged. The same trial with another value is a conflict, which is reported and never
 * written.
 */
import { cellText } from '../settings/cellText.js';
import { differences } from '../store/differences.js';
import { originOf, sameOrigin, type Origin } from '../store/origin.js';
import type { StoredCell, StudyReader } from '../store/reader.js';
import type { StoredTrial } from '../store/trials.js';
import type { CurveRow, StudyWriter, TrialRow } from '../store/writer.js';
import { formatAddress } from '../store/address.js';
import { recordAt, recordOf } from '../study/replay/replay.js';
import { storedOf, unitsOf, type ShardPlan, type Unit } from './plan.js';
import type { UnitResult } from './unitFile.js';

/** The result of merging one unit. */
export interface MergedUnit {
  /** number of rows that were new */
  readonly added: number;
  /**
   * addresses of trials that the store has with another value from the same origin; if there are any, no trial of the
   * unit was written
   */
  readonly conflicts: readonly string[];
  /** number of trials that the store has with another value from another origin; the stored value is kept */
  readonly kept: number;
}

export class Merger {
  readonly units: readonly Unit[];
  readonly #store: StudyWriter;
  readonly #beforeAdding: (origin: Origin) => void;
  readonly #cells = new Map<string, StoredCell>();

  /** Adds the plan's experiments to the store. Throws `InputError` when the store is of another study. */
  constructor(store: StudyWriter, plan: ShardPlan, beforeAdding: (origin: Origin) => void) {
    this.#store = store;
    this.#beforeAdding = beforeAdding;
    this.units = unitsOf(plan);
    for (const experiment of plan.content.experiments) {
      const grid = experiment.cells.map(({ settings }) => ({ text: cellText(settings), settings }));
      const cells = store.addExperiment(storedOf(experiment), grid);
      for (const cell of cells) this.#cells.set(`${experiment.id}/${cell.text}`, cell);
    }
  }

  merge(result: UnitResult): MergedUnit {
    const unit = this.units[result.unit];
    const cell = this.#cells.get(`${unit.experiment.id}/${unit.text}`);
    if (cell === undefined) throw new Error(`unit ${unit.index} has no cell`);
    const origin = originOf(result.place);
    const fresh = new Set<number>();
    const conflicts: string[] = [];
    let kept = 0;
    for (const row of result.rows) {
      const stored = this.#store.trial(cell, row.trial);
      if (stored === undefined || stored.status === 'censored') fresh.add(row.trial);
      else if (this.#same(cell, stored, row, result.curves)) continue;
      else if (!sameOrigin(origin, this.#store.origins().get(stored.origin ?? NaN) ?? {})) kept += 1;
      else conflicts.push(formatAddress({ experiment: unit.experiment.id, cell: unit.text, trial: row.trial }));
    }
    if (conflicts.length > 0) return { added: 0, conflicts, kept };
    const isFresh = ({ trial }: { readonly trial: number }): boolean => fresh.has(trial);
    if (fresh.size > 0) this.#beforeAdding(origin);
    if (fresh.size > 0)
      this.#store.commit([{ cell, rows: result.rows.filter(isFresh), curves: result.curves.filter(isFresh), origin }]);
    return { added: fresh.size, conflicts, kept };
  }

  #same(cell: StoredCell, stored: StoredTrial, row: TrialRow, curves: readonly CurveRow[]): boolean {
    const own = curves.filter(({ trial }) => trial === row.trial).map(({ name, values }) => [name, values] as const);
    return (
      differences(recordAt(this.#store, cell, stored), recordOf({ ...row, curves: Object.fromEntries(own) })).length ===
      0
    );
  }
}

/** The trials of a study that are done: their numbers, by experiment and cell. */
export type DoneTrials = ReadonlyMap<string, ReadonlySet<number>>;

export function doneTrials(store: StudyReader, { content: { experiments } }: ShardPlan): DoneTrials {
  const cells = experiments.flatMap(({ id }) => store.cells(id).map((cell) => ({ id, cell })));
  return new Map(
    cells.map(({ id, cell }) => [`${id}/${cell.text}`, new Set(Array.from(store.done(cell), ({ trial }) => trial))]),
  );
}

/** The units of which the store lacks a trial. Only the store determines what is complete. */
export function missingUnits(store: StudyReader | undefined, plan: ShardPlan): Unit[] {
  return store === undefined ? unitsOf(plan) : unitsWithout(doneTrials(store, plan), plan);
}

/** The units of which a trial is not among these. */
export function unitsWithout(done: DoneTrials, plan: ShardPlan): Unit[] {
  return unitsOf(plan).filter(({ experiment, text, first, count }) => {
    const trials = done.get(`${experiment.id}/${text}`);
    return (
      trials === undefined ||
      !Array.from({ length: count }, (_, index) => first + index).every((trial) => trials.has(trial))
    );
  });
}
