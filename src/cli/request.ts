/** Turns the words of a command into a study. */
import { basename, extname, join } from 'node:path';
import { askedExperiments, askedModule, ofPrecision, type AskedOfPapers } from '../app/asked.js';
import type { Experiment } from '../experiments/spec.js';
import type { Precision } from '../core/descent/precisions.js';
import type { Scale } from '../settings/scale.js';
import { InputError } from '../base/errors.js';
import type { CodeChange } from '../study/replay/codeChange.js';
import type { StudyRequest } from '../app/request.js';
import { chosenExperiments } from './chosen.js';
import { ifGiven, parseLimits, parseWorkers, type LimitTexts } from './runOptions.js';
import {
  parseBudget,
  parseMost,
  parsePartitions,
  parsePrecision,
  parseScale,
  parseSeed,
  parseTrials,
  parseUntil,
} from './values.js';
import { chosenStudy, readStudyFile } from '../app/studyText.js';
import { changesInCopy } from '../app/studyCopy.js';
import { chooseStudy, type ChangeTexts } from './studyFile.js';

/** The options of a study, as typed. */
export interface RequestOptions extends LimitTexts {
  readonly scale?: string;
  readonly out?: string;
  readonly workers?: string;
  readonly budget?: string;
  readonly strict?: boolean;
  readonly precision?: string;
}

export interface ExperimentsOptions extends RequestOptions {
  readonly seed?: string;
  readonly partitions?: string;
  readonly until?: string;
  readonly most?: string;
  readonly set: readonly string[];
}

/** Experiments of the papers. Without ids, or with `all`, every experiment is chosen. */
export function requestOfIds(ids: readonly string[], options: ExperimentsOptions): StudyRequest {
  const experiments = chosenExperiments(ids);
  const scale = parseScale(options.scale ?? 'quick');
  const seed = ifGiven(options.seed, parseSeed) ?? 1;
  const { set } = options;
  const partitions = ifGiven(options.partitions, parsePartitions);
  const name = `${ids.length === 0 ? 'all' : ids.join('+')}-${scale}-seed${seed}`;
  return {
    ...askedExperiments(experiments, {
      scale,
      seed,
      set,
      partitions,
      precision: precisionOf(options),
      until: untilOf(options),
    }),
    ...placeAndTime(options, name),
  };
}

function untilOf({ until, most }: ExperimentsOptions): AskedOfPapers['until'] {
  if (until === undefined) {
    if (most !== undefined) throw new InputError(`--most must be given with --until decided, got --most ${most} alone`);
    return undefined;
  }
  parseUntil(until);
  return { most: ifGiven(most, parseMost) };
}

function precisionOf({ precision = 'float64' }: RequestOptions): Precision {
  return parsePrecision(precision);
}

/** What to do when the user's own code has changed. */
export interface CodeOptions extends RequestOptions {
  readonly newVersion?: boolean;
  readonly sameVersion?: boolean;
}

/** The options of a study or module of a user's own, as typed. */
export interface OwnOptions extends CodeOptions, ChangeTexts {}

/** The experiment of a user's module. Throws `InputError` for a module with a mistake. */
export function requestOfModule(file: string, experiment: Experiment, options: OwnOptions): StudyRequest {
  const { set } = options;
  const scale = parseScale(options.scale ?? 'paper');
  const [seed, trials] = [ifGiven(options.seed, parseSeed) ?? 1, ifGiven(options.trials, parseTrials)];
  return {
    ...askedModule(experiment, { scale, seed, set, trials, precision: precisionOf(options) }),
    codeChange: codeChangeOf(options),
    ...placeAndTime(options, nameOf(file, scale)),
  };
}

function withoutCode({ newVersion, sameVersion }: CodeOptions): CodeChange {
  if (newVersion === true || sameVersion === true)
    throw new InputError('--new-version and --same-version are of code of your own, got a study file without use:');
  return 'refuse';
}

function codeChangeOf({ newVersion = false, sameVersion = false }: CodeOptions): CodeChange {
  if (newVersion && sameVersion)
    throw new InputError('--new-version and --same-version must not be given together, got both');
  if (newVersion) return 'new-version';
  return sameVersion ? 'same-version' : 'refuse';
}

function nameOf(file: string, scale: Scale): string {
  return `${basename(file, extname(file))}${scale === 'paper' ? '' : `-${scale}`}`;
}

/** A user's own study. Undefined when its file has mistakes, which have then been printed on stderr. */
export async function requestOfFile(file: string, options: OwnOptions): Promise<StudyRequest | undefined> {
  const scale = parseScale(options.scale ?? 'paper');
  const study = await chooseStudy(file, scale, options);
  if (study === undefined) return undefined;
  const { seed, text, code } = study;
  const place = placeAndTime(options, nameOf(file, scale));
  const isUnchanged = Object.keys(study.overrides).length === 0;
  const overrides = isUnchanged ? changesInCopy(file, place.directory) : study.overrides;
  return {
    chosen: [chosenStudy(study)],
    codeChange: code === undefined ? withoutCode(options) : codeChangeOf(options),
    studyText: text,
    identity: { seed, scale, overrides, ...ofPrecision(precisionOf(options)) },
    ...place,
  };
}

/** The same study at scale quick; undefined when the file does not define that scale. */
export async function quickRequestOfFile(file: string, options: OwnOptions): Promise<StudyRequest | undefined> {
  const loaded = await readStudyFile(file, 'quick');
  return 'problems' in loaded ? undefined : await requestOfFile(file, { ...options, scale: 'quick' });
}

function placeAndTime(
  options: RequestOptions,
  name: string,
): Pick<StudyRequest, 'directory' | 'workers' | 'limits' | 'budgetSeconds' | 'strict'> {
  const { out, workers, budget, strict = false } = options;
  const precision = precisionOf(options);
  return {
    directory: out ?? join('studies', precision === 'float64' ? name : `${name}-${precision}`),
    workers: parseWorkers(workers),
    limits: parseLimits(options),
    strict,
    ...(budget === undefined ? {} : { budgetSeconds: parseBudget(budget) }),
  };
}
