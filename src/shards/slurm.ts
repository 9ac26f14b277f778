/**
 * Runs job arrays of shards on Slurm. Slurm's states, ids and exit codes are only hints: a controller that was killed
 * can run tasks twice, lose jobs and give their ids to other jobs. So jobs are found by their name, and the results
 * determine what is done.
 */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { visible } from '../base/visible.js';
import { InputError } from '../base/errors.js';

/** Runs a command and returns its output; rejects when the command fails. */
export type Command = (name: string, args: readonly string[]) => Promise<string>;

const call = promisify(execFile);
export const systemCommand: Command = async (name, args) =>
  (await call(name, args, { encoding: 'utf8', maxBuffer: 2 ** 26, timeout: 120_000 })).stdout;

export interface ArrayJob {
  /** the name by which the job is found again */
  readonly name: string;
  /** the array in the form of `--array`, e.g. `0-3,7` */
  readonly array: string;
  /** file for a task's output; %a is the task's number */
  readonly log: string;
  /** script for a POSIX shell; $SLURM_ARRAY_TASK_ID is the task's number */
  readonly script: string;
  /** further arguments of the user for sbatch */
  readonly extra: readonly string[];
}

/** Numbers of a job's tasks in the queue, by Slurm's short states. */
export interface QueuedTasks {
  readonly running: number;
  readonly pending: number;
  /** why the first pending task waits */
  readonly reason: string;
}

/** Messages of a controller that is down, restarting or overloaded. All other errors would occur again. */
const TRANSIENT =
  /contact slurm controller|timed out|connection refused|temporarily|transport endpoint|zero bytes|backup controller/i;
/** Slurm's value when its configuration does not give one, and the largest value that it allows. */
const DEFAULT_ARRAY_SIZE = 1001;
const MOST_ARRAY_SIZE = 4_000_001;
const NOT_THERE = /Invalid job id|Invalid job name/i;

export class Slurm {
  readonly #command: Command;

  constructor(command: Command = systemCommand) {
    this.#command = command;
  }

  /**
   * Submits an array of shards. Tasks are put back in the queue when their node dies. Throws `InputError` with Slurm's
   * message.
   */
  async submit({ name, array, log, script, extra }: ArrayJob): Promise<string> {
    const args = [
      '--parsable',
      '--requeue',
      '--open-mode=append',
      `--job-name=${name}`,
      `--array=${array}`,
      `--output=${log}`,
      ...extra,
      `--wrap=${script}`,
    ];
    return (await this.#ask('sbatch', args)).trim();
  }

  /** The tasks in the queue under a name. */
  async queued(name: string): Promise<QueuedTasks> {
    const lines = (await this.#ask('squeue', ['-h', '-r', `--name=${name}`, '-o', '%t|%r']))
      .split('\n')
      .filter((line) => line !== '');
    const tasks = lines.map((line) => line.split('|'));
    const pending = tasks.filter(([state]) => state === 'PD');
    return { running: tasks.length - pending.length, pending: pending.length, reason: pending[0]?.[1] ?? '' };
  }

  async cancel(name: string): Promise<void> {
    await this.#ask('scancel', [`--name=${name}`]);
  }

  /** The largest index that an array may have. Throws `InputError` when Slurm does not accept arrays. */
  async largestIndex(): Promise<number> {
    const text = /MaxArraySize\s*=\s*(?<size>\S+)/.exec(await this.#ask('scontrol', ['show', 'config']))?.groups?.[
      'size'
    ];
    const size = text === undefined ? DEFAULT_ARRAY_SIZE : Number(text);
    if (!Number.isInteger(size) || size < 0 || size > MOST_ARRAY_SIZE)
      throw new InputError(
        `Slurm's MaxArraySize must be an integer from 1 to ${MOST_ARRAY_SIZE}, got '${visible(text ?? '')}'`,
      );
    if (size === 0)
      throw new InputError(
        'this Slurm must take job arrays, got MaxArraySize 0: ask who runs it, or start the shards by hand with basin run --plan --shard',
      );
    return size - 1;
  }

  async #ask(name: string, args: readonly string[]): Promise<string> {
    try {
      return await this.#command(name, args);
    } catch (error) {
      const { code, stderr = '' } = error as { readonly code?: unknown; readonly stderr?: string };
      if (code === 'ENOENT')
        throw new InputError(`--engine slurm needs Slurm's commands, got no '${name}' on this machine`);
      if (NOT_THERE.test(stderr)) return '';
      const words = `${name}: ${stderr.trim().split('\n').at(-1) ?? ''}`;
      if (TRANSIENT.test(stderr)) throw new SlurmUnavailable(words);
      throw new InputError(`Slurm must take the job, got '${words}'`);
    }
  }
}

/** The controller does not answer at the moment. */
export class SlurmUnavailable extends Error {
  override readonly name = 'SlurmUnavailable';
}
