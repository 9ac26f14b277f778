/** The option `--header`, for every command that reads tables. */
import type { CsvOptions } from '../io/csv.js';
import { HEADER_MODES } from '../io/header.js';
import { parseChoice } from './options.js';
import { warn } from './say.js';

/**
 * How a table is read. Prints a note on stderr if the first line was taken as names. `expected`: the number of rows
 * that the table must have.
 */
export function csvOptions(header: string, expected?: number): CsvOptions {
  return { header: parseChoice('--header', header, HEADER_MODES), expected, onHeader: warn };
}
