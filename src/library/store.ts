/** `@basin-lab/basin/store`: the store of a study as it is kept, below what `openStudy` makes of it. */
import * as open from '../store/open.js';
import type { StudyReader } from '../store/reader.js';

export { formatAddress, parseAddress, type Address } from '../store/address.js';
export type { Provenance, StoredCell, StoredTrial, StudyReader, TrialStatus } from '../store/reader.js';
export type { StoredExperiment, StudyIdentity } from '../store/identity.js';
export type { MadeBy, Origin } from '../store/origin.js';

/**
 * Opens the store of the study in a folder for reading, also while it is written, and where nothing can be written.
 * Throws `InputError` when it is missing, damaged, foreign or newer. Close it when it is no longer needed.
 */
export function readStudy(dir: string): StudyReader {
  return open.readStudy(dir);
}
