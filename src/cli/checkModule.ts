/** `basin check` of a module: what it would run, its digest, its files. */
import { moduleExperiment } from '../definitions/module.js';
import type { Experiment, OwnCode } from '../experiments/spec.js';
import { InputError } from '../base/errors.js';
import type { Scale } from '../settings/scale.js';
import { gridOf, resolveValues } from '../study/grid/values.js';
import { ExitCode, type ExitCodeValue } from './exit.js';
import { print, printJson } from './output.js';
import { warn } from './say.js';

/** A mistake is one line, with its place in the message. */
export async function checkModule(file: string, scale: Scale, json: boolean): Promise<ExitCodeValue> {
  try {
    const experiment = await moduleExperiment(file);
    const document = {
      valid: true,
      problems: [],
      id: experiment.id,
      title: experiment.title,
      ...sizeOf(experiment, scale),
      ...codeOf(experiment.code),
    };
    if (json) printJson(document);
    else print(describe(file, document));
    return ExitCode.done;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    if (json) printJson({ valid: false, problems: [{ message: error.message }] });
    else warn(error.message);
    return ExitCode.usage;
  }
}

function sizeOf(experiment: Experiment, scale: Scale): { readonly cells: number; readonly trials: number } {
  const grid = gridOf(experiment, resolveValues(experiment, scale, new Map()));
  return { cells: grid.length, trials: grid.reduce((sum, { trials }) => sum + trials, 0) };
}

function codeOf(code: OwnCode | undefined): Pick<OwnCode, 'digest' | 'files'> {
  if (code === undefined) throw new Error('a module has no code');
  return { digest: code.digest, files: code.files };
}

interface Described extends Pick<OwnCode, 'digest' | 'files'> {
  readonly id: string;
  readonly title: string;
  readonly cells: number;
  readonly trials: number;
}

function describe(file: string, { id, title, cells, trials, digest, files }: Described): string {
  return [
    `${file}: ${title}`,
    `${id}: ${cells} cells, ${trials} trials`,
    `SHA-256 ${digest}, made of`,
    ...files.map(({ path }) => `  ${path}`),
  ].join('\n');
}
