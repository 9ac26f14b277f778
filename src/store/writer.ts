/** The only writer of a study. */
import type Database from 'better-sqlite3';
import { asBytes } from './doubles.js';
import { namingFailure } from './failure.js';
import { canonicalJson, requireSameExperiment, withEarlierFiles, type StoredExperiment } from './identity.js';
import type { StudyLock } from './lock.js';
import type { Measures } from './measures.js';
import { originOf, type Origin } from './origin.js';
import type { Place } from './place.js';
import type { OwnCode } from '../experiments/spec.js';
import { StudyReader, type Provenance, type StoredCell } from './reader.js';
import type { TrialStatus } from './status.js';

/** A finished trial as it comes from a worker. */
export interface TrialRow {
  readonly trial: number;
  readonly status: TrialStatus;
  readonly seconds: number;
  readonly measures: Measures;
  readonly error: string | null;
}

export interface CurveRow {
  readonly trial: number;
  readonly name: string;
  readonly values: Float64Array;
}

/** Trials of one cell to be stored together. */
export interface Batch {
  readonly cell: StoredCell;
  readonly rows: Iterable<TrialRow>;
  readonly curves: Iterable<CurveRow>;
  /** the origin that performed them; absent: none */
  readonly origin?: Origin | undefined;
}

export class StudyWriter extends StudyReader {
  readonly #lock: StudyLock;
  readonly #insertTrial: Database.Statement;
  readonly #insertCurve: Database.Statement;
  readonly #insertOrigin: Database.Statement;
  readonly #findOrigin: Database.Statement;
  readonly #commit: (batches: readonly Batch[]) => void;

