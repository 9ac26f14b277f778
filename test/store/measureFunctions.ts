/** SQL functions over the measures of a trial, for tests that change a store behind basin's back. */
import type Database from 'better-sqlite3';
import { asBytes, asDoubles } from '../../src/store/doubles.js';
import { encodeMeasures } from '../../src/store/measures.js';

/** `measure(names, measures, NAME)`, and `with_measure(names, measures, NAME, VALUE)`: the measures with another value. */
export function defineMeasureFunctions(database: Database.Database): void {
  const lists = listsOf(database);
  const placeOf = (names: number, name: string): number => lists.get(names)?.indexOf(name) ?? -1;
  database.function(
    'measure',
    (names: number, measures: Uint8Array, name: string) => asDoubles(measures)[placeOf(names, name)] ?? null,
  );
  database.function('with_measure', (names: number, measures: Uint8Array, name: string, value: number) => {
    const [numbers, place] = [asDoubles(measures), placeOf(names, name)];
    if (place >= 0) numbers[place] = value;
    return asBytes(numbers);
  });
}

/** Makes the trials of a store those of schema 4, in which measures are JSON. */
export function toJsonMeasures(database: Database.Database): void {
  const lists = listsOf(database);
  database.function('json_measures', (id: number, measures: Uint8Array) => {
    const values = asDoubles(measures);
    return encodeMeasures(Object.fromEntries((lists.get(id) ?? []).map((name, at) => [name, values[at]])));
  });
  database.exec(`UPDATE trials SET measures = json_measures(names, measures);
    ALTER TABLE trials DROP COLUMN names; DROP TABLE measure_names; PRAGMA user_version = 4`);
}

function listsOf(database: Database.Database): Map<number, readonly string[]> {
  const rows = database.prepare<[], [number, string]>('SELECT id, names FROM measure_names').raw().all();
  return new Map(rows.map(([id, names]) => [id, JSON.parse(names) as string[]]));
}
