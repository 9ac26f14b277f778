import type { SettingValue } from '../settings/types.js';
import type { ExportedCell } from './study.js';
import { NumberRange, type Column, type ColumnType } from './table.js';

/**
 * A column for each setting of some cell. It is text when one of its values is a word; else its type is what the
 * experiments declare, so that it does not follow from the values of one study; what none declares is whole when every
 * value is.
 */
export function settingColumns<Row>(cells: readonly ExportedCell[], cellOf: (row: Row) => ExportedCell): Column<Row>[] {
  const names = new Set(cells.flatMap(({ settings }) => Object.keys(settings)));
  return Array.from(names, (name) => ({
    path: ['settings', name],
    type: settingType(
      name,
      cells.filter(({ settings }) => Object.hasOwn(settings, name)),
    ),
    value: (row: Row): SettingValue | undefined => cellOf(row).settings[name],
  }));
}

function settingType(name: string, cells: readonly ExportedCell[]): ColumnType {
  const range = new NumberRange();
  for (const { settings } of cells) {
    const value = settings[name];
    if (typeof value === 'string') return 'text';
    range.add(value);
  }
  return cells.some(({ experiment }) => declaredKind(experiment, name) === 'number') ? 'double' : range.type;
}

function declaredKind({ settings, settingKinds = {} }: ExportedCell['experiment'], name: string): string | undefined {
  if (Object.hasOwn(settings, name)) return settings[name].kind;
  return Object.hasOwn(settingKinds, name) ? settingKinds[name] : undefined;
}
