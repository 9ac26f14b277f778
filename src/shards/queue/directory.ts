/** Which studies a server has: workers find the plans of their own build here. */
import { gunzipSync, gzipSync } from 'node:zlib';
import { parsePlan, planText, type ShardPlan } from '../plan.js';
import type { Broker, JobQueue } from './broker.js';

/** A queue that nobody works on: its jobs are the entries. */
const NAME = 'basin-studies';

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
    await this.#queue.add('study', { build: plan.content.build, plan: gzipSync(planText(plan)).toString('base64') }, { jobId: queueName(plan) });
  }

  async remove(plan: ShardPlan): Promise<void> {
    await this.#queue.remove(queueName(plan));
  }

  /** The plans of one build, and how many others there are. */
  async plansOf(build: string): Promise<{ readonly plans: readonly ShardPlan[]; readonly others: number }> {
    const entries = (await this.#queue.getJobs(['waiting', 'prioritized', 'delayed'])).map(({ data }) => data);
    const own = entries.filter((entry) => entry.build === build);
    return { plans: own.map(({ plan }) => parsePlan('the queue', gunzipSync(Buffer.from(plan, 'base64')).toString('utf8'))), others: entries.length - own.length };
  }

  async close(): Promise<void> {
    await this.#queue.close();
  }
}
