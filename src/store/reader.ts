/** What can be read from a study, also while it runs. */
import type Database from 'better-sqlite3';
import type { ParameterValues, Scale, Settings } from '../experiments/spec.js';
import type { StoredExperiment, StudyIdentity } from './identity.js';
import { decodeMeasures } from './measures.js';

/** `censored`: cut off before its end; such a trial is not done and runs again. */
export type TrialStatus = 'ok' | 'diverged' | 'failed' | 'censored';

export interface StoredCell {
  readonly id: number;
  readonly experiment: string;
  readonly text: string;
  readonly settings: Settings;
}

export interface StoredTrial {
  readonly trial: number;
  readonly status: TrialStatus;
  readonly seconds: number;
  readonly measures: Readonly<Record<string, number>>;
  readonly error: string | null;
}

interface TrialRecord {
  readonly trial: number;
  readonly status: TrialStatus;
  readonly seconds: number;
  readonly measures: string;
  readonly error: string | null;
}

/** How one run of the program came to its trials: see study/provenance.ts. */
export type Provenance = Readonly<Record<string, unknown>>;

const TRIAL_COLUMNS = 'trial, status, seconds, measures, error';

export class StudyReader {
  readonly dir: string;
  protected readonly database: Database.Database;

  constructor(database: Database.Database, dir: string) {
    this.database = database;
    this.dir = dir;
  }

  get identity(): StudyIdentity {
    const row = this.database.prepare('SELECT seed, scale, overrides FROM study').get() as { seed: number; scale: Scale; overrides: string };
    return { seed: row.seed, scale: row.scale, overrides: JSON.parse(row.overrides) as Record<string, string> };
  }

  /** In the order in which they were added. */
  experiments(): StoredExperiment[] {
    const rows = this.database.prepare('SELECT id, version, parameter_values FROM experiments ORDER BY position').all();
    return (rows as { id: string; version: number; parameter_values: string }[]).map((row) => ({
      id: row.id,
      version: row.version,
      values: JSON.parse(row.parameter_values) as ParameterValues,
    }));
  }

  /** Seconds spent in an experiment's stored trials, summed over workers. */
  seconds(experiment: string): number {
    const row = this.database.prepare('SELECT total(seconds) AS seconds FROM trials JOIN cells ON cells.id = trials.cell WHERE experiment = ?').get(experiment);
    return (row as { seconds: number }).seconds;
  }

  /** In grid order; cells that have left the grid come last. */
  cells(experiment: string): StoredCell[] {
    const rows = this.database
      .prepare('SELECT id, experiment, text, settings FROM cells WHERE experiment = ? ORDER BY position IS NULL, position, id')
      .all(experiment);
    return (rows as (Omit<StoredCell, 'settings'> & { settings: string })[]).map((row) => ({ ...row, settings: JSON.parse(row.settings) as Settings }));
  }

  /** The trials of a cell in order, one at a time. */
  *trials(cell: StoredCell): Generator<StoredTrial, void, undefined> {
    const rows = this.database.prepare(`SELECT ${TRIAL_COLUMNS} FROM trials WHERE cell = ? ORDER BY trial`).iterate(cell.id);
    for (const row of rows as IterableIterator<TrialRecord>) yield asTrial(row);
  }

  trial(cell: StoredCell, trial: number): StoredTrial | undefined {
    const row = this.database.prepare(`SELECT ${TRIAL_COLUMNS} FROM trials WHERE cell = ? AND trial = ?`).get(cell.id, trial);
    return row === undefined ? undefined : asTrial(row as TrialRecord);
  }

  /** Index and status of the trials that are done, in order: the censored ones are not among them. */
  *done(cell: StoredCell): Generator<{ readonly trial: number; readonly failed: boolean }, void, undefined> {
    const rows = this.database
      .prepare("SELECT trial, status = 'failed' AS failed FROM trials WHERE cell = ? AND status <> 'censored' ORDER BY trial")
      .iterate(cell.id);
    for (const row of rows as IterableIterator<{ trial: number; failed: number }>) yield { trial: row.trial, failed: row.failed === 1 };
  }

  /** The message of the first failed trial of an experiment, in grid order. */
  firstError(experiment: string): string | undefined {
    return this.database
      .prepare(
        `SELECT error FROM trials JOIN cells ON cells.id = trials.cell
         WHERE cells.experiment = ? AND status = 'failed' ORDER BY cells.position IS NULL, cells.position, trial LIMIT 1`,
      )
      .pluck()
      .get(experiment) as string | undefined;
  }

  curves(cell: StoredCell, trial: number): Record<string, Float64Array> {
    const rows = this.database.prepare('SELECT name, data FROM curves WHERE cell = ? AND trial = ? ORDER BY name').all(cell.id, trial);
    return Object.fromEntries((rows as { name: string; data: Buffer }[]).map(({ name, data }) => [name, asDoubles(data)]));
  }

  /** One entry per run of the program, oldest first. */
  runs(): Provenance[] {
    const rows = this.database.prepare('SELECT provenance FROM runs ORDER BY id').pluck().all() as string[];
    return rows.map((text) => JSON.parse(text) as Provenance);
  }

  /** Runs `read` on the study as it is now, whatever a writer adds meanwhile. */
  snapshot<T>(read: () => T): T {
    return this.database.transaction(read)();
  }

  close(): void {
    this.database.close();
  }
}

function asTrial(row: TrialRecord): StoredTrial {
  return { ...row, measures: decodeMeasures(row.measures) };
}

// SQLite's bytes start anywhere in a pool; doubles need their own aligned buffer.
function asDoubles(bytes: Buffer): Float64Array {
  const values = new Float64Array(bytes.length / Float64Array.BYTES_PER_ELEMENT);
  new Uint8Array(values.buffer).set(bytes);
  return values;
}
