/** Opens a study's store, for reading beside a running study or as its only writer. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { asidePath, removeAside } from '../base/aside.js';
import { fileError } from '../base/fileError.js';
import { putInPlace } from '../base/whole.js';
import { refuse } from '../base/errors.js';
import { copyStore, isOutOfReach } from './copy.js';
import { namingFailure } from './failure.js';
import { requireStoreFile, STORE_FILE } from './found.js';
import { requireStudyFolder, SIDE_FILES } from './folder.js';
import { canonicalJson, requireSameIdentity, storedOverrides, type StudyIdentity } from './identity.js';
import { damageError, namingDamage, requireSqliteFile, requireStudyStore } from './inspect.js';
import { lockStudy, type StudyLock } from './lock.js';
import { FIRST_ORIGIN, migrate } from './migrate.js';
import type { Origin } from './origin.js';
import { Place } from './place.js';
import { requireReadable, StudyReader } from './reader.js';
import { SCHEMA } from './schema.js';
import { StudyWriter } from './writer.js';

/**
 * Opens a study for reading, also while it is being written and on a read-only file system. Throws `InputError` when it
 * is missing or unusable.
 */
export function readStudy(dir: string): StudyReader {
  const file = requireStoreFile(dir);
  requireSqliteFile(file);
  try {
    return openReader(dir, file, file);
  } catch (error) {
    if (!isOutOfReach(error)) throw damageError(file, error);
  }
  const copy = copyStore(file);
  const remove = (): void => {
    removeAside(copy.folder);
  };
  try {
    return openReader(dir, file, copy.file, remove);
  } catch (error) {
    remove();
    throw damageError(file, error);
  }
}

/** `place`: the location where the store of this name is read. */
function openReader(dir: string, file: string, place: string, onClose?: () => void): StudyReader {
  const before = new Place(file);
  const database = new Database(place, { readonly: true, fileMustExist: true });
  try {
    requireStudyStore(database, file);
    return new StudyReader(database, dir, before, onClose);
  } catch (error) {
    database.close();
    throw error;
  }
}

/**
 * Opens a study to run it, making it when the folder is new or empty. Throws `InputError` when the folder cannot be
 * written, holds something else, belongs to another seed, scale or `--set`, is damaged, or is already being written.
 */
export function openStudy(dir: string, identity: StudyIdentity): StudyWriter {
  if (!Number.isSafeInteger(identity.seed) || identity.seed < 0)
    refuse('--seed', 'an integer from 0 to 2^53 - 1', identity.seed);
  requireStudyFolder(dir);
  const lock = lockStudy(dir);
  try {
    return openLocked(dir, identity, lock);
  } catch (error) {
    lock.release();
    throw error;
  }
}

function openLocked(dir: string, identity: StudyIdentity, lock: StudyLock): StudyWriter {
  if (!existsSync(join(dir, STORE_FILE))) createStore(dir, identity);
  const made = requireContinuable(dir, identity);
  const file = requireStoreFile(dir);
  const place = new Place(file);
  const database = namingFailure(file, () => new Database(file, { fileMustExist: true }));
  try {
    return namingDamage(file, () =>
      namingFailure(file, () => {
        migrate(database, made);
        return new StudyWriter(database, dir, place, lock);
      }),
    );
  } catch (error) {
    database.close();
    throw error;
  }
}

// Checked by a reader, since closing a writer can change the file, and a refused store must stay as it is.
function requireContinuable(dir: string, identity: StudyIdentity): Origin {
  const store = readStudy(dir);
  try {
    requireSameIdentity(dir, store.identity, identity);
    requireReadable(store);
    return store.origins().get(FIRST_ORIGIN) ?? {};
  } finally {
    store.close();
  }
}

// Built under a temporary name and renamed: a store that exists is complete, whenever the process is killed.
function createStore(dir: string, identity: StudyIdentity): void {
  const file = join(dir, STORE_FILE);
  const unfinished = asidePath(file);
  try {
    namingFailure(file, () => {
      fillStore(unfinished, identity);
    });
    putInPlace(unfinished, file);
  } catch (error) {
    removeUnfinished(unfinished);
    throw fileError(file, 'written', error);
  }
}

function removeUnfinished(unfinished: string): void {
  for (const suffix of ['', ...SIDE_FILES]) removeAside(unfinished + suffix);
}

function fillStore(file: string, identity: StudyIdentity): void {
  const database = new Database(file);
  try {
    database.pragma('journal_mode = WAL');
    // One transaction: a page that several statements change is written to the -wal once.
    database.transaction(() => {
      database.exec(SCHEMA);
      database
        .prepare('INSERT INTO study (seed, scale, overrides) VALUES (?, ?, ?)')
        .run(identity.seed, identity.scale, canonicalJson(storedOverrides(identity)));
    })();
    // Without a checkpoint, closing on a full disk would leave data in the -wal, which keeps the old name.
    database.pragma('wal_checkpoint(TRUNCATE)');
  } finally {
    database.close();
  }
}
