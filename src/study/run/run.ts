/** Runs a study: from what is missing in its store to an outcome. */
import { systemClock, type Clock } from '../../pool/clock.js';
import { StopLevel, type StudyControl } from '../../pool/control.js';
import type { TrialLimits } from '../../pool/limits.js';
import { requireWorkers, type LeasePool, type PoolOptions } from '../../pool/pool.js';
import type { MadeBy, Origin } from '../../store/origin.js';
import type { Provenance } from '../../store/reader.js';
import type { StudyWriter } from '../../store/writer.js';
import { Coordinator } from './coordinator.js';
import { withRunner } from './runner.js';
import type { ExperimentGrid } from '../grid/cells.js';
import type { Ending, ExperimentProgress, StudyOutcome } from './outcome.js';
import { ExperimentTrack } from './track.js';

export interface StudyOptions extends TrialLimits {
  readonly store: StudyWriter;
  /** in the order in which they run */
  readonly experiments: readonly ExperimentGrid[];
  /** threads, 1 … 256 */
  readonly workers: number;
  readonly control: StudyControl;
  /** seconds after which the study stops by itself */
  readonly budgetSeconds?: number;
  /** stored with the run, see provenance.ts */
  readonly provenance?: Provenance;
  /** the text of the study file that is run; it is stored with the run */
  readonly studyFile?: string | undefined;
  /** who performs the trials; it is stored with each trial */
  readonly origin?: Origin | undefined;
  /**
   * called with the makers of the stored trials of these experiments, before any trial is added; if it throws, the
   * store stays unchanged
   */
  readonly beforeAdding?: ((makers: readonly MadeBy[]) => void) | undefined;
  /** called repeatedly during the run, and once at the end */
  readonly onProgress?: (progress: readonly ExperimentProgress[]) => void;
  /** another clock, other workers and other code for the workers, for tests */
  readonly clock?: Clock;
  readonly pool?: (options: PoolOptions) => LeasePool;
  readonly patienceMilliseconds?: number;
  readonly worker?: URL;
  readonly laboratory?: URL;
}

/**
 * Performs every missing trial of the experiments and stores it. Results do not depend on the number of workers or on
 * where earlier runs stopped. Limits leave trials out, but do not change results. Throws `InputError` when the store
 * refuses an experiment, and another error when a worker dies; what was stored before remains, and another run
 * continues from there.
 */
export async function runStudy(options: StudyOptions): Promise<StudyOutcome> {
  requireWorkers(options.workers);
  const clock = options.clock ?? systemClock;
  const begin = clock.now();
  const tracks = options.store.atomically(() => takeIn(options));
  const run = options.store.beginRun(
    { ...options.provenance, workers: options.workers, started: new Date().toISOString() },
    options.studyFile,
  );
  const ending = await perform(options, tracks).catch((error: unknown) => {
    recordCrash(options.store, run, error);
    throw error;
  });
  options.store.endRun(run, { ended: new Date().toISOString(), ending });
  const experiments = tracks.map((track) => track.progress(options.workers));
  options.onProgress?.(experiments);
  return { ending, experiments, seconds: clock.now() - begin, ...failure(options.store, tracks, ending) };
}

/** Adds the experiments to the store, unless `beforeAdding` throws. */
function takeIn({ store, experiments, beforeAdding, ...limits }: StudyOptions): ExperimentTrack[] {
  const tracks = experiments.map((grid) => new ExperimentTrack(store, grid, limits));
  if (tracks.some(({ queue }) => queue.trials > 0)) beforeAdding?.(store.madeBy(tracks.map(({ id }) => id)));
  return tracks;
}

async function perform(options: StudyOptions, tracks: readonly ExperimentTrack[]): Promise<Ending> {
  const missing = tracks.reduce((sum, { queue }) => sum + queue.trials, 0);
  const failing = (): boolean => tracks.some((track) => track.failing);
  if (missing === 0 || failing()) return endingOf(tracks, false);
  const trials = tracks.some(({ grows }) => grows) ? Infinity : missing;
  const onTick = (): void => options.onProgress?.(tracks.map((track) => track.progress(options.workers)));
  return await withRunner(
    { ...options, cells: tracks.flatMap(({ queue }) => queue.cells), trials, onTick },
    async (runner) => {
      const study = new Coordinator(options, tracks);
      // Repeats until every planned trial is stored or the control says stop.
      do await runner.run(study);
      while (tracks.map((track) => track.replan()).includes(true) && options.control.level === StopLevel.none);
      return endingOf(tracks, runner.budgetSpent());
    },
  );
}

// The store itself may have failed, so only the first error is reported.
function recordCrash(store: StudyWriter, run: number, error: unknown): void {
  try {
    store.endRun(run, { ended: new Date().toISOString(), ending: 'crashed', error: String(error) });
  } catch {
    return;
  }
}

function endingOf(tracks: readonly ExperimentTrack[], budgetSpent: boolean): Ending {
  if (tracks.some((track) => track.failing)) return 'failing';
  if (tracks.every((track) => track.complete)) return 'complete';
  return budgetSpent ? 'budget' : 'stopped';
}

function failure(
  store: StudyWriter,
  tracks: readonly ExperimentTrack[],
  ending: Ending,
): Pick<StudyOutcome, 'failure'> {
  const track = tracks.find(({ failing }) => failing);
  if (ending !== 'failing' || track === undefined) return {};
  const { id, failed } = track.progress(1);
  return { failure: { experiment: id, failed, error: store.firstError(id) ?? 'unknown' } };
}
