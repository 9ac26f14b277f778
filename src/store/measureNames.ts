/** The lists of measures' names that trials of a store refer to. */
import type Database from 'better-sqlite3';
import { MEASURE_NAMES, decodeRow, ShapeError } from './shapes.js';

interface NameList {
  readonly names: readonly string[];
  /** an object with these names: a copy of it is made faster than one name after the other */
  readonly template: Readonly<Record<string, number>>;
}

export class MeasureNames {
  readonly #database: Database.Database;
  readonly #lists = new Map<unknown, NameList>();
  readonly #numbers = new Map<string, number>();

  /** @internal */
  constructor(database: Database.Database) {
    this.#database = database;
  }

  /** Throws `ShapeError` for a number without a list. */
  list(id: unknown): NameList {
    const known = this.#lists.get(id);
    if (known !== undefined) return known;
    const row = this.#database.prepare('SELECT names FROM measure_names WHERE id = ?').get(id);
    if (row === undefined) throw new ShapeError('table trials: names: no row of measure_names');
    const { names } = decodeRow('measure_names', MEASURE_NAMES, row);
    const list = { names, template: Object.fromEntries(names.map((name) => [name, 0])) };
    this.#lists.set(id, list);
    return list;
  }

  /** The names of a cell's trials before `end`, in the order in which trials have them first. */
  before(cell: number, end: number): string[] {
    const sql = 'SELECT names FROM trials WHERE cell = ? AND trial < ? GROUP BY names ORDER BY min(trial)';
    const lists = this.#database.prepare(sql).pluck().all(cell, end);
    return [...new Set(lists.flatMap((id) => this.list(id).names))];
  }

  /** The number of a list; a new list is stored. */
  number(names: readonly string[]): number {
    const text = JSON.stringify(names);
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    this.#database.prepare('INSERT OR IGNORE INTO measure_names (names) VALUES (?)').run(text);
    const id = this.#database.prepare('SELECT id FROM measure_names WHERE names = ?').pluck().get(text) as number;
    this.#numbers.set(text, id);
    return id;
  }

  /** After a transaction has failed: lists that it stored are gone. */
  forget(): void {
    this.#lists.clear();
    this.#numbers.clear();
  }
}
