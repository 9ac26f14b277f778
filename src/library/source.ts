/** What `runStudy` is given, as the study that it means. */
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { askedExperiments, askedModule, MOST_TRIALS, type AskedStudy } from '../app/asked.js';
import type { StudyRequest } from '../app/request.js';
import { oneOf, wholeNumber } from '../base/allowed.js';
import { InputError, refuse } from '../base/errors.js';
import { readBytes } from '../base/read.js';
import { MOST_PARTITIONS } from '../core/kernels/partitions.js';
import { moduleExperiment } from '../definitions/module.js';
import { isModule } from '../definitions/modules.js';
import { studyExperiment } from '../experiments/own/experiment.js';
import { specValues } from '../experiments/own/stored.js';
import { findExperiment } from '../experiments/registry.js';
import { SCALES, type Scale } from '../settings/scale.js';
import { decodeText } from '../studyfile/document.js';
import { loadStudy, type InvalidStudy } from '../studyfile/load.js';
import type { RunStudyOptions, StudySource } from './options.js';

type Source = AskedStudy & Pick<StudyRequest, 'studyText' | 'codeChange'>;

/** Throws `InputError` for a source with mistakes, and for options that it does not take. */
export async function studyOf(source: StudySource, options: RunStudyOptions): Promise<Source> {
  if (typeof source === 'string' || source instanceof URL) {
    const file = source instanceof URL ? fileURLToPath(source) : source;
    if (isModule(file)) return await ofModule(file, options);
    if (/\.ya?ml$/i.test(file)) return ofStudyFile(file, options);
    return refuse(
      'a study',
      'a study file (.yaml), or a module (.ts, .js)',
      extname(file) === '' ? file : extname(file),
    );
  }
  const given: unknown = source;
  if (typeof given === 'object' && given !== null) {
    if ('text' in source) return ofText('text', source.text, options);
    if ('experiments' in source) return ofPapers([source.experiments].flat(), options);
  }
  throw new InputError(
    "a study must be a file's path or URL, { text } or { experiments }, got " +
      'something else; a definition is given by its file: workers load it from there',
  );
}

async function ofModule(file: string, options: RunStudyOptions): Promise<Source> {
  refuseGiven(options, ['partitions'], 'a module');
  const { codeChange = 'refuse' } = options;
  const trials = options.trials === undefined ? undefined : wholeNumber('trials', options.trials, 1, MOST_TRIALS);
  return {
    ...askedModule(await moduleExperiment(file), { ...common(options, 'paper'), trials }),
    codeChange: oneOf('codeChange', codeChange, ['refuse', 'new-version', 'same-version']),
  };
}

function ofPapers(ids: readonly string[], options: RunStudyOptions): Source {
  refuseGiven(options, ['trials', 'codeChange'], "a paper's experiment");
  const partitions =
    options.partitions === undefined ? undefined : wholeNumber('partitions', options.partitions, 1, MOST_PARTITIONS);
  if (ids.length === 0) refuse('experiments', 'at least one id', 'none');
  const experiments = [...new Set(ids)].map(findExperiment);
  return askedExperiments(experiments, { ...common(options, 'quick'), partitions });
}

function ofStudyFile(file: string, options: RunStudyOptions): Source {
  const text = decodeText(readBytes(file));
  if (typeof text !== 'string') throw mistakes(file, { problems: [text] });
  return ofText(file, text, options);
}

function ofText(name: string, text: string, options: RunStudyOptions): Source {
  refuseGiven(options, ['seed', 'set', 'trials', 'codeChange', 'partitions'], 'a study file, which has a line for it');
  const scale = oneOf('scale', options.scale ?? 'paper', SCALES);
  const loaded = loadStudy(text, scale);
  if ('problems' in loaded) throw mistakes(name, loaded);
  const { spec, seed } = loaded;
  return {
    chosen: [{ experiment: studyExperiment(spec), values: specValues(spec) }],
    studyText: text,
    identity: { seed, scale, overrides: {} },
  };
}

/** Every mistake, a line each. */
function mistakes(name: string, { problems }: InvalidStudy): InputError {
  return new InputError(
    problems.map(({ line, column, message }) => `${name}:${line}:${column}: ${message}`).join('\n'),
  );
}

function common(options: RunStudyOptions, usualScale: Scale): { scale: Scale; seed: number; set: readonly string[] } {
  return {
    scale: oneOf('scale', options.scale ?? usualScale, SCALES),
    seed: wholeNumber('seed', options.seed ?? 1, 0, Number.MAX_SAFE_INTEGER),
    set: Object.entries(options.set ?? {}).map(([key, value]) => `${key}=${[value].flat().join(',')}`),
  };
}

function refuseGiven(options: RunStudyOptions, names: readonly (keyof RunStudyOptions)[], source: string): void {
  const given = names.find((name) => options[name] !== undefined);
  if (given !== undefined) throw new InputError(`${given} must not be given with ${source}`);
}
