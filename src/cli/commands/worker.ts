import { attendQueue } from '../../app/cluster/worker.js';
import { StudyControl } from '../../pool/control.js';
import { parseIdle, parseLock, parsePoll } from '../values.js';
import { print } from '../output.js';
import { queueUrl, type QueueOptions } from '../queueUrl.js';
import { ifGiven, parseTaskWorkers } from '../runOptions.js';
import { say, warn } from '../say.js';
import { stopOnSignals } from '../signals.js';

interface Options extends QueueOptions {
  readonly workers?: string;
  readonly lock: string;
  readonly poll: string;
  readonly idle?: string;
  readonly strict?: boolean;
  readonly allowCode?: boolean;
}

/** `basin worker`: performs units of the studies in a queue, until it is told to stop. */
export const act = () => async (options: Options) => {
  const request = {
    workers: parseTaskWorkers(options.workers),
    lockSeconds: parseLock(options.lock),
    pollSeconds: parsePoll(options.poll),
    idleSeconds: ifGiven(options.idle, parseIdle) ?? Infinity,
    strict: options.strict === true,
    allowCode: options.allowCode === true,
    url: queueUrl(options),
  };
  const control = new StudyControl();
  const release = stopOnSignals(control, { say });
  try {
    print(`${await attendQueue(request, { control, say, warn })} units performed`);
  } finally {
    release();
  }
};
