/** Turns the source that `runStudy` is given into a study. */
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { askedExperiments, askedModule, ofPrecision, type Asked, type AskedStudy } from '../app/asked.js';
import type { StudyRequest } from '../app/request.js';
import { chosenStudy, problemLines, readStudyFile, studyOfText, type ReadStudy } from '../app/studyText.js';
import { filledText, oneOf, requireNames, requireTexts, wholeNumber } from '../base/allowed.js';
import { InputError, refuse } from '../base/errors.js';
import { isModule, isStudyFile } from '../base/fileKinds.js';
import { PRECISIONS, type Precision } from '../core/descent/precisions.js';
import { MOST_PARTITIONS } from '../core/kernels/partitions.js';
import { moduleExperiment } from '../definitions/module.js';
import { findExperiment } from '../experiments/registry.js';
import { SCALES, type Scale } from '../settings/scale.js';
import { MOST_TRIALS } from '../settings/trials.js';
import { CODE_CHANGES, type CodeChange } from '../study/replay/codeChange.js';
import type { InvalidStudy } from '../studyfile/load.js';
import type { RunStudyOptions, StudySource } from './options.js';
import { setTexts } from './set.js';

type Source = AskedStudy & Pick<StudyRequest, 'studyText' | 'codeChange'>;

/** Throws `InputError` for a source with mistakes, and for options that this kind of source does not take. */
export async function studyOf(source: StudySource, options: RunStudyOptions): Promise<Source> {
  if (typeof source === 'string' || source instanceof URL) {
    const file = source instanceof URL ? pathOf(source) : source;
    if (isModule(file)) return await ofModule(file, options);
    if (isStudyFile(file)) return await ofStudyFile(file, options);
    return refuse(
      'a study',
      'a study file (.yaml), or a module (.ts, .js)',
      extname(file) === '' ? file : extname(file),
    );
  }
  const given: unknown = source;
  if (typeof given === 'object' && given !== null) {
    if ('text' in source) {
      requireNames('the source { text }', source, { text: true });
      return await ofText(filledText('text', source.text, 'the text of a study file'), options);
    }
    if ('experiments' in source) {
      requireNames('the source { experiments }', source, { experiments: true });
      return ofPapers([source.experiments].flat(), options);
    }
  }
  return refuse(
    'a study',
    "a file's path or URL, { text } or { experiments }; a definition is given by its file, as workers load it",
    given,
  );
}

function pathOf(url: URL): string {
  try {
    return fileURLToPath(url);
  } catch {
    return refuse('the URL of a study', 'a file: URL of this machine', url.href);
  }
}

async function ofModule(file: string, options: RunStudyOptions): Promise<Source> {
  refuseGiven(options, ['partitions'], 'a module');
  const trials = options.trials === undefined ? undefined : wholeNumber('trials', options.trials, 1, MOST_TRIALS);
  return {
    ...askedModule(await moduleExperiment(file), { ...common(options, 'paper'), trials }),
    codeChange: codeChangeOf(options),
  };
}

function ofPapers(ids: readonly string[], options: RunStudyOptions): Source {
  refuseGiven(options, ['trials', 'codeChange'], "a paper's experiment");
  const partitions =
    options.partitions === undefined ? undefined : wholeNumber('partitions', options.partitions, 1, MOST_PARTITIONS);
  if (ids.length === 0) refuse('experiments', 'at least one id', 'none');
  for (const id of ids) requireTexts({ 'an id in experiments': id });
  const experiments = [...new Set(ids)].map(findExperiment);
  return askedExperiments(experiments, { ...common(options, 'quick'), partitions });
}

async function ofStudyFile(file: string, options: RunStudyOptions): Promise<Source> {
  const scale = scaleOfFile(options);
  const read = await readStudyFile(file, scale);
  return ofStudy(file, read, options);
}

async function ofText(text: string, options: RunStudyOptions): Promise<Source> {
  const scale = scaleOfFile(options);
  const loaded = await studyOfText('text', text, scale);
  return ofStudy('text', 'problems' in loaded ? loaded : { ...loaded, text }, options);
}

function scaleOfFile(options: RunStudyOptions): Scale {
  refuseGiven(options, ['seed', 'set', 'trials', 'partitions'], 'a study file, which has a line for it');
  return oneOf('scale', options.scale ?? 'paper', SCALES);
}

function ofStudy(name: string, study: ReadStudy | InvalidStudy, options: RunStudyOptions): Source {
  if ('problems' in study) throw new InputError(problemLines(name, study).join('\n'));
  if (study.code === undefined) refuseGiven(options, ['codeChange'], 'a study file without use:');
  return {
    chosen: [chosenStudy(study)],
    studyText: study.text,
    codeChange: codeChangeOf(options),
    identity: { seed: study.seed, scale: scaleOfFile(options), overrides: {}, ...ofPrecision(precisionOf(options)) },
  };
}

function codeChangeOf({ codeChange = 'refuse' }: RunStudyOptions): CodeChange {
  return oneOf('codeChange', codeChange, CODE_CHANGES);
}

function common(options: RunStudyOptions, usualScale: Scale): Asked {
  return {
    scale: oneOf('scale', options.scale ?? usualScale, SCALES),
    seed: wholeNumber('seed', options.seed ?? 1, 0, Number.MAX_SAFE_INTEGER),
    set: setTexts(options.set),
    precision: precisionOf(options),
  };
}

function precisionOf({ precision = 'float64' }: RunStudyOptions): Precision {
  return oneOf('precision', precision, PRECISIONS);
}

function refuseGiven(options: RunStudyOptions, names: readonly (keyof RunStudyOptions)[], source: string): void {
  const given = names.find((name) => options[name] !== undefined);
  if (given !== undefined) throw new InputError(`${given} must not be given with ${source}`);
}
