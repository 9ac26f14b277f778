/** Performs units of the studies in a queue. */
import { performance } from 'node:perf_hooks';
import { InputError } from '../../base/errors.js';
import type { StudyControl } from '../../pool/control.js';
import type { ShardPlan } from '../../shards/plan.js';
import { pause } from '../pause.js';
import { thisBuild } from '../provenance.js';
import type { Warn } from '../warn.js';
import { announceMachine, experimentOfUnit, requireOwnPlan, thisPlace } from './shards.js';

export interface WorkerRequest {
  /** URL of the queue's server */
  readonly url: string;
  readonly workers: number;
  /** a worker that does not answer for this time counts as dead */
  readonly lockSeconds: number;
  readonly pollSeconds: number;
  /** the worker ends after this time without a study */
  readonly idleSeconds: number;
  readonly strict: boolean;
  /** whether plans may contain code that is not part of basin */
  readonly allowCode: boolean;
}

export interface WorkerConducting {
  /** stops the worker */
  readonly control: StudyControl;
  readonly warn: Warn;
  /** prints a line of the queue; the line already names its speaker */
  readonly say: (text: string) => void;
}

/**
 * Performs units until it is told to stop, or until no study has arrived for `idleSeconds`. Returns the number of
 * units.
 */
export async function attendQueue(request: WorkerRequest, { control, warn, say }: WorkerConducting): Promise<number> {
  // The queue library takes a third of a second to load, so only the users of a queue wait for it.
  const [{ connectBroker }, { attend }] = await Promise.all([
    import('../../shards/queue/broker.js'),
    import('../../shards/queue/worker.js'),
  ]);
  const { url, workers, pollSeconds, idleSeconds, strict, allowCode, lockSeconds } = request;
  return await attend({
    broker: await connectBroker(url, say),
    workers,
    control,
    say,
    pollSeconds,
    idleSeconds,
    build: thisBuild(),
    place: thisPlace(),
    requireBuild: thisBuild,
    takes: planTaker(strict, warn),
    experimentOf: experimentOfUnit,
    requirePlan: (plan) => {
      requireOwnPlan(plan, allowCode);
    },
    times: { lockMilliseconds: 1000 * lockSeconds, checkMilliseconds: 500 * lockSeconds },
    now: () => performance.now() / 1000,
    wait: (seconds) => pause(seconds, control),
  });
}

/** Decides whether a plan is accepted. Each remark about a plan is printed once. */
function planTaker(strict: boolean, warn: Warn): (plan: ShardPlan) => boolean {
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
