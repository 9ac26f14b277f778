/**
 * A night's work on the study of its round. The experiments run one after another, until all are done or the budget is
 * spent.
 */
import { InputError } from '../../base/errors.js';
import { StopLevel } from '../../pool/control.js';
import { nextExperiment, predict, type Measured, type Waiting } from '../../nightly/order.js';
import type { NightRecord } from '../../nightly/record.js';
import type { RoundState } from '../../nightly/rounds.js';
import type { Provenance } from '../../store/reader.js';
import type { StudyWriter } from '../../store/writer.js';
import { ASSUMED_FLOPS_PER_SECOND } from '../../core/speed.js';
import { runStudy, type StudyOptions } from '../../study/run/run.js';
import type { ExperimentGrid } from '../../study/grid/cells.js';
import { ExperimentTrack } from '../../study/run/track.js';
import type { NightControl } from './control.js';

export interface NightWork extends Pick<
  StudyOptions,
  'origin' | 'beforeAdding' | 'onProgress' | 'worker' | 'laboratory'
> {
  readonly store: StudyWriter;
  readonly control: NightControl;
  readonly grids: readonly ExperimentGrid[];
  readonly workers: number;
  readonly budgetSeconds: number;
  readonly provenance: Provenance;
  /** what earlier nights measured for an experiment */
  readonly measured: (id: string) => Measured | undefined;
}

export interface NightResult {
  readonly ending: NightRecord['ending'];
  /** `final`: the experiment is complete, or all its first trials failed */
  readonly experiments: readonly RoundState[];
}

interface Candidate extends Waiting {
  readonly grid: ExperimentGrid;
}

/**
 * Throws `InputError` when the store refuses an experiment or is damaged. Any other failure counts for its experiment,
 * and the night continues.
 */
export async function runNight(work: NightWork): Promise<NightResult> {
  const crashes = new Map<string, string>();
  const ending = await performAll(work, crashes);
  return { ending, experiments: work.grids.map((grid) => stateOf(work.store, grid, crashes)) };
}

async function performAll(work: NightWork, crashes: Map<string, string>): Promise<NightResult['ending']> {
  const begin = performance.now();
  let waiting = work.grids.flatMap((grid) => candidateOf(work, grid));
  for (;;) {
    const budgetLeft = work.budgetSeconds - (performance.now() - begin) / 1000;
    const next = nextExperiment(waiting, budgetLeft);
    if (next === undefined) return 'done';
    if (work.control.level !== StopLevel.none) return 'signal';
    if (budgetLeft <= 0) return 'budget';
    waiting = waiting.filter((candidate) => candidate !== next);
    const ending = await performOne(work, next.grid, budgetLeft, crashes);
    if (ending !== 'done') return ending;
  }
}

function candidateOf({ store, workers, measured }: NightWork, grid: ExperimentGrid): Candidate[] {
  const track = new ExperimentTrack(store, grid);
  if (track.complete || track.failing) return [];
  const before = [workOf(store, track), measured(track.id)];
  return [
    {
      grid,
      begun: track.progress(workers).done > 0,
      ...predict(track.queue.operations, workers, ASSUMED_FLOPS_PER_SECOND, before),
    },
  ];
}

async function performOne(
  work: NightWork,
  grid: ExperimentGrid,
  budgetSeconds: number,
  crashes: Map<string, string>,
): Promise<NightResult['ending']> {
  try {
    const { ending } = await work.control.during((control) =>
      runStudy({ ...work, experiments: [grid], control, budgetSeconds }),
    );
    if (ending === 'budget') return 'budget';
    return ending === 'stopped' ? 'signal' : 'done';
  } catch (error) {
    if (error instanceof InputError) throw error;
    crashes.set(grid.experiment.id, error instanceof Error ? error.message : String(error));
    return 'done';
  }
}

function workOf(store: StudyWriter, { id, operations, queue }: ExperimentTrack): Measured {
  return { operations: operations - queue.operations, seconds: store.seconds(id) };
}

function stateOf(store: StudyWriter, grid: ExperimentGrid, crashes: ReadonlyMap<string, string>): RoundState {
  const track = new ExperimentTrack(store, grid);
  const { id, planned, done, failed } = track.progress(1);
  const failing = track.failing ? `the first ${failed} trials all failed: ${store.firstError(id) ?? 'unknown'}` : null;
  return {
    record: { id, planned, done, ...workOf(store, track), failure: crashes.get(id) ?? failing },
    final: track.complete || track.failing,
  };
}
