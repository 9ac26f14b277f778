/** Which numbers of a trial are compared. */
import type { Experiment, Measure } from '../../experiments/spec.js';
import { isMean } from '../../statistics/ranges.js';
import { rate } from '../../statistics/rates.js';
import type { StoredTrial } from '../../store/reader.js';
import { valueOf } from '../prefixes.js';

export interface ComparedMeasure extends Pick<Measure, 'estimate'> {
  /** names of measures that rest on the same test, joined by commas */
  readonly name: string;
  /** what is compared where there are more than two different values: means, or the order of values */
  readonly by: 'mean' | 'order';
  readonly value: (trial: StoredTrial) => number | undefined;
  /** each of the measures with its own estimate */
  readonly shown: readonly Pick<Measure, 'name' | 'estimate'>[];
}

/** How often trials fail and diverge is compared as measures are. */
const ENDS: readonly ComparedMeasure[] = (['failed', 'diverged'] as const).map((name) => (
  { name, by: 'order', estimate: rate, shown: [{ name, estimate: rate }], value: ({ status }) => (status === name ? 1 : 0) }
));

/** The measures of an experiment as two studies have it, each test once. */
export function comparedMeasures(a: Pick<Experiment, 'measures'>, b: Pick<Experiment, 'measures'>): ComparedMeasure[] {
  const tests = new Map<string, ComparedMeasure>();
  const names = new Set<string>();
  for (const measure of [...a.measures, ...b.measures]) {
    if (names.has(measure.name)) continue;
    names.add(measure.name);
    const by = isMean(measure.estimate) ? 'mean' : 'order';
    const key = JSON.stringify([measure.of, measure.whenFailed, by]);
    const { name, estimate, shown } = tests.get(key) ?? { name: '', estimate: measure.estimate, shown: [] };
    tests.set(key, { name: name === '' ? measure.name : `${name}, ${measure.name}`, by, estimate, shown: [...shown, measure], value: (trial) => valueOf(trial, measure) });
  }
  return [...tests.values(), ...ENDS];
}
