/** The number that a measure takes from a trial. */
import type { Measure } from '../../experiments/spec.js';
import type { Settings } from '../../settings/types.js';
import type { StoredTrial } from '../../store/trials.js';

/** How a measure takes its number from a trial. */
export type TrialValue = Pick<Measure, 'of' | 'value' | 'whenFailed'>;

/** The number of one trial; undefined when the trial has none. The settings are the effective ones of its cell. */
export function valueOf(
  { status, measures }: Pick<StoredTrial, 'status' | 'measures'>,
  { of, value, whenFailed }: TrialValue,
  settings: Settings,
): number | undefined {
  if (status === 'failed') return whenFailed;
  return value === undefined ? measures[of] : value(measures, settings);
}
