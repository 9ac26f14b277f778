/** Guesses the kind of a file from its first bytes, since a file that cannot be read often has a wrong name. */
import { InputError } from '../base/errors.js';
import type { Source } from './files.js';

const LOOKED_AT = 512;

/** First bytes in Latin-1, and the kind of file that begins with them. */
const SIGNATURES: readonly (readonly [string, string])[] = [
  ['\x93NUMPY', 'a .npy file'],
  ['\x1f\x8b', 'a gzip file: unpack it first'],
  ['BZh', 'a bzip2 file: unpack it first'],
  ['\xfd7zXZ', 'an xz file: unpack it first'],
  ['\x28\xb5\x2f\xfd', 'a Zstandard file: unpack it first'],
  ['7z\xbc\xaf', 'a 7z archive: unpack it first'],
  ['PK\x03\x04', 'a zip archive, as .npz and .xlsx files are'],
  ['PK\x05\x06', 'an empty zip archive'],
  ['PAR1', 'a Parquet file'],
  ['ARROW1', 'an Arrow file'],
  ['\x89HDF', 'an HDF5 file, as .h5 and new .mat files are'],
  ['MATLAB 5', 'a MATLAB file'],
  ['SQLite format 3', 'an SQLite database'],
  ['\xd0\xcf\x11\xe0', 'an old Excel file'],
  ['%PDF', 'a PDF file'],
  ['\x80\x04', 'a Python pickle'],
  ['\x80\x05', 'a Python pickle'],
  ['\xff\xfe', 'text in UTF-16: save it as UTF-8'],
  ['\xfe\xff', 'text in UTF-16: save it as UTF-8'],
  ['{', 'JSON'],
  ['<', 'HTML or XML'],
];

/** The kind of the file, in words; undefined for text without a known beginning. */
export function looksLike(source: Source): string | undefined {
  const bytes = Buffer.alloc(Math.min(LOOKED_AT, source.size));
  source.read(bytes, 0);
  const beginning = bytes.toString('latin1');
  const known = SIGNATURES.find(([signature]) => beginning.startsWith(signature))?.[1];
  return known ?? (bytes.includes(0) ? 'a binary file' : undefined);
}

/** Refuses a file that is no plain text. */
export function requireText(source: Source): void {
  const found = looksLike(source);
  if (found !== undefined) throw new InputError(`${source.name}: must be comma-separated text, got ${found}`);
}
