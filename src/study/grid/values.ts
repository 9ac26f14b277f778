/** The values of an experiment's settings: the defaults of a scale, overridden by `--set`. */
import { InputError } from '../../base/errors.js';
import type { Experiment } from '../../experiments/spec.js';
import type { Scale } from '../../settings/scale.js';
import type { Settings, ValuesByName } from '../../settings/types.js';
import { parseSetting } from '../../settings/parse.js';
import { trialSettings } from '../../settings/trialSettings.js';
import type { StudyIdentity } from '../../store/identity.js';
import { suggest } from '../../base/suggest.js';

/**
 * The values of every setting. Throws `InputError` on a key that the experiment does not have, on a value that is not
 * allowed, and on a list that contains an element twice.
 */
export function resolveValues(
  experiment: Experiment,
  scale: Scale,
  overrides: ReadonlyMap<string, string>,
): ValuesByName {
  for (const key of overrides.keys()) requireKnownKey(experiment, key);
  return Object.fromEntries(
    Object.entries(experiment.settings).map(([key, setting]) => {
      const text = overrides.get(key);
      return [
        key,
        text === undefined ? setting.default[scale] : parseSetting(`--set ${experiment.id}.${key}`, setting, text),
      ];
    }),
  );
}

/**
 * The effective settings of a cell, with the defaults written out: all settings that a trial depends on, without those
 * that have no meaning in this cell; and the precision of the study, unless it is float64.
 */
export function effectiveSettings(
  experiment: Pick<Experiment, 'shownSettings'>,
  values: ValuesByName,
  cell: Settings,
  { precision }: Pick<StudyIdentity, 'precision'> = {},
): Settings {
  const shown = shownSettings(experiment, trialSettings(values, cell));
  return precision === undefined ? shown : { ...shown, precision };
}

/** The settings of a cell, with the defaults that they leave out, so that a reader need not know the defaults. */
export function shownSettings(
  { shownSettings: complete }: Pick<Experiment, 'shownSettings'>,
  cell: Settings,
): Settings {
  return complete?.(cell) ?? cell;
}

function requireKnownKey(experiment: Experiment, key: string): void {
  const known = Object.keys(experiment.settings);
  if (known.includes(key)) return;
  throw new InputError(
    `--set key of ${experiment.id} must be one of ${known.join(', ')}, got '${key}'${suggest(key, known)}`,
  );
}
