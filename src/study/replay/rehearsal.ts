/** Performs trial 0 of each cell of a user's own experiment twice, in two workers, before the study runs. */
import { InputError } from '../../base/errors.js';
import type { TrialLimits } from '../../pool/limits.js';
import { formatAddress } from '../../store/address.js';
import { differences, type TrialRecord } from '../../store/differences.js';
import type { StudyReader } from '../../store/reader.js';
import { recordFrom } from './replay.js';
import { withRunner, type LeaseTask, type RunnerOptions } from '../run/runner.js';
import type { ExperimentGrid, GridCell } from '../grid/cells.js';
import { cellWork, leaseOf, type CellWork } from '../leases/work.js';

export interface RehearsalOptions
  extends Pick<RunnerOptions, 'control' | 'worker' | 'laboratory' | 'clock' | 'pool'>, TrialLimits {
  /** the study; cells whose trial 0 is in it have been rehearsed before */
  readonly store: StudyReader;
  /** whether an error can come only from a mistake in the definition, see definitions/guard.ts */
  readonly isBreach: (error: string) => boolean;
}

interface Task extends LeaseTask {
  readonly address: string;
  readonly work: CellWork;
}

/**
 * Throws `InputError` when two workers disagree, or when a trial does what a definition must not do. A trial that fails
 * for another reason is a valid result of the study.
 */
export async function rehearse(grid: ExperimentGrid, options: RehearsalOptions): Promise<void> {
  const { experiment } = grid;
  if (experiment.code === undefined) return;
  const tasks = unseenCells(grid, options.store).map((cell): Task => {
    const work = cellWork(experiment, options.store.identity, cell);
    return {
      work,
      lease: leaseOf({ cell: work, first: 0, count: 1 }),
      address: formatAddress({ experiment: experiment.id, cell: cell.text, trial: 0 }),
    };
  });
  if (tasks.length === 0) return;
  const [first, second] = await Promise.all([performAll(tasks, options), performAll(inAnotherOrder(tasks), options)]);
  for (const task of tasks) requireAgreement(task, first.get(task), second.get(task), options.isBreach);
}

function unseenCells({ experiment, cells }: ExperimentGrid, store: StudyReader): GridCell[] {
  const stored = new Map(store.cells(experiment.id).map((cell) => [cell.text, cell]));
  return cells.filter(({ text }) => {
    const seen = stored.get(text);
    return seen === undefined || store.trial(seen, 0) === undefined;
  });
}

/**
 * The tasks in reversed order. A trial that depends on the trials before it, for example by a counter, then gives
 * another result. If there is only one cell, another trial of it is performed first.
 */
function inAnotherOrder(tasks: readonly Task[]): readonly Task[] {
  const [only, ...others] = tasks.toReversed();
  return others.length > 0 ? [only, ...others] : [{ ...only, lease: { ...only.lease, first: 1 } }, only];
}

/** Performs the tasks in a separate thread. */
async function performAll(tasks: readonly Task[], options: RehearsalOptions): Promise<Map<Task, TrialRecord>> {
  const records = new Map<Task, TrialRecord>();
  const waiting = tasks.values();
  await withRunner({ ...options, workers: 1, trials: tasks.length, cells: tasks.map(({ work }) => work) }, (runner) =>
    runner.run<Task>({
      next: () => waiting.next().value,
      settle: (performed) => {
        for (const { task, result } of performed) {
          const record = recordFrom(0, result);
          if (record !== undefined) records.set(task, record);
        }
      },
    }),
  );
  return records;
}

function requireAgreement(
  { address }: Task,
  first: TrialRecord | undefined,
  second: TrialRecord | undefined,
  isBreach: (error: string) => boolean,
): void {
  // The trial was told to stop or was cut off at its limit, so there is nothing to compare.
  if (first === undefined || second === undefined || first.status === 'censored' || second.status === 'censored')
    return;
  const breach = [first, second].find(({ error }) => error !== null && isBreach(error));
  if (breach !== undefined) throw new InputError(breach.error ?? '');
  const [difference] = differences(first, second);
  if (difference === undefined) return;
  throw new InputError(
    `trial ${address} came out differently in two workers, ${difference.name} ${String(difference.first)} and ${String(difference.second)}: ` +
      'a trial must follow from its settings and stream() alone; nothing was stored',
  );
}
