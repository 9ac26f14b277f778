import type { FigureRow } from '../experiments/spec.js';
import { csvField } from '../io/csvField.js';
import { infinityText } from '../io/numberText.js';

const LINE_END = '\r\n';

/**
 * Rows as RFC 4180 text: a header line, numbers in full precision, an empty field for null and NaN, inf for infinity.
 */
export function toCsv(rows: readonly FigureRow[]): string {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const lines = [columns.map(csvField), ...rows.map((row) => columns.map((column) => field(row[column])))];
  return lines.map((line) => line.join(',') + LINE_END).join('');
}

function field(value: number | string | null | undefined): string {
  if (typeof value === 'number' && Math.abs(value) === Infinity) return infinityText(value);
  return value == null || Number.isNaN(value) ? '' : csvField(String(value));
}
