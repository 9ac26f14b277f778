/** The experiment or the study file that `draw` and `describe` are given. */
import type { ChosenProblem } from '../app/problem/choose.js';
import { moduleExperiment } from '../definitions/module.js';
import { isModule } from '../definitions/modules.js';
import { findExperiment } from '../experiments/registry.js';
import { SCALES } from '../settings/scale.js';
import { parseOverrides } from '../study/grid/overrides.js';
import { resolveValues } from '../study/grid/values.js';
import { parseChoice } from './options.js';
import { requestOfModule } from './request.js';
import { chosenStudy, isStudyFile } from '../app/studyText.js';
import { parseSeed } from './runOptions.js';
import { chooseStudy } from './studyFile.js';

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
  { scale: scaleText = 'paper', ...options }: ProblemTexts,
): Promise<ChosenProblem | undefined> {
  const scale = parseChoice('--scale', scaleText, SCALES);
  const study = await chooseStudy(file, scale, options);
  return study && { ...chosenStudy(study), scale, seed: study.seed };
}
