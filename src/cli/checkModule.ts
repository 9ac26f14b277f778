/** `basin check` of a module: the experiment that it would run, its digest and its files. */
import { moduleExperiment } from '../definitions/module.js';
import type { Experiment } from '../experiments/spec.js';
import { InputError } from '../base/errors.js';
import type { Scale } from '../settings/scale.js';
import { gridOf } from '../study/grid/cells.js';
import { resolveValues } from '../study/grid/values.js';
import { ExitCode, type ExitCodeValue } from './exit.js';
import { codeLines, codeOf } from './ownCode.js';
import { print, printJson } from './output.js';
import { warn } from './say.js';

/** A mistake is reported as one line, with its place in the message. */
export async function checkModule(file: string, scale: Scale, json: boolean): Promise<ExitCodeValue> {
  try {
    const experiment = await moduleExperiment(file);
    const size = sizeOf(experiment, scale);
    const document = {
      valid: true,
      problems: [],
      id: experiment.id,
      title: experiment.title,
      ...size,
      ...codeOf(experiment.code),
    };
    if (json) printJson(document);
    else print(describe(file, experiment, size));
    return ExitCode.done;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    if (json) printJson({ valid: false, problems: [{ message: error.message }] });
    else warn(error.message);
    return ExitCode.usage;
  }
}

interface Size {
  readonly cells: number;
  readonly trials: number;
}

function sizeOf(experiment: Experiment, scale: Scale): Size {
  const { cells } = gridOf({ experiment, values: resolveValues(experiment, scale, new Map()) }, 1);
  return { cells: cells.length, trials: cells.reduce((sum, { trials }) => sum + trials, 0) };
}

function describe(file: string, { id, title, code }: Experiment, { cells, trials }: Size): string {
  return [
    `${file}: ${title}`,
    `${id}: ${cells} cells, ${trials} trials`,
    ...(code === undefined ? [] : codeLines(code)),
  ].join('\n');
}
