/** Converts the store of an earlier schema in one transaction, so that it has either the old or the new schema. */
import type Database from 'better-sqlite3';
import type { Origin } from './origin.js';
import { asBytes } from './doubles.js';
import { decodeMeasures } from './measures.js';
import { DEFINITIONS_TABLE, MEASURE_NAMES_TABLE, ORIGINS_TABLE, SCHEMA_VERSION } from './schema.js';

/** The row of origins of all trials of a store of schema 1. */
export const FIRST_ORIGIN = 1;

export function schemaOf(database: Database.Database): number {
  return database.pragma('user_version', { simple: true }) as number;
}

/**
 * The first schemas with the origins of trials, with users' own code, with the texts of studies in own columns, and with
 * the names of measures in a table of their own, so that a trial has numbers alone.
 */
export const FIRST_WITH = { origins: 2, definitions: 3, studyTexts: 4, measureNames: 5 } as const;

const isStudy = "(id = 'study' OR id LIKE 'study@%')";
/** The content of columns that earlier schemas lack. */
export const EARLIER = {
  /** all trials had one origin */
  origin: `${FIRST_ORIGIN}`,
  /** a study was the one item of a list, among the values of settings */
  study: `CASE WHEN ${isStudy} THEN json_extract(parameter_values, '$.study[0]') END`,
  settingValues: `CASE WHEN ${isStudy} THEN json_remove(parameter_values, '$.study') ELSE parameter_values END`,
  /** a study file was a member of a run's provenance */
  studyFile: "json_extract(provenance, '$.studyFile')",
  provenance: "json_remove(provenance, '$.studyFile')",
} as const;

/** `origin`: program and machine that made the stored trials, as far as the store records them. */
export function migrate(database: Database.Database, origin: Origin): void {
  const schema = schemaOf(database);
  if (schema === SCHEMA_VERSION) return;
  database.transaction(() => {
    if (schema < FIRST_WITH.origins) addOrigins(database, origin);
    if (schema < FIRST_WITH.definitions) database.exec(DEFINITIONS_TABLE);
    if (schema < FIRST_WITH.studyTexts) addStudyTexts(database);
    addMeasureNames(database);
    database.pragma(`user_version = ${SCHEMA_VERSION}`);
  })();
}

function addOrigins(database: Database.Database, origin: Origin): void {
  database.exec(ORIGINS_TABLE);
  database.prepare('INSERT INTO origins (id, origin) VALUES (?, ?)').run(FIRST_ORIGIN, JSON.stringify(origin));
  // A default fills existing rows without rewriting them.
  database.exec(`ALTER TABLE trials ADD COLUMN origin INTEGER DEFAULT ${FIRST_ORIGIN}`);
}

function addStudyTexts(database: Database.Database): void {
  database.exec(`
    ALTER TABLE experiments ADD COLUMN study TEXT;
    UPDATE experiments SET study = ${EARLIER.study}, parameter_values = ${EARLIER.settingValues};
    ALTER TABLE experiments RENAME COLUMN parameter_values TO setting_values;
    ALTER TABLE runs ADD COLUMN study_file TEXT;
    UPDATE runs SET study_file = ${EARLIER.studyFile}, provenance = ${EARLIER.provenance};
  `);
}

/** Measures were JSON by name. */
function addMeasureNames(database: Database.Database): void {
  const lists = new Map<string, number>();
  database.function('names_in', (text: string) => {
    const names = JSON.stringify(Object.keys(decodeMeasures(text)));
    const id = lists.get(names) ?? lists.size + 1;
    lists.set(names, id);
    return id;
  });
  database.function('numbers_in', (text: string) => asBytes(Float64Array.from(Object.values(decodeMeasures(text)))));
  database.exec(`${MEASURE_NAMES_TABLE};
    ALTER TABLE trials ADD COLUMN names INTEGER NOT NULL DEFAULT 0;
    UPDATE trials SET names = names_in(measures), measures = numbers_in(measures)`);
  const insert = database.prepare('INSERT INTO measure_names (names, id) VALUES (?, ?)');
  for (const list of lists) insert.run(...list);
}

/** An empty store of the present schema as it was in an earlier one. */
export function undoMigration(database: Database.Database, schema: number): void {
  if (schema === SCHEMA_VERSION) return;
  database.exec('DROP TABLE measure_names; ALTER TABLE trials DROP COLUMN names');
  if (schema < FIRST_WITH.studyTexts) {
    database.exec(`
      ALTER TABLE experiments RENAME COLUMN setting_values TO parameter_values;
      ALTER TABLE experiments DROP COLUMN study;
      ALTER TABLE runs DROP COLUMN study_file;
    `);
  }
  if (schema < FIRST_WITH.definitions) database.exec('DROP TABLE definitions');
  if (schema < FIRST_WITH.origins) database.exec('DROP TABLE origins; ALTER TABLE trials DROP COLUMN origin');
}
