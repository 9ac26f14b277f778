/** `--header`, for every command that reads tables. */
import type { CsvOptions } from '../io/csv.js';
import { HEADER_MODES } from '../io/header.js';
import { parseChoice } from './options.js';
import { warn } from './say.js';

/** How a table is read; says on stderr where the first line was taken for names. `expected`: rows that it must have. */
export function csvOptions(header: string, expected?: number): CsvOptions {
  return { header: parseChoice('--header', header, HEADER_MODES), expected, onHeader: warn };
}
