import type { SettingValue } from '../settings/types.js';
import type { ExportedCell } from './study.js';
import { NumberRange, type Column, type ColumnType } from './table.js';

/**
 * A column for each setting that occurs in a cell. The column is text when one of its values is a text. Otherwise its
 * type is the one that the experiments declare, so that it does not depend on the values of one study. When no
 * experiment declares it, the type is an integer if every value is.
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
