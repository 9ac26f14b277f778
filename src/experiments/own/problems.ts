/** Finds impossible combinations of settings before any trial runs. */
import { parseActivation } from '../../core/networks/activations.js';
import { InputError } from '../../base/errors.js';
import { isWord, wordsOf, wordsWith } from '../../base/vocabulary.js';
import { CURVATURE_METHODS, METHOD_NAMES } from '../../core/kernels/updates.js';
import { INPUT_LAWS, INPUTS } from '../../core/networks/inputs.js';
import { LABELS } from '../../core/networks/labels.js';
import { LOSSES, lossOf } from '../../core/networks/losses.js';
import { isDrawnOutput, OUTPUTS } from '../../core/networks/networks.js';
import { hasDraw, ORTHONORMAL_TEACHERS } from '../../core/networks/teachers.js';
import { requireUnfoldable, requireNeurons } from '../../core/tensor/requirements.js';
import { INITIALIZATION_OUTPUTS, isInitializationOutput } from '../../core/tensor/recovery.js';
import { momentOrders, vanishing } from '../../core/tensor/orders.js';
import { quantities } from '../../theory/quantities.js';
import { isFileValue, type Settings } from '../../settings/types.js';
import type { StudyFile } from '../spec.js';
import { isLandscape, isPopulation, isStochastic, type CellProblem, type StudySettings } from './declared.js';
import { fileProblem } from './fileProblems.js';
import { firstOther, must } from './must.js';
import { otherWidth, populationRisk } from './studentProblems.js';
import { STUDY_SETTING_TABLE, pointSettings, usualValue } from './settings.js';

type Check = (settings: StudySettings) => CellProblem | undefined;

/**
 * The reason why a cell cannot be run, or undefined. n may be missing because a boundary searches for it; the checks
 * that involve n are then skipped.
 */
export function cellProblem(cell: Settings, files: readonly StudyFile[] = []): CellProblem | undefined {
  const missing = given(cell);
  if (missing !== undefined) return missing;
  const settings = pointSettings(cell);
  for (const check of CHECKS) {
    const problem = check(settings);
    if (problem !== undefined) return { ...problem, message: withPaths(problem.message, files) };
  }
  return fileProblem(settings, files);
}

/** A message that names files by their paths, as the study file does. */
function withPaths(message: string, files: readonly StudyFile[]): string {
  return files.reduce((text, { value, path }) => text.replaceAll(value, path), message);
}

/** The largest number of entries of one training set, 8 GB. */
const MOST_ENTRIES = 1e9;

function given(settings: Settings): CellProblem | undefined {
  const missing = Object.entries(STUDY_SETTING_TABLE).find(
    ([name, setting]) => usualValue(setting) === undefined && name !== 'n' && settings[name] === undefined,
  );
  return missing === undefined
    ? undefined
    : { setting: missing[0], message: `${missing[0]} must be given: ${missing[1].description}` };
}

function network(settings: StudySettings): CellProblem | undefined {
  const { K, d, teacher: law } = settings;
  if (settings.architecture === 'cnn')
    return d % K === 0
      ? undefined
      : must('K', `a divisor of d = ${d}`, settings, 'for a cnn, whose strides do not overlap');
  return !isFileValue(law) && !hasDraw(law, K, d)
    ? must('K', `at most d = ${d}`, settings, `for teacher: ${law}`)
    : undefined;
}

function size(settings: StudySettings): CellProblem | undefined {
  if (settings.n === undefined || isPopulation(settings)) return undefined;
  const entries = settings.n * settings.d;
  return entries > MOST_ENTRIES
    ? must('n', `at most ${MOST_ENTRIES}/d = ${Math.floor(MOST_ENTRIES / settings.d)}`, settings)
    : undefined;
}

/** The range of f*, for all v* of a law and of any file. */
export function outputRange(settings: Pick<StudySettings, 'activation' | 'output' | 'K'>): readonly [number, number] {
  const {
    range: [low, high],
  } = parseActivation(settings.activation);
  const total = isFileValue(settings.output) ? Infinity : OUTPUTS[settings.output].total(settings.K);
  if (!isFileValue(settings.output) && !isDrawnOutput(settings.output)) return [total * low, total * high];
  const most = total * Math.max(-low, high);
  return [-most, most];
}

/** The kinds of labels that allow any value of f*. */
const OF_ANY_OUTPUT = wordsOf(LABELS)
  .filter((kind) => LABELS[kind].outputs[0] === -Infinity)
  .join(' or ');

function labels(settings: StudySettings): CellProblem | undefined {
  const { labels: kind } = settings;
  const {
    outputs: [least, most],
    takesNoise,
  } = LABELS[kind];
  const [low, high] = outputRange(settings);
  const name = `${settings.activation} with output: ${settings.output}`;
  const range = `f* of ${name} lies in [${low}, ${high}]`;
  if (low < least || high > most)
    return must('labels', OF_ANY_OUTPUT, settings, `here: ${kind} needs f* in [${least}, ${most}], and ${range}`);
  if (settings.noise !== 0 && !takesNoise)
    return must('noise', '0', settings, `with labels: ${kind}, which has its own`);
  return undefined;
}

/** The losses that take any output. */
const OF_NUMBERS = wordsWith(LOSSES, { takes: 'numbers' }).join(' or ');

