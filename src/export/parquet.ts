/** Writes Parquet. Every column may be null, and a missing value is null. */
import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import type { Sink } from '../base/sink.js';
import { columnName, isMissing, type Column, type Table } from './table.js';

const ROWS_PER_GROUP = 10_000;
const TYPES = {
  text: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  boolean: { type: 'BOOLEAN' },
  int32: { type: 'INT32' },
  int64: { type: 'INT64' },
  double: { type: 'DOUBLE' },
} as const;

type Stored = string | number | bigint | boolean | undefined;

export function writeParquet<Row>({ name: table, columns, rows }: Table<Row>, sink: Sink): void {
  const names = columns.map(columnName);
  const schema = [
    { name: table, num_children: columns.length },
    ...columns.map(({ type }, i) => ({ name: names[i], repetition_type: 'OPTIONAL' as const, ...TYPES[type] })),
  ];
  const writer = new ParquetWriter({ writer: new SinkWriter(sink), schema });
  for (const group of groups(rows()))
    void writer.write({
      rowGroupSize: ROWS_PER_GROUP,
      columnData: columns.map((column, i) => ({ name: names[i], data: group.map((row) => stored(column, row)) })),
    });
  void writer.finish();
}

function* groups<Row>(rows: Iterable<Row>): Generator<readonly Row[], void, undefined> {
  let group: Row[] = [];
  for (const row of rows) {
    group.push(row);
    if (group.length < ROWS_PER_GROUP) continue;
    yield group;
    group = [];
  }
  if (group.length > 0) yield group;
}

function stored<Row>({ type, value }: Column<Row>, row: Row): Stored {
  const one = value(row);
  if (isMissing(one)) return undefined;
  if (type === 'text') return String(one);
  return type === 'int64' ? BigInt(one) : one;
}

/** Passes the bytes on after each group of rows. */
class SinkWriter extends ByteWriter {
  readonly #sink: Sink;

  constructor(sink: Sink) {
    super();
    this.#sink = sink;
  }

  flush(): void {
    this.#sink.write(this.getBytes());
    this.index = 0;
  }

  override finish(): void {
    this.flush();
  }
}
