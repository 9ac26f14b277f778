/** `@basin-lab/basin/store`: the store of a study as it is kept, below what `openStudy` makes of it. */
import * as open from './open.js';
import type { StudyReader } from './reader.js';

export { formatAddress, parseAddress, type Address } from './address.js';
export type { Provenance, StoredCell, StudyReader } from './reader.js';
export type { TrialStatus } from './status.js';
export type { StoredTrial } from './trials.js';
export type { StoredExperiment, StudyIdentity } from './identity.js';
export type { MadeBy, Origin } from './origin.js';

/**
 * Opens the store of the study in a folder for reading, also while it is written, and where nothing can be written.
 * Throws `InputError` when it is missing, damaged, foreign or newer. Close it when it is no longer needed.
 */
export function readStudy(dir: string): StudyReader {
  return open.readStudy(dir);
}
