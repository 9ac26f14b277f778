/**
 * Slurm as an engine: job arrays of shards. Its states, ids and exit codes are hints: a controller that was killed can
 * run tasks twice, lose jobs and give their ids to others. So jobs are found by their name, and what is done is read
 * from the results.
 */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { visible } from '../base/visible.js';
import { InputError } from '../base/errors.js';

/** Arguments to output; rejects when the command fails. */
export type Command = (name: string, args: readonly string[]) => Promise<string>;

const call = promisify(execFile);
export const systemCommand: Command = async (name, args) =>
  (await call(name, args, { encoding: 'utf8', maxBuffer: 2 ** 26, timeout: 120_000 })).stdout;

export interface ArrayJob {
  /** finds the job again */
  readonly name: string;
  /** as `--array` takes it, e.g. `0-3,7` */
  readonly array: string;
  /** file of a task's output; %a is its number */
  readonly log: string;
  /** for a POSIX shell; $SLURM_ARRAY_TASK_ID is the task's number */
  readonly script: string;
  /** what the user adds for sbatch */
  readonly extra: readonly string[];
}

/** Tasks of a job in the queue, by Slurm's short states. */
export interface QueuedTasks {
  readonly running: number;
  readonly pending: number;
  /** why the first pending one waits */
  readonly reason: string;
}

/** A controller that is down, restarting or overloaded; everything else is a mistake that would be repeated. */
const TRANSIENT =
  /contact slurm controller|timed out|connection refused|temporarily|transport endpoint|zero bytes|backup controller/i;
/** What Slurm has when its configuration does not say it, and the most that it can have. */
const DEFAULT_ARRAY_SIZE = 1001;
const MOST_ARRAY_SIZE = 4_000_001;
const NOT_THERE = /Invalid job id|Invalid job name/i;

export class Slurm {
  readonly #command: Command;

  constructor(command: Command = systemCommand) {
    this.#command = command;
  }

  /**
   * Submits an array of shards; tasks are put back in the queue when their node dies. Throws `InputError` with Slurm's
   * words.
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

  /** What is in the queue under a name. */
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

  /** The largest index that an array may have. Throws `InputError` where Slurm takes no arrays. */
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

/** The controller does not answer now. */
export class SlurmUnavailable extends Error {
  override readonly name = 'SlurmUnavailable';
}
