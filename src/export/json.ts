/**
 * Writes one JSON array, with one row per line. A column's path is the place of its value in the row. A missing value
 * within settings or measures is left out; elsewhere it is null. A number that JSON cannot represent is always null.
 */
import { doubleText } from '../io/numberText.js';
import type { Sink } from '../base/sink.js';
import type { Column, ColumnType, Table, Value } from './table.js';

/** The value of a row under one key. */
interface Member<Row> {
  readonly key: string;
  /** returns undefined when there is no value */
  readonly text: (row: Row) => string | undefined;
  /** the text for no value at the top level */
  readonly nothing: 'null' | '{}';
}

/** Returns how many infinite numbers it wrote as null. */
export function writeJson<Row>(table: Table<Row>, sink: Sink): number {
  let infinite = 0;
  const members = membersOf(table.columns, 0, () => {
    infinite += 1;
  });
  for (const text of pieces(members, table.rows())) sink.write(text);
  return infinite;
}

function* pieces<Row>(members: readonly Member<Row>[], rows: Iterable<Row>): Generator<string, void, undefined> {
  const keyed = members.map(({ key, ...member }, at) => ({ ...member, start: `${at === 0 ? '' : ','}${key}:` }));
  let separator = '[\n{';
  for (const row of rows) {
    let line = separator;
    for (const { start, text, nothing } of keyed) line += start + (text(row) ?? nothing);
    yield `${line}}`;
    separator = ',\n{';
  }
  yield separator === '[\n{' ? '[]\n' : '\n]\n';
}

/** The members made from the columns' paths, from a given depth on. Columns with the same key make one member. */
function membersOf<Row>(columns: readonly Column<Row>[], depth: number, onInfinite: () => void): Member<Row>[] {
  const keys = [...new Set(columns.map(({ path }) => path[depth]))];
  return keys.map((name) => {
    const group = columns.filter(({ path }) => path[depth] === name);
    const [first] = group;
    const key = JSON.stringify(name);
    if (first.path.length === depth + 1) return { key, text: leafText(first, onInfinite), nothing: 'null' };
    return { key, text: branchText(membersOf(group, depth + 1, onInfinite)), nothing: '{}' };
  });
}

/** Most columns repeat their last value, whose text is kept. */
function leafText<Row>({ type, value }: Column<Row>, onInfinite: () => void): Member<Row>['text'] {
  let last: Value;
  let text: string | undefined;
  return (row) => {
    const one = value(row);
    if (one === Infinity || one === -Infinity) onInfinite();
    if (!Object.is(one, last)) [last, text] = [one, textOf(type, one)];
    return text;
  };
}

function textOf(type: ColumnType, one: Value): string | undefined {
  if (typeof one !== 'number') return one === undefined ? undefined : JSON.stringify(one);
  if (!Number.isFinite(one)) return 'null';
  return type === 'double' ? doubleText(one) : String(one);
}

function branchText<Row>(members: readonly Member<Row>[]): Member<Row>['text'] {
  return (row) => {
    let present = '';
    for (const { key, text } of members) {
      const one = text(row);
      if (one !== undefined) present += `${present === '' ? '{' : ','}${key}:${one}`;
    }
    return present === '' ? undefined : `${present}}`;
  };
}
