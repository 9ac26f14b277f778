/** A study as a program reads it: trials, cells and curves, one at a time. */
import { flag, requireFunctions, requireNames, requireObjects } from '../base/allowed.js';
import type { Precision } from '../core/descent/precisions.js';
import { storedExperiment } from '../definitions/stored.js';
import type { CurveBand, CurveMeasure, Measure } from '../experiments/spec.js';
import { exportedSummaries } from '../export/cells.js';
import { exportedCurves } from '../export/curves.js';
import { exportedCells, exportedTrials, type ExperimentOf, type ExportedTrial } from '../export/study.js';
import type { Settings } from '../settings/types.js';
import type { Scale } from '../settings/scale.js';
import type { Estimate } from '../statistics/estimate.js';
import { readStudy } from '../store/open.js';
import type { StudyReader } from '../store/reader.js';
import type { TrialStatus } from '../store/status.js';
import type { NamesOf } from './names.js';

/** An experiment of a study, and the measures and curves of its cells and trials. */
export interface StudyExperiment {
  readonly id: string;
  readonly version: number;
  readonly title: string;
  /** SHA-256 of a user's own code, hexadecimal; absent for an experiment of basin */
  readonly codeDigest?: string;
  readonly measures: readonly Pick<Measure, 'name' | 'of' | 'description'>[];
  readonly curves: readonly CurveMeasure[];
}

/** A cell of a grid with its estimates. */
export interface StudyCell {
  readonly experiment: string;
  /** all effective settings */
  readonly settings: Settings;
  /** number of finished trials: ok, diverged or failed */
  readonly trials: number;
  readonly planned: number;
  readonly failed: number;
  readonly diverged: number;
  /** number of trials that exceeded their limits; not included in `trials` */
  readonly censored: number;
  /** estimates by name; NaN: unknown */
  readonly measures: Readonly<Record<string, Estimate>>;
  /** percentiles over the trials, by name */
  readonly curves: Readonly<Record<string, CurveBand>>;
}

/** A stored trial. */
export interface StudyTrial {
  /** `ID/CELL#TRIAL`, as `basin replay` takes it */
  readonly address: string;
  readonly experiment: string;
  /** all effective settings */
  readonly settings: Settings;
  /** number of the trial in its cell, from 0 */
  readonly trial: number;
  /** whether the current grid contains the trial */
  readonly current: boolean;
  readonly status: TrialStatus;
  /** wall-clock seconds of the trial */
  readonly seconds: number;
  /** values by name; empty for a failed trial */
  readonly measures: Readonly<Record<string, number>>;
  /** error message of a failed trial */
  readonly error: string | null;
}

/** A curve that a trial recorded. */
export interface StudyCurve extends Pick<StudyTrial, 'address' | 'experiment' | 'settings' | 'trial' | 'current'> {
  readonly curve: string;
  /** the points of the curve, e.g. iterations; undefined for a curve without its own points */
  readonly at: Float64Array | undefined;
  readonly values: Float64Array;
}

export interface TrialChoice {
  /** whether trials that the current grid does not contain are included; default: they are not */
  readonly all?: boolean | undefined;
}

const CHOICE_NAMES: NamesOf<TrialChoice> = { all: true };

/**
 * A study that is open for reading. It may be running. Every method throws `InputError` when the data that it reads are
 * damaged. Close the study when it is no longer needed.
 */
export class Study {
  readonly #store: StudyReader;
  readonly #experimentOf: ExperimentOf;

  /** @internal */
  constructor(store: StudyReader, experimentOf: ExperimentOf = storedExperiment) {
    this.#store = store;
    this.#experimentOf = experimentOf;
  }

  get dir(): string {
    return this.#store.dir;
  }

  get seed(): number {
    return this.#store.identity.seed;
  }

  get scale(): Scale {
    return this.#store.identity.scale;
  }

  /** The precision of its descents. */
  get precision(): Precision {
    return this.#store.identity.precision ?? 'float64';
  }

  /** The experiments, in the order in which they were added. */
  experiments(): StudyExperiment[] {
    return this.#store.experiments().map((stored) => {
      const { title, measures, curves = [] } = this.#experimentOf(stored);
      const { id, version, code } = stored;
      return {
        id,
        version,
        title,
        ...(code && { codeDigest: code.digest }),
        measures: measures.map(({ name, of, description }) => ({ name, of, description })),
        curves,
      };
    });
  }

  /**
   * The cells of the grids with their estimates, by experiment, in grid order. If an estimator throws, its estimate is
   * NaN, and `onProblem` gets the error. Without `onProblem`, the error is thrown.
   */
  cells(onProblem?: (problem: string, error: Error) => void): StudyCell[] {
    requireFunctions({ onProblem });
    return exportedSummaries(this.#store, this.#experimentOf, onProblem).map(({ cell, summary }) => ({
      experiment: cell.experiment.id,
      settings: cell.settings,
      trials: summary.trials,
      planned: summary.planned,
      failed: summary.failed,
      diverged: summary.diverged,
      censored: summary.censored ?? 0,
      measures: summary.measures,
      curves: summary.curves ?? {},
    }));
  }

  /** The stored trials, by experiment, cell and number, one at a time. */
  *trials(choice: TrialChoice = {}): Generator<StudyTrial, void, undefined> {
    for (const one of this.#exported(choice)) {
      const { status, seconds, measures, error } = one.trial;
      yield { ...placeOf(one), status, seconds, measures, error };
    }
  }

  /** The recorded curves, trial by trial, one at a time. */
  *curves(choice: TrialChoice = {}): Generator<StudyCurve, void, undefined> {
    for (const { curve, points, values, ...one } of exportedCurves(this.#store, this.#exported(choice)))
      yield { ...placeOf(one), curve, at: points, values };
  }

  /** Runs `read` on the present state of the study. Trials that a run adds meanwhile are not visible. */
  snapshot<T>(read: () => T): T {
    return this.#store.snapshot(read);
  }

  /** An iteration over trials or curves that has not ended then throws `InputError`. */
  close(): void {
    this.#store.close();
  }

  #exported(choice: TrialChoice): Generator<ExportedTrial, void, undefined> {
    requireObjects({ choice });
    requireNames('choice', choice, CHOICE_NAMES);
    const all = flag('all', choice.all);
    return exportedTrials(this.#store, exportedCells(this.#store, this.#experimentOf, all), all);
  }
}

function placeOf({
  address,
  cell,
  trial,
  current,
}: ExportedTrial): Pick<StudyTrial, 'address' | 'experiment' | 'settings' | 'trial' | 'current'> {
  return { address, experiment: cell.experiment.id, settings: cell.settings, trial: trial.trial, current };
}

/** Opens the study in a folder. Throws `InputError` if the folder has no study, or one that cannot be read. */
export function openedStudy(dir: string): Study {
  return new Study(readStudy(dir));
}
