/** The experiment or the study file that `draw` and `describe` are given. */
import type { ChosenProblem } from '../app/problem/choose.js';
import { studyUsing, vocabularyOf } from '../definitions/load.js';
import { inForce } from '../definitions/within.js';
import { moduleExperiment } from '../definitions/module.js';
import { isModule } from '../definitions/modules.js';
import { findExperiment } from '../experiments/registry.js';
import { studyValues } from '../experiments/own/stored.js';
import { SCALES } from '../settings/scale.js';
import { parseOverrides } from '../study/grid/overrides.js';
import { resolveValues } from '../study/grid/values.js';
import { overridden } from '../studyfile/override.js';
import { parseChoice, parseInteger } from './options.js';
import { requestOfModule } from './request.js';
import { isStudyFile, readStudyFile } from '../app/studyText.js';
import { sayProblems } from './studyFile.js';

export interface ProblemTexts {
  readonly scale?: string;
  readonly seed?: string;
  readonly set: readonly string[];
}

/**
 * Accepts an id, a study file or a module. Undefined when the file has mistakes, which have then been printed on
 * stderr.
 */
export async function chosenProblem(what: string, options: ProblemTexts): Promise<ChosenProblem | undefined> {
  if (isModule(what)) return await ofModule(what, options);
  return isStudyFile(what) ? await ofFile(what, options) : ofId(what, options);
}

function ofId(id: string, { scale: scaleText = 'quick', seed, set }: ProblemTexts): ChosenProblem {
  const experiment = findExperiment(id);
  const scale = parseChoice('--scale', scaleText, SCALES);
  const values = resolveValues(experiment, scale, parseOverrides(set, [experiment]).of(id));
  return { experiment, values, scale, seed: parseSeed(seed) ?? 1 };
}

async function ofModule(file: string, { seed, ...options }: ProblemTexts): Promise<ChosenProblem> {
  const request = requestOfModule(file, await moduleExperiment(file), { ...options, seed: seed ?? '1' });
  const [{ experiment, values }] = request.chosen;
  return { experiment, values, ...request.identity };
}

async function ofFile(
  file: string,
  { scale: scaleText = 'paper', seed, set }: ProblemTexts,
): Promise<ChosenProblem | undefined> {
  const scale = parseChoice('--scale', scaleText, SCALES);
  const loaded = await readStudyFile(file, scale);
  if ('problems' in loaded) {
    sayProblems(file, loaded);
    return undefined;
  }
  const { code } = loaded;
  const spec = inForce(vocabularyOf(code), () => overridden(loaded.spec, set));
  return { experiment: studyUsing(spec, code), values: studyValues(spec), scale, seed: parseSeed(seed) ?? loaded.seed };
}

function parseSeed(text: string | undefined): number | undefined {
  return text === undefined ? undefined : parseInteger('--seed', text, 0, Number.MAX_SAFE_INTEGER);
}
