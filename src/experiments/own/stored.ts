/** A study of one's own in its store: a text with the content of its file, and the numbers of its files. */
import { InputError } from '../../base/errors.js';
import { isFileValue, type ValuesByName } from '../../settings/types.js';
import type { StudyFile } from '../spec.js';
import { STUDY_SETTING_KINDS } from './settings.js';
import { FIGURE_KINDS, streamsText, type FigureSpec, type StudySpec } from './spec.js';

export function specText(spec: StudySpec): string {
  return JSON.stringify({ ...spec, files: undefined });
}

/**
 * The values stored beside the text: the streams, and the numbers of files. The numbers of files are a list, which may
 * change like the values of an axis.
 */
export function studyValues({ files, streams }: StudySpec): ValuesByName {
  return {
    // The streams are a single value, not a list, so they cannot change: a study must not continue with other random
    // numbers at the same addresses.
    ...(streams === undefined ? {} : { streams: streamsText(streams) }),
    ...(files === undefined ? {} : { files: files.map((file) => JSON.stringify(file)) }),
  };
}

/** The part of a store that defines a study. */
export interface StoredStudy {
  readonly values: ValuesByName;
  readonly study?: string | undefined;
}

/** Throws `InputError` when the stored values do not form a study, because a store may be damaged. */
export function storedSpec({ study, values: { files: texts } }: StoredStudy): StudySpec {
  const spec = study === undefined ? undefined : parsed(study);
  const files = Array.isArray(texts) ? texts.map((text) => parsed(String(text))) : [];
  if (!isSpec(spec) || !files.every(isFile))
    throw new InputError(
      'what is stored of a study must be what basin run makes of a study file, got others: the store is damaged, restore a copy',
    );
  return files.length === 0 ? spec : { ...spec, files };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const isText = (value: unknown): boolean => typeof value === 'string';
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isList = (value: unknown, isItem: (item: unknown) => boolean): boolean =>
  Array.isArray(value) && value.every(isItem);
const isAxisValue = (value: unknown): boolean => isText(value) || Number.isFinite(value);

type Check = (value: unknown) => boolean;
const areTexts: Check = (value) => isList(value, isText);

const REQUIRED: Readonly<Record<string, Check>> = {
  title: isText,
  description: isText,
  grid: isGrid,
  trials: Number.isSafeInteger,
  measures: areTexts,
  figures: (value) => isList(value, isFigure),
};
const OPTIONAL: Readonly<Record<string, Check>> = {
  use: areTexts,
  summaries: (value) => isObject(value) && Object.values(value).every(isSummary),
  differences: (value) => isObject(value) && Object.values(value).every(isDifference),
  precision: isObject,
  boundary: isObject,
  streams: isStreams,
};

function isSpec(value: unknown): value is StudySpec {
  if (!isObject(value)) return false;
  const isOptional = ([key, check]: readonly [string, Check]): boolean => value[key] === undefined || check(value[key]);
  return (
    Object.entries(REQUIRED).every(([key, check]) => check(value[key])) && Object.entries(OPTIONAL).every(isOptional)
  );
}

function isStreams(value: unknown): boolean {
  if (!isObject(value)) return false;
  return isText(value['of']) && Number.isSafeInteger(value['version']) && isList(value['cells'], isText);
}

function isFile(value: unknown): value is StudyFile {
  if (!isObject(value)) return false;
  const { value: name, path, shape, data } = value;
  return isFileValue(name) && isText(path) && isText(data) && isList(shape, Number.isSafeInteger);
}

function isGrid(value: unknown): boolean {
  return (
    isObject(value) &&
    Object.entries(value).every(([key, axis]) => Object.hasOwn(STUDY_SETTING_KINDS, key) && isList(axis, isAxisValue))
  );
}

function isSummary(value: unknown): boolean {
  return isObject(value) && isText(value['of']) && isText(value['statistic']);
}

function isDifference(value: unknown): boolean {
  const isPair = (one: unknown): boolean => isList(one, isAxisValue) && Array.isArray(one) && one.length === 2;
  return (
    isObject(value) && isSummary(value) && isObject(value['between']) && Object.values(value['between']).every(isPair)
  );
}

function isFigure(value: unknown): value is FigureSpec {
  if (!isObject(value)) return false;
  const { kind, measure, spec } = value;
  return FIGURE_KINDS.some((one) => one === kind) && (kind === 'vega-lite' ? isObject(spec) : isText(measure));
}
