/**
 * Arguments and options of the commands for every study, of a paper's experiment or of one's own. This module must load
 * quickly, because every mistake in a command line loads it.
 */
import { Command, Option } from 'commander';
import { EXPORT_FORMATS, EXPORT_TABLES } from '../../export/formats.js';
import { SCALES } from '../../settings/scale.js';
import { requireStoreFile } from '../../store/found.js';
import { parseFormat, parseTable } from '../exportWords.js';
import { requireIdOrFile } from '../studyNames.js';
import {
  checked,
  eachChecked,
  parseDpi,
  parseLevel,
  parsePilot,
  parsePort,
  parseScale,
  parseSeed,
  parseTrial,
  parseUnit,
  parseWorkerCount,
} from '../values.js';
import {
  DEFAULT_WORKERS,
  MOST,
  PRECISION,
  setOfExperimentsOption,
  setOption,
  UNTIL,
  withQueueOptions,
} from './words.js';
import { lazily, type MakeCommand } from './lazily.js';

const describe = (): Command =>
  new Command('describe')
    .description(
      'what a study will do: settings with their meaning, cells and trials, measures, claims, open choices, cost',
    )
    .argument('<what>', 'an experiment id (see basin list), or a study file', checked(requireIdOrFile))
    .option(
      '--scale <scale>',
      `${SCALES.join(' | ')} (default: quick; of a study file paper, the file as it stands)`,
      checked(parseScale),
    )
    .option('--seed <n>', 'study seed (default: 1; a study file has its own)', checked(parseSeed))
    .addOption(setOption())
    .option('--json', 'print one JSON document')
    .addHelpText('after', '\nExample:\n  basin describe fu2018-fig3 --scale paper\n  basin describe study.yaml\n');

const plan = (): Command =>
  new Command('plan')
    .description('estimate what a study will take on this machine; with -o also cut it into units for several machines')
    .argument(
      '[what...]',
      "experiment ids, 'all' (the default), or one study file or module of your own",
      eachChecked(requireIdOrFile),
    )
    .option(
      '--scale <scale>',
      `${SCALES.join(' | ')} (default: quick; of a study file paper, the file as it stands)`,
      checked(parseScale),
    )
    .option('--seed <n>', 'study seed (default: 1; a study file has its own)', checked(parseSeed))
    .addOption(setOfExperimentsOption())
    .option(...UNTIL)
    .option(...MOST)
    .option(...PRECISION)
    .option(
      '--out <dir>',
      "study folder, whose trials are done already (default: that of the study's command); not with -o",
    )
    .option('--workers <n>', `worker threads (default: ${DEFAULT_WORKERS})`, checked(parseWorkerCount))
    .option(
      '--pilot <duration>',
      'time for trials that show how fast this machine is; 0: none (default: 10s, with -o 0)',
      checked(parsePilot),
    )
    .option('-o, --output <file>', 'cut the study into units, and write the plan here; - for standard output')
    .option('--unit <duration>', 'with -o: core time that a unit should take (default: 5m)', checked(parseUnit))
    .option(
      '--store <dir>',
      'with -o: study folder, which need not exist yet; plan what it lacks and what its results ask for; exit code 3, or 0 when that is nothing',
    )
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      '\nExample:\n  basin plan fu2018-fig3 --scale paper\n  basin plan fu2018-fig3 --scale paper -o plan.json\n  basin plan study.yaml --store study -o plan.json\n',
    );

const draw = (): Command =>
  new Command('draw')
    .description('the planted problem of one trial as files, nothing descended: X, y, teacher, starts, problem.json')
    .argument('<what>', 'an experiment id (see basin list), or a study file', checked(requireIdOrFile))
    .option(
      '--scale <scale>',
      `${SCALES.join(' | ')} (default: quick; of a study file paper, the file as it stands)`,
      checked(parseScale),
    )
    .option('--seed <n>', 'study seed (default: 1; a study file has its own)', checked(parseSeed))
    .addOption(setOption())
    .option(
      '--cell <settings>',
      "the cell, e.g. 'K=3,d=20,n=5000', or as much of it as no other cell has (default: the first)",
    )
    .requiredOption('--trial <n>', 'which trial of the cell, from 0', checked(parseTrial))
    .requiredOption('--out <dir>', 'where the files go')
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      "\nExample:\n  basin draw fu2018-fig3 --cell 'd=20,n=5000' --trial 0 --out problem\n  basin draw study.yaml --trial 0 --out problem\n",
    );

const status = (): Command =>
  withQueueOptions(new Command('status'), 'BullMQ: ')
    .description(
      'progress of a study: trials, time left, failures, claims so far; with --plan on several machines: units, speed of every machine',
    )
    .argument('[dir]', 'study folder, or a folder of nights')
    .option('--plan <file>', 'the plan of a study on several machines')
    .option('--store <dir>', 'with --plan: study folder')
    .option('--units <dir>', 'with --plan: folder of unit results')
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      '\nExample:\n  basin status studies/fu2018-fig3-quick-seed1\n  basin status --plan plan.json --units /shared/units\n',
    );

