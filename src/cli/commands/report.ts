import { InputError } from '../../base/errors.js';
import { isStandardOutput, STANDARD_OUTPUT } from '../../base/target.js';
import { writeWhole } from '../../base/whole.js';
import { adempMarkdown } from '../../report/adempText.js';
import { readStudy } from '../../store/open.js';
import type { StudyReader } from '../../store/reader.js';
import { ExitCode, type SetExitCode } from '../exit.js';
import { print, printJson } from '../output.js';
import { replacing, requireResultFolder } from '../resultFiles.js';
import { warn } from '../say.js';
import { parseDpi } from '../values.js';
import { drawStudy, problemsOf, reproduceDocument, studyContent } from '../../app/results.js';

interface ReportFlags {
  readonly out?: string;
  readonly json?: boolean;
  readonly dpi?: string;
  readonly pdf?: boolean;
  readonly latex?: boolean;
  /** a path, or true for standard output */
  readonly ademp?: string | true;
}

/** `basin report`: draws a study again from its store, or writes it in the ADEMP form for simulation studies. */
export const act =
  (setExitCode: SetExitCode) =>
  async (directory: string, { ademp, ...flags }: ReportFlags): Promise<void> => {
    if (ademp !== undefined && (flags.out !== undefined || flags.json === true))
      throw new InputError(`--ademp must go alone, got ${flags.json === true ? '--json' : '--out'} beside it`);
    if (flags.out !== undefined && flags.out !== directory) requireResultFolder('--out', flags.out);
    const store = readStudy(directory);
    try {
      const all =
        ademp === undefined ? await drewAll(store, flags) : wroteAll(store, ademp === true ? STANDARD_OUTPUT : ademp);
      if (!all) setExitCode(ExitCode.internal);
    } finally {
      store.close();
    }
  };

/** Returns false if a part could not be made or drawn. */
async function drewAll(
  store: StudyReader,
  { out = store.dir, json, dpi, pdf = false, latex = false }: Omit<ReportFlags, 'ademp'>,
): Promise<boolean> {
  const forms = { pdf, latex, dpi: dpi === undefined ? undefined : parseDpi(dpi) };
  const content = studyContent(store);
  const written = await drawStudy(store, content, warn, out, forms);
  if (json === true) printJson(reproduceDocument(store, content, written, out));
  else print([`report: ${written.report}`, ...written.figures, ...written.prints].join('\n'));
  return problemsOf(content, written).length === 0;
}

/** The same of the ADEMP form. */
function wroteAll(store: StudyReader, file: string): boolean {
  const content = studyContent(store);
  const problems = problemsOf(content);
  for (const problem of problems) warn(problem);
  writeAdemp(store.dir, adempMarkdown(content), file);
  return problems.length === 0;
}

function writeAdemp(study: string, text: string, file: string): void {
  if (isStandardOutput(file)) {
    print(text.trimEnd());
    return;
  }
  const write = (): void => {
    writeWhole(file, text);
  };
  replacing(file, write, study);
  print(`ademp: ${file}`);
}
