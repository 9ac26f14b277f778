/**
 * A worker of queues: it performs units of every study of its own build, one unit at a time on all its threads. Only
 * these threads run the addon, so that the main thread stays free to renew the locks of its jobs.
 */
import { UnrecoverableError, type Job, type Worker } from 'bullmq';
import { StopLevel } from '../../pool/control.js';
import { withRunner } from '../../study/run/runner.js';
import { unitsOf, type ShardPlan, type Unit } from '../plan.js';
import { performUnit, unitWork, type UnitPerformer } from '../shard.js';
import { encodeUnit } from '../unitFile.js';
import type { Broker, StallTimes } from './broker.js';
import { Directory, queueName } from './directory.js';
import type { UnitJob, UnitReturn } from './jobs.js';

/** A unit that was started this many times and never ended kills its workers, so it is given up. */
const MOST_STARTS = 6;
/** A result is sent through the server. When results are larger, smaller units should be planned. */
const MOST_RESULT_BYTES = 2 ** 24;

export interface WorkerOptions extends UnitPerformer {
  readonly broker: Broker;
  readonly build: string;
  /** throws when the program on the disk is no longer this build, because new threads would run the changed program */
  readonly requireBuild: () => void;
  /** whether this kind of machine accepts the plan */
  readonly takes: (plan: ShardPlan) => boolean;
  readonly times: StallTimes;
  readonly wait: (seconds: number) => Promise<void>;
  readonly pollSeconds: number;
  /** the worker ends when there has been no study for this many seconds; Infinity: it never ends by itself */
  readonly idleSeconds: number;
  readonly say: (text: string) => void;
  /** throws for a plan that this program would not make, because plans come from outside */
  readonly requirePlan: (plan: ShardPlan) => void;
}

/** Searches for studies and works on them until it is told to stop. Returns how many units it performed. */
export async function attend(options: WorkerOptions): Promise<number> {
  const { control, now, wait, pollSeconds, idleSeconds } = options;
  const attendance = new Attendance(options);
  let busyAt = now();
  try {
    while (control.level === StopLevel.none && now() - busyAt < idleSeconds) {
      if (await attendance.look()) busyAt = now();
      await wait(pollSeconds);
    }
    options.requireBuild();
    return attendance.performed;
  } finally {
    await attendance.close();
  }
}

class Attendance {
  /** number of units */
  performed = 0;
  readonly #options: WorkerOptions;
  readonly #directory: Directory;
  readonly #attended = new Map<string, Worker<UnitJob, UnitReturn>>();
  readonly #damaged = new Set<string>();
  #others = 0;

  constructor(options: WorkerOptions) {
    this.#options = options;
    this.#directory = new Directory(options.broker);
  }

  /**
   * Starts to work on new studies, and stops work on studies that are no longer there. Returns whether there is any
   * study.
   */
  async look(): Promise<boolean> {
    const { broker, build, say, requirePlan, takes } = this.#options;
    try {
      const { plans, others, damaged } = await this.#directory.plansOf(build, requirePlan);
      if (others > this.#others) say(`basin: ${others} studies are for other builds; this one is ${build}`);
      this.#others = others;
      this.#sayOnce(damaged);
      await this.#leave(new Set(plans.map(queueName)));
      for (const plan of plans) if (takes(plan)) this.#join(plan);
      return plans.length > 0;
    } catch (error) {
      say(`basin: ${broker.shown}: ${broker.wordsOf(error)}; trying again`);
      return true;
    }
  }

  #sayOnce(damaged: readonly string[]): void {
    for (const reason of damaged) {
      if (!this.#damaged.has(reason)) this.#options.say(`basin: a plan is ignored: ${reason}`);
      this.#damaged.add(reason);
    }
  }

  async close(): Promise<void> {
    await Promise.all([this.#directory.close(), ...Array.from(this.#attended.values(), (worker) => worker.close())]);
  }

  async #leave(present: ReadonlySet<string>): Promise<void> {
    for (const [name, worker] of this.#attended) {
      if (present.has(name)) continue;
      this.#attended.delete(name);
      await worker.close();
    }
  }

  #join(plan: ShardPlan): void {
    const name = queueName(plan);
    if (this.#attended.has(name)) return;
    this.#options.say(`basin: working on ${plan.content.experiments.map(({ id }) => id).join(', ')} (${name})`);
    this.#attended.set(
      name,
      this.#options.broker.worker(
        name,
        processor(this.#options, plan, () => (this.performed += 1)),
        this.#options.times,
      ),
    );
  }
}

function processor(
  options: WorkerOptions,
  plan: ShardPlan,
  count: () => void,
): (job: Job<UnitJob, UnitReturn>) => Promise<UnitReturn> {
  const units = unitsOf(plan);
  return async (job) => {
    if (job.attemptsStarted > MOST_STARTS)
      throw new UnrecoverableError(
        `it was started ${job.attemptsStarted - 1} times and never ended: it kills its workers`,
      );
    const unit = unitAt(units, job.data);
    if (unit === undefined) throw new UnrecoverableError(`the plan has no unit ${JSON.stringify(job.data)}`);
    const bytes = await perform(options, plan, unit);
    if (bytes.length > MOST_RESULT_BYTES)
      throw new UnrecoverableError(
        `its result has ${bytes.length} bytes, more than ${MOST_RESULT_BYTES}: plan with a smaller --unit`,
      );
    count();
    return bytes.toString('base64');
  };
}

/** The unit of a job. A job comes from outside, so its number may be any value. */
function unitAt(units: readonly Unit[], job: Readonly<Record<keyof UnitJob, unknown>> | undefined): Unit | undefined {
  const index = job?.unit;
  return typeof index === 'number' && Number.isInteger(index) && index >= 0 ? units[index] : undefined;
}

/** When the program on the disk has changed, no more units are performed: `attend` ends and gives the reason. */
function requireBuild({ control, requireBuild: require }: WorkerOptions): void {
  try {
    require();
  } catch (error) {
    control.stop();
    throw error;
  }
}

async function perform(options: WorkerOptions, plan: ShardPlan, unit: Unit): Promise<Buffer> {
  const work = unitWork(plan, unit, options.experimentOf(unit));
  requireBuild(options);
  const { workers, control, clock } = options;
  return await withRunner({ workers, control, clock, cells: [work] }, async (runner) => {
    const result = await performUnit(runner, unit, work, options);
    if (result === undefined) throw new Error('the worker was told to stop');
    return encodeUnit(plan, unit, result);
  });
}
