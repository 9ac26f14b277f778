import { EXPERIMENTS, findExperiment } from '../experiments/registry.js';
import type { Experiment } from '../experiments/spec.js';

/** The experiments that `[ids...]` selects: all if no id is given, or with `all`. */
export function chosenExperiments(ids: readonly string[]): readonly Experiment[] {
  const named = [...new Set(ids)].filter((id) => id !== 'all').map(findExperiment);
  return ids.length === 0 || ids.includes('all') ? EXPERIMENTS : named;
}
