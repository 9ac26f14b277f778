/** Shows the study file in the report, so that the study can be run again from the page alone. */
import type { ReportContent, StudyFileCopy } from './content.js';
import { escapeHtml } from './markup.js';

export function studyFileBlock({ studyFile }: ReportContent): string {
  if (studyFile === undefined) return '';
  const { name, text, rewritten, earlier } = studyFile;
  const notes = [
    rewritten
      ? 'No run has kept the file; this one was written from what the study holds, and says the same.'
      : `Kept in the study's folder as ${code(name)}.`,
    ...(earlier.length === 0
      ? []
      : [`Earlier runs of this folder were of other files, kept as ${earlier.map(code).join(', ')}.`]),
  ];
  return `<section>\n<h2>Study file</h2>\n<p class="quiet">${notes.join(' ')}</p>\n<pre>${escapeHtml(text.trimEnd())}</pre>\n</section>`;
}

/** Runs a saved study file in a folder of its own. */
export function ownCommand({ name }: StudyFileCopy, scale: ReportContent['scale']): string {
  return `basin run ${name}${scale === 'paper' ? '' : ` --scale ${scale}`}`;
}

function code(text: string): string {
  return `<code>${escapeHtml(text)}</code>`;
}
