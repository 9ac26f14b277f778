/** A table for other programs: typed columns, and rows that can be iterated more than once. */

/** undefined and NaN mean a missing value */
export type Value = string | number | boolean | undefined;

export type NumberType = 'int32' | 'int64' | 'double';
export type ColumnType = 'text' | 'boolean' | NumberType;

export interface Column<Row> {
  /** the parts of the name, e.g. settings, n: joined by dots in CSV and Parquet, nested in JSON */
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

/** Finds the smallest type that can hold all added numbers. */
export class NumberRange {
  #whole = true;
  #largest = 0;

  add(value: number): void {
    if (Number.isNaN(value)) return;
    // An integer beyond 2⁵³ may stand for its neighbours, and the integer types have no −0.
    this.#whole &&= Number.isSafeInteger(value) && !Object.is(value, -0);
    this.#largest = Math.max(this.#largest, Math.abs(value));
  }

  get type(): NumberType {
    if (!this.#whole) return 'double';
    return this.#largest < 2 ** 31 ? 'int32' : 'int64';
  }
}
