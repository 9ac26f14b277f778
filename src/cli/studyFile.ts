/** Study files as commands read them. */
import { askedStudyFile, problemLines, type AskedStudyFile } from '../app/studyText.js';
import type { Scale } from '../settings/scale.js';
import type { InvalidStudy } from '../studyfile/load.js';
import { ifGiven } from './runOptions.js';
import { parseSeed, parseTrials } from './values.js';
import { warn } from './say.js';

/** The options that change a study file, as typed. */
export interface ChangeTexts {
  readonly seed?: string;
  readonly set: readonly string[];
  readonly trials?: string;
}

/**
 * The study of a file with the changes of a command line. Undefined when the file has mistakes, which have then been
 * printed on stderr, one line each.
 */
export async function chooseStudy(
  file: string,
  scale: Scale,
  { seed, set, trials }: ChangeTexts,
): Promise<AskedStudyFile | undefined> {
  const loaded = await askedStudyFile(file, scale, {
    seed: ifGiven(seed, parseSeed),
    set,
    trials: ifGiven(trials, parseTrials),
  });
  if (!('problems' in loaded)) return loaded;
  sayProblems(file, loaded);
  return undefined;
}

export function sayProblems(file: string, invalid: InvalidStudy): void {
  problemLines(file, invalid).forEach(warn);
}
