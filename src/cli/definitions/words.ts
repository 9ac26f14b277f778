/** Texts and options that several commands share. */
import { Option, type Command } from 'commander';
import { PRECISIONS } from '../../core/descent/precisions.js';
import { checked, parseMost, parsePrecision, parseUntil } from '../values.js';

/** The default of `--workers`, in words. */
export const DEFAULT_WORKERS = 'what basin tune has found, else one per core';

/** The effect of `--strict`, for commands that add trials. */
export const STRICT =
  'refuse to add trials to those of another build, BLAS core or vector target (default: warn, and record who made each)';

/** The effect of `--live`. */
export const LIVE = 'show the run as a page on this machine while it lasts, as basin watch does';

/** The option `--precision` of the commands that run or plan descents of a study. */
export const PRECISION = [
  '--precision <name>',
  `${PRECISIONS.join(' | ')}; mixed: float32 gradients until rounding matters, then float64; a folder keeps its precision (default: float64)`,
  checked(parsePrecision),
] as const;

/** The options `--until` and `--most` of the commands that run or plan experiments. */
export const UNTIL = [
  '--until <what>',
  'decided: go on with more trials, where they say most, until every claim holds or fails, or --most is reached (default: the trials of the scale)',
  checked(parseUntil),
] as const;
export const MOST = [
  '--most <duration>',
  'with --until: core time, by the cost model, at which an experiment stops, e.g. 2h (default: ten times that of the scale)',
  checked(parseMost),
] as const;

/** The engines of `basin submit`. */
export const ENGINES = ['slurm', 'bullmq'] as const;

/** The option `--on-done`. Each call returns a new option, as commander requires. */
export function onDoneOption(): Option {
  return new Option(
    '--on-done <command>',
    'shell command to run when the work has ended, with BASIN_EXIT, BASIN_OUT and BASIN_SECONDS in its environment',
  );
}

/** The option `--set`, which may be repeated. Each call returns a new option, as commander requires. */
export function setOption(description = 'change a setting; may be repeated', key = 'key'): Option {
  return new Option(`--set <${key}=value>`, description)
    .argParser((value: string, all: readonly string[]): readonly string[] => [...all, value])
    .default([], 'none');
}

/** The same for commands that take several experiments. */
export function setOfExperimentsOption(): Option {
  return setOption(undefined, '[ID.]key');
}

/** The variable that may hold the URL of a queue. */
export const QUEUE_VARIABLE = 'BASIN_QUEUE';

/** Adds the options of a queue to a command. */
export function withQueueOptions(command: Command, prefix = ''): Command {
  return command
    .option(
      '--queue <url>',
      `${prefix}redis://, rediss:// or postgres:// URL (default: the variable ${QUEUE_VARIABLE})`,
    )
    .option(
      '--queue-file <file>',
      `${prefix}file whose first line is the URL: keeps its password out of the process list`,
    );
}
