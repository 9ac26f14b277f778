import { Command } from 'commander';
import { EXPORT_FORMATS, exportTrials } from '../../store/export.js';
import { readStudy } from '../../store/open.js';
import { parseChoice } from '../options.js';
import { print } from '../output.js';

/** `basin export`: the trial table for other programs. */
export function exportCommand(): Command {
  return new Command('export')
    .description('write the trial table of a study')
    .argument('<dir>', 'study folder')
    .requiredOption('--format <format>', EXPORT_FORMATS.join(' | '))
    .requiredOption('--out <file>', 'file to write')
    .addHelpText('after', '\nExample:\n  basin export studies/fu2018-fig3-quick-seed1 --format csv --out trials.csv\n')
    .action((directory: string, options: { format: string; out: string }) => {
      const format = parseChoice('--format', options.format, EXPORT_FORMATS);
      const store = readStudy(directory);
      try {
        exportTrials(store, format, options.out);
        print(`trials: ${options.out}`);
      } finally {
        store.close();
      }
    });
}
