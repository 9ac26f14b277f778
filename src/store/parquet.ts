/** The trial table as Parquet. */
import { ByteWriter, parquetWriteRows } from 'hyparquet-writer';
import type { Sink } from '../base/sink.js';
import { tableColumns, type Column } from './columns.js';
import type { TrialTable } from './table.js';

const ROWS_PER_GROUP = 10_000;
const TYPES = { text: { type: 'BYTE_ARRAY', converted_type: 'UTF8' }, integer: { type: 'INT32' }, double: { type: 'DOUBLE' } } as const;

export function writeParquet(table: TrialTable, sink: Sink): void {
  const columns = tableColumns(table);
  const schema = [
    { name: 'trials', num_children: columns.length },
    ...columns.map(({ name, type }) => ({ name, repetition_type: 'OPTIONAL' as const, ...TYPES[type] })),
  ];
  void parquetWriteRows({
    writer: new SinkWriter(sink),
    columns: columns.map(({ name }) => ({ name })),
    schema,
    rowGroupSize: ROWS_PER_GROUP,
    rows: flatRows(table, columns),
  });
}

/** Hands over what was written after each group of rows. */
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

function* flatRows(table: TrialTable, columns: readonly Column[]): Generator<Record<string, string | number | undefined>, void, undefined> {
  for (const row of table.rows()) yield Object.fromEntries(columns.map(({ name, value }) => [name, value(row)]));
}
