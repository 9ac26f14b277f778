/** Makes a study a source of leases: it hands out the work left of its experiments, and stores finished results. */
import { systemClock, type Clock } from '../../pool/clock.js';
import type { StudyControl } from '../../pool/control.js';
import type { Origin } from '../../store/origin.js';
import type { StudyWriter } from '../../store/writer.js';
import { leaseSeconds, type Slice } from '../leases/queue.js';
import { rowsOf } from '../leases/rows.js';
import type { LeaseSource, LeaseTask, Performed } from './runner.js';
import type { ExperimentTrack, TrackedCell } from './track.js';
import { leaseOf } from '../leases/work.js';

interface StudyTask extends LeaseTask {
  readonly track: ExperimentTrack;
  readonly slice: Slice<TrackedCell>;
}

export interface CoordinatorOptions {
  readonly store: StudyWriter;
  readonly workers: number;
  readonly control: StudyControl;
  /** the clock for rates; default: the system's */
  readonly clock?: Clock;
  /** who performs the trials */
  readonly origin?: Origin | undefined;
}

export class Coordinator implements LeaseSource<StudyTask> {
  readonly #options: CoordinatorOptions;
  readonly #tracks: readonly ExperimentTrack[];

  constructor(options: CoordinatorOptions, tracks: readonly ExperimentTrack[]) {
    this.#options = options;
    this.#tracks = tracks;
  }

  /**
   * The next task of the first experiment that has work left. So the next experiment starts while the last leases of
   * this one run.
   */
  next(): StudyTask | undefined {
    const { workers, clock = systemClock } = this.#options;
    const secondsLeft = this.#tracks.reduce((sum, track) => sum + track.workSeconds, 0);
    const seconds = leaseSeconds(secondsLeft, workers);
    for (const track of this.#tracks) {
      const slice = track.take(seconds, clock.now());
      if (slice !== undefined) return { track, slice, lease: leaseOf(slice) };
    }
    return undefined;
  }

  /** Stores the results in one transaction. If every trial of an experiment fails, the study is stopped. */
  settle(performed: readonly Performed<StudyTask>[]): void {
    const { store, origin, control, clock = systemClock } = this.#options;
    store.commit(
      performed.map(
        ({
          task: {
            slice: { cell, first },
          },
          result,
        }) => ({ cell: cell.stored, rows: rowsOf(first, result), curves: result.curves, origin }),
      ),
    );
    for (const {
      task: { track, slice },
      result,
      workers,
    } of performed)
      track.settle(slice, result, clock.now(), workers);
    if (this.#tracks.some((track) => track.failing)) control.stop();
  }
}
