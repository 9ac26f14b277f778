/** `--header`, for every command that reads tables. */
import { Option } from 'commander';
import type { CsvOptions } from '../io/csv.js';
import { HEADER_MODES } from '../io/header.js';
import { parseChoice } from './options.js';

/** A new option, as commander wants it. */
export function headerOption(): Option {
  return new Option('--header <mode>', `first line of a .csv file: ${HEADER_MODES.join(' | ')}; yes: names of columns`).default('auto');
}

/** How a table is read; says on stderr where the first line was taken for names. `expected`: rows that it must have. */
export function csvOptions(header: string, expected?: number): CsvOptions {
  return {
    header: parseChoice('--header', header, HEADER_MODES),
    expected,
    onHeader: (line) => { process.stderr.write(`basin: ${line}\n`); },
  };
}
