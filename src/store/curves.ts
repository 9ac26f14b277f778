/** Rows of curves, all of one trial at a time. */
import { asDoubles } from './doubles.js';

/** The curves of one trial, by name. */
export interface TrialCurves {
  readonly trial: number;
  readonly curves: Readonly<Record<string, Float64Array>>;
}

interface StoredCurve {
  readonly trial: number;
  readonly name: string;
  readonly data: Uint8Array;
}

/** `rows`: in the order of trials. */
export function* byTrial(rows: Iterable<StoredCurve>): Generator<TrialCurves, void, undefined> {
  let trial = NaN;
  let found: (readonly [name: string, values: Float64Array])[] = [];
  for (const row of rows) {
    if (row.trial !== trial) {
      if (found.length > 0) yield { trial, curves: Object.fromEntries(found) };
      [trial, found] = [row.trial, []];
    }
    found.push([row.name, asDoubles(row.data)]);
  }
  if (found.length > 0) yield { trial, curves: Object.fromEntries(found) };
}
