/** The trial table with one column per setting and measure, named as in the JSON: `settings.n`, `measures.sdN`. */
import type { TableRow, TrialTable } from './table.js';

export type FlatValue = string | number | undefined;

export interface Column {
  readonly name: string;
  readonly type: 'text' | 'integer' | 'double';
  readonly value: (row: TableRow) => FlatValue;
}

/** Walks the table once to find the settings and measures that occur. */
export function tableColumns(table: TrialTable): Column[] {
  const settings = new Map<string, boolean>();
  const measures = new Set<string>();
  for (const row of table.rows()) {
    for (const [key, value] of Object.entries(row.settings)) settings.set(key, (settings.get(key) ?? true) && typeof value === 'number');
    for (const name of Object.keys(row.measures)) measures.add(name);
  }
  return [
    { name: 'address', type: 'text', value: ({ address }) => address },
    { name: 'experiment', type: 'text', value: ({ experiment }) => experiment },
    ...[...settings].map(([key, numeric]) => settingColumn(key, numeric)),
    { name: 'trial', type: 'integer', value: ({ trial }) => trial },
    { name: 'status', type: 'text', value: ({ status }) => status },
    { name: 'seconds', type: 'double', value: ({ seconds }) => seconds },
    ...[...measures].map((name): Column => ({ name: `measures.${name}`, type: 'double', value: ({ measures: values }) => values[name] })),
    { name: 'error', type: 'text', value: ({ error }) => error ?? undefined },
  ];
}

function settingColumn(key: string, numeric: boolean): Column {
  const name = `settings.${key}`;
  if (numeric) return { name, type: 'double', value: ({ settings }) => settings[key] };
  return { name, type: 'text', value: ({ settings }) => settings[key]?.toString() };
}
