/** Loads the experiment that a user's file defines. */
import type { Experiment } from '../experiments/spec.js';
import { bundleModule } from './bundle.js';
import { loadExperiment } from './load.js';

/**
 * The experiment of a module. The module is evaluated once in this thread to determine its settings and measures.
 * @throws InputError for a module that does not compile, throws, or defines no experiment
 */
export async function moduleExperiment(file: string): Promise<Experiment> {
  return loadExperiment(await bundleModule(file));
}
