import { targetText } from '../../experiments/own/about.js';
import { studyUsing } from '../../definitions/load.js';
import type { StudySpec } from '../../experiments/own/spec.js';
import type { StudyFile } from '../../experiments/spec.js';
import { isModule } from '../../base/fileKinds.js';
import type { StudyWithCode } from '../../app/studyText.js';
import { checkModule } from '../checkModule.js';
import { codeLines, codeOf } from '../ownCode.js';
import { ExitCode, type SetExitCode } from '../exit.js';
import { parseScale } from '../values.js';
import { print, printJson } from '../output.js';
import { readStudyFile } from '../../app/studyText.js';
import { sayProblems } from '../studyFile.js';

/** `basin check`: reports whether a study file or a module is valid, and what it would run. */
export const act =
  (setExitCode: SetExitCode) => async (file: string, options: { readonly scale: string; readonly json?: boolean }) => {
    const scale = parseScale(options.scale);
    if (isModule(file)) {
      setExitCode(await checkModule(file, scale, options.json === true));
      return;
    }
    const loaded = await readStudyFile(file, scale);
    if ('problems' in loaded) {
      setExitCode(ExitCode.usage);
      if (options.json) printJson({ valid: false, problems: loaded.problems });
      else sayProblems(file, loaded);
      return;
    }
    if (options.json)
      printJson({
        valid: true,
        problems: [],
        ...sizeOf(loaded),
        axes: axesOf(loaded.spec),
        ...namedFiles(loaded.spec),
        ...codeOf(loaded.code),
      });
    else print(describe(file, loaded));
  };

function sizeOf({ spec, code }: StudyWithCode): { readonly cells: number; readonly trials: number } {
  const cells = studyUsing(spec, code).cells({});
  return { cells: cells.length, trials: cells.reduce((sum, cell) => sum + cell.trials, 0) };
}

function axesOf({ grid }: StudySpec): Record<string, readonly (string | number)[]> {
  return Object.fromEntries(Object.entries(grid).filter(([, values]) => values.length > 1));
}

function filesOf({ files = [] }: StudySpec): readonly Omit<StudyFile, 'data'>[] {
  return files.map(({ path, shape, value }) => ({ path, shape, value }));
}

function namedFiles(spec: StudySpec): object {
  return spec.files === undefined ? {} : { numbers: filesOf(spec) };
}

function describe(file: string, study: StudyWithCode): string {
  const { spec, code } = study;
  const { cells, trials } = sizeOf(study);
  const axes = Object.entries(axesOf(spec)).map(([name, values]) => `  ${name}: ${values.join(', ')}`);
  const files = filesOf(spec).map(({ path, shape, value }) => `  ${path}: (${shape.join(', ')}), ${value} in cells`);
  const target = targetText(spec);
  const more = target === undefined ? '' : `, and more until ${target}`;
  const size = `${cells} cells, ${trials} trials${more}`;
  const used = code === undefined ? [] : codeLines(code);
  return [`${file}: ${spec.title}`, size, ...axes, ...files, ...used].join('\n');
}
