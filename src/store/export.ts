/** The trial table of a study as one file. */
import { existsSync, readdirSync, realpathSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join, sep } from 'node:path';
import { InputError } from '../core/errors.js';
import { writeCsv } from './csv.js';
import { SIDE_FILES, STORE_FILE } from './folder.js';
import { writeJson } from './json.js';
import { writeParquet } from './parquet.js';
import type { StudyReader } from './reader.js';
import { trialTable } from './table.js';

export const EXPORT_FORMATS = ['csv', 'json', 'parquet'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

const WRITERS = { csv: writeCsv, json: writeJson, parquet: writeParquet } as const;

/**
 * Writes every stored trial, ordered by experiment, cell in grid order, trial. The file appears whole or not at all.
 * Throws `InputError` when it cannot be written or would lie in a study, where it could replace what it was made from.
 */
export function exportTrials(store: StudyReader, format: ExportFormat, file: string): void {
  const unfinished = `${file}.${process.pid}.tmp`;
  try {
    if (statSync(file, { throwIfNoEntry: false })?.isDirectory() === true) throw new InputError(`the export must go to a file, got the folder '${file}'`);
    requireOutside(store.dir, file);
    store.snapshot(() => { WRITERS[format](trialTable(store), unfinished); });
    renameSync(unfinished, file);
  } catch (error) {
    rmSync(unfinished, { force: true });
    if (error instanceof Error && 'syscall' in error && 'code' in error) throw new InputError(`the export must go to a writable file, got '${file}' (${String(error.code)})`);
    throw error;
  }
}

// The file itself is not resolved: renaming replaces a link, not what it leads to.
function requireOutside(study: string, file: string): void {
  const folder = realpathSync.native(dirname(file));
  const target = join(folder, basename(file));
  const inside = existsSync(join(folder, STORE_FILE)) || ownPlaces(study).some((place) => target === place || target.startsWith(place + sep));
  if (inside) throw new InputError(`the export must go to a file outside of study folders, got '${file}'`);
}

// One by one, as the store or the figures can be links to another place.
function ownPlaces(study: string): string[] {
  const present = readdirSync(study).map((name) => join(study, name)).filter((path) => existsSync(path));
  const store = realpathSync.native(join(study, STORE_FILE));
  return [study, ...present].map((path) => realpathSync.native(path)).concat(SIDE_FILES.map((suffix) => store + suffix));
}
