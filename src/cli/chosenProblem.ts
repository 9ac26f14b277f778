/** The experiment or the study file that `draw` and `describe` are given. */
import type { ChosenProblem } from '../app/problem/choose.js';
import { moduleExperiment } from '../definitions/module.js';
import { isModule, isStudyFile } from '../base/fileKinds.js';
import { findExperiment } from '../experiments/registry.js';
import { parseOverrides } from '../study/grid/overrides.js';
import { resolveValues } from '../study/grid/values.js';
import { requestOfModule } from './request.js';
import { chosenStudy } from '../app/studyText.js';
import { ifGiven } from './runOptions.js';
import { chooseStudy } from './studyFile.js';
import { parseScale, parseSeed } from './values.js';

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
  const scale = parseScale(scaleText);
  const values = resolveValues(experiment, scale, parseOverrides(set, [experiment]).of(id));
  return { experiment, values, scale, seed: ifGiven(seed, parseSeed) ?? 1 };
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
  const scale = parseScale(scaleText);
  const study = await chooseStudy(file, scale, options);
  return study && { ...chosenStudy(study), scale, seed: study.seed };
}
