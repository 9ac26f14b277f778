/** Performing one unit on the workers of this machine. */
import { StopLevel, type StudyControl } from '../pool/control.js';
import type { LeasePool } from '../pool/pool.js';
import type { Lease, LeaseResult } from '../pool/protocol.js';
import type { CurveRow, TrialRow } from '../store/writer.js';
import { CostModel } from '../study/cost.js';
import { LEASE_SECONDS, leaseTrials, WorkQueue, type Slice } from '../study/plan.js';
import { rowsOf } from '../study/rows.js';

export interface UnitWork {
  readonly template: Omit<Lease, 'first' | 'count'>;
  readonly first: number;
  readonly count: number;
  /** operations of a trial */
  readonly cost: number;
}

export interface PerformedUnit {
  readonly rows: readonly TrialRow[];
  readonly curves: readonly CurveRow[];
}

/** Every trial of the unit; undefined when the control said stop before it was whole. Rejects when a worker dies. */
export async function performUnit(pool: LeasePool, { template, first, count, cost }: UnitWork, workers: number, control: StudyControl): Promise<PerformedUnit | undefined> {
  const cell = { cost, missing: [{ first, end: first + count }] };
  const [queue, model] = [new WorkQueue([cell]), new CostModel<typeof cell>()];
  const [rows, curves]: [TrialRow[], CurveRow[]] = [[], []];
  const take = (): Slice<typeof cell> | undefined => (control.level === StopLevel.none ? queue.next(() => leaseTrials(LEASE_SECONDS.most, model.secondsPerTrial(cell))) : undefined);
  const settle = (slice: Slice<typeof cell>, result: LeaseResult): void => {
    queue.giveBack({ cell, first: slice.first + result.done, count: slice.count - result.done });
    model.observe(cell, result.done, result.seconds.subarray(0, result.done).reduce((sum, seconds) => sum + seconds, 0));
    rows.push(...rowsOf(slice.first, result));
    curves.push(...result.curves);
  };
  const lane = async (): Promise<void> => {
    for (let slice = take(); slice !== undefined; slice = take()) settle(slice, await pool.run({ ...template, first: slice.first, count: slice.count }));
  };
  // Trials that take all workers are performed one lease after the other.
  await Promise.all(Array.from({ length: template.team === true ? 1 : workers }, lane));
  if (rows.length < count) return undefined;
  rows.sort((a, b) => a.trial - b.trial);
  curves.sort((a, b) => a.trial - b.trial);
  return { rows, curves };
}
