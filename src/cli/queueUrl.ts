/**
 * Where the URL of a queue's server comes from: it may hold a password, which a command line shows to every user of the
 * machine.
 */
import type { Command } from 'commander';
import { readText } from '../base/read.js';
import { refuse } from '../base/errors.js';
import { serverAddress } from '../shards/queue/address.js';
import { warn } from './say.js';

export interface QueueOptions {
  readonly queue?: string;
  readonly queueFile?: string;
}

const VARIABLE = 'BASIN_QUEUE';
const HIDDEN = '***';

/** Adds the options to a command. */
export function withQueueOptions(command: Command, prefix = ''): Command {
  return command
    .option('--queue <url>', `${prefix}redis://, rediss:// or postgres:// URL (default: the variable ${VARIABLE})`)
    .option(
      '--queue-file <file>',
      `${prefix}file whose first line is the URL: keeps its password out of the process list`,
    );
}

/** The URL. Throws `InputError` when none or two are given, and for what is no such URL on the command line. */
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

/** Whether any of the ways names a server. */
export function namesQueue({ queue, queueFile }: QueueOptions): boolean {
  return (queue ?? queueFile ?? process.env[VARIABLE]) !== undefined;
}

function firstLine(file: string): string {
  return readText(file).split(/\r?\n/)[0].trim();
}

/** A command line as it may be kept: without the URL of a queue. */
export function withoutQueue(commandLine: readonly string[]): string[] {
  return commandLine.map((word, index) => {
    if (commandLine[index - 1] === '--queue') return HIDDEN;
    return word.startsWith('--queue=') ? `--queue=${HIDDEN}` : word;
  });
}
