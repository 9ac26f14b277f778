/** The settings of a study of one's own: what each may be, and what it is when the file does not say. */
import { parseActivation } from '../../core/activations.js';
import { ACTIVATION_NAMES } from '../../core/activationTable.js';
import { refuse } from '../../base/errors.js';
import { described, isWord } from '../../base/vocabulary.js';
import { INPUT_LAWS, INPUTS } from '../../core/inputs.js';
import { LABEL_KINDS, LABELS } from '../../core/labels.js';
import { LANDSCAPE_LOSS_NAMES, LANDSCAPE_LOSSES } from '../../core/landscape/losses.js';
import { LOSS_NAMES, LOSSES } from '../../core/losses.js';
import { ARCHITECTURE_TABLE, ARCHITECTURES, OUTPUTS, TEACHER_OUTPUTS } from '../../core/networks.js';
import { isAroundTeacher, START_NAMES, STARTS } from '../../core/starts.js';
import { TEACHER_LAWS, TEACHERS } from '../../core/teachers.js';
import { INITIALIZATION_MODES } from '../../core/tensor/stages.js';
import type { Settings, SettingValue } from '../../settings/types.js';

export interface StudySetting {
  readonly description: string;
  /** `number` and `integer` also take the words of `words`, and expressions in a file; `activation` takes what `parseActivation` does */
  readonly kind: 'integer' | 'number' | 'choice' | 'activation';
  readonly words?: readonly string[];
  readonly min?: number;
  readonly max?: number;
  /** absent: the file has to say it */
  readonly default?: SettingValue;
  /** whether the setting has a meaning beside the others; where it has none it is no part of the cell */
  readonly when?: (settings: Settings) => boolean;
}

export function isLandscape(settings: Settings): boolean {
  return isWord(LANDSCAPE_LOSSES, String(settings['loss']));
}

const isAround = ({ start }: Settings): boolean => isAroundTeacher(String(start));

function takesCondition({ teacher }: Settings): boolean {
  const law = String(teacher);
  return isWord(TEACHERS, law) && TEACHERS[law].takesCondition;
}

export const STUDY_SETTINGS = {
  architecture: { description: described(ARCHITECTURE_TABLE), kind: 'choice', words: ARCHITECTURES, default: 'fcn' },
  activation: { description: 'activation φ', kind: 'activation', default: 'sigmoid' },
  output: { description: `v* of f = Σ v_k φ(w_kᵀx). ${described(OUTPUTS)}`, kind: 'choice', words: TEACHER_OUTPUTS, default: 'mean' },
  K: { description: 'neurons of teacher and student', kind: 'integer', min: 1, max: 512, default: 3 },
  d: { description: 'input dimension', kind: 'integer', min: 1, max: 10000 },
  n: { description: 'sample size', kind: 'integer', min: 1, max: 1e8 },
  teacher: { description: `law of W*. ${described(TEACHERS)}`, kind: 'choice', words: TEACHER_LAWS, default: 'orthonormal' },
  teacherScale: { description: 'factor on the law of W*; for orthonormal rows the norm of each', kind: 'number', min: 1e-3, max: 1e3, default: 2 },
  condition: { description: 'condition number of W* of a spectrum teacher', kind: 'number', min: 1, max: 1e6, default: 2, when: takesCondition },
  inputs: { description: `law of the inputs x. ${described(INPUTS)}`, kind: 'choice', words: INPUT_LAWS, default: 'gaussian' },
  labels: { description: `labels y given f*(x). ${described(LABELS)}`, kind: 'choice', words: LABEL_KINDS, default: 'classification' },
  noise: { description: 'standard deviation of Gaussian noise on regression labels', kind: 'number', min: 0, max: 1e6, default: 0 },
  loss: { description: `loss of the descent. ${described({ ...LOSSES, ...LANDSCAPE_LOSSES })}`, kind: 'choice', words: [...LOSS_NAMES, ...LANDSCAPE_LOSS_NAMES], default: 'squared' },
  trainOutput: { description: 'whether the descent trains v too', kind: 'choice', words: ['no', 'yes'], default: 'no' },
  start: { description: `where W0 lies. ${described(STARTS)}`, kind: 'choice', words: START_NAMES, default: 'sphere' },
  radius: { description: 'largest ‖W0 − W*‖ of sphere and ball, divided by ‖W*‖ (Frobenius)', kind: 'number', min: 0, max: 100, default: 0.1, when: isAround },
  startScale: { description: 'standard deviation of the entries of a gaussian W0, or auto = one over the root of their number in a row', kind: 'number', words: ['auto'], min: 0, max: 1e3, default: 'auto', when: ({ start }) => start === 'gaussian' },
  mode: { description: 'mode of the tensor initialization', kind: 'choice', words: INITIALIZATION_MODES, default: 'unfold', when: ({ start, architecture }) => start === 'tensor' && architecture === 'fcn' },
  starts: { description: 'starts on each training set', kind: 'integer', min: 1, max: 1000, default: 1 },
  stepSize: { description: 'step size, or auto = stepFactor over the largest curvature at W0', kind: 'number', words: ['auto'], min: 1e-12, max: 1e9, default: 'auto' },
  stepFactor: { description: 'c of the automatic step size c/λ_max', kind: 'number', min: 1e-3, max: 10, default: 1, when: ({ stepSize }) => stepSize === 'auto' },
  iterations: { description: 'largest number of iterations', kind: 'integer', min: 1, max: 1e7, default: 2000 },
  tolerance: { description: 'a run stops early when its gradient norm is at most this', kind: 'number', min: 0, max: 1, default: 1e-9 },
  rows: { description: 'rows of W divided by their norm after each step (unit) or not (free); auto: unit for the landscape losses', kind: 'choice', words: ['auto', 'unit', 'free'], default: 'auto', when: isLandscape },
  mu: { description: 'μ, weight of the diagonal part of the landscape losses', kind: 'number', min: 0, max: 1e6, default: 30, when: isLandscape },
  penalty: { description: 'λ of the penalty λ Σ(‖w‖² − 1)² of the landscape losses', kind: 'number', min: 0, max: 1e6, default: 0, when: isLandscape },
  outcomes: {
    description: 'how the end of a start is classified: by the descent alone (descent), or after a Newton polish (polish)', kind: 'choice', words: ['descent', 'polish'], default: 'descent',
    when: (settings) => settings['trainOutput'] !== 'yes' && !isLandscape(settings),
  },
  within: { description: 'W* counts as recovered when ‖Ŵ − W*‖ is at most this times ‖W*‖', kind: 'number', min: 0, max: 1e3, default: 0.01 },
  sameMinimum: { description: 'the starts of a training set count as one minimum when their spread SD_n is at most this', kind: 'number', min: 0, max: 1e3, default: 0.01 },
} as const satisfies Record<string, StudySetting>;

