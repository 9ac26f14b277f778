/** Arguments and options of the command for nights. */
import { Command } from 'commander';
import { SCALES } from '../../settings/scale.js';
import { DEFAULT_WORKERS, STRICT } from './words.js';
import { lazily, type MakeCommand } from './lazily.js';

const nightly = (): Command =>
  new Command('nightly')
    .description(
      'run all experiments within a budget, continuing the night before: history, page, JUnit, a verdict for every published number',
    )
    .argument('[ids...]', "experiment ids (see basin list), or 'all' (the default)")
    .option('--scale <scale>', SCALES.join(' | '), 'paper')
    .option('--budget <duration>', 'end the night after this time, e.g. 20m', '6h')
    .option('--keep <n>', 'rounds whose studies are kept; the history keeps all', '30')
    .option('--out <dir>', 'folder of all nights', 'nightly')
    .option('--workers <n>', `worker threads (default: ${DEFAULT_WORKERS})`)
    .option('--seed <n>', 'study seed of every round (default: the number of the round)')
    .option('--strict', STRICT)
    .option('--json', 'print one JSON document')
    .addHelpText('after', '\nExample:\n  basin nightly --budget 6h --keep 30 --out nightly\n');

export const commands: readonly MakeCommand[] = [lazily(nightly, () => import('../commands/nightly.js'))];
