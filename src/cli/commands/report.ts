import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ensureWritableDirectory } from '../../base/directory.js';
import { refuse } from '../../base/errors.js';
import { STORE_FILE } from '../../store/folder.js';
import { readStudy } from '../../store/open.js';
import { ExitCode, type SetExitCode } from '../exit.js';
import { print, printJson } from '../output.js';
import { warn } from '../say.js';
import { drawStudy, problemsOf, reproduceDocument, studyContent } from '../../app/results.js';

/** `basin report`: draws a study again from its store. */
export const act =
  (setExitCode: SetExitCode) =>
  async (directory: string, { out = directory, json = false }: { readonly out?: string; readonly json?: boolean }) => {
    requirePlace(directory, out);
    const store = readStudy(directory);
    try {
      const content = studyContent(store);
      const written = await drawStudy(store, content, warn, out);
      if (json) printJson(reproduceDocument(store, content, written, out));
      else print([`report: ${written.report}`, ...written.figures].join('\n'));
      if (problemsOf(content, written).length > 0) setExitCode(ExitCode.internal);
    } finally {
      store.close();
    }
  };

/** A report must not stand in for that of another study. */
function requirePlace(study: string, out: string): void {
  if (out === study) return;
  if (existsSync(join(out, STORE_FILE))) refuse('--out', 'a folder without a study', out);
  ensureWritableDirectory(out);
}
