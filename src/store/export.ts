/** The trial table of a study as one file. */
import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { targetOf } from '../base/target.js';
import { writeWhole } from '../base/whole.js';
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
 * Writes every stored trial, ordered by experiment, cell in grid order, trial, as `writeWhole` does. Throws `InputError` when it cannot be
 * written or would lie in a study, where it could replace what it was made from.
 */
export function exportTrials(store: StudyReader, format: ExportFormat, file: string): void {
  requireOutside(store.dir, file);
  store.snapshot(() => { writeWhole(file, (sink) => { WRITERS[format](trialTable(store), sink); }); });
}

function requireOutside(study: string, file: string): void {
  const target = targetOf(file);
  if (target.kind !== 'file') return;
  const inside = existsSync(join(dirname(target.path), STORE_FILE)) || ownPlaces(study).some((place) => target.path === place || target.path.startsWith(place + sep));
  if (inside) throw new InputError(`the export must go to a file outside of study folders, got '${file}'`);
}

// One by one, as the store or the figures can be links to another place.
function ownPlaces(study: string): string[] {
  const present = readdirSync(study).map((name) => join(study, name)).filter((path) => existsSync(path));
  const store = realpathSync.native(join(study, STORE_FILE));
  return [study, ...present].map((path) => realpathSync.native(path)).concat(SIDE_FILES.map((suffix) => store + suffix));
}
