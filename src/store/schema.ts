/** The tables of `basin.sqlite`. Raise SCHEMA_VERSION with every change. */

/** Marks a SQLite file as ours: the bytes of 'basn'. */
export const APPLICATION_ID = 0x6261736e;
export const SCHEMA_VERSION = 5;
/** The oldest schema that is read. It is converted when its study continues: see migrate.ts. */
export const OLDEST_SCHEMA = 1;

/** The origins of trials: JSON by name, see origin.ts. */
export const ORIGINS_TABLE = 'CREATE TABLE origins (id INTEGER PRIMARY KEY, origin TEXT NOT NULL UNIQUE)';

/**
 * Users' own code: the experiment whose trials it performs (the last row counts when several were found to give the
 * same results); SHA-256 of the text; the rest as JSON.
 */
export const DEFINITIONS_TABLE = `CREATE TABLE definitions (
  id INTEGER PRIMARY KEY,
  experiment TEXT NOT NULL REFERENCES experiments (id),
  digest TEXT NOT NULL,
  code TEXT NOT NULL,
  UNIQUE (experiment, digest)
)`;

/** The names of the measures of a trial, as JSON, in the order of its numbers. Most trials share one list. */
export const MEASURE_NAMES_TABLE = 'CREATE TABLE measure_names (id INTEGER PRIMARY KEY, names TEXT NOT NULL UNIQUE)';

export const SCHEMA = `
CREATE TABLE study (
  seed INTEGER NOT NULL,
  scale TEXT NOT NULL,
  overrides TEXT NOT NULL
);
-- study: of a study of one's own, what its file says, as JSON
CREATE TABLE experiments (
  position INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  version INTEGER NOT NULL,
  setting_values TEXT NOT NULL,
  study TEXT
);
-- position: place in the grid, NULL for a cell that has left it
CREATE TABLE cells (
  id INTEGER PRIMARY KEY,
  experiment TEXT NOT NULL REFERENCES experiments (id),
  text TEXT NOT NULL,
  settings TEXT NOT NULL,
  position INTEGER,
  UNIQUE (experiment, text)
);
-- names: row of measure_names; measures: the numbers as little-endian doubles
-- origin: row of origins; NULL for a trial that nobody performed
CREATE TABLE trials (
  cell INTEGER NOT NULL REFERENCES cells (id),
  trial INTEGER NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('ok', 'diverged', 'failed', 'censored')),
  seconds REAL NOT NULL,
  names INTEGER NOT NULL,
  measures BLOB NOT NULL,
  error TEXT,
  origin INTEGER,
  PRIMARY KEY (cell, trial)
) WITHOUT ROWID;
-- data: values as little-endian bytes of dtype, in NumPy's notation
CREATE TABLE curves (
  cell INTEGER NOT NULL REFERENCES cells (id),
  trial INTEGER NOT NULL,
  name TEXT NOT NULL,
  dtype TEXT NOT NULL CHECK (dtype = '<f8'),
  data BLOB NOT NULL,
  PRIMARY KEY (cell, trial, name)
);
-- study_file: the text of the study file that was run
CREATE TABLE runs (
  id INTEGER PRIMARY KEY,
  provenance TEXT NOT NULL,
  study_file TEXT
);
${ORIGINS_TABLE};
${DEFINITIONS_TABLE};
${MEASURE_NAMES_TABLE};
PRAGMA application_id = ${APPLICATION_ID};
PRAGMA user_version = ${SCHEMA_VERSION};
`;
