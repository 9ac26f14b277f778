/** The experiments of a study that a command names. */
import { refuse } from '../base/errors.js';
import { listed, suggest } from '../base/suggest.js';
import type { StoredExperiment } from './identity.js';
import type { StudyReader } from './reader.js';

/** In the order of the study; all without a name. Throws `InputError` for a name that the study does not have. */
export function storedExperiments(store: StudyReader, ids: readonly string[]): StoredExperiment[] {
  const stored = store.experiments();
  if (ids.length === 0) return stored;
  const names = stored.map(({ id }) => id);
  for (const id of ids) {
    if (!names.includes(id)) refuse('an experiment', listed(names, 'the study'), id, suggest(id, names));
  }
  return stored.filter(({ id }) => ids.includes(id));
}
