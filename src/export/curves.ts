import type { StudyReader } from '../store/reader.js';
import { settingColumns } from './settings.js';
import { exportedTrials, type ExportedCell, type ExportedTrial } from './study.js';
import { column, NumberRange, type NumberType, type Table } from './table.js';

/** A recorded curve of a trial. */
export interface ExportedCurve extends ExportedTrial {
  readonly curve: string;
  /** the positions of its points, e.g. iterations; undefined when the curve has no positions */
  readonly points: Float64Array | undefined;
  readonly values: Float64Array;
}

interface CurvePoint extends ExportedTrial {
  readonly curve: string;
  readonly index: number;
  /** the position on the curve, e.g. the iteration; undefined when the curve has no positions */
  readonly at: number | undefined;
  readonly value: number;
}

/** The recorded curves as a table in long form, with a row for each point. */
export function curveTable(store: StudyReader, cells: readonly ExportedCell[], all: boolean): Table<CurvePoint> {
  const rows = (): Iterable<CurvePoint> => curvePoints(store, exportedTrials(store, cells, all));
  const types = numberTypes(rows());
  return {
    name: 'curves',
    rows,
    columns: [
      column('address', 'text', ({ address }) => address),
      column('experiment', 'text', ({ cell }) => cell.experiment.id),
      ...settingColumns<CurvePoint>(cells, ({ cell }) => cell),
      column('trial', types.trial, ({ trial }) => trial.trial),
      column('current', 'boolean', ({ current }) => current),
      column('curve', 'text', ({ curve }) => curve),
      column('index', 'int32', ({ index }) => index),
      column('at', types.at, ({ at }) => at),
      column('value', 'double', ({ value }) => value),
    ],
  };
}

/**
 * Types of the trial's index and of `at`. `at` has an integer type when it is an integer at every point, for example
 * for iterations.
 */
function numberTypes(rows: Iterable<CurvePoint>): { readonly trial: NumberType; readonly at: NumberType } {
  const [trial, at] = [new NumberRange(), new NumberRange()];
  for (const row of rows) {
    trial.add(row.trial.trial);
    if (row.at !== undefined) at.add(row.at);
  }
  return { trial: trial.type, at: at.type };
}

function* curvePoints(store: StudyReader, trials: Iterable<ExportedTrial>): Generator<CurvePoint, void, undefined> {
  for (const { points, values, ...one } of exportedCurves(store, trials)) {
    for (const [index, value] of values.entries()) yield { ...one, index, at: points?.[index], value };
  }
}

/** The recorded curves of trials, in order. Curves that only give the positions of other curves are left out. */
export function* exportedCurves(
  store: StudyReader,
  trials: Iterable<ExportedTrial>,
): Generator<ExportedCurve, void, undefined> {
  for (const one of trials) {
    const {
      stored,
      experiment: { curves: declared = [] },
    } = one.cell;
    if (stored === undefined) continue;
    const recorded = store.curves(stored, one.trial.trial);
    const pointsOf = new Map(declared.map(({ of, at }) => [of, recorded[at]]));
    const scales = new Set(declared.map(({ at }) => at));
    for (const [curve, values] of Object.entries(recorded)) {
      if (!scales.has(curve)) yield { ...one, curve, points: pointsOf.get(curve), values };
    }
  }
}
