/** Reads a study, also while it runs. */
import type Database from 'better-sqlite3';
import type { z } from 'zod';
import { InputError } from '../base/errors.js';
import type { OwnCode } from '../experiments/spec.js';
import type { Settings } from '../settings/types.js';
import { byTrial, type TrialCurves } from './curves.js';
import { asDoubles } from './doubles.js';
import { storedIdentity, type StoredExperiment, type StudyIdentity } from './identity.js';
import { damageError, namingDamage } from './inspect.js';
import { MeasureNames } from './measureNames.js';
import { EARLIER, FIRST_ORIGIN, FIRST_WITH, schemaOf } from './migrate.js';
import { agreedOrigin, type MadeBy, type Origin } from './origin.js';
import type { Place } from './place.js';
import {
  CELL,
  COUNT,
  COUNTS,
  CURVE,
  decodeRow,
  DEFINITION,
  EXPERIMENT,
  FAILURE,
  FAILURE_TALLY,
  NAMED_CURVE,
  ORIGIN_COUNT,
  ORIGIN_ROW,
  RUN,
  RUN_FILE,
  SECONDS,
  STUDY,
  TALLY,
  TRIAL_CURVE,
} from './shapes.js';
import type { TrialStatus } from './status.js';
import { doneRow, trialReader, type ReadTrials, type StoredTrial } from './trials.js';

export interface StoredCell {
  readonly id: number;
  readonly experiment: string;
  readonly text: string;
  readonly settings: Settings;
}

const TRIALS_AT_ONCE = 1024;

/** Sums over the stored trials of one cell. */
export interface CellTally extends Readonly<Record<TrialStatus, number>> {
  /** `StoredCell.id` */
  readonly cell: number;
  /** seconds of all trials, and the sum of their squares */
  readonly seconds: number;
  readonly squares: number;
}

/** The failed trials of one message, and the first of them. */
export interface FailureTally {
  readonly error: string | null;
  readonly count: number;
  readonly cell: string;
  readonly trial: number;
}

/** The provenance of one run of the program: see study/provenance/provenance.ts. */
export type Provenance = Readonly<Record<string, unknown>>;

/** Every method throws `InputError` when what it reads is damaged. */
export class StudyReader {
  readonly dir: string;
  /** @internal */
  protected readonly database: Database.Database;
  /** the name of the store in messages, independent of where it is read */
  protected readonly file: string;
  readonly #place: Place;
  readonly #onClose: () => void;
  /** the rows that are being read: SQLite closes no database before they are given back */
  readonly #unfinished = new Set<IterableIterator<unknown>>();
  /** in an earlier schema some tables are missing */
  readonly #schema: number;
  /** @internal */
  protected readonly measureNames: MeasureNames;
  readonly #readTrials: ReadTrials;

  /**
   * `place`: the place of the store in `dir`, taken before it was opened.
   * @internal
   */
  constructor(database: Database.Database, dir: string, place: Place, onClose: () => void = () => undefined) {
    this.database = database;
    this.dir = dir;
    this.file = place.path;
    this.#place = place;
    this.#onClose = onClose;
    this.#schema = schemaOf(database);
    this.measureNames = new MeasureNames(database);
    this.#readTrials = trialReader(database, this.#schema, this.measureNames);
  }

