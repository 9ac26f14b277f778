/**
 * Finds the URL of a queue's server. The URL may contain a password, and every user of the machine can read command
 * lines.
 */
import { readText } from '../base/read.js';
import { refuse } from '../base/errors.js';
import { serverAddress } from '../shards/queue/address.js';
import { QUEUE_VARIABLE as VARIABLE } from './definitions/words.js';
import { warn } from './say.js';

export interface QueueOptions {
  readonly queue?: string;
  readonly queueFile?: string;
}

/**
 * The URL. Throws `InputError` when it is given in no way or in two ways, and for an invalid URL on the command line.
 */
export function queueUrl({ queue, queueFile }: QueueOptions): string {
  const variable = process.env[VARIABLE];
  if (queue !== undefined && queueFile !== undefined)
    refuse('the server of the queue', 'given once', '--queue and --queue-file');
  if (queue !== undefined) {
    serverAddress(queue);
    if (/\/\/[^/]*:[^/]*@/.test(queue))
      warn(`others on this machine can read the password of --queue; ${VARIABLE} or --queue-file hide it`);
    return queue;
  }
  if (queueFile !== undefined) return firstLine(queueFile);
  return variable ?? refuse('--queue', `given, or --queue-file, or the variable ${VARIABLE}`, 'none of them');
}

/** Whether a server is given in one of the ways. */
export function namesQueue({ queue, queueFile }: QueueOptions): boolean {
  return (queue ?? queueFile ?? process.env[VARIABLE]) !== undefined;
}

function firstLine(file: string): string {
  return readText(file).split(/\r?\n/)[0].trim();
}
