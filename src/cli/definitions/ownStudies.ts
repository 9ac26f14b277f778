/**
 * Arguments and options of the commands for a user's own studies. This module must load quickly, because every mistake
 * in a command line loads it.
 */
import { Command } from 'commander';
import { SCALES } from '../../settings/scale.js';
import { givenFile, requireFile } from '../studyNames.js';
import {
  checked,
  parseBudget,
  parseScale,
  parseSeed,
  parseTrialMemory,
  parseTrials,
  parseTrialTime,
  parseWorkerCount,
} from '../values.js';
import { DEFAULT_WORKERS, LIVE, onDoneOption, PRECISION, STRICT, setOption } from './words.js';
import { lazily, type MakeCommand } from './lazily.js';

const check = (): Command =>
  new Command('check')
    .description('check a study file: name every mistake with line and column, or say what it would run')
    .argument('<study.yaml>', 'a study file', checked(requireFile))
    .option('--scale <scale>', `${SCALES.join(' | ')}; paper is the file as it stands`, checked(parseScale), 'paper')
    .option('--json', 'print one JSON document')
    .addHelpText('after', '\nExample:\n  basin check study.yaml\n');

const schema = (): Command =>
  new Command('schema')
    .description('the JSON Schema of study files: editors complete and check with it')
    .addHelpText('after', '\nExample:\n  basin schema > basin-study.json\n');

const run = (): Command =>
  new Command('run')
    .description('run or continue a study of your own; or, with --plan, one shard of a plan')
    .argument(
      '[file]',
      'a study file (docs/studies.md), or a module with an experiment of your own (docs/own-code.md)',
      checked(requireFile),
    )
    .option('--scale <scale>', `${SCALES.join(' | ')}; paper is the file as it stands`, checked(parseScale), 'paper')
    .option(
      '--out <dir>',
      'study folder (default: studies/…, named after the file); with --plan: where unit results go',
    )
    .option('--seed <n>', 'study seed (default: that of the file; of a module 1)', checked(parseSeed))
    .addOption(setOption('another value of a setting, or several: n=200,400 or n=200:800:200; may be repeated'))
    .option(...PRECISION)
    .option('--trials <n>', 'trials of every cell, in place of what the file says', checked(parseTrials))
    .option('--new-version', 'of code of your own that has changed: add its results beside the old ones')
    .option(
      '--same-version',
      'of code of your own that has changed: keep the old results if a sample of them comes out to the same bits',
    )
    .option(
      '--workers <n>',
      `worker threads (default: ${DEFAULT_WORKERS}; with --plan what the scheduler gives)`,
      checked(parseWorkerCount),
    )
    .option('--budget <duration>', 'stop after this time, e.g. 30m; the same command continues', checked(parseBudget))
    .option(
      '--trial-time <duration>',
      'a trial that takes longer is cut and stored as censored, e.g. 10m; not with --plan',
      checked(parseTrialTime),
    )
    .option(
      '--trial-memory <amount>',
      'a trial that would hold more is not begun and stored as censored, e.g. 4GB; not with --plan',
      checked(parseTrialMemory),
    )
    .option('--plan <file>', 'a plan made by basin plan -o')
    .option('--shard <i/N>', 'with --plan: the units whose number is i modulo N')
    .option('--live', LIVE)
    .option('--dry-run', 'say what the study will take, after a short pilot, and write nothing')
    .addOption(onDoneOption())
    .option('--strict', STRICT)
    .option('--json', 'print one JSON document')
    .hook('preAction', (command) => {
      if (command.opts()['plan'] === undefined) givenFile(command.args[0]);
    })
    .addHelpText(
      'after',
      '\nExample:\n  basin run study.yaml --out study\n  basin run study.yaml --set n=200:800:200 --trials 50 --dry-run\n  basin run --plan plan.json --shard 0/8 --out units\n',
    );

export const commands: readonly MakeCommand[] = [
  lazily(check, () => import('../commands/check.js')),
  lazily(schema, () => import('../commands/schema.js')),
  lazily(run, () => import('../commands/run.js')),
];
