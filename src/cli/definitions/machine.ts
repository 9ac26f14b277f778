/**
 * Arguments and options of the commands for this machine. This module must load quickly, because every mistake in a
 * command line loads it.
 */
import { Command, Option } from 'commander';
import { checked, parseBudget } from '../values.js';
import { lazily, type MakeCommand } from './lazily.js';

const doctor = (): Command =>
  new Command('doctor')
    .description(
      'show Node, addon, OpenBLAS, vector target and cores; try everything that basin needs; say what to do about problems',
    )
    .option('--json', 'print one JSON document')
    .addHelpText('after', '\nExample:\n  basin doctor\n');

const tune = (): Command =>
  new Command('tune')
    .description(
      'measure block sizes, tile heights and workers on this machine, and keep what is fastest; results keep their bits',
    )
    .option('--budget <duration>', 'how long to measure', checked(parseBudget), '30s')
    .addOption(new Option('--show', 'say what is kept, and measure nothing').conflicts('reset'))
    .option('--reset', 'forget what is kept, and measure nothing')
    .option('--json', 'print one JSON document')
    .addHelpText('after', '\nExample:\n  basin tune --budget 20s\n');

export const commands: readonly MakeCommand[] = [
  lazily(doctor, () => import('../commands/doctor.js')),
  lazily(tune, () => import('../commands/tune.js')),
];
