/** A table for other programs: typed columns over rows that can be walked more than once. */

/** undefined and NaN: missing */
export type Value = string | number | boolean | undefined;

export type NumberType = 'int32' | 'int64' | 'double';
export type ColumnType = 'text' | 'boolean' | NumberType;

export interface Column<Row> {
  /** joined by points in CSV and Parquet, nested in JSON: settings, n */
  readonly path: readonly string[];
  readonly type: ColumnType;
  readonly value: (row: Row) => Value;
}

export interface Table<Row> {
  readonly name: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: () => Iterable<Row>;
}

export function column<Row>(name: string, type: ColumnType, value: (row: Row) => Value): Column<Row> {
  return { path: [name], type, value };
}

export function columnName({ path }: { readonly path: readonly string[] }): string {
  return path.join('.');
}

export function isMissing(value: Value): value is undefined {
  return value === undefined || Number.isNaN(value);
}

/** Finds the smallest type that holds every number that it has seen. */
export class NumberRange {
  #whole = true;
  #largest = 0;

  add(value: number): void {
    if (Number.isNaN(value)) return;
    // A whole number beyond 2⁵³ may stand for its neighbours, and an integer has no −0.
    this.#whole &&= Number.isSafeInteger(value) && !Object.is(value, -0);
    this.#largest = Math.max(this.#largest, Math.abs(value));
  }

  get type(): NumberType {
    if (!this.#whole) return 'double';
    return this.#largest < 2 ** 31 ? 'int32' : 'int64';
  }
}