  /** Throws `InputError` when the store, or a folder above it, was removed, moved or replaced since it was opened. */
  requireInPlace(): void {
    if (!this.#place.stands)
      throw new InputError(
        `study store '${this.file}' was removed, moved or replaced while it was in use; what is stored is where that store is now`,
      );
  }

  get identity(): StudyIdentity {
    const [row] = this.#all('study', STUDY, 'SELECT seed, scale, overrides FROM study');
    if (row === undefined) throw new Error('a store was opened that has no identity');
    return storedIdentity(row);
  }

  /** In the order in which they were added. */
  experiments(): StoredExperiment[] {
    const columns = this.#hasStudyTexts
      ? 'setting_values, study'
      : `${EARLIER.settingValues} AS setting_values, ${EARLIER.study} AS study`;
    const sql = `SELECT id, version, ${columns} FROM experiments ORDER BY position`;
    const rows = this.#all('experiments', EXPERIMENT, sql);
    const definitions = this.definitions();
    return rows.map(({ id, version, setting_values: values, study }) => {
      const code = definitions.findLast(({ experiment }) => experiment === id)?.code;
      return { id, version, values, ...(code === undefined ? {} : { code }), ...(study === null ? {} : { study }) };
    });
  }

  /**
   * Users' own code, oldest first, with the experiment that it performs. Several codes of one experiment were found to
   * give the same results.
   */
  definitions(): { readonly experiment: string; readonly code: OwnCode }[] {
    if (this.#schema < FIRST_WITH.definitions) return [];
    const rows = this.#all('definitions', DEFINITION, 'SELECT experiment, digest, code FROM definitions ORDER BY id');
    return rows.map(({ experiment, digest, code }) => ({ experiment, code: { ...code, digest } }));
  }

  /** Seconds spent in an experiment's stored trials, summed over workers. */
  seconds(experiment: string): number {
    const sql =
      'SELECT total(seconds) AS seconds FROM trials JOIN cells ON cells.id = trials.cell WHERE experiment = ?';
    return this.#all('trials', SECONDS, sql, experiment)[0]?.seconds ?? 0;
  }

  /** In grid order; cells that have left the grid come last. */
  cells(experiment: string): StoredCell[] {
    const sql =
      'SELECT id, experiment, text, settings FROM cells WHERE experiment = ? ORDER BY position IS NULL, position, id';
    return this.#all('cells', CELL, sql, experiment);
  }

  /**
   * The trials of a cell in order, one at a time, from `first` on; without `first` every row is read, so that a damaged
   * index is found.
   */
  *trials(cell: StoredCell, first = Number.MIN_SAFE_INTEGER): Generator<StoredTrial, void, undefined> {
    for (let next = first; ;) {
      const trials = this.#trialsFrom(cell, next, TRIALS_AT_ONCE);
      for (const trial of trials) {
        yield trial;
        this.#requireOpen();
      }
      if (trials.length < TRIALS_AT_ONCE) return;
      next = trials[trials.length - 1].trial + 1;
    }
  }

  trial(cell: StoredCell, trial: number): StoredTrial | undefined {
    return this.#trialsFrom(cell, trial, 1).find((found) => found.trial === trial);
  }

  /**
   * Index and status of the trials that are done, in order, and of the censored ones that took at least the given
   * seconds.
   */
  done(cell: StoredCell, censoredFrom = Infinity): Generator<Pick<StoredTrial, 'trial' | 'status'>, void, undefined> {
    const sql =
      "SELECT trial, status FROM trials WHERE cell = ? AND (status <> 'censored' OR seconds >= ?) ORDER BY trial";
    return this.#each(doneRow, sql, cell.id, censoredFrom);
  }

  /** The number of trials that are done, and of those that were cut off before their end. */
  counts(cell: StoredCell): { readonly done: number; readonly censored: number } {
    const sql =
      "SELECT count(*) FILTER (WHERE status <> 'censored') AS done, count(*) FILTER (WHERE status = 'censored') AS censored FROM trials WHERE cell = ?";
    return this.#all('trials', COUNTS, sql, cell.id)[0] ?? { done: 0, censored: 0 };
  }

  /**
   * Sums over the trials of every cell that has some, of all experiments.
   * @internal
   */
  tallies(): CellTally[] {
    const of = (status: TrialStatus): string => `count(*) FILTER (WHERE status = '${status}') AS ${status}`;
    const sql = `SELECT cell, ${of('ok')}, ${of('diverged')}, ${of('failed')}, ${of('censored')},
      total(seconds) AS seconds, total(seconds * seconds) AS squares FROM trials GROUP BY cell`;
    return this.#all('trials', TALLY, sql);
  }

  /**
   * The messages of an experiment's failed trials, the most frequent first, each with its first trial in grid order.
   * @internal
   */
  failures(experiment: string): FailureTally[] {
    const sql = `SELECT error, count(*) AS count, cell, trial, min(place) FROM (
        SELECT error, text AS cell, trial, row_number() OVER (ORDER BY cells.position IS NULL, cells.position, trial) AS place
        FROM trials JOIN cells ON cells.id = trials.cell WHERE experiment = ? AND status = 'failed')
      GROUP BY error ORDER BY count DESC, error`;
    return this.#all('trials', FAILURE_TALLY, sql, experiment);
  }

  /**
   * A number that changes when another connection has written to the store since this one was opened.
   * @internal
   */
  get version(): number {
    this.#requireOpen();
    return namingDamage(this.file, () => this.database.pragma('data_version', { simple: true }) as number);
  }

  /** The names of the measures of a cell's trials before `end`, in the order in which trials have them first. */
  measuresBefore(cell: StoredCell, end: number): string[] {
    this.#requireOpen();
    return namingDamage(this.file, () => {
      if (this.#schema < FIRST_WITH.measureNames) return this.#earlierNames(cell, end);
      return this.measureNames.before(cell.id, end);
    });
  }

  #earlierNames(cell: StoredCell, end: number): string[] {
    const names = new Set<string>();
    for (const { trial, measures } of this.trials(cell))
      if (trial < end) for (const name of Object.keys(measures)) names.add(name);
    return [...names];
  }

  /** The largest index of a cell's trials before `end`; undefined where there is none. */
  lastBefore(cell: StoredCell, end: number): number | undefined {
    const sql = 'SELECT max(trial) AS count FROM trials WHERE cell = ? AND trial < ? HAVING count(*) > 0';
    return this.#all('trials', COUNT, sql, cell.id, end)[0]?.count;
  }

  /** The number of stored trials of a cell with this index or a later one. */
  countFrom(cell: StoredCell, first: number): number {
    const sql = 'SELECT count(*) AS count FROM trials WHERE cell = ? AND trial >= ?';
    return this.#all('trials', COUNT, sql, cell.id, first)[0]?.count ?? 0;
  }

  /** The message of the first failed trial of an experiment, in grid order. */
  firstError(experiment: string): string | undefined {
    const sql = `SELECT error FROM trials JOIN cells ON cells.id = trials.cell
      WHERE cells.experiment = ? AND status = 'failed' ORDER BY cells.position IS NULL, cells.position, trial LIMIT 1`;
    return this.#all('trials', FAILURE, sql, experiment)[0]?.error ?? undefined;
  }

  curves(cell: StoredCell, trial: number): Record<string, Float64Array> {
    const rows = this.#all(
      'curves',
      CURVE,
      'SELECT name, data FROM curves WHERE cell = ? AND trial = ? ORDER BY name',
      cell.id,
      trial,
    );
    return Object.fromEntries(rows.map(({ name, data }) => [name, asDoubles(data)]));
  }

  /** The curves of a cell, all of one trial at a time, in the order of trials. */
  curvesByTrial(cell: StoredCell): Generator<TrialCurves, void, undefined> {
    const sql = 'SELECT trial, name, data FROM curves WHERE cell = ? ORDER BY trial, name';
    return byTrial(this.#each((row) => decodeRow('curves', NAMED_CURVE, row), sql, cell.id));
  }

  /** The curves of one name of a cell, in the order of trials, one at a time. */
  *curvesNamed(
    cell: StoredCell,
    name: string,
  ): Generator<{ readonly trial: number; readonly values: Float64Array }, void, undefined> {
    const sql = 'SELECT trial, data FROM curves WHERE cell = ? AND name = ? ORDER BY trial';
    const decode = (row: unknown): z.infer<typeof TRIAL_CURVE> => decodeRow('curves', TRIAL_CURVE, row);
    for (const { trial, data } of this.#each(decode, sql, cell.id, name)) yield { trial, values: asDoubles(data) };
  }

  /** The origins of trials, by the number that trials have. */
  origins(): ReadonlyMap<number, Origin> {
    if (this.#isWithoutOrigins) return new Map([[FIRST_ORIGIN, agreedOrigin(this.runs())]]);
    return new Map(
      this.#all('origins', ORIGIN_ROW, 'SELECT id, origin FROM origins ORDER BY id').map(({ id, origin }) => [
        id,
        origin,
      ]),
    );
  }

  /**
   * The origins of the trials that are done, with their numbers of trials, in the order of their first ones; only of
   * the given experiments where some are given.
   */
  madeBy(experiments: readonly string[] = this.experiments().map(({ id }) => id)): MadeBy[] {
    const origins = this.origins();
    const sql = `SELECT ${this.#originColumn} AS origin, count(*) AS trials FROM trials JOIN cells ON cells.id = trials.cell
      WHERE status <> 'censored' AND experiment IN (SELECT value FROM json_each(?)) GROUP BY 1 ORDER BY 1`;
    return this.#all('trials', ORIGIN_COUNT, sql, JSON.stringify(experiments)).map(({ origin, trials }) => ({
      trials,
      origin: origins.get(origin ?? NaN) ?? {},
    }));
  }

  /** One entry per run of the program, oldest first. */
  runs(): Provenance[] {
    const column = this.#hasStudyTexts ? 'provenance' : `${EARLIER.provenance} AS provenance`;
    return this.#all('runs', RUN, `SELECT ${column} FROM runs ORDER BY id`).map(({ provenance }) => provenance);
  }

  /** The texts of the study files that were run, oldest first. */
  studyFiles(): string[] {
    const column = this.#hasStudyTexts ? 'study_file' : EARLIER.studyFile;
    const sql = `SELECT ${column} AS study_file FROM runs WHERE ${column} IS NOT NULL ORDER BY id`;
    return this.#all('runs', RUN_FILE, sql).map(({ study_file: text }) => text);
  }

  /** Runs `read` on the study as it is now; trials that a writer adds meanwhile are not seen. */
  snapshot<T>(read: () => T): T {
    this.#requireOpen();
    return namingDamage(this.file, () => this.database.transaction(read)());
  }

  /** An iteration over rows that has not ended then throws `InputError`. */
  close(): void {
    if (this.database.inTransaction)
      throw new InputError('close() must be called outside of snapshot(), got it inside');
    for (const rows of this.#unfinished) rows.return?.();
    this.database.close();
    this.#onClose();
  }

  get #hasStudyTexts(): boolean {
    return this.#schema >= FIRST_WITH.studyTexts;
  }

  get #isWithoutOrigins(): boolean {
    return this.#schema < FIRST_WITH.origins;
  }

  get #originColumn(): string {
    return this.#isWithoutOrigins ? EARLIER.origin : 'trials.origin';
  }

  #trialsFrom(cell: StoredCell, first: number, most: number): StoredTrial[] {
    this.#requireOpen();
    return namingDamage(this.file, () => this.#readTrials(cell.id, first, most));
  }

  #all<T>(table: string, shape: z.ZodType<T>, sql: string, ...values: (string | number)[]): T[] {
    this.#requireOpen();
    return namingDamage(this.file, () =>
      this.database
        .prepare(sql)
        .all(...values)
        .map((row) => decodeRow(table, shape, row)),
    );
  }

  *#each<T>(decode: (row: unknown) => T, sql: string, ...values: (string | number)[]): Generator<T, void, undefined> {
    try {
      for (const row of this.#rows(sql, values)) yield decode(row);
    } catch (error) {
      throw damageError(this.file, error);
    }
  }

  *#rows(sql: string, values: readonly (string | number)[]): Generator<unknown, void, undefined> {
    this.#requireOpen();
    const rows = this.database.prepare(sql).iterate(...values);
    this.#unfinished.add(rows);
    try {
      for (const row of rows) {
        yield row;
        this.#requireOpen();
      }
    } finally {
      this.#unfinished.delete(rows);
    }
  }

  #requireOpen(): void {
    if (!this.database.open) throw new InputError(`study store '${this.file}' was closed: open it again to read on`);
  }
}

/** Reads runs, experiments, cells and trials. Throws `InputError` when some of it is damaged. */
export function requireReadable(store: StudyReader): void {
  store.runs();
  for (const { id } of store.experiments()) {
    for (const cell of store.cells(id)) Array.from(store.trials(cell), () => undefined);
  }
}
