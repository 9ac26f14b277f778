import { describe, expect, it } from 'vitest';
import { EXPERIMENTS } from '../../src/experiments/registry.js';
import type { Experiment } from '../../src/experiments/spec.js';
import type { Settings } from '../../src/settings/types.js';
import { trialNames } from '../../src/shards/planUnits.js';
import { gridOf, type GridCell } from '../../src/study/grid/cells.js';
import { resolveValues } from '../../src/study/grid/values.js';
import { trialInProcess } from './inProcess.js';

/** The cell of the smallest run whose trials cost least. */
function cheapest(experiment: Experiment): Settings {
  const values = resolveValues(experiment, 'smoke', new Map());
  const cost = ({ trialSettings }: GridCell): number => experiment.cost(trialSettings);
  const { cells } = gridOf({ experiment, values }, 1);
  return cells.reduce((least, one) => (cost(one) < cost(least) ? one : least)).settings;
}

describe('what a trial stores', () => {
  // Results of other machines are checked against these names: one that is not declared would be refused.
  it.each(EXPERIMENTS.map((experiment) => [experiment.id, experiment] as const))(
    'is declared by %s',
    (_, experiment) => {
      const { measures, curves = {} } = trialInProcess(experiment.id, {}, cheapest(experiment), 0);
      const known = trialNames(experiment);
      expect(Object.keys(measures).filter((name) => !known.measures.has(name))).toEqual([]);
      expect(Object.keys(curves).filter((name) => !known.curves.has(name))).toEqual([]);
    },
  );
});
