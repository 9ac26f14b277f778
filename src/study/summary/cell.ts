/** Computes the estimates of one cell, with intervals, from its stored trials. */
import type {
  CellSummary,
  CurveBand,
  Experiment,
  Measure,
  ReplicateMeasure,
  TrialMeasure,
} from '../../experiments/spec.js';
import type { Settings } from '../../settings/types.js';
import { UNKNOWN, type Estimate } from '../../statistics/estimate.js';
import { percentileBand } from '../../statistics/quantiles.js';
import type { StoredCell, StudyReader } from '../../store/reader.js';
import type { StoredTrial } from '../../store/trials.js';
import { plannedTrials, type GridPoint } from '../grid/planned.js';
import { valueOf, type TrialValue } from '../grid/trialValues.js';
import { shownSettings } from '../grid/values.js';

/** Receives an error that an estimator threw. If it throws too, the summary ends. */
export type OnProblem = (problem: string, error: Error) => void;

type Attempt = <T>(what: string, make: () => T) => T | undefined;

/** Ends the summary. */
export function rethrow(_problem: string, error: Error): never {
  throw error;
}

function attempted<T>(make: () => T, onError: (error: Error) => void): T | undefined {
  try {
    return make();
  } catch (error) {
    onError(error instanceof Error ? error : new Error(String(error)));
    return undefined;
  }
}

export interface MadeSummary {
  readonly summary: CellSummary;
  /** false: an estimate threw */
  readonly sound: boolean;
}

/** The summary of the trials of a cell that the grid plans. */
export function summariseCell(
  store: StudyReader,
  experiment: Experiment,
  { cell, stored }: GridPoint,
  onProblem: OnProblem,
): MadeSummary {
  const { settings, text, trials: planned, trialSettings } = cell;
  let sound = true;
  const attempt: Attempt = (what, make) =>
    attempted(make, (error) => {
      sound = false;
      onProblem(`${text}: ${what}: ${error.message}`, error);
    });
  const accumulator = new CellAccumulator(experiment, shownSettings(experiment, trialSettings), planned);
  for (const trial of plannedTrials(store, stored, planned)) accumulator.add(trial);
  const summary = {
    settings,
    planned,
    ...accumulator.result(text, attempt),
    ...bands(store, experiment, stored, planned, attempt),
  };
  return { summary, sound };
}

function bands(
  store: StudyReader,
  { curves }: Experiment,
  cell: StoredCell | undefined,
  planned: number,
  attempt: Attempt,
): Pick<CellSummary, 'curves'> {
  if (curves === undefined || cell === undefined) return {};
  const found = curves.flatMap((curve) => {
    // This is outside of the attempt, because a store that cannot be read is not a problem of one band.
    const [points, values] = [
      plannedCurves(store, cell, curve.at, planned),
      plannedCurves(store, cell, curve.of, planned),
    ];
    const band = attempt(curve.name, () => bandOf(points, values));
    return band === undefined ? [] : [[curve.name, band] as const];
  });
  return { curves: Object.fromEntries(found) };
}

function plannedCurves(store: StudyReader, cell: StoredCell, name: string, planned: number): Float64Array[] {
  return Array.from(store.curvesNamed(cell, name))
    .filter(({ trial }) => trial < planned)
    .map(({ values }) => values);
}

/**
 * The band of the curves over their common points; undefined when there are no curves. A point must have the same
 * meaning in every trial.
 */
export function bandOf(points: readonly Float64Array[], curves: readonly Float64Array[]): CurveBand | undefined {
  if (curves.length === 0) return undefined;
  const [at] = points;
  const sameLength = points.length === curves.length && curves.every(({ length }) => length === at.length);
  if (!sameLength || points.some((other) => other.some((value, i) => value !== at[i])))
    throw new Error('the trials of a cell recorded a curve at different points');
  return { at, ...percentileBand(curves) };
}

/** The values of one trial measure, in the order of trials. */
class Column {
  readonly #measure: TrialValue;
  readonly #settings: Settings;
  readonly #values: Float64Array;
  #count = 0;

  constructor(measure: TrialValue, settings: Settings, planned: number) {
    this.#measure = measure;
    this.#settings = settings;
    this.#values = new Float64Array(planned);
  }

  add(trial: StoredTrial): void {
    const value = valueOf(trial, this.#measure, this.#settings);
    if (value !== undefined) this.#values[this.#count++] = value;
  }

  get values(): Float64Array {
    return this.#values.subarray(0, this.#count);
  }
}

class CellAccumulator {
  #trials = 0;
  #failed = 0;
  #diverged = 0;
  #censored = 0;
  /** the effective settings of the cell */
  readonly #settings: Settings;
  readonly #measures: readonly { readonly measure: Measure; readonly column: Column }[];
  readonly #resampled: readonly { readonly measure: ReplicateMeasure; readonly column: Column }[];
  readonly #columns: readonly Column[];
  readonly #perTrial: readonly { readonly measure: TrialMeasure; readonly numbers: Map<number, number> }[];

  constructor(
    { measures, replicates = [], perTrial = [] }: Pick<Experiment, 'measures' | 'replicates' | 'perTrial'>,
    settings: Settings,
    planned: number,
  ) {
    this.#settings = settings;
    this.#measures = measures.map((measure) => ({ measure, column: new Column(measure, settings, planned) }));
    this.#resampled = replicates.map((measure) => ({ measure, column: new Column(measure, settings, planned) }));
    this.#columns = [...this.#measures, ...this.#resampled].map(({ column }) => column);
    this.#perTrial = perTrial.map((measure) => ({ measure, numbers: new Map() }));
  }

  add(trial: StoredTrial): void {
    if (trial.status === 'censored') {
      this.#censored += 1;
      return;
    }
    this.#trials += 1;
    if (trial.status === 'failed') this.#failed += 1;
    if (trial.status === 'diverged') this.#diverged += 1;
    for (const column of this.#columns) column.add(trial);
    for (const { measure, numbers } of this.#perTrial)
      numbers.set(trial.trial, valueOf(trial, measure, this.#settings) ?? Number.NaN);
  }

  result(seed: string, attempt: Attempt): Omit<CellSummary, 'settings' | 'planned'> {
    const estimates = this.#measures.map(
      ({ measure, column }) => [measure.name, estimateOf(measure, column.values, this.#settings, attempt)] as const,
    );
    const counts = {
      trials: this.#trials,
      failed: this.#failed,
      diverged: this.#diverged,
      ...(this.#censored > 0 && { censored: this.#censored }),
      measures: Object.fromEntries(estimates),
      ...(this.#perTrial.length > 0 && {
        perTrial: Object.fromEntries(this.#perTrial.map(({ measure, numbers }) => [measure.name, numbers])),
      }),
    };
    if (this.#resampled.length === 0) return counts;
    return {
      ...counts,
      replicates: Object.fromEntries(
        this.#resampled.map(({ measure, column }) => [
          measure.name,
          attempt(measure.name, () => measure.replicates(column.values, seed)) ?? new Float64Array(0),
        ]),
      ),
    };
  }
}

function estimateOf({ name, estimate }: Measure, values: Float64Array, settings: Settings, attempt: Attempt): Estimate {
  return values.length === 0 ? UNKNOWN : (attempt(name, () => estimate(values, settings)) ?? UNKNOWN);
}
