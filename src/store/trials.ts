/** Reads the rows of trials, many at once. */
import type Database from 'better-sqlite3';
import { asDoubles } from './doubles.js';
import { decodeMeasures, type Measures } from './measures.js';
import type { MeasureNames } from './measureNames.js';
import { EARLIER, FIRST_WITH } from './migrate.js';
import { ShapeError } from './shapes.js';
import { isTrialStatus, type TrialStatus } from './status.js';

export interface StoredTrial {
  readonly trial: number;
  readonly status: TrialStatus;
  readonly seconds: number;
  readonly measures: Measures;
  readonly error: string | null;
  /** the number of its origin, see `StudyReader.origins`; null: none */
  readonly origin: number | null;
}

/** At most `most` trials of a cell in order, from `first` on. Throws `ShapeError` when a row is damaged. */
export type ReadTrials = (cell: number, first: number, most: number) => StoredTrial[];

/** The columns of a row, in the order of `COLUMNS`, and what holds its measures. */
type Row<Held extends unknown[]> = readonly [
  trial: unknown,
  status: unknown,
  seconds: unknown,
  error: unknown,
  origin: unknown,
  ...Held,
];
interface Page {
  readonly cell: number;
  readonly first: number;
  readonly most: number;
}

const COLUMNS = 'trial, status, seconds, error';
const PAGE = 'FROM trials WHERE cell = :cell AND trial >= :first ORDER BY trial LIMIT :most';

/** @internal */
export function trialReader(database: Database.Database, schema: number, names: MeasureNames): ReadTrials {
  return schema < FIRST_WITH.measureNames ? earlierReader(database, schema) : presentReader(database, names);
}

/**
 * Making a Buffer of each row's numbers would take longer than all other columns, so the last row has the numbers of
 * all rows. SQLite takes blobs as text here, byte by byte. One statement reads both, as another process may write.
 */
function presentReader(database: Database.Database, names: MeasureNames): ReadTrials {
  const select = database
    .prepare<[Page], Row<[names: unknown, bytes: unknown]>>(
      `WITH page AS NOT MATERIALIZED (SELECT * ${PAGE})
       SELECT ${COLUMNS}, origin, names, length(measures) FROM page
       UNION ALL SELECT NULL, NULL, NULL, NULL, NULL, NULL, CAST(group_concat(measures, '') AS BLOB) FROM page`,
    )
    .raw();
  return (cell, first, most) => {
    const rows = select.all({ cell, first, most });
    const numbers = numbersIn(rows.pop()?.[6]);
    let at = 0;
    const trials = rows.map((row) => {
      const { names: list, template } = names.list(row[5]);
      if (row[6] !== list.length * Float64Array.BYTES_PER_ELEMENT) throw damaged('measures');
      const measures = { ...template };
      for (const name of list) measures[name] = numbers[at++];
      return trialOf(row, measures);
    });
    if (at !== numbers.length) throw damaged('measures');
    return trials;
  };
}

function numbersIn(all: unknown): Float64Array {
  const bytes = all instanceof Uint8Array ? all : new Uint8Array();
  if (bytes.length % Float64Array.BYTES_PER_ELEMENT !== 0) throw damaged('measures');
  return asDoubles(bytes);
}

/** In earlier schemas measures are JSON. */
function earlierReader(database: Database.Database, schema: number): ReadTrials {
  const origin = schema < FIRST_WITH.origins ? EARLIER.origin : 'origin';
  const select = database
    .prepare<[Page], Row<[measures: unknown]>>(`SELECT ${COLUMNS}, ${origin}, measures ${PAGE}`)
    .raw();
  return (cell, first, most) => select.all({ cell, first, most }).map((row) => trialOf(row, earlierMeasures(row[5])));
}

function earlierMeasures(text: unknown): Measures {
  try {
    if (typeof text === 'string') return decodeMeasures(text);
  } catch {
    // Reported below.
  }
  throw damaged('measures');
}

/** The index and status of a row by name. Throws `ShapeError` when they are damaged. */
export function doneRow(row: unknown): Pick<StoredTrial, 'trial' | 'status'> {
  const { trial, status } = row as { readonly trial: unknown; readonly status: unknown };
  return doneTrial(trial, status);
}

function doneTrial(trial: unknown, status: unknown): Pick<StoredTrial, 'trial' | 'status'> {
  if (!isInteger(trial) || trial < 0) throw damaged('trial');
  if (!isTrialStatus(status)) throw damaged('status');
  return { trial, status };
}

function trialOf([index, ended, seconds, error, origin]: Row<unknown[]>, measures: Measures): StoredTrial {
  const { trial, status } = doneTrial(index, ended);
  if (typeof seconds !== 'number' || !Number.isFinite(seconds)) throw damaged('seconds');
  if (error !== null && typeof error !== 'string') throw damaged('error');
  if (origin !== null && !isInteger(origin)) throw damaged('origin');
  return { trial, status, seconds, measures, error, origin };
}

function isInteger(value: unknown): value is number {
  return Number.isSafeInteger(value);
}

function damaged(column: string): ShapeError {
  return new ShapeError(`table trials: ${column}: not what was written`);
}
