import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { describe, expect, it } from 'vitest';
import { writeParquet } from '../../src/export/parquet.js';
import { column, NumberRange } from '../../src/export/table.js';

describe('the type of a column of numbers', () => {
  it.each([
    [[], 'int32'],
    [[0, -5, 2 ** 31 - 1], 'int32'],
    [[2 ** 31], 'int64'],
    [[-(2 ** 40), 2 ** 53 - 1], 'int64'],
    [[2 ** 53], 'double'],
    [[1, NaN, 3], 'int32'],
    [[1, 0.5], 'double'],
    [[1, Infinity], 'double'],
    [[0, -0], 'double'],
  ] as const)('of %j is %s', (values, type) => {
    const range = new NumberRange();
    for (const value of values) range.add(value);
    expect(range.type).toBe(type);
  });
});

it('integers beyond 32 bits are INT64 in Parquet, to the last one', async () => {
  const values = [2 ** 53 - 1, undefined, -(2 ** 40)];
  const parts: Buffer[] = [];
  const table = {
    name: 'table',
    columns: [column<number | undefined>('n', 'int64', (value) => value)],
    rows: () => values,
  };
  writeParquet(table, {
    write: (part) => {
      parts.push(Buffer.from(part));
    },
  });
  const bytes = Uint8Array.from(Buffer.concat(parts)).buffer;
  expect(parquetMetadata(bytes).schema[1]?.type).toBe('INT64');
  const rows = await parquetReadObjects({ file: bytes });
  expect(rows.map((row) => (row['n'] ?? null) as bigint | null)).toEqual([2n ** 53n - 1n, null, -(2n ** 40n)]);
});
