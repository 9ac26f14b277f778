/** What the engines of a submission have in common: the store as the one truth, and what is told meanwhile. */
import type { StudyControl } from '../../pool/control.js';
import type { Collector } from '../../shards/collect.js';
import type { ShardPlan } from '../../shards/plan.js';
import { openStudy } from '../../store/open.js';
import type { Warn } from '../warn.js';
import { collectorOf, concludeMerge, type MergedStudy, type MergeRequest } from './merge.js';
import { readOwnPlan } from './shards.js';

export interface SubmitRequest extends MergeRequest {
  readonly pollSeconds: number;
}

export interface SubmitConducting {
  /** stops it */
  readonly control: StudyControl;
  readonly warn: Warn;
  /** a line of the engine, which says itself who speaks */
  readonly say: (text: string) => void;
  /** units that the store has, and what the engine is doing */
  readonly onProgress: (done: number, all: number, doing: string) => void;
  /** Told when the engine has ended and the store is looked at. */
  readonly onMerging: () => void;
}

export interface Submitted {
  readonly merged: MergedStudy;
  /** `failed`: the engine could not perform some units */
  readonly ending: 'complete' | 'stopped' | 'failed';
  /** why it did not complete, a line for each reason */
  readonly reasons: readonly string[];
  /** what goes on after a signal, and how to go on with it */
  readonly goesOn: string;
}

export interface Submission {
  readonly plan: ShardPlan;
  readonly collector: Collector;
  readonly show: (doing: string) => void;
}

/** What an engine did with what a store lacked. */
export interface Performed extends Omit<Submitted, 'merged'> {
  readonly damaged: ReturnType<Collector['collect']>;
}

/**
 * Opens the store, whose lock keeps a second coordinator away, while an engine performs what it lacks. What `perform`
 * returns is called when the engine has ended: it takes what is still outside into the store, and says how it ended.
 */
export async function submit(
  request: SubmitRequest,
  conducting: SubmitConducting,
  perform: (submission: Submission) => Promise<() => Performed>,
): Promise<Submitted> {
  const plan = readOwnPlan(request.plan);
  const store = openStudy(request.store, plan.content.identity);
  try {
    const collector = collectorOf(store, plan, request.strict, conducting.warn);
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
  } finally {
    store.close();
  }
}
