/** Bringing the store of an earlier schema up to date, in one transaction: it is of the one or of the other. */
import type Database from 'better-sqlite3';
import type { Origin } from './origin.js';
import { DEFINITIONS_TABLE, ORIGINS_TABLE, SCHEMA_VERSION } from './schema.js';

/** The row of origins that the trials of a store of schema 1 belong to. */
export const FIRST_ORIGIN = 1;

export function schemaOf(database: Database.Database): number {
  return database.pragma('user_version', { simple: true }) as number;
}

/** The first schemas that have who made trials, and users' own code. */
export const FIRST_WITH = { origins: 2, definitions: 3 } as const;

/** `origin`: who made the trials that are there, as far as the store says. */
export function migrate(database: Database.Database, origin: Origin): void {
  const schema = schemaOf(database);
  if (schema === SCHEMA_VERSION) return;
  database.transaction(() => {
    if (schema < FIRST_WITH.origins) addOrigins(database, origin);
    database.exec(DEFINITIONS_TABLE);
    database.pragma(`user_version = ${SCHEMA_VERSION}`);
  })();
}

function addOrigins(database: Database.Database, origin: Origin): void {
  database.exec(ORIGINS_TABLE);
  database.prepare('INSERT INTO origins (id, origin) VALUES (?, ?)').run(FIRST_ORIGIN, JSON.stringify(origin));
  // A default fills the rows that are there without rewriting them.
  database.exec(`ALTER TABLE trials ADD COLUMN origin INTEGER DEFAULT ${FIRST_ORIGIN}`);
}

/** An empty store of the present schema as it was in an earlier one. */
export function undoMigration(database: Database.Database, schema: number): void {
  if (schema < FIRST_WITH.definitions) database.exec('DROP TABLE definitions');
  if (schema < FIRST_WITH.origins) database.exec('DROP TABLE origins; ALTER TABLE trials DROP COLUMN origin');
}
