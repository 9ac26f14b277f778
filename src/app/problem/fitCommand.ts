/** The `basin fit` that descends on a drawn problem. */
import { join } from 'node:path';
import { InputError } from '../../base/errors.js';
import { quoted } from '../../base/quoted.js';
import { lossNamed } from '../../core/networks/losses.js';
import type { Settings } from '../../settings/types.js';
import type { DrawnProblem } from './draw.js';

/** Iterations where the settings name none. */
const USUAL_ITERATIONS = 2000;

/**
 * The command, for files in `folder`; null where the loss is none of `basin fit`. Its step is that of the settings
 * where it is a number, else `auto`.
 */
export function fitCommand(
  { words, of: { settings } }: Pick<DrawnProblem, 'words' | 'of'>,
  folder: string,
): string | null {
  const { architecture, activation, output, loss } = words;
  if (!isLossOfFit(loss)) return null;
  const file = (name: string): string => join(folder, name);
  return [
    'basin',
    'fit',
    '--x',
    file('X.npy'),
    '--y',
    file('y.npy'),
    '--start',
    file('start.npy'),
    ...(output === 'mean' ? [] : ['--v', file('start-v.npy')]),
    ...(settings['trainOutput'] === 'yes' ? ['--train-v'] : []),
    ...(architecture === 'fcn' ? [] : ['--architecture', architecture]),
    '--activation',
    activation,
    '--loss',
    loss,
    ...descentOptions(settings),
    '--out',
    file('fitted'),
  ]
    .map(quoted)
    .join(' ');
}

/** A loss of a network's outputs, by name or as a formula; the losses of gao2018 are none. */
function isLossOfFit(name: string): boolean {
  try {
    lossNamed(name);
    return true;
  } catch (error) {
    if (error instanceof InputError) return false;
    throw error;
  }
}

function descentOptions({ stepSize, iterations = USUAL_ITERATIONS, tolerance = 0 }: Settings): string[] {
  const step = typeof stepSize === 'number' ? String(stepSize) : 'auto';
  return [
    '--step-size',
    step,
    '--iterations',
    String(iterations),
    ...(tolerance === 0 ? [] : ['--tolerance', String(tolerance)]),
  ];
}
