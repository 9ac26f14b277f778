import type { StudyReader } from '../store/reader.js';
import { settingColumns } from './settings.js';
import { exportedTrials, type ExportedCell, type ExportedTrial } from './study.js';
import { column, NumberRange, type NumberType, type Table } from './table.js';

/** A recorded curve of a trial. */
export interface ExportedCurve extends ExportedTrial {
  readonly curve: string;
  /** where its points are, e.g. iterations; undefined for a curve without points of its own */
  readonly points: Float64Array | undefined;
  readonly values: Float64Array;
}

interface CurvePoint extends ExportedTrial {
  readonly curve: string;
  readonly index: number;
  /** where on the curve, e.g. the iteration; undefined for a curve without points of its own */
  readonly at: number | undefined;
  readonly value: number;
}

/** The recorded curves as a long table: a row for each point. */
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

/** `at` is whole where every point is, as iterations are. */
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

/** The recorded curves of trials, in order; those that are points of others are none. */
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
