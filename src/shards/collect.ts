/** Keeps a store up to date with folders of unit results. */
import { existsSync } from 'node:fs';
import { originOf, type MadeBy, type Origin } from '../store/origin.js';
import type { StudyWriter } from '../store/writer.js';
import { foreignTo } from '../study/provenance/foreign.js';
import { isDamaged, readUnit, unitFiles, type DamagedFile } from './folder.js';
import { Merger, missingUnits } from './merge.js';
import { originOfPlan, stageOf, type ShardPlan, type Unit } from './plan.js';
import type { PlanUnits } from './planUnits.js';
import { decodeUnit, type UnitPlace, type UnitResult } from './unitFile.js';

export class Collector {
  readonly plan: ShardPlan;
  readonly units: readonly Unit[];
  /** numbers of the units of which the store lacks trials */
  readonly missing: Set<number>;
  /** addresses of trials whose results differ; no trial of their units was written */
  readonly conflicts = new Set<string>();
  /** numbers of these units */
  readonly refused = new Set<number>();
  readonly places: UnitPlace[] = [];
  /** number of trials that were new */
  added = 0;
  /** number of trials that the store had from another kind of machine, with other bits; the stored ones were kept */
  kept = 0;
  readonly #planned: PlanUnits;
  readonly #merger: Merger;
  readonly #merged = new Set<string>();

  /**
   * `onForeign` is called once for each other origin than that of the plan, before a trial of such an origin is added.
   * It may throw.
   */
  constructor(store: StudyWriter, planned: PlanUnits, onForeign: (origin: Origin) => void) {
    const { plan } = planned;
    this.plan = plan;
    this.#planned = planned;
    this.#merger = new Merger(store, plan, foreignOnce(originOfPlan(plan), store.madeBy(), onForeign));
    this.units = this.#merger.units;
    this.missing = new Set(missingUnits(store, plan).map(({ index }) => index));
  }

  /**
   * Merges the results that were added to a folder since the last call. Returns the files that are not valid results.
   */
  collect(directory: string): DamagedFile[] {
    if (!existsSync(directory)) return [];
    const damaged: DamagedFile[] = [];
    for (const index of unitFiles(directory, stageOf(this.plan))) {
      const key = `${index} ${directory}`;
      if (this.#merged.has(key)) continue;
      const found = readUnit(directory, this.#planned, index);
      if (found === undefined) continue;
      if (isDamaged(found)) damaged.push(found);
      else {
        this.take(found);
        this.#merged.add(key);
      }
    }
    return damaged;
  }

  /** Decodes a result that came from outside. Throws `DamagedUnit`. */
  decode(index: number, bytes: Uint8Array): UnitResult {
    return decodeUnit(this.#planned, index, bytes);
  }

  /** Merges one result. */
  take(result: UnitResult): void {
    const { added, conflicts, kept } = this.#merger.merge(result);
    this.added += added;
    this.kept += kept;
    for (const address of conflicts) this.conflicts.add(address);
    if (conflicts.length > 0) {
      this.refused.add(result.unit);
      return;
    }
    this.missing.delete(result.unit);
    this.places.push(result.place);
  }
}

/**
 * Passes on each origin that is not the expected one, once. The origins of stored trials are passed on when the first
 * trial is added, other origins when their trials are added.
 */
function foreignOnce(
  expected: Origin,
  stored: readonly MadeBy[],
  onForeign: (origin: Origin) => void,
): (origin: Origin) => void {
  const told = new Set<string>();
  return (origin) => {
    for (const { origin: foreign } of foreignTo(expected, [...stored, { origin, trials: 1 }])) {
      const key = JSON.stringify(originOf(foreign));
      if (told.has(key)) continue;
      told.add(key);
      onForeign(foreign);
    }
  };
}
