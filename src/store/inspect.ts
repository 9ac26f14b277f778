/** Checks whether a file is a study store that we may use. Every refusal names the file and leaves it untouched. */
import Database from 'better-sqlite3';
import { closing } from '../base/closing.js';
import { disk } from '../base/disk.js';
import { InputError } from '../base/errors.js';
import { schemaOf, undoMigration } from './migrate.js';
import { APPLICATION_ID, OLDEST_SCHEMA, SCHEMA, SCHEMA_VERSION } from './schema.js';
import { ShapeError } from './shapes.js';

const SQLITE_HEADER = 'SQLite format 3\0';

/** Throws `InputError` unless the file starts as a SQLite database does. */
export function requireSqliteFile(file: string): void {
  if (readStart(file) !== SQLITE_HEADER) throw damaged(file, 'it is not a SQLite database');
}

/** Throws `InputError` when the open database is foreign, of another schema or incomplete; SQLite's own errors pass. */
export function requireStudyStore(database: Database.Database, file: string): void {
  const application = database.pragma('application_id', { simple: true });
  if (application !== APPLICATION_ID)
    throw new InputError(`'${file}' is a database of another program, not a basin study; choose another folder`);
  const version = schemaOf(database);
  if (version > SCHEMA_VERSION) {
    throw new InputError(
      `'${file}' was made by a newer basin (store schema ${version}, this program reads ${SCHEMA_VERSION}); update basin`,
    );
  }
  if (version < OLDEST_SCHEMA)
    throw damaged(file, `its schema must be from ${OLDEST_SCHEMA} to ${SCHEMA_VERSION}, is ${version}`);
  requireIntact(database, file);
}

/** Runs `read`, turning reports of a file that is broken or out of reach into an `InputError`. */
export function namingDamage<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw damageError(file, error);
  }
}

/** The `InputError` for a failed read of the store; an error that is not about the file is returned unchanged. */
export function damageError(file: string, error: unknown): unknown {
  if (error instanceof ShapeError) return damaged(file, error.message);
  if (!(error instanceof Database.SqliteError)) return error;
  // Our statements are valid for a store of our schema, so SQLITE_ERROR means that a table or column is missing.
  if (/^SQLITE_(CORRUPT|NOTADB|ERROR)/.test(error.code)) return damaged(file, error.message);
  if (!/^SQLITE_(CANTOPEN|READONLY|PERM|IOERR)/.test(error.code)) return error;
  return new InputError(
    `study store '${file}' must be readable, with its side files -wal and -shm, got ${error.code}; copy the study to another folder`,
  );
}

function readStart(file: string): string {
  try {
    const handle = disk().open(file, 'r');
    return closing(file, 'read', handle, () => firstBytes(handle, SQLITE_HEADER.length).toString('latin1'));
  } catch (error) {
    throw new InputError(
      `study store '${file}' must be readable, got ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

/** Reads bytes; zeros where the file is shorter. */
function firstBytes(handle: number, length: number): Buffer {
  const start = Buffer.alloc(length);
  for (let done = 0; done < length;) {
    const count = disk().read(handle, start, done, length - done, done);
    if (count === 0) break;
    done += count;
  }
  return start;
}

function requireIntact(database: Database.Database, file: string): void {
  const verdict = database.pragma('integrity_check(1)', { simple: true });
  if (verdict !== 'ok') throw damaged(file, String(verdict));
  requireTables(database, file);
  const studies = database.prepare('SELECT count(*) FROM study').pluck().get();
  if (studies !== 1) throw damaged(file, `table study must have 1 row, has ${String(studies)}`);
}

/** Throws `InputError` unless all tables of the store's own schema are there, with all their columns. */
function requireTables(database: Database.Database, file: string): void {
  const model = new Database(':memory:');
  try {
    model.exec(SCHEMA);
    undoMigration(model, schemaOf(database));
    const present = tableNames(database);
    const missing = tableNames(model).filter((table) => !present.includes(table));
    if (missing.length > 0) throw damaged(file, `table ${missing.join(', ')} is missing`);
    for (const table of tableNames(model)) requireColumns(database, model, table, file);
  } finally {
    model.close();
  }
}

function requireColumns(database: Database.Database, model: Database.Database, table: string, file: string): void {
  const present = columnNames(database, table);
  const missing = columnNames(model, table).filter((column) => !present.includes(column));
  if (missing.length > 0) throw damaged(file, `table ${table} has no column ${missing.join(', ')}`);
}

function tableNames(database: Database.Database): string[] {
  return database.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").pluck().all() as string[];
}

function columnNames(database: Database.Database, table: string): string[] {
  return database.prepare('SELECT name FROM pragma_table_info(?)').pluck().all(table) as string[];
}

function damaged(file: string, why: string): InputError {
  return new InputError(
    `study store '${file}' is damaged: ${why.replaceAll(/\s+/g, ' ')}; restore a copy or choose another folder`,
  );
}
