import { describeStudy, type StudyDescription } from '../../app/describe.js';
import { formatSeconds } from '../../base/amounts.js';
import { key, named, prose } from '../../report/table.js';
import { cellText } from '../../settings/cellText.js';
import { chosenProblem, type ProblemTexts } from '../chosenProblem.js';
import { ExitCode, type SetExitCode } from '../exit.js';
import { pairs, paragraph, print, printJson, table } from '../output.js';

/** `basin describe`: reports what a study will do. */
export const act =
  (setExitCode: SetExitCode) => async (what: string, options: ProblemTexts & { readonly json?: boolean }) => {
    const chosen = await chosenProblem(what, options);
    if (chosen === undefined) {
      setExitCode(ExitCode.usage);
      return;
    }
    const description = describeStudy(chosen);
    if (options.json) printJson(description);
    else print(inWords(description));
  };

const MOST_CELLS = 12;

function inWords(described: StudyDescription): string {
  const { id, title, source, description, scale, seed, settings, measures, curves, claims, openChoices } = described;
  return [
    paragraph(`${id}: ${title} (${source}), scale ${scale}, seed ${seed}`),
    ...(description === '' ? [] : [paragraph(description)]),
    sizeInWords(described),
    '',
    table(
      [key(named('setting')), prose('value'), prose('meaning')],
      settings.map(({ name, values, meaning, given }) => [`${name}${given ? ' *' : ''}`, values, meaning]),
    ),
    '* given; the others are defaults',
    ...section(
      'measures of a cell:',
      measures.map(({ name, description: text }) => [name, text]),
    ),
    ...section(
      'curves:',
      curves.map(({ name, description: text }) => [name, text]),
    ),
    ...section(
      'claims:',
      claims.map((claim) => [claim.id, `${claim.statement} (${claim.source})`]),
    ),
    ...(openChoices.length === 0
      ? []
      : [
          '',
          'choices that the paper leaves open:',
          ...openChoices.map((choice) => `  - ${paragraph(choice, '    ')}`),
        ]),
  ].join('\n');
}

function sizeInWords({ cells, trials, grows, coreSeconds }: StudyDescription): string {
  const more = cells.length > MOST_CELLS ? [`  … ${cells.length - MOST_CELLS} more`] : [];
  return [
    `${cells.length} cells, ${trials} trials${grows ? ', and more as results say' : ''}, about ${formatSeconds(coreSeconds)} of core time:`,
    ...cells.slice(0, MOST_CELLS).map(({ settings, trials: count }) => `  ${cellText(settings)}: ${count} trials`),
    ...more,
  ].join('\n');
}

function section(title: string, rows: readonly (readonly string[])[]): string[] {
  return rows.length === 0 ? [] : ['', title, pairs(rows)];
}
