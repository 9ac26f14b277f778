import { StringDecoder } from 'node:string_decoder';
import { InputError } from '../core/errors.js';
import { decimal } from './decimal.js';
import { memorySource, withFile, type Source } from './files.js';
import type { NumericArray } from './npy.js';

const PART_BYTES = 2 ** 20;
const NON_FINITE: Readonly<Record<string, number>> = { nan: NaN, inf: Infinity, '+inf': Infinity, '-inf': -Infinity };

/**
 * Reads comma-separated numbers as a matrix (rows, columns). A first line without any number in it is a header and must
 * have as many names as there are columns. Throws `InputError` with the line's number for anything else.
 */
export function readCsv(path: string): NumericArray {
  return withFile(path, readRows);
}

/** The same from memory; `name` is what messages call it. */
export function parseCsv(text: string, name: string): NumericArray {
  return readRows(memorySource(name, Buffer.from(text)));
}

function readRows(source: Source): NumericArray {
  const table = new Table(source.name);
  for (const line of lines(source)) table.add(line);
  return table.finish();
}

function* lines(source: Source): Generator<string> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  for (let position = 0; position < source.size; position += PART_BYTES) {
    const bytes = Buffer.alloc(Math.min(PART_BYTES, source.size - position));
    source.read(bytes, position);
    const pieces = decoder.write(bytes).split('\n');
    pieces[0] = rest + pieces[0];
    rest = pieces.pop() ?? '';
    yield* pieces;
  }
  yield rest + decoder.end();
}

function parseNumber(field: string): number | undefined {
  const value = decimal(field);
  return Number.isNaN(value) ? NON_FINITE[field.trim().toLowerCase()] : value;
}

class Table {
  private values = new Float64Array(1024);
  private count = 0;
  private rows = 0;
  private columns: number | undefined;
  private lineNumber = 0;
  private blankLine: number | undefined;

  constructor(private readonly name: string) {}

  add(line: string): void {
    this.lineNumber++;
    const text = this.lineNumber === 1 ? line.replace(/^\uFEFF/, '') : line;
    if (text.trim() === '') {
      this.blankLine ??= this.lineNumber;
      return;
    }
    if (this.blankLine !== undefined) this.refuse(this.blankLine, 'must hold numbers, got a blank line');
    const fields = text.split(',');
    this.columns ??= fields.length;
    if (fields.length !== this.columns) this.refuse(this.lineNumber, `must have ${this.columns} fields as the first line has, got ${fields.length}`);
    const isHeader = this.lineNumber === 1 && fields.every((field) => parseNumber(field) === undefined);
    if (!isHeader) this.addRow(fields);
  }

  finish(): NumericArray {
    if (this.rows === 0) throw new InputError(`${this.name}: must have at least one row of numbers, got none`);
    return { shape: [this.rows, this.columns ?? 0], values: this.values.slice(0, this.count) };
  }

  private addRow(fields: readonly string[]): void {
    if (this.count + fields.length > this.values.length) this.grow(this.count + fields.length);
    for (const field of fields) {
      const value = parseNumber(field);
      if (value === undefined) this.refuse(this.lineNumber, `must hold comma-separated numbers, got '${field.trim().slice(0, 40)}'`);
      this.values[this.count++] = value;
    }
    this.rows++;
  }

  private grow(needed: number): void {
    const grown = new Float64Array(Math.max(needed, 2 * this.values.length));
    grown.set(this.values);
    this.values = grown;
  }

  private refuse(line: number, problem: string): never {
    throw new InputError(`${this.name}: line ${line} ${problem}`);
  }
}
