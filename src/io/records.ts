/** Splits CSV text into records of fields, as in RFC 4180. */
import { StringDecoder } from 'node:string_decoder';
import { InputError } from '../base/errors.js';
import type { Source } from './files.js';

const PART_BYTES = 2 ** 20;
const FIELD = /[ \t]*"((?:[^"]|"")*)"[ \t]*(?:,|$)|([^,"]*)(?:,|$)/y;

export interface CsvRecord {
  /** the line on which it begins, from 1 */
  readonly line: number;
  readonly fields: readonly string[];
  /** true when every field is quoted */
  readonly quoted: boolean;
}

/**
 * The records of a file, read in parts. Lines end with LF, CR LF or CR; a quoted field may hold line ends. A blank line
 * is a record of one blank field.
 * @throws InputError for a quote that is not closed or stands inside a bare field
 */
export function* csvRecords(source: Source): Generator<CsvRecord> {
  let pending = '';
  let line = 0;
  let first = 1;
  for (const text of lines(source)) {
    line += 1;
    pending = pending === '' ? text : `${pending}\n${text}`;
    if (isOpen(pending)) continue;
    yield { line: first, ...split(pending, source.name, first) };
    pending = '';
    first = line + 1;
  }
  if (pending !== '')
    throw new InputError(`${source.name}: line ${first} must close its quotes, got a '"' without its other half`);
}

function* lines(source: Source): Generator<string> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  for (let position = 0; position < source.size; position += PART_BYTES) {
    const bytes = Buffer.alloc(Math.min(PART_BYTES, source.size - position));
    source.read(bytes, position);
    const text = rest + decoder.write(bytes);
    // A CR at the end may be half of a CR LF.
    const whole = text.endsWith('\r') ? text.slice(0, -1) : text;
    const pieces = (position === 0 ? whole.replace(/^\uFEFF/, '') : whole).split(/\r\n|\n|\r/);
    rest = (pieces.pop() ?? '') + text.slice(whole.length);
    yield* pieces;
  }
  yield* (rest + decoder.end()).split('\r');
}

function isOpen(text: string): boolean {
  let quotes = 0;
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) quotes += 1;
  return quotes % 2 === 1;
}

function split(text: string, name: string, line: number): Pick<CsvRecord, 'fields' | 'quoted'> {
  if (!text.includes('"')) return { fields: text.split(','), quoted: false };
  const fields: string[] = [];
  let quoted = true;
  for (let at = 0, ends = false; !ends;) {
    FIELD.lastIndex = at;
    const match = FIELD.exec(text);
    if (match === null) {
      throw new InputError(
        `${name}: line ${line} must have quotes around whole fields, got one inside of field ${fields.length + 1}`,
      );
    }
    const inQuotes = match[1] as string | undefined;
    fields.push(inQuotes === undefined ? match[2] : inQuotes.replaceAll('""', '"'));
    quoted &&= inQuotes !== undefined;
    ends = !match[0].endsWith(',');
    at = FIELD.lastIndex;
  }
  return { fields, quoted };
}
