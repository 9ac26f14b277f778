/**
 * The coordinator of a queue: it adds the units that the store lacks, and takes the results that are finished. A result
 * is stored before its job is removed, and jobs that the server has lost are added again. So coordinator, workers and
 * server may die at any time.
 */
import { InputError } from '../../base/errors.js';
import type { Collector } from '../collect.js';
import type { ShardPlan } from '../plan.js';
import { DamagedUnit } from '../unitFile.js';
import type { Broker } from './broker.js';
import { Directory } from './directory.js';
import { UnitQueue } from './jobs.js';

export interface QueueStatus {
  readonly running: number;
  readonly waiting: number;
}

export interface CoordinatorOptions {
  readonly broker: Broker;
  readonly plan: ShardPlan;
  readonly collector: Collector;
  readonly pollSeconds: number;
  readonly wait: (seconds: number) => Promise<void>;
  readonly stopped: () => boolean;
  readonly say: (text: string) => void;
  readonly onProgress: (status: QueueStatus) => void;
}

export interface QueueEnding {
  readonly ending: 'complete' | 'stopped' | 'failed';
  /** the units that were given up, each with its last error */
  readonly failed: readonly { readonly unit: number; readonly error: string }[];
}

/**
 * Runs until the store is complete, until only units that were given up or refused are missing, or until it is told to
 * stop.
 */
export async function coordinate(options: CoordinatorOptions): Promise<QueueEnding> {
  const { broker, plan, collector, stopped } = options;
  const [directory, queue] = [new Directory(broker), new UnitQueue(broker, plan)];
  try {
    for (;;) {
      const failed = await round(options, directory, queue);
      if (failed !== undefined && collector.missing.size === 0) {
        await directory.remove(plan);
        await queue.obliterate();
        return { ending: 'complete', failed: [] };
      }
      // Units with conflicts stay missing too: no later result can repair them.
      if (
        failed !== undefined &&
        [...collector.missing].every((unit) => failed.some((one) => one.unit === unit) || collector.refused.has(unit))
      )
        return { ending: 'failed', failed };
      await options.wait(options.pollSeconds);
      if (stopped()) return { ending: 'stopped', failed: failed ?? [] };
    }
  } finally {
    await Promise.all([directory.close(), queue.close()]);
  }
}

/** Returns the units that were given up; undefined when the server did not answer. */
async function round(
  options: CoordinatorOptions,
  directory: Directory,
  queue: UnitQueue,
): Promise<QueueEnding['failed'] | undefined> {
  const { plan, collector, say, onProgress, stopped } = options;
  try {
    await directory.add(plan);
    while (!stopped() && (await takeFinished(options, queue)) > 0);
    const counts = await queue.counts();
    const lacking = [...collector.missing].filter((unit) => !collector.refused.has(unit));
    // A job that the server knows is not added again, so this only restores jobs that the server has lost.
    if (counts.running + counts.waiting + counts.failed + counts.completed < lacking.length)
      await queue.add(lacking.map((index) => ({ index })));
    onProgress(counts);
    return await queue.failed();
  } catch (error) {
    // The store would refuse the result again.
    if (error instanceof InputError) throw error;
    say(`basin: ${options.broker.shown}: ${options.broker.wordsOf(error)}; trying again`);
    return undefined;
  }
}

async function takeFinished({ collector, say }: CoordinatorOptions, queue: UnitQueue): Promise<number> {
  const jobs = await queue.finished();
  for (const { data, returnvalue } of jobs) {
    try {
      collector.take(collector.decode(data.unit, Buffer.from(returnvalue, 'base64')));
    } catch (error) {
      if (!(error instanceof DamagedUnit)) throw error;
      say(`basin: the result of unit ${data.unit} is ignored: ${error.message}`);
    }
    await queue.remove(data.unit);
  }
  return jobs.length;
}
