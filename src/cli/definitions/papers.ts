/**
 * Arguments and options of the commands for the papers' experiments. This module must load quickly, because every
 * mistake in a command line loads it.
 */
import { Command } from 'commander';
import { SCALES } from '../../settings/scale.js';
import { requireExperimentId, requireIds } from '../../experiments/names.js';
import {
  checked,
  eachChecked,
  parseBudget,
  parseKeep,
  parsePartitions,
  parseScale,
  parseSeed,
  parseTrialMemory,
  parseTrialTime,
  parseWorkerCount,
} from '../values.js';
import {
  DEFAULT_WORKERS,
  LIVE,
  MOST,
  onDoneOption,
  PRECISION,
  setOfExperimentsOption,
  STRICT,
  setOption,
  UNTIL,
} from './words.js';
import { lazily, type MakeCommand } from './lazily.js';

const list = (): Command =>
  new Command('list')
    .description('experiments with their cost per scale; with an id also its --set keys')
    .argument('[id]', 'one experiment', checked(requireExperimentId))
    .option('--json', 'print one JSON document')
    .addHelpText('after', '\nExample:\n  basin list fu2018-fig3\n');

const reproduce = (): Command =>
  new Command('reproduce')
    .description('run or continue experiments: figures, tables, report, claims')
    .argument('[ids...]', "experiment ids (see basin list), or 'all' (the default)", eachChecked(requireIds))
    .option('--scale <scale>', SCALES.join(' | '), checked(parseScale), 'quick')
    .option('--seed <n>', 'study seed', checked(parseSeed), '1')
    .option('--out <dir>', 'study folder (default: studies/…, named after the study)')
    .option('--workers <n>', `worker threads (default: ${DEFAULT_WORKERS})`, checked(parseWorkerCount))
    .option('--budget <duration>', 'stop after this time, e.g. 30m; the same command continues', checked(parseBudget))
    .option(
      '--trial-time <duration>',
      'a trial that takes longer is cut and stored as censored, e.g. 10m',
      checked(parseTrialTime),
    )
    .option(
      '--trial-memory <amount>',
      'a trial that would hold more is not begun and stored as censored, e.g. 4GB',
      checked(parseTrialMemory),
    )
    .addOption(setOfExperimentsOption())
    .option(...UNTIL)
    .option(...MOST)
    .option(
      '--partitions <n>',
      'cut every training set into n partitions, worked on by all workers (default: very large ones only, by their size)',
      checked(parsePartitions),
    )
    .option('--live', LIVE)
    .option(...PRECISION)
    .option('--dry-run', 'say what it will take, after a short pilot, and write nothing')
    .addOption(onDoneOption())
    .option('--strict', STRICT)
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      '\nExample:\n  basin reproduce fu2018-fig3 --scale quick --set starts=10 --out fig3\n  basin reproduce fu2018-fig3 --scale paper --dry-run\n  basin reproduce soltanolkotabi2017-fig2a --scale paper --until decided --most 2h\n',
    );

const eject = (): Command =>
  new Command('eject')
    .description("a paper's experiment as a study file of your own, with the same random numbers")
    .argument('<id>', 'an experiment (see basin list)', checked(requireExperimentId))
    .option('--seed <n>', 'study seed', checked(parseSeed), '1')
    .addOption(setOption('another value of a setting; may be repeated'))
    .option('--out <file>', 'file to write; - is standard output', '-')
    .addHelpText(
      'after',
      '\nExample:\n  basin eject fu2018-fig3 --out fig3.yaml\n  basin run fig3.yaml --scale quick\n',
    );

const nightly = (): Command =>
  new Command('nightly')
    .description(
      'run all experiments within a budget, continuing the night before: history, page, JUnit, a verdict for every published number',
    )
    .argument('[ids...]', "experiment ids (see basin list), or 'all' (the default)", eachChecked(requireIds))
    .option('--scale <scale>', SCALES.join(' | '), checked(parseScale), 'paper')
    .option('--budget <duration>', 'end the night after this time, e.g. 20m', checked(parseBudget), '6h')
    .option('--keep <n>', 'rounds whose studies are kept; the history keeps all', checked(parseKeep), '30')
    .option('--out <dir>', 'folder of all nights', 'nightly')
    .option('--history <file>', 'compare with the nights of this history.jsonl of another folder, too')
    .option('--workers <n>', `worker threads (default: ${DEFAULT_WORKERS})`, checked(parseWorkerCount))
    .option('--seed <n>', 'study seed of every round (default: the number of the round)', checked(parseSeed))
    .addOption(onDoneOption())
    .option('--live', LIVE)
    .option('--strict', STRICT)
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      '\nExample:\n  basin nightly --budget 6h --keep 30 --out nightly --history results/history.jsonl\n',
    );

export const commands: readonly MakeCommand[] = [
  lazily(list, () => import('../commands/list.js')),
  lazily(reproduce, () => import('../commands/reproduce.js')),
  lazily(eject, () => import('../commands/eject.js')),
  lazily(nightly, () => import('../commands/nightly.js')),
];
