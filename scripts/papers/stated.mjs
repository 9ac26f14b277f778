/** Which claims an experiment states at a scale. */
import { describeStudy } from '../../dist/app/describe.js';
import { findExperiment } from '../../dist/experiments/registry.js';
import { resolveValues } from '../../dist/study/grid/values.js';

const SEED = 1;

/** Ids of the claims of an experiment with its settings of a scale and those of `set`. */
export function statedClaims({ experiment: id, set }, scale) {
  const experiment = findExperiment(id);
  const overrides = new Map(Object.entries(set).map(([key, value]) => [key, String(value)]));
  const values = resolveValues(experiment, scale, overrides);
  return describeStudy({ experiment, values, seed: SEED, scale }).claims.map((claim) => claim.id);
}
