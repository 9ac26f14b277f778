/** The one JSON document of a `--json` run; non-finite numbers become null. */
export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, (_key, item: unknown) => (typeof item === 'number' && !Number.isFinite(item) ? null : item), 2)}\n`);
}

/** Text for a person, on stdout. */
export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Rows of texts as columns; numbers-like columns are aligned right by the caller's padding choice. */
export function columns(rows: readonly (readonly string[])[], alignRight: readonly boolean[] = []): string {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const line = (row: readonly string[]): string =>
    row.map((cell, column) => (alignRight[column] ? cell.padStart(widths[column]) : cell.padEnd(widths[column]))).join('  ').trimEnd();
  return rows.map(line).join('\n');
}
