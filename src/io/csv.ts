/** Tables of numbers as other programs write them. */
import { excerpt } from '../base/visible.js';
import { InputError } from '../base/errors.js';
import { fieldNumber, isMissing } from './field.js';
import { memorySource, withFile, type Source } from './files.js';
import { isInteger, isName, judgeNumbers, type FirstLine, type HeaderMode } from './header.js';
import { requireText } from './looks.js';
import type { NumericArray } from './npy.js';
import { csvRecords, type CsvRecord } from './records.js';

export interface CsvOptions {
  /** true when the first line holds names; `auto` (default) decides from the content and refuses an ambiguous line */
  readonly header?: HeaderMode;
  /**
   * number of rows that the file must have, where another file determines it: it decides about a first line of integers
   */
  readonly expected?: number | undefined;
  /** called when the first line was taken for names */
  readonly onHeader?: (line: string) => void;
}

const SEPARATORS: Readonly<Record<string, string>> = { ';': 'semicolons', '\t': 'tabs', '|': 'bars' };

/**
 * Reads comma-separated numbers as a matrix (rows, columns): RFC 4180 with LF, CR LF or CR, a byte-order mark, `inf`.
 * The first line may hold the names of the columns.
 * @throws InputError with line and column for a missing value and for anything else that is no number, and where the
 *   first line could be names as well as numbers
 */
export function readCsv(path: string, options: CsvOptions = {}): NumericArray {
  return withFile(path, (source) => readTable(source, options));
}

/** The same from memory; `name` is the name in messages. */
export function parseCsv(text: string | Uint8Array, name: string, options: CsvOptions = {}): NumericArray {
  return readTable(memorySource(name, typeof text === 'string' ? Buffer.from(text) : text), options);
}

function readTable(source: Source, options: CsvOptions): NumericArray {
  requireText(source);
  const table = new Table(source.name, options);
  for (const record of csvRecords(source)) table.add(record);
  return table.finish();
}

class Table {
  readonly #name: string;
  readonly #options: CsvOptions;
  #values = new Float64Array(1024);
  #count = 0;
  #rows = 0;
  #first: CsvRecord | undefined;
  #blankLine: number | undefined;
  #anyInteger = false;
  #anyQuoted = false;

  constructor(name: string, options: CsvOptions) {
    this.#name = name;
    this.#options = options;
  }

  add(record: CsvRecord): void {
    const { line, fields, quoted } = record;
    if (fields.length === 1 && !quoted && fields[0].trim() === '') {
      this.#blankLine ??= line;
      return;
    }
    if (this.#blankLine !== undefined) this.#refuse(this.#blankLine, 'must hold numbers, got a blank line');
    if (this.#first === undefined) this.#begin(record);
    else this.#addLine(record, this.#first.fields.length);
  }

  finish(): NumericArray {
    const first = this.#first;
    const columns = first?.fields.length ?? 0;
    const skipped = first !== undefined && this.#holdsNames(first) ? 1 : 0;
    if (skipped === 1)
      this.#options.onHeader?.(
        `${this.#name}: line 1 was taken for the names of the columns: ${excerpt(first?.fields.join(',') ?? '')}`,
      );
    const rows = this.#rows - skipped;
    if (rows <= 0) throw new InputError(`${this.#name}: must have at least one row of numbers, got none`);
    return { shape: [rows, columns], values: this.#values.slice(skipped * columns, this.#count) };
  }

  /** The first line is kept as a row until the other rows show what it is. */
  #begin(record: CsvRecord): void {
    this.#first = record;
    this.#append(record.fields.map((field) => fieldNumber(field) ?? Number.NaN));
    const mode = this.#options.header ?? 'auto';
    if (mode === 'no' || (mode === 'auto' && !record.fields.every(isName))) this.#requireNumbers(record);
  }

  #addLine(record: CsvRecord, columns: number): void {
    const { line, fields, quoted } = record;
    if (fields.length !== columns)
      this.#refuse(line, `must have ${columns} fields as the first line has, got ${fields.length}`);
    this.#requireNumbers(record);
    this.#anyQuoted ||= quoted;
    this.#anyInteger ||= fields.some(isInteger);
    this.#append(fields.map((field) => fieldNumber(field) ?? Number.NaN));
  }

  #holdsNames(first: CsvRecord): boolean {
    const { header = 'auto', expected } = this.#options;
    if (header !== 'auto') return header === 'yes';
    if (first.fields.every(isName)) return true;
    const others = { rows: this.#rows - 1, anyInteger: this.#anyInteger, anyQuoted: this.#anyQuoted, expected };
    const judged: FirstLine = judgeNumbers(first, others);
    if (judged.is === 'unclear') {
      this.#refuse(
        first.line,
        `may be names or numbers (${judged.why}): say --header yes or --header no, got ${excerpt(first.fields.join(','))}`,
      );
    }
    return judged.is === 'names';
  }

  #requireNumbers({ line, fields }: CsvRecord): void {
    const at = fields.findIndex((field) => fieldNumber(field) === undefined);
    if (at < 0) return;
    if (!isMissing(fields[at]))
      this.#refuse(line, `must hold comma-separated numbers, got ${excerpt(fields[at])}${separatorHint(fields)}`);
    const hint =
      at === 0 && line === 1 && !fields.every(isMissing)
        ? '; are these the names of rows? write the table without them (pandas: index=False)'
        : '';
    this.#refuse(line, `column ${at + 1} must hold a number, got a missing value, ${excerpt(fields[at])}${hint}`);
  }

  #append(numbers: readonly number[]): void {
    if (this.#count + numbers.length > this.#values.length) this.#grow(this.#count + numbers.length);
    this.#values.set(numbers, this.#count);
    this.#count += numbers.length;
    this.#rows += 1;
  }

  #grow(needed: number): void {
    const grown = new Float64Array(Math.max(needed, 2 * this.#values.length));
    grown.set(this.#values);
    this.#values = grown;
  }

  #refuse(line: number, problem: string): never {
    throw new InputError(`${this.#name}: line ${line} ${problem}`);
  }
}

/** European spreadsheets separate by semicolons; other tables by tabs. */
function separatorHint(fields: readonly string[]): string {
  const found = Object.keys(SEPARATORS).find((separator) => fields.some((field) => field.includes(separator)));
  return found === undefined ? '' : `: fields must be separated by commas, not ${SEPARATORS[found]}`;
}
