/** The studies of a server. Workers find the plans of their own build here. */
import { gunzipSync, gzipSync } from 'node:zlib';
import { parsePlan, planText, type ShardPlan } from '../plan.js';
import type { Broker, JobQueue } from './broker.js';

/** The name of a queue without workers; its jobs are the entries of the directory. */
const NAME = 'basin-studies';

/** A plan of a hundred thousand cells has about 10 MB. */
const MOST_PLAN_BYTES = 2 ** 28;

interface Entry {
  readonly build: string;
  /** the plan's text, compressed, as base64 */
  readonly plan: string;
}

/** A queue belongs to one plan, and a plan to one build. */
export function queueName({ hash }: ShardPlan): string {
  return `basin-${hash.slice(0, 24)}`;
}

export class Directory {
  readonly #queue: JobQueue<Entry, unknown>;

  constructor(broker: Broker) {
    this.#queue = broker.queue(NAME);
  }

  async add(plan: ShardPlan): Promise<void> {
    await this.#queue.add(
      'study',
      { build: plan.content.build, plan: gzipSync(planText(plan)).toString('base64') },
      { jobId: queueName(plan) },
    );
  }

  async remove(plan: ShardPlan): Promise<void> {
    await this.#queue.remove(queueName(plan));
  }

  /**
   * The plans of one build, the number of entries for other builds, and the reasons why some entries are not valid
   * plans. `accept` throws for a plan that is not possible.
   */
  async plansOf(
    build: string,
    accept: (plan: ShardPlan) => void,
  ): Promise<{ readonly plans: readonly ShardPlan[]; readonly others: number; readonly damaged: readonly string[] }> {
    const entries = (await this.#queue.getJobs(['waiting', 'prioritized', 'delayed'])).map(({ data }) => data);
    const own = entries.filter((entry) => entry.build === build);
    const [plans, damaged]: [ShardPlan[], string[]] = [[], []];
    for (const { plan } of own) {
      try {
        const unpacked = unpackedPlan(plan);
        accept(unpacked);
        plans.push(unpacked);
      } catch (error) {
        damaged.push(error instanceof Error ? error.message : String(error));
      }
    }
    return { plans, others: entries.length - own.length, damaged };
  }

  async close(): Promise<void> {
    await this.#queue.close();
  }
}

/** Throws when the text is not a plan. */
function unpackedPlan(text: string): ShardPlan {
  const bytes = gunzipSync(Buffer.from(text, 'base64'), { maxOutputLength: MOST_PLAN_BYTES });
  return parsePlan('a plan of the queue', bytes.toString('utf8'));
}
