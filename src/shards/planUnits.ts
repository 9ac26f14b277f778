/** The units of a plan, with the names of what their results may contain. */
import type { Experiment } from '../experiments/spec.js';
import { unitsOf, type ShardPlan, type Unit } from './plan.js';

/** Names of the measures and curves that the trials of an experiment may store. */
export interface TrialNames {
  readonly measures: ReadonlySet<string>;
  readonly curves: ReadonlySet<string>;
}

export interface PlanUnits {
  readonly plan: ShardPlan;
  readonly units: readonly Unit[];
  readonly namesOf: (unit: Unit) => TrialNames;
}

export function planUnits(plan: ShardPlan, experimentOf: (unit: Unit) => Experiment): PlanUnits {
  const known = new Map<string, TrialNames>();
  const namesOf = (unit: Unit): TrialNames => {
    const names = known.get(unit.experiment.id) ?? trialNames(experimentOf(unit));
    known.set(unit.experiment.id, names);
    return names;
  };
  return { plan, units: unitsOf(plan), namesOf };
}

/**
 * The names that an experiment's trials store: those from which its tables, resamples and curves are computed, and
 * others that it declares.
 */
export function trialNames({ measures, replicates = [], curves = [], alsoStored = [] }: Experiment): TrialNames {
  return {
    measures: new Set([...[...measures, ...replicates].map(({ of }) => of), ...alsoStored]),
    curves: new Set([...curves.flatMap(({ of, at }) => [of, at]), ...alsoStored]),
  };
}
