/** Checks of students that are wider or narrower than the teacher, and of the population risk. */
import { InputError } from '../../base/errors.js';
import { parseActivation } from '../../core/networks/activations.js';
import { isDrawnOutput } from '../../core/networks/networks.js';
import { isAroundTeacher, STARTS } from '../../core/networks/starts.js';
import { pairOf } from '../../core/risk/quadrature.js';
import { isFileValue } from '../../settings/types.js';
import { wordsWith } from '../../base/vocabulary.js';
import { isLandscape, isPopulation, type CellProblem, type StudySettings } from './declared.js';
import { firstOther, must } from './must.js';
import { isOtherWidth } from './student.js';

const AWAY = [...wordsWith(STARTS, { from: 'origin' }), 'a file'].join(' or ');

/** A `studentK` that is given, even if it equals K: it then is a point of an axis along which the width varies. */
export function otherWidth(settings: StudySettings): CellProblem | undefined {
  if (settings.studentK === 'same') return undefined;
  if (settings.architecture === 'cnn') return must('studentK', 'same', settings, 'for a cnn, whose strides it has');
  if (isLandscape(settings)) return must('studentK', 'same', settings, `with loss: ${settings.loss}`);
  if (isFileValue(settings.inputs))
    return must('inputs', 'a law', settings, 'with studentK: functions are compared on fresh samples of it');
  if (!isOtherWidth(settings)) return undefined;
  const because = `with studentK = ${settings.studentK} and K = ${settings.K}`;
  if (isAroundTeacher(settings.start)) return must('start', AWAY, settings, `${because}: W0 near W* has as many rows`);
  if (settings.start === 'tensor') return must('start', AWAY, settings, `${because}: the tensor method finds K rows`);
  return (isFileValue(settings.output) || isDrawnOutput(settings.output)) && settings.trainOutput !== 'yes'
    ? must('trainOutput', 'yes', settings, `with output: ${settings.output} ${because}: the student has no v* to know`)
    : undefined;
}

/** The population risk has a formula for these settings alone. */
export function populationRisk(settings: StudySettings): CellProblem | undefined {
  if (!isPopulation(settings)) return undefined;
  const because = 'with risk: population';
  return (
    firstOther(
      [
        ['architecture', 'fcn', 'which sums over pairs of rows'],
        ['inputs', 'gaussian', 'whose expectation is over x ~ N(0, I)'],
        ['labels', 'regression', 'whose labels are those of f*'],
        ['noise', 0, 'which noise on the labels raises by a constant'],
        ['loss', 'squared', 'which is half a mean square'],
      ],
      settings,
      because,
    ) ??
    (settings.start === 'tensor'
      ? must('start', 'one that needs no training set', settings, because)
      : activationProblem(settings))
  );
}

function activationProblem({ activation }: StudySettings): CellProblem | undefined {
  try {
    pairOf(parseActivation(activation));
    return undefined;
  } catch (error) {
    if (error instanceof InputError) return { setting: 'activation', message: `activation: ${error.message}` };
    throw error;
  }
}
