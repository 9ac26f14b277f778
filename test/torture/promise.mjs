// What `basin check` promises: a file that it passes runs and is drawn, and a mistake in a file is found where it
// stands.
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { loadStudy } from '../../dist/studyfile/load.js';
import { filesWithMistake, studyFiles } from '../studyfile/anyStudy.mjs';
import { basin } from './here.mjs';
import { below } from './random.mjs';

export const isValid = (text) => !('problems' in loadStudy(text));

/** Only the data tells whether a loss curves upwards at a start: where no trial of a study has such a start, none runs. */
const NO_STEP = /all failed: step size \S+ needs a positive Hessian eigenvalue at every start, got .*; give a number/;

/**
 * What is wrong with what comes of a file that is valid: each of its figures is drawn, or the page says that no value
 * is there to draw.
 */
export async function runProblem(text, folder) {
  const [file, study] = [join(folder, 'promised.yaml'), join(folder, 'promised')];
  rmSync(study, { recursive: true, force: true });
  writeFileSync(file, text);
  const { code, stderr } = await basin('run', file, '--out', study, '--workers', '1');
  if (code === 4 && stderr.length === 1 && NO_STEP.test(stderr[0])) return undefined;
  if (code !== 0 || stderr.length > 0) return `exit code ${code}: ${stderr.join('\n')}`;
  const figures = join(study, 'figures');
  const drawn = existsSync(figures) ? readdirSync(figures).filter((name) => name.endsWith('.svg')).length : 0;
  const named = readFileSync(join(study, 'report.html'), 'utf8').split('nothing to draw yet').length - 1;
  const wanted = text.split('- kind:').length - 1;
  return drawn + named === wanted ? undefined : `${wanted} figures are wanted, ${drawn} drawn, ${named} named`;
}

/** What is wrong with what is said of a file with a mistake. */
export function mistakeProblem({ text, line, column }) {
  const { problems = [] } = loadStudy(text);
  return problems.some((problem) => problem.line === line && problem.column === column)
    ? undefined
    : `no problem at ${line}:${column}, but ${JSON.stringify(problems)}`;
}

const sampleOf = (arbitrary, random) => fc.sample(arbitrary, { numRuns: 1, seed: below(random, 2 ** 31) })[0];

export async function* promises(folder, random) {
  const path = join(folder, 'promised.yaml');
  for (;;) {
    const mistake = sampleOf(filesWithMistake, random);
    writeFileSync(path, mistake.text);
    yield { kind: `study file with ${mistake.kind}`, wrong: mistakeProblem(mistake), path };
    const text = sampleOf(studyFiles, random);
    if (isValid(text)) yield { kind: 'valid study file', wrong: await runProblem(text, folder), path };
  }
}
