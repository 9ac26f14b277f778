/** Makes one unit a source of leases. */
import type { CurveRow, TrialRow } from '../store/writer.js';
import { CostModel } from '../study/leases/cost.js';
import { LEASE_SECONDS, leaseTrials, WorkQueue, type PlannedCell, type Slice } from '../study/leases/queue.js';
import { rowsOf } from '../study/leases/rows.js';
import type { LeaseSource, LeaseTask, Performed } from '../study/run/runner.js';
import { leaseOf, type CellWork } from '../study/leases/work.js';

export interface UnitWork extends CellWork {
  readonly first: number;
  readonly count: number;
}

export interface PerformedUnit {
  readonly rows: readonly TrialRow[];
  readonly curves: readonly CurveRow[];
}

interface UnitTask extends LeaseTask {
  readonly slice: Slice<PlannedCell & CellWork>;
}

export class UnitSource implements LeaseSource<UnitTask> {
  readonly #count: number;
  readonly #queue: WorkQueue<PlannedCell & CellWork>;
  readonly #cost = new CostModel<PlannedCell>();
  readonly #rows: TrialRow[] = [];
  readonly #curves: CurveRow[] = [];

  constructor({ first, count, ...work }: UnitWork) {
    this.#count = count;
    this.#queue = new WorkQueue([{ ...work, missing: [{ first, end: first + count }] }]);
  }

  next(): UnitTask | undefined {
    const slice = this.#queue.next((cell) => leaseTrials(LEASE_SECONDS.most, this.#cost.secondsPerTrial(cell)));
    return slice && { slice, lease: leaseOf(slice) };
  }

  settle(performed: readonly Performed<UnitTask>[]): void {
    for (const {
      task: {
        slice: { cell, first, count },
      },
      result,
    } of performed) {
      this.#queue.giveBack({ cell, first: first + result.done, count: count - result.done });
      this.#cost.observe(
        cell,
        result.done,
        result.seconds.reduce((sum, seconds) => sum + seconds, 0),
      );
      this.#rows.push(...rowsOf(first, result));
      this.#curves.push(...result.curves);
    }
  }

  /** Every trial of the unit, in order; undefined until the unit is complete. */
  get whole(): PerformedUnit | undefined {
    if (this.#rows.length < this.#count) return undefined;
    const byTrial = (a: { readonly trial: number }, b: { readonly trial: number }): number => a.trial - b.trial;
    return { rows: this.#rows.toSorted(byTrial), curves: this.#curves.toSorted(byTrial) };
  }
}
