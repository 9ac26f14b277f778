/** The experiments of a store, including a user's own experiments, whose files need not exist any more. */
import { findRunner, storedExperiment as programExperiment } from '../experiments/registry.js';
import type { Experiment, OwnCode } from '../experiments/spec.js';
import { isStudy } from '../experiments/spec.js';
import { storedSpec, type StoredStudy } from '../experiments/own/stored.js';
import { loadExperiment, studyUsing } from './load.js';

interface Entry extends StoredStudy {
  readonly id: string;
  readonly code?: OwnCode | undefined;
}

/**
 * The experiment of a store's entry, which determines it completely.
 * @throws InputError for an id that does not exist
 */
export function storedExperiment({ id, code, ...stored }: Entry): Experiment {
  // An id keeps the digest with which it entered the store, see study/replay/changedCode.ts.
  if (code === undefined) return programExperiment({ id, ...stored });
  return { ...(isStudy(id) ? studyUsing(storedSpec(stored), code) : loadExperiment(code)), id };
}

/**
 * Finds the experiment that runs the trials of an id in a store.
 * @throws InputError for an id that does not exist
 */
export function runnersOf(store: { readonly experiments: () => readonly Entry[] }): (id: string) => Experiment {
  return (id) => {
    const entry = store.experiments().find((one) => one.id === id);
    return entry === undefined ? findRunner(id) : storedExperiment(entry);
  };
}
