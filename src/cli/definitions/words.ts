/** Texts and options that several commands share. */
import { Option } from 'commander';
import { PRECISIONS } from '../../core/descent/precisions.js';
import { HEADER_MODES } from '../../io/header.js';

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
] as const;

/** The engines of `basin submit`. */
export const ENGINES = ['slurm', 'bullmq'] as const;

/**
 * The option `--header`, for every command that reads tables. Each call returns a new option, as commander requires.
 */
export function headerOption(): Option {
  return new Option(
    '--header <mode>',
    `first line of a .csv file: ${HEADER_MODES.join(' | ')}; yes: names of columns`,
  ).default('auto');
}

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