  constructor(database: Database.Database, dir: string, place: Place, lock: StudyLock) {
    super(database, dir, place);
    this.#lock = lock;
    database.pragma('journal_mode = WAL');
    // This protects against a killed process; a power cut may lose the last leases but never damages the file.
    database.pragma('synchronous = NORMAL');
    this.#insertTrial = database.prepare(
      'INSERT OR REPLACE INTO trials (cell, trial, status, seconds, names, measures, error, origin) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    );
    this.#insertCurve = database.prepare(
      "INSERT OR REPLACE INTO curves (cell, trial, name, dtype, data) VALUES (?, ?, ?, '<f8', ?)",
    );
    this.#insertOrigin = database.prepare('INSERT OR IGNORE INTO origins (origin) VALUES (?)');
    this.#findOrigin = database.prepare('SELECT id FROM origins WHERE origin = ?').pluck();
    this.#commit = database.transaction((batches: readonly Batch[]) => {
      for (const batch of batches) this.#insert(batch);
    });
  }

  /**
   * Adds an experiment to the study, or updates the grid of one that is stored. Throws `InputError` when its stored
   * results are of another version or of other values. Returns the grid's cells in order.
   */
  addExperiment(experiment: StoredExperiment, grid: readonly Pick<StoredCell, 'text' | 'settings'>[]): StoredCell[] {
    const stored = this.experiments().find(({ id }) => id === experiment.id);
    if (stored !== undefined) requireSameExperiment(this.dir, stored, experiment);
    this.#guarded(
      this.database.transaction(() => {
        this.#upsertExperiment({ ...experiment, values: withEarlierFiles(experiment, stored) });
        if (experiment.code !== undefined) this.#insertDefinition(experiment.id, experiment.code);
        this.#upsertCells(experiment.id, grid);
      }),
    );
    return this.cells(experiment.id).slice(0, grid.length);
  }

  /** Stores further code of an experiment in the study. From now on this code performs the experiment's trials. */
  addDefinition(experiment: string, code: OwnCode): void {
    this.#guarded(() => {
      this.#insertDefinition(experiment, code);
    });
  }

  /**
   * Stores finished trials in one transaction: all of them or, when the process dies, none. Throws `InputError` when
   * the store has been moved since it was opened.
   */
  commit(batches: readonly Batch[]): void {
    this.#guarded(() => {
      this.#commit(batches);
    });
  }

  /** Runs `write` as one transaction: when it throws, nothing is stored. */
  atomically<T>(write: () => T): T {
    return this.#guarded(this.database.transaction(write));
  }

  /** Records that a run of the program begins, of a study file where it has one; the number is for `endRun`. */
  beginRun(provenance: Provenance, studyFile?: string): number {
    const sql = 'INSERT INTO runs (provenance, study_file) VALUES (?, ?)';
    const run = this.#guarded(() => this.database.prepare(sql).run(JSON.stringify(provenance), studyFile ?? null));
    return Number(run.lastInsertRowid);
  }

  endRun(run: number, outcome: Provenance): void {
    const sql = 'UPDATE runs SET provenance = json_patch(provenance, ?) WHERE id = ?';
    this.#guarded(() => this.database.prepare(sql).run(JSON.stringify(outcome), run));
  }

  override requireInPlace(): void {
    super.requireInPlace();
    this.#lock.requireHeld();
  }

  override close(): void {
    this.#emptyLog();
    super.close();
    this.#lock.release();
  }

  // SQLite does this itself when the last connection closes, but somebody who watches the study has another one open.
  // The store would then be whole only together with its -wal.
  #emptyLog(): void {
    try {
      this.database.pragma('wal_checkpoint(TRUNCATE)');
    } catch {
      // On a full disk the -wal keeps what it holds.
    }
  }

  #upsertExperiment({ id, version, values, study }: StoredExperiment): void {
    this.database
      .prepare(
        `INSERT INTO experiments (id, version, setting_values, study) VALUES (?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET setting_values = excluded.setting_values, study = excluded.study`,
      )
      .run(id, version, canonicalJson(values), study ?? null);
  }

  // A stored text keeps its first source map, so that line numbers in the errors of trials are those of one file.
  #insertDefinition(experiment: string, { digest, ...code }: OwnCode): void {
    this.database
      .prepare('INSERT OR IGNORE INTO definitions (experiment, digest, code) VALUES (?, ?, ?)')
      .run(experiment, digest, JSON.stringify(code));
  }

  #upsertCells(experiment: string, grid: readonly Pick<StoredCell, 'text' | 'settings'>[]): void {
    this.database.prepare('UPDATE cells SET position = NULL WHERE experiment = ?').run(experiment);
    const upsert = this.database.prepare(
      `INSERT INTO cells (experiment, text, settings, position) VALUES (?, ?, ?, ?)
       ON CONFLICT (experiment, text) DO UPDATE SET position = excluded.position`,
    );
    grid.forEach(({ text, settings }, position) => upsert.run(experiment, text, canonicalJson(settings), position));
  }

  #insert({ cell, rows, curves, origin }: Batch): void {
    const maker = origin === undefined ? null : this.#originNumber(origin);
    for (const { trial, status, seconds, measures, error } of rows) {
      const names = this.measureNames.number(Object.keys(measures));
      const numbers = asBytes(Float64Array.from(Object.values(measures)));
      this.#insertTrial.run(cell.id, trial, status, seconds, names, numbers, error, maker);
    }
    for (const { trial, name, values } of curves) this.#insertCurve.run(cell.id, trial, name, asBytes(values));
  }

  // Looked up each time, since rows that a failed transaction added are gone.
  #originNumber(origin: Origin): number {
    const text = JSON.stringify(originOf(origin));
    this.#insertOrigin.run(text);
    return this.#findOrigin.get(text) as number;
  }

  #guarded<T>(write: () => T): T {
    this.requireInPlace();
    try {
      return namingFailure(this.file, write, () => this.#countTrials());
    } catch (error) {
      this.measureNames.forget();
      throw error;
    }
  }

  #countTrials(): number | undefined {
    try {
      return this.database.prepare("SELECT count(*) FROM trials WHERE status <> 'censored'").pluck().get() as number;
    } catch {
      return undefined;
    }
  }
}
