/** The trial table of a study as one file. */
import { renameSync, rmSync, statSync } from 'node:fs';
import { InputError } from '../core/errors.js';
import { writeCsv } from './csv.js';
import { writeJson } from './json.js';
import { writeParquet } from './parquet.js';
import type { StudyReader } from './reader.js';
import { trialTable } from './table.js';

export const EXPORT_FORMATS = ['csv', 'json', 'parquet'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

const WRITERS = { csv: writeCsv, json: writeJson, parquet: writeParquet } as const;

/**
 * Writes every stored trial, ordered by experiment, cell in grid order, trial. The file appears whole or not at all.
 * Throws `InputError` when it cannot be written.
 */
export function exportTrials(store: StudyReader, format: ExportFormat, file: string): void {
  const unfinished = `${file}.${process.pid}.tmp`;
  try {
    if (statSync(file, { throwIfNoEntry: false })?.isDirectory() === true) throw new InputError(`the export must go to a file, got the folder '${file}'`);
    store.snapshot(() => { WRITERS[format](trialTable(store), unfinished); });
    renameSync(unfinished, file);
  } catch (error) {
    rmSync(unfinished, { force: true });
    if (error instanceof Error && 'syscall' in error && 'code' in error) throw new InputError(`the export must go to a writable file, got '${file}' (${String(error.code)})`);
    throw error;
  }
}
