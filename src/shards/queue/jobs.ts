/** The units of a plan as jobs of its queue. */
import type { Job } from 'bullmq';
import type { ShardPlan, Unit } from '../plan.js';
import type { Broker, JobQueue } from './broker.js';
import { queueName } from './directory.js';

export interface UnitJob {
  readonly unit: number;
}

/** The unit's result, as in a unit file, encoded in base64. */
export type UnitReturn = string;

const ATTEMPTS = 5;
/** Jobs that are read in one request; each completed job contains its result. */
const PAGE = 100;

export class UnitQueue {
  readonly #queue: JobQueue<UnitJob, UnitReturn>;

  constructor(broker: Broker, plan: ShardPlan) {
    this.#queue = broker.queue(queueName(plan));
  }

  /** Adds units. A unit that is already there, in any state, is not added again. */
  async add(units: readonly Pick<Unit, 'index'>[]): Promise<void> {
    await this.#queue.addBulk(
      units.map(({ index }) => ({
        name: 'unit',
        data: { unit: index },
        opts: {
          jobId: jobId(index),
          attempts: ATTEMPTS,
          backoff: { type: 'exponential', delay: 1000 },
          removeOnComplete: false,
          removeOnFail: false,
        },
      })),
    );
  }

  async finished(): Promise<Job<UnitJob, UnitReturn>[]> {
    return await this.#queue.getJobs(['completed'], 0, PAGE - 1, true);
  }

  /** The units that were given up, each with its last error. */
  async failed(): Promise<{ readonly unit: number; readonly error: string }[]> {
    const jobs = await this.#queue.getJobs(['failed']);
    return jobs.map(({ data, failedReason }) => ({ unit: data.unit, error: failedReason }));
  }

  async counts(): Promise<{
    readonly running: number;
    readonly waiting: number;
    readonly failed: number;
    readonly completed: number;
  }> {
    const {
      active = 0,
      waiting = 0,
      delayed = 0,
      failed = 0,
      completed = 0,
      prioritized = 0,
    } = await this.#queue.getJobCounts('active', 'waiting', 'delayed', 'failed', 'completed', 'prioritized');
    return { running: active, waiting: waiting + delayed + prioritized, failed, completed };
  }

  async remove(unit: number): Promise<void> {
    await this.#queue.remove(jobId(unit));
  }

  /** Removes the queue with everything in it. */
  async obliterate(): Promise<void> {
    await this.#queue.obliterate({ force: true });
  }

  async close(): Promise<void> {
    await this.#queue.close();
  }
}

// A job id must not be a plain integer and must not contain ':'.
function jobId(unit: number): string {
  return `unit-${unit}`;
}
