import { performance } from 'node:perf_hooks';
import { InputError } from '../../base/errors.js';
import { StudyControl } from '../../pool/control.js';
import type { ShardPlan } from '../../shards/plan.js';
import { say, warn } from '../say.js';
import { pause, stopOnSignals } from '../signals.js';
import { ExitCode, type ExitCodeValue, type SetExitCode } from '../exit.js';
import { parseDuration } from '../options.js';
import { parseTaskWorkers } from '../runOptions.js';
import { print } from '../output.js';
import { queueUrl, type QueueOptions } from '../queueUrl.js';
import { thisBuild } from '../../app/provenance.js';
import { announceMachine, experimentOfUnit, requireOwnPlan, thisPlace } from '../../app/cluster/shards.js';

interface Options extends QueueOptions {
  readonly workers?: string;
  readonly lock: string;
  readonly poll: string;
  readonly idle?: string;
  readonly strict?: boolean;
}

/** `basin worker`: performs units of whatever studies a queue has, until it is told to stop. */
export const act = (setExitCode: SetExitCode) => async (options: Options) => setExitCode(await work(options));

/** Whether a plan is taken; what is said of it is said once. */
function planTaker(strict: boolean): (plan: ShardPlan) => boolean {
  const answers = new Map<string, boolean>();
  const answer = (plan: ShardPlan): boolean => {
    try {
      announceMachine(plan, strict, warn);
      return true;
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      warn(error.message);
      return false;
    }
  };
  return (plan) => {
    const taken = answers.get(plan.hash) ?? answer(plan);
    answers.set(plan.hash, taken);
    return taken;
  };
}

async function work(options: Options): Promise<ExitCodeValue> {
  // The library takes a third of a second to load: only those who use it wait for it.
  const [{ connectBroker }, { attend }] = await Promise.all([import('../../shards/queue/broker.js'), import('../../shards/queue/worker.js')]);
  const [workers, lockMilliseconds] = [parseTaskWorkers(options.workers), 1000 * parseDuration('--lock', options.lock)];
  const [pollSeconds, idleSeconds] = [parseDuration('--poll', options.poll), options.idle === undefined ? Infinity : parseDuration('--idle', options.idle)];
  const broker = await connectBroker(queueUrl(options), say);
  const control = new StudyControl();
  const release = stopOnSignals(control, { say });
  try {
    const performed = await attend({
      broker, workers, control, say, pollSeconds, idleSeconds, build: thisBuild(), place: thisPlace(), requireBuild: thisBuild,
      takes: planTaker(options.strict === true), experimentOf: experimentOfUnit, requirePlan: requireOwnPlan,
      times: { lockMilliseconds, checkMilliseconds: lockMilliseconds / 2 },
      now: () => performance.now() / 1000, wait: (seconds) => pause(seconds, control),
    });
    print(`${performed} units performed`);
    return ExitCode.done;
  } finally {
    release();
  }
}
