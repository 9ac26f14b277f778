import { isStandardOutput } from '../../base/target.js';
import { InputError } from '../../base/errors.js';
import { storedExperiment } from '../../definitions/stored.js';
import { exportStudy, type ExportOutcome } from '../../export/export.js';
import { storedExperiments } from '../../store/chosen.js';
import { readStudy } from '../../store/open.js';
import { print } from '../output.js';
import { replacing } from '../resultFiles.js';
import { say } from '../say.js';
import { parseFormat, parseTable } from '../exportWords.js';

interface ExportFlags {
  readonly what: string;
  readonly format: string;
  readonly out: string;
  readonly all?: boolean;
}

/** `basin export`: writes a study's tables for other programs. */
export const act = () => runExport;

function runExport(directory: string, ids: readonly string[], { out: file, all = false, ...given }: ExportFlags): void {
  const what = parseTable(given.what);
  const format = parseFormat(given.format);
  if (all && what === 'cells')
    throw new InputError('--all must go with --what trials or curves, got cells: estimates are of what is planned');
  const store = readStudy(directory);
  try {
    const experiments = storedExperiments(store, ids);
    const outcome = replacing(file, () =>
      exportStudy(store, { what, format, file, all, experiments, experimentOf: storedExperiment }),
    );
    for (const note of notesOn(outcome)) say(`export: ${note}`);
    if (!isStandardOutput(file)) print(`${what}: ${file}`);
  } finally {
    store.close();
  }
}

function notesOn({ leftOut, problems, infinite }: ExportOutcome): string[] {
  return [
    ...problems,
    ...(leftOut > 0 ? [`without the trials that the study no longer plans: ${leftOut} (--all writes them too)`] : []),
    ...(infinite > 0
      ? [`infinite numbers that are null, as JSON cannot say them: ${infinite} (csv and parquet keep them)`]
      : []),
  ];
}
