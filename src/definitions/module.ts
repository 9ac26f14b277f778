/** A user's file as what it defines. */
import type { Experiment } from '../experiments/spec.js';
import { bundleModule } from './bundle.js';
import { loadExperiment } from './load.js';

/**
 * The experiment of a module, which is evaluated once in this thread to know its settings and measures.
 * @throws InputError for a module that does not compile, throws, or defines no experiment
 */
export async function moduleExperiment(file: string): Promise<Experiment> {
  return loadExperiment(await bundleModule(file));
}