function probabilities(settings: StudySettings): CellProblem | undefined {
  const { loss } = settings;
  if (isLandscape(settings) || lossOf(loss).takes === 'numbers') return undefined;
  const [low, high] = outputRange(settings);
  if (low < 0 || high > 1)
    return must(
      'loss',
      OF_NUMBERS,
      settings,
      `here: ${loss} needs outputs in [0, 1], and those of ${settings.activation} with output: ${settings.output} lie in [${low}, ${high}]`,
    );
  const needed = `with loss: ${loss}, which needs labels in [0, 1]`;
  const fitting: readonly string[] = wordsOf(LABELS).filter((kind) => isShare(LABELS[kind].values([low, high])));
  if (!fitting.includes(settings.labels)) return must('labels', fitting.join(' or '), settings, needed);
  if (settings.noise !== 0) return must('noise', '0', settings, needed);
  return settings.trainOutput === 'yes'
    ? must('trainOutput', 'no', settings, `with loss: ${loss}: a trained v takes the outputs out of [0, 1]`)
    : undefined;
}

function isShare([low, high]: readonly [number, number]): boolean {
  return low >= 0 && high <= 1;
}

function tensor(settings: StudySettings): CellProblem | undefined {
  if (settings.start !== 'tensor') return undefined;
  if (settings.inputs !== 'gaussian')
    return must('inputs', 'gaussian', settings, 'with start: tensor, whose moments are Hermite moments');
  if (settings.starts !== 1) return must('starts', '1', settings, 'with start: tensor, which gives one start');
  if (!isInitializationOutput(settings.output))
    return must('output', INITIALIZATION_OUTPUTS.join(' or '), settings, 'with start: tensor');
  if (!LABELS[settings.labels].ofTeacher) return must('labels', 'labels of f*', settings, 'with start: tensor');
  return settings.architecture === 'cnn' ? stridedTensor(settings) : fullTensor(settings);
}

function stridedTensor(settings: StudySettings): CellProblem | undefined {
  if (settings.output === 'signs') return must('output', 'mean or sum', settings, 'with start: tensor of a cnn');
  const activation = parseActivation(settings.activation);
  return vanishing((sigma) => quantities(activation, sigma).m)[0]
    ? must('activation', 'one whose first moment is not zero', settings, 'with start: tensor of a cnn')
    : undefined;
}

function fullTensor(settings: StudySettings): CellProblem | undefined {
  const activation = parseActivation(settings.activation);
  const { K, d, n = Infinity } = settings;
  const fewest = (settings.mode === 'faithful' ? 3 : 1) * (d + 1);
  if (n < fewest) return must('n', `at least ${fewest}`, settings, 'with start: tensor');
  return (
    refusedBy('K', () => {
      requireNeurons(K, d);
    }) ??
    refusedBy('activation', () => {
      const orders = momentOrders(activation, (sigma) => quantities(activation, sigma).m);
      if (settings.mode === 'unfold' && orders.matrix === 3) requireUnfoldable(d);
    })
  );
}

/** The problem that the method's own check reports, or undefined. */
function refusedBy(setting: string, check: () => void): CellProblem | undefined {
  try {
    check();
    return undefined;
  } catch (error) {
    if (error instanceof InputError) return { setting, message: error.message };
    throw error;
  }
}

function method(settings: StudySettings): CellProblem | undefined {
  const { method: rule, stepSize } = settings;
  if (stepSize === 'auto' && !CURVATURE_METHODS.includes(rule))
    return must('stepSize', 'a number', settings, `with method: ${rule}, whose steps are no multiples of gradients`);
  return isStochastic(settings) ? stochastic(settings) : undefined;
}

/** Mini-batches are batches of a training set. */
function stochastic(settings: StudySettings): CellProblem | undefined {
  const others = METHOD_NAMES.filter((name) => name !== settings.method).join(' or ');
  if (isPopulation(settings)) return must('method', others, settings, 'with risk: population, which has no samples');
  if (isLandscape(settings)) return must('method', others, settings, `with loss: ${settings.loss}`);
  const { n = Infinity } = settings;
  return settings.batch > n ? must('batch', `at most n = ${n}`, settings, 'with method: sgd') : undefined;
}

/** The settings for which gao2018 designed L and G, and the restrictions of the descents on these losses. */
function landscape(settings: StudySettings): CellProblem | undefined {
  if (!isLandscape(settings)) return undefined;
  const { loss } = settings;
  const other = firstOther(
    [
      ['architecture', 'fcn', 'which is a loss of the rows of a fully connected network'],
      ['activation', 'relu', 'whose sign is that of κ* for relu (gao2018, Assumption 2)'],
      ['output', 'sum', 'which knows v* = 1'],
      ['trainOutput', 'no', 'which has no v'],
      ['labels', 'regression', 'which is a moment of y with E[y | x] = f*(x)'],
    ],
    settings,
    `with loss: ${loss}`,
  );
  if (other !== undefined) return other;
  const teachers: readonly string[] = ORTHONORMAL_TEACHERS;
  if (!teachers.includes(settings.teacher))
    return must('teacher', teachers.join(' or '), settings, `with loss: ${loss}, whose minima are orthonormal rows`);
  if (!isWord(INPUTS, settings.inputs))
    return must('inputs', INPUT_LAWS.join(' or '), settings, `with loss: ${loss}, which needs the density of x`);
  if (settings.teacherScale !== 1)
    return must('teacherScale', '1', settings, `with loss: ${loss}, whose minima are rows of norm 1`);
  return undefined;
}

const CHECKS: readonly Check[] = [
  network,
  size,
  populationRisk,
  otherWidth,
  landscape,
  labels,
  probabilities,
  tensor,
  method,
];
