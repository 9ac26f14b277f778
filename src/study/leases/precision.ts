/** Decides which trials work in mixed precision. */
import { refuse } from '../../base/errors.js';
import type { Experiment } from '../../experiments/spec.js';
import { cellText } from '../../settings/cellText.js';
import type { Settings } from '../../settings/types.js';
import type { StudyIdentity } from '../../store/identity.js';
import type { ExperimentGrid } from '../grid/cells.js';
import { sharedEntries } from './together.js';

type Precise = Pick<StudyIdentity, 'partitions' | 'precision'>;

/**
 * Throws `InputError` where the trials of a cell do not work in the study's precision: mixed precision is of plain
 * gradient descents on training sets that one worker holds.
 */
export function requirePrecision(
  experiment: Pick<Experiment, 'id' | 'takesMixed' | 'shares'>,
  { partitions, precision }: Precise,
  settings: Settings,
): void {
  if (precision === undefined) return;
  const { id, takesMixed } = experiment;
  const float64 = (where: string): never => refuse('--precision', `float64 for ${where}`, precision);
  if (takesMixed === undefined)
    float64(`${id}: mixed is of experiments all of whose descents are plain gradient descents on training sets`);
  else if (!takesMixed(settings))
    float64(`${id}/${cellText(settings)}: mixed is of method gd with a constant schedule on a training set`);
  if (sharedEntries(experiment, settings, partitions) > 0)
    float64(`${id} with n = ${settings['n']}, d = ${settings['d']}, whose training sets are in partitions`);
}

/** The same for every cell of a study. */
export function requirePrecisions(grids: readonly ExperimentGrid[], precise: Precise): void {
  for (const { experiment, cells } of grids)
    for (const { trialSettings } of cells) requirePrecision(experiment, precise, trialSettings);
}
