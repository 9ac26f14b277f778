import type { FigureRow } from '../experiments/spec.js';

const LINE_END = '\r\n';

/** Rows as RFC 4180 text: a header line, numbers in full precision, an empty field for null and for what is not finite. */
export function toCsv(rows: readonly FigureRow[]): string {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const lines = [columns.map(quote), ...rows.map((row) => columns.map((column) => field(row[column])))];
  return lines.map((line) => line.join(',') + LINE_END).join('');
}

function field(value: number | string | null | undefined): string {
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : '';
  return value == null ? '' : quote(value);
}

function quote(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
