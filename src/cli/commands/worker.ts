import { attendQueue } from '../../app/cluster/worker.js';
import { StudyControl } from '../../pool/control.js';
import { parseDuration } from '../options.js';
import { print } from '../output.js';
import { queueUrl, type QueueOptions } from '../queueUrl.js';
import { parseTaskWorkers } from '../runOptions.js';
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
    lockSeconds: parseDuration('--lock', options.lock),
    pollSeconds: parseDuration('--poll', options.poll),
    idleSeconds: options.idle === undefined ? Infinity : parseDuration('--idle', options.idle),
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
