/**
 * Arguments and options of the commands for several machines. This module must load quickly, because every mistake in a
 * command line loads it.
 */
import { Command } from 'commander';
import { requireFile } from '../studyNames.js';
import {
  checked,
  parseIdle,
  parseLock,
  parsePoll,
  parseRounds,
  parseSettle,
  parseShards,
  parseWorkerCount,
} from '../values.js';
import { ENGINES, STRICT, withQueueOptions } from './words.js';
import { lazily, type MakeCommand } from './lazily.js';

const merge = (): Command =>
  new Command('merge')
    .description('put unit results into a study folder; may run any time, any number of times')
    .argument('<dirs...>', 'folders with unit results')
    .requiredOption('--plan <file>', 'the plan that the units are of', checked(requireFile))
    .requiredOption('--store <dir>', 'study folder')
    .option('--strict', STRICT)
    .option('--json', 'print one JSON document')
    .addHelpText('after', '\nExample:\n  basin merge units --plan plan.json --store study\n');

const missing = (): Command =>
  new Command('missing')
    .description('the units, or shards, that a study folder lacks; nothing when it is complete')
    .requiredOption('--plan <file>', 'the plan', checked(requireFile))
    .requiredOption('--store <dir>', 'study folder; need not exist yet')
    .option(
      '--shards <n>',
      'print which of this many shards have something to do, as for sbatch --array=',
      checked(parseShards),
    )
    .option('--json', 'print one JSON document')
    .addHelpText('after', '\nExample:\n  basin missing --plan plan.json --store study --shards 100\n');

const submit = (): Command =>
  withQueueOptions(new Command('submit'), 'bullmq: ')
    .description('submit what is missing, wait, merge, and again, until the study folder is complete')
    .argument('[extra...]', 'slurm: after --, further options for sbatch, e.g. -- --partition=long --time=4:00:00')
    .requiredOption('--engine <name>', ENGINES.join(' | '))
    .requiredOption('--plan <file>', 'the plan', checked(requireFile))
    .requiredOption('--store <dir>', 'study folder, on a disk of this machine')
    .option('--units <dir>', 'slurm: folder of unit results that all machines see')
    .option(
      '--shards <n>',
      'slurm: tasks of the array (default: one per unit, as many as Slurm allows)',
      checked(parseShards),
    )
    .option('--rounds <k>', 'slurm: most rounds of submitting what is missing', checked(parseRounds), '5')
    .option(
      '--settle <duration>',
      'slurm: how long a finished task may take to show its file',
      checked(parseSettle),
      '5s',
    )
    .option('--allow-volatile', 'bullmq: accept a Redis that would lose its queue in a crash')
    .option('--poll <duration>', 'time between two looks at the queue', checked(parsePoll), '10s')
    .option('--strict', STRICT)
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      `
Example:
  basin submit --engine slurm --plan plan.json --store study --units /shared/units -- --time=1:00:00
  BASIN_QUEUE=redis://:secret@desk7:6379 basin submit --engine bullmq --plan plan.json --store study
`,
    );

const worker = (): Command =>
  withQueueOptions(new Command('worker'))
    .description('perform units of the studies that a queue has; any number of workers may come and go')
    .option(
      '--workers <n>',
      'worker threads (default: what the scheduler gives, else one per core)',
      checked(parseWorkerCount),
    )
    .option(
      '--lock <duration>',
      'time without an answer after which a worker counts as dead',
      checked(parseLock),
      '30s',
    )
    .option('--poll <duration>', 'time between two looks for studies', checked(parsePoll), '5s')
    .option('--idle <duration>', 'end after this long without a study (default: never)', checked(parseIdle))
    .option(
      '--allow-code',
      'run code of their own that studies of the queue carry, with your rights (default: such studies are left alone)',
    )
    .option('--strict', STRICT)
    .addHelpText('after', '\nExample:\n  BASIN_QUEUE=redis://:secret@desk7:6379 basin worker\n');

export const commands: readonly MakeCommand[] = [
  lazily(merge, () => import('../commands/merge.js')),
  lazily(missing, () => import('../commands/missing.js')),
  lazily(submit, () => import('../commands/submit.js')),
  lazily(worker, () => import('../commands/worker.js')),
];
