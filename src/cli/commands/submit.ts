import { Command } from 'commander';
import { refuse } from '../../core/errors.js';
import type { SetExitCode } from '../exit.js';
import { parseChoice, STRICT } from '../options.js';
import { withQueueOptions } from '../queueUrl.js';
import { submitToQueue } from '../submitQueue.js';
import { submitToSlurm } from '../submitSlurm.js';
import type { SubmitOptions } from '../submission.js';

const ENGINES = ['slurm', 'bullmq'] as const;

/** `basin submit`: a plan on an engine, until the store is complete. */
export function submitCommand(setExitCode: SetExitCode): Command {
  return withQueueOptions(new Command('submit'), 'bullmq: ')
    .description('submit what is missing, wait, merge, and again, until the study folder is complete')
    .argument('[extra...]', 'slurm: after --, further options for sbatch, e.g. -- --partition=long --time=4:00:00')
    .requiredOption('--engine <name>', ENGINES.join(' | '))
    .requiredOption('--plan <file>', 'the plan')
    .requiredOption('--store <dir>', 'study folder, on a disk of this machine')
    .option('--units <dir>', 'slurm: folder of unit results that all machines see')
    .option('--shards <n>', 'slurm: tasks of the array (default: one per unit, as many as Slurm allows)')
    .option('--rounds <k>', 'slurm: submit what is missing at most so many times', '5')
    .option('--settle <duration>', 'slurm: how long a finished task may take to show its file', '5s')
    .option('--allow-volatile', 'bullmq: take a Redis that loses its queue in a crash')
    .option('--poll <duration>', 'time between two looks at the queue', '10s')
    .option('--strict', STRICT)
    .option('--json', 'print one JSON document')
    .addHelpText('after', `
Example:
  basin submit --engine slurm --plan plan.json --store study --units /shared/units -- --time=1:00:00
  BASIN_QUEUE=redis://:secret@desk7:6379 basin submit --engine bullmq --plan plan.json --store study
`)
    .action(async (extra: readonly string[], options: SubmitOptions) => {
      const engine = parseChoice('--engine', options.engine, ENGINES);
      if (engine === 'bullmq' && extra.length > 0) refuse('further arguments of --engine bullmq', 'none', extra.join(' '));
      setExitCode(await (engine === 'slurm' ? submitToSlurm(extra, options) : submitToQueue(options)));
    });
}
