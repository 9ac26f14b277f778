/** The `basin fit` command that descends on a drawn problem. */
import { join } from 'node:path';
import { InputError } from '../../base/errors.js';
import { quoted } from '../../base/quoted.js';
import { CONSTANT_SCHEDULE } from '../../core/descent/schedules.js';
import { MOMENTUM_METHODS, UPDATE_RULE_NAMES } from '../../core/kernels/updates.js';
import { parseActivation } from '../../core/networks/activations.js';
import { lossNamed } from '../../core/networks/losses.js';
import type { ProblemWords } from '../../experiments/keeper.js';
import type { Settings } from '../../settings/types.js';
import type { DrawnProblem } from './draw.js';

/** Number of iterations if the settings give none. */
const USUAL_ITERATIONS = 2000;

/**
 * The command, for files in `folder`; null if `basin fit` does not have the loss, the activation or the batches. The
 * step size is the one in the settings if it is a number there, else `auto`.
 */
export function fitCommand(
  { words, of: { settings } }: Pick<DrawnProblem, 'words' | 'of'>,
  folder: string,
): string | null {
  const { architecture, activation, output, loss, risk = 'empirical' } = words;
  // The batches of a trial follow from its own stream, which fit does not have.
  if (settings['method'] === 'sgd') return null;
  if (!isKnown(lossNamed, loss) || !isKnown(parseActivation, activation)) return null;
  const file = (name: string): string => join(folder, name);
  return [
    'basin',
    'fit',
    ...(risk === 'empirical' ? ['--x', file('X.npy'), '--y', file('y.npy')] : riskOptions(output, file)),
    '--start',
    file('start.npy'),
    ...(output === 'mean' ? [] : ['--v', file('start-v.npy')]),
    ...(settings['trainOutput'] === 'yes' ? ['--train-v'] : []),
    ...(architecture === 'fcn' ? [] : ['--architecture', architecture]),
    '--activation',
    activation,
    ...(risk === 'empirical' ? ['--loss', loss] : []),
    ...descentOptions(settings),
    '--out',
    file('fitted'),
  ]
    .map(quoted)
    .join(' ');
}

/** The teacher whose population risk is minimised. */
function riskOptions(output: ProblemWords['output'], file: (name: string) => string): string[] {
  const v = output === 'mean' ? [] : ['--teacher-v', file('teacher-v.npy')];
  return ['--risk', 'population', '--teacher', file('teacher.npy'), ...v];
}

/**
 * Whether `basin fit` has the word. It has names and formulas, but not the losses of gao2018 and not what only a user's
 * code defines.
 */
function isKnown(parse: (word: string) => unknown, word: string): boolean {
  try {
    parse(word);
    return true;
  } catch (error) {
    if (error instanceof InputError) return false;
    throw error;
  }
}

function descentOptions(settings: Settings): string[] {
  const { stepSize, iterations = USUAL_ITERATIONS, tolerance = 0 } = settings;
  const step = typeof stepSize === 'number' ? String(stepSize) : 'auto';
  return [
    '--step-size',
    step,
    ...methodOptions(settings),
    '--iterations',
    String(iterations),
    ...(tolerance === 0 ? [] : ['--tolerance', String(tolerance)]),
    ...(settings['precision'] === 'mixed' ? ['--precision', 'mixed'] : []),
  ];
}

/** The options of an update rule, where the experiment has such settings. */
function methodOptions({ method, momentum, schedule }: Settings): string[] {
  const rule = UPDATE_RULE_NAMES.find((name) => name === method);
  if (rule === undefined) return [];
  return [
    ...(rule === 'gd' ? [] : ['--method', rule]),
    ...(momentum === undefined || !MOMENTUM_METHODS.includes(rule) ? [] : ['--momentum', String(momentum)]),
    ...(schedule === undefined || schedule === CONSTANT_SCHEDULE ? [] : ['--schedule', String(schedule)]),
  ];
}
