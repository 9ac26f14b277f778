/** Bringing the store of an earlier schema up to date, in one transaction: it is of the one or of the other. */
import type Database from 'better-sqlite3';
import type { Origin } from './origin.js';
import { OLDEST_SCHEMA, ORIGINS_TABLE, SCHEMA_VERSION } from './schema.js';

/** The row of origins that the trials of a store of schema 1 belong to. */
export const FIRST_ORIGIN = 1;

export function schemaOf(database: Database.Database): number {
  return database.pragma('user_version', { simple: true }) as number;
}

/** `origin`: who made the trials that are there, as far as the store says. */
export function migrate(database: Database.Database, origin: Origin): void {
  if (schemaOf(database) !== OLDEST_SCHEMA) return;
  database.transaction(() => {
    database.exec(ORIGINS_TABLE);
    database.prepare('INSERT INTO origins (id, origin) VALUES (?, ?)').run(FIRST_ORIGIN, JSON.stringify(origin));
    // A default fills the rows that are there without rewriting them.
    database.exec(`ALTER TABLE trials ADD COLUMN origin INTEGER DEFAULT ${FIRST_ORIGIN}`);
    database.pragma(`user_version = ${SCHEMA_VERSION}`);
  })();
}

/** An empty store of the present schema as it was in schema 1. */
export function undoMigration(database: Database.Database): void {
  database.exec('DROP TABLE origins; ALTER TABLE trials DROP COLUMN origin');
}
