/** Words and options that several commands have in common. */
import { Option } from 'commander';
import { HEADER_MODES } from '../../io/header.js';

/** What `--workers` is without being given. */
export const DEFAULT_WORKERS = 'what basin tune has found, else one per core';

/** What `--strict` does, for commands that add trials. */
export const STRICT =
  'add no trial to those of another build, BLAS core or vector target (default: say so, and keep who made which)';

/** Of `basin submit`. */
export const ENGINES = ['slurm', 'bullmq'] as const;

/** `--header`, for every command that reads tables; a new option, as commander wants it. */
export function headerOption(): Option {
  return new Option(
    '--header <mode>',
    `first line of a .csv file: ${HEADER_MODES.join(' | ')}; yes: names of columns`,
  ).default('auto');
}