export type StudySettingName = keyof typeof STUDY_SETTINGS;

/** The same table to be looked up in by any text. */
export const STUDY_SETTING_TABLE: Readonly<Record<string, StudySetting>> = STUDY_SETTINGS;

/** What each setting holds. */
export const STUDY_SETTING_KINDS: Readonly<Record<string, StudySetting['kind']>> =
  Object.fromEntries(Object.entries(STUDY_SETTING_TABLE).map(([name, { kind }]) => [name, kind]));

/** Always part of a cell, whatever they are. */
const ALWAYS: readonly string[] = ['K', 'd', 'n'];
/** What fixes teacher, inputs and labels: see `streamText`. */
const OF_TRAINING_SET: readonly string[] = ['architecture', 'activation', 'output', 'K', 'd', 'n', 'teacher', 'teacherScale', 'condition', 'inputs', 'labels', 'noise'] satisfies StudySettingName[];

/** Settings with every default that they leave out. */
export function completeSettings(settings: Settings): Settings {
  const defaults = Object.entries(STUDY_SETTING_TABLE).flatMap(([name, { default: value }]) => (value === undefined ? [] : [[name, value] as const]));
  return { ...Object.fromEntries(defaults), ...settings };
}

/**
 * What of settings makes a cell: K, d, n, and whatever has a meaning and differs from its default. So spelling out a default,
 * another order, and settings that a later release adds leave every address as it is.
 */
export function cellSettings(settings: Settings): Settings {
  const complete = completeSettings(settings);
  return Object.fromEntries(Object.entries(STUDY_SETTING_TABLE).flatMap(([name, { default: usual, when }]) => {
    const value = complete[name];
    if (value === undefined || !(ALWAYS.includes(name) || value !== usual) || when?.(complete) === false) return [];
    return [[name, value] as const];
  }));
}

/** What of settings has a meaning, with the defaults that they leave out. */
export function shownSettings(settings: Settings): Settings {
  const complete = completeSettings(settings);
  return Object.fromEntries(Object.entries(complete).filter(([name]) => STUDY_SETTING_TABLE[name]?.when?.(complete) !== false));
}

/**
 * What keys the streams of a cell: only what fixes teacher, inputs and labels. Cells that differ in loss, start, step size or any
 * other choice of method get the same training sets (common random numbers): their differences have less noise than they have.
 */
export function streamText(cell: Settings): string {
  return Object.entries(cellSettings(cell)).filter(([name]) => OF_TRAINING_SET.includes(name)).map(([name, value]) => `${name}=${value}`).sort().join(',');
}

/** A value in its one form: activations by their canonical name, −0 as 0. */
export function canonicalValue(name: string, value: SettingValue): SettingValue {
  if (typeof value === 'number') return value === 0 ? 0 : value;
  return STUDY_SETTING_TABLE[name]?.kind === 'activation' ? parseActivation(value).name : value;
}

/** What a setting takes, in words. */
export function allowedValues({ kind, words = [], min = -Infinity, max = Infinity }: StudySetting): string {
  if (kind === 'activation') return `one of ${ACTIVATION_NAMES}`;
  if (kind === 'choice') return `one of ${words.join(', ')}`;
  return [`${kind === 'integer' ? 'an integer' : 'a number'} from ${min} to ${max}`, ...words].join(', or ');
}

/**
 * Checks one value, after expressions have been worked out.
 * @throws InputError for a value that the setting does not take
 */
export function requireValue(name: string, value: SettingValue): void {
  const setting = STUDY_SETTING_TABLE[name];
  if (setting.kind === 'activation' && typeof value === 'string') {
    parseActivation(value);
    return;
  }
  const { kind, words, min = -Infinity, max = Infinity } = setting;
  if (typeof value === 'string' ? words?.includes(value) : takesNumber(kind, value) && value >= min && value <= max) return;
  refuse(name, allowedValues(setting), value);
}

function takesNumber(kind: StudySetting['kind'], value: number): boolean {
  return kind === 'number' || (kind === 'integer' && Number.isInteger(value));
}
