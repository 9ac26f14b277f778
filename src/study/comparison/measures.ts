/** The numbers of a trial that are compared. */
import type { Experiment, Measure } from '../../experiments/spec.js';
import type { Settings } from '../../settings/types.js';
import type { Estimate } from '../../statistics/estimate.js';
import { isMean } from '../../statistics/ranges.js';
import { rate } from '../../statistics/rates.js';
import type { StoredTrial } from '../../store/trials.js';
import { valueOf } from '../grid/trialValues.js';
import { shownSettings } from '../grid/values.js';

/** An estimate from the values and from the settings of their cell. */
type SettledEstimate = (values: Float64Array, settings: Settings) => Estimate;

/** The number of one trial; undefined when the trial has none. */
type Take = (trial: StoredTrial) => number | undefined;

export interface ComparedMeasure {
  readonly estimate: SettledEstimate;
  /** names of the measures that use the same test, joined by commas */
  readonly name: string;
  /** what is compared when there are more than two different values: the means, or the order of the values */
  readonly by: 'mean' | 'order';
  /** returns the function that takes a trial's number in a cell with these settings */
  readonly taking: (settings: Settings) => Take;
  /** the measures, each with its own estimate */
  readonly shown: readonly { readonly name: string; readonly estimate: SettledEstimate }[];
}

/** The rates of failed and diverged trials are compared in the same way as measures. */
const ENDS: readonly ComparedMeasure[] = (['failed', 'diverged'] as const).map((name) => ({
  name,
  by: 'order',
  estimate: rate,
  shown: [{ name, estimate: rate }],
  taking:
    () =>
    ({ status }) =>
      status === name ? 1 : 0,
}));

export type ComparedExperiment = Pick<Experiment, 'measures' | 'shownSettings'>;

/** The measures of an experiment as it is in two studies. Measures that use the same test are one entry. */
export function comparedMeasures(a: ComparedExperiment, b: ComparedExperiment): ComparedMeasure[] {
  const tests = new Map<string, ComparedMeasure>();
  const names = new Set<string>();
  for (const { measure, estimate, taking } of [...settled(a), ...settled(b)]) {
    if (names.has(measure.name)) continue;
    names.add(measure.name);
    const by = isMean(measure.estimate) ? 'mean' : 'order';
    const key = JSON.stringify([measure.of, measure.whenFailed, by]);
    const known = tests.get(key) ?? { name: '', estimate, shown: [] };
    const name = known.name === '' ? measure.name : `${known.name}, ${measure.name}`;
    const shown = [...known.shown, { name: measure.name, estimate }];
    tests.set(key, { name, by, estimate: known.estimate, shown, taking });
  }
  return [...tests.values(), ...ENDS];
}

/**
 * The measures of an experiment. Their estimates and values also get the settings that a cell leaves at their defaults.
 */
function settled(
  experiment: ComparedExperiment,
): (Pick<ComparedMeasure, 'estimate' | 'taking'> & { readonly measure: Measure })[] {
  return experiment.measures.map((measure) => ({
    measure,
    estimate: (values, settings) => measure.estimate(values, shownSettings(experiment, settings)),
    taking: (settings) => {
      const inForce = shownSettings(experiment, settings);
      return (trial) => valueOf(trial, measure, inForce);
    },
  }));
}
