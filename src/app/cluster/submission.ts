/**
 * What all engines of a submission share: the store is authoritative for what is done, and progress is reported while
 * the engine runs.
 */
import type { StudyControl } from '../../pool/control.js';
import type { Collector } from '../../shards/collect.js';
import type { ShardPlan } from '../../shards/plan.js';
import { openStudy } from '../../store/open.js';
import type { StudyWriter } from '../../store/writer.js';
import type { Warn } from '../warn.js';
import { collectorOf, concludeMerge, type MergedStudy, type MergeRequest } from './merge.js';
import { planCounts } from './plan.js';
import { readOwnPlan } from './shards.js';

export interface SubmitRequest extends MergeRequest {
  readonly pollSeconds: number;
}

export interface SubmitConducting {
  /** stops the submission */
  readonly control: StudyControl;
  readonly warn: Warn;
  /** prints a line of the engine; the line already names its speaker */
  readonly say: (text: string) => void;
  /** takes the number of units in the store, the number of all units, and what the engine is doing */
  readonly onProgress: (done: number, all: number, doing: string) => void;
  /** Called when the engine has ended a stage and the store is examined. */
  readonly onMerging: () => void;
}

export interface Submitted {
  readonly merged: MergedStudy;
  /** `failed`: the engine could not perform some units */
  readonly ending: 'complete' | 'stopped' | 'failed';
  /** why the submission did not complete, one line for each reason */
  readonly reasons: readonly string[];
  /** what continues to run after a signal, and how the user continues */
  readonly goesOn: string;
}

export interface Submission {
  readonly plan: ShardPlan;
  readonly collector: Collector;
  readonly show: (doing: string) => void;
}

/** How an engine performed the units that a store lacked. */
export interface Performed extends Omit<Submitted, 'merged'> {
  readonly damaged: ReturnType<Collector['collect']>;
}

/** Performs the units of one stage that a store lacks. */
type PerformStage = (submission: Submission) => Promise<() => Performed>;

/**
 * Opens the store while an engine performs the units that the store lacks, stage by stage, until the results ask for
 * nothing more. The lock of the store excludes a second coordinator. The function that `perform` returns is called when
 * the engine has ended: it takes the remaining results into the store, and says how the engine ended.
 */
export async function submit(
  request: SubmitRequest,
  conducting: SubmitConducting,
  perform: PerformStage,
): Promise<Submitted> {
  const first = readOwnPlan(request.plan);
  const store = openStudy(request.store, first.content.identity);
  let added = 0;
  try {
    for (let plan = first; ;) {
      const submitted = await submitStage(store, plan, request.strict, conducting, perform);
      const { next } = submitted.merged;
      added += submitted.merged.added;
      if (next === undefined || submitted.ending !== 'complete')
        return { ...submitted, merged: { ...submitted.merged, added } };
      const { stage, units, trials } = planCounts(next);
      conducting.say(`the results ask for more: stage ${stage}, ${units} units, ${trials} trials`);
      plan = next;
    }
  } finally {
    store.close();
  }
}

async function submitStage(
  store: StudyWriter,
  plan: ShardPlan,
  strict: boolean,
  conducting: SubmitConducting,
  perform: PerformStage,
): Promise<Submitted> {
  const collector = collectorOf(store, plan, strict, conducting.warn);
  const { units, missing } = collector;
  const conclude = await perform({
    plan,
    collector,
    show: (doing) => {
      conducting.onProgress(units.length - missing.size, units.length, doing);
    },
  });
  conducting.onMerging();
  const { damaged, ...ending } = conclude();
  return { ...ending, merged: await concludeMerge(store, collector, damaged, conducting.warn) };
}
