import { Command } from 'commander';
import { readStudy } from '../../store/open.js';
import { print, printJson } from '../output.js';
import { drawStudy, reproduceDocument, studyContent } from '../results.js';

/** `basin report`: draws a study again from its store. */
export function reportCommand(): Command {
  return new Command('report')
    .description('draw a study again from its store: report.html, figures/*.svg, .png, .csv and Vega-Lite specs')
    .argument('<dir>', 'study folder')
    .option('--json', 'print one JSON document')
    .addHelpText('after', '\nExample:\n  basin report studies/fu2018-fig3-quick-seed1\n')
    .action(async (directory: string, options: { json?: boolean }) => {
      const store = readStudy(directory);
      try {
        const content = studyContent(store);
        const written = await drawStudy(store, content);
        if (options.json) printJson(reproduceDocument(store, content, written));
        else print([`report: ${written.report}`, ...written.figures].join('\n'));
      } finally {
        store.close();
      }
    });
}
