/**
 * Submits the missing shards, waits, merges the results and repeats this, for at most a given number of rounds. Only
 * the store determines what is complete.
 */
import { arrayText } from './arrayText.js';
import { SlurmUnavailable, type ArrayJob, type QueuedTasks, type Slurm } from './slurm.js';

export interface Rounds {
  readonly slurm: Slurm;
  /** a job without its array, which follows from the missing shards */
  readonly job: Omit<ArrayJob, 'array'>;
  /** merges the new results, and returns the shards that have something missing */
  readonly missingShards: () => readonly number[];
  readonly most: number;
  readonly wait: (seconds: number) => Promise<void>;
  readonly pollSeconds: number;
  /**
   * seconds to wait after the last task has ended, because the file of a finished task may appear late on a network
   * file system
   */
  readonly settleSeconds: number;
  readonly stopped: () => boolean;
  readonly say: (text: string) => void;
  readonly onProgress: (tasks: QueuedTasks) => void;
}

export type RoundsEnding = 'complete' | 'stopped' | 'exhausted';

/**
 * Jobs of an earlier coordinator that are still in Slurm's queue are not submitted again; the coordinator first waits
 * for their end.
 */
export async function runRounds(rounds: Rounds): Promise<RoundsEnding> {
  const {
    job: { name },
    missingShards,
    most,
    say,
  } = rounds;
  for (let round = 0; ;) {
    if (await waitForTasks(rounds)) return rounds.stopped() ? 'stopped' : 'complete';
    const missing = missingShards();
    if (missing.length === 0) return 'complete';
    if (round === most) return 'exhausted';
    round += 1;
    const id = await patiently(rounds, () => rounds.slurm.submit({ ...rounds.job, array: arrayText(missing) }));
    if (id === undefined) return 'stopped';
    say(`round ${round} of at most ${most}: job ${id} (${name}), ${missing.length} shards`);
  }
}

// Returns true when no more waiting is needed: everything is complete, or the run was told to stop.
async function waitForTasks(rounds: Rounds): Promise<boolean> {
  for (;;) {
    const tasks = await patiently(rounds, () => rounds.slurm.queued(rounds.job.name));
    if (tasks === undefined) return true;
    rounds.onProgress(tasks);
    const left = rounds.missingShards().length;
    if (left === 0) {
      // The tasks that still run are second copies.
      if (tasks.running + tasks.pending > 0) await patiently(rounds, () => rounds.slurm.cancel(rounds.job.name));
      return true;
    }
    if (tasks.running + tasks.pending === 0) {
      await rounds.wait(rounds.settleSeconds);
      return rounds.stopped();
    }
    await rounds.wait(rounds.pollSeconds);
    if (rounds.stopped()) return true;
  }
}

const FIRST_PAUSE = 1;
const LONGEST_PAUSE = 60;

/**
 * Repeats the request with longer and longer pauses while the controller does not answer. Undefined when told to stop.
 */
async function patiently<T>(rounds: Rounds, ask: () => Promise<T>): Promise<T | undefined> {
  for (let pause = FIRST_PAUSE; !rounds.stopped(); pause = Math.min(2 * pause, LONGEST_PAUSE)) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof SlurmUnavailable)) throw error;
      rounds.say(`${error.message}; asking again in ${pause} s`);
      await rounds.wait(pause);
    }
  }
  return undefined;
}