const watch = (): Command =>
  new Command('watch')
    .description('a study as a live page on this machine, while it runs and afterwards; nothing is written')
    .argument('<dir>', 'study folder', checked(requireStoreFile))
    .option('--port <n>', 'port on 127.0.0.1; 0: a free one', checked(parsePort), '0')
    .option('--no-open', 'do not open a browser')
    .addOption(new Option('--of-run', 'started by a run: tell it the address, and end with it').hideHelp())
    .addHelpText('after', '\nExample:\n  basin watch studies/fu2018-fig3-quick-seed1\n');

const report = (): Command =>
  new Command('report')
    .description('draw a study again from its store: report.html, figures/*.svg, .png, .csv and Vega-Lite specs')
    .argument('<dir>', 'study folder', checked(requireStoreFile))
    .option('--out <dir>', 'where to draw (default: the study folder)')
    .option('--pdf', 'also every figure as PDF, with its text and fonts')
    .option('--latex', 'also every table as LaTeX (booktabs), in tables/*.tex')
    .option('--dpi <n>', 'dots in an inch of the PNGs (default: 192)', checked(parseDpi))
    .option(
      '--ademp [file]',
      'print aims, data, estimands, methods, performance measures and precision as Markdown, and draw nothing',
    )
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      '\nExample:\n  basin report studies/fu2018-fig3-quick-seed1\n  basin report studies/mine --pdf --latex --dpi 300 --out paper\n  basin report studies/mine --ademp study.md\n',
    );

const exportTable = (): Command =>
  new Command('export')
    .description('write trials, cells or curves of a study as a table for other programs')
    .argument('<dir>', 'study folder', checked(requireStoreFile))
    .argument('[ids...]', 'experiments of the study (default: all)')
    .option('--what <table>', EXPORT_TABLES.join(' | '), checked(parseTable), 'trials')
    .requiredOption('--format <format>', EXPORT_FORMATS.join(' | '), checked(parseFormat))
    .requiredOption('--out <file>', 'file to write; - is standard output')
    .option('--all', 'also the trials that the study no longer plans')
    .addHelpText('after', '\nExample:\n  basin export studies/fu2018-fig3-quick-seed1 --format csv --out trials.csv\n');

const compare = (): Command =>
  new Command('compare')
    .description(
      'compare two studies: bit by bit where trials must be the same, else by tests of every measure in every cell',
    )
    .argument('<a>', 'study folder', checked(requireStoreFile))
    .argument('<b>', 'study folder', checked(requireStoreFile))
    .option(
      '--level <p>',
      'probability that any measure is said to differ although none does',
      checked(parseLevel),
      '0.05',
    )
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      '\nExample:\n  basin compare studies/fu2018-fig3-quick-seed1 studies/fu2018-fig3-quick-seed2\n',
    );

const replay = (): Command =>
  new Command('replay')
    .description('run one stored trial again and compare bit by bit')
    .argument('<dir>', 'study folder', checked(requireStoreFile))
    .argument('<address>', 'ID/CELL#TRIAL')
    .option(
      '--arrays <dir>',
      'write the training set, teacher, starts, step sizes, ends and curves of the trial here, as .npy',
    )
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      "\nExample:\n  basin replay studies/fu2018-fig3-quick-seed1 'fu2018-fig3/K=3,d=20,n=5000#7'\n",
    );

const verify = (): Command =>
  new Command('verify')
    .description('run a sample of the stored trials again and compare bit by bit')
    .argument('<dir>', 'study folder', checked(requireStoreFile))
    .argument('[ids...]', 'experiments of the study (default: all)')
    .option('--sample <size>', 'share of the stored trials, such as 1%, or a number of trials', '1%')
    .option('--seed <n>', 'seed of the sample', checked(parseSeed), '1')
    .option('--workers <n>', `worker threads (default: ${DEFAULT_WORKERS})`, checked(parseWorkerCount))
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      '\nExample:\n  basin verify studies/fu2018-fig3-quick-seed1 --sample 5%\n  basin verify nightly/rounds/0001 fu2018-fig4\n',
    );

export const commands: readonly MakeCommand[] = [
  lazily(describe, () => import('../commands/describe.js')),
  lazily(plan, () => import('../commands/plan.js')),
  lazily(draw, () => import('../commands/draw.js')),
  lazily(status, () => import('../commands/status.js')),
  lazily(watch, () => import('../commands/watch.js')),
  lazily(report, () => import('../commands/report.js')),
  lazily(exportTable, () => import('../commands/export.js')),
  lazily(compare, () => import('../commands/compare.js')),
  lazily(replay, () => import('../commands/replay.js')),
  lazily(verify, () => import('../commands/verify.js')),
];
