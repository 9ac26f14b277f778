import { writeWhole } from '../base/whole.js';
import { InputError } from '../base/errors.js';
import { ALLOWED_DTYPES, describeDtype, findDtype, type Dtype } from './dtype.js';
import { memorySource, withFile, type Source } from './files.js';
import { looksLike } from './looks.js';
import { float64Header, formatShape, parseHeader, type NpyHeader } from './npyheader.js';

/** An array in C order: the shape of a scalar is []. */
export interface NumericArray {
  readonly shape: readonly number[];
  readonly values: Float64Array;
}

const MAGIC = '\x93NUMPY';
const LONGEST_HEADER = 2 ** 20;
/** Other dtypes are converted in parts, so that an array is never in memory twice. */
const ITEMS_PER_PART = 2 ** 16;

/** The offset of the data, and the content of the header. */
interface Layout {
  readonly header: NpyHeader;
  readonly dataStart: number;
}

/**
 * Reads a .npy file (format versions 1 to 3, any real dtype, either byte order, C or Fortran order) as float64 in C
 * order. Integers beyond 2⁵³ are rounded. Throws `InputError` for a file that is not exactly one such array.
 */
export function readNpy(path: string): NumericArray {
  return withFile(path, readArray);
}

/** The same from memory; `name` is the name in messages. */
export function parseNpy(bytes: Uint8Array, name: string): NumericArray {
  return readArray(memorySource(name, bytes));
}

/** Writes `values` with the given shape as little-endian float64, C order. The file appears whole or not at all. */
export function writeNpy(path: string, values: Float64Array, shape: readonly number[]): void {
  if (product(shape) !== values.length)
    throw new RangeError(`${values.length} values do not fill shape ${formatShape(shape)}`);
  writeWhole(path, (sink) => {
    sink.write(float64Header(shape));
    sink.write(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  });
}

function product(shape: readonly number[]): number {
  return shape.reduce((total, length) => total * length, 1);
}

function readArray(source: Source): NumericArray {
  const { header, dataStart } = readLayout(source);
  const dtype = requireDtype(source, header);
  const count = product(header.shape);
  requireSize(source, dataStart + count * dtype.itemSize, header);
  const values = allocate(source, count);
  if (dtype.isFloat64 && !header.fortranOrder) source.read(new Uint8Array(values.buffer), dataStart);
  else
    convert(source, dataStart, dtype, header.fortranOrder ? fortranOrder(header.shape, values) : cOrder(values), count);
  return { shape: header.shape, values };
}

function readBytes(source: Source, position: number, length: number): Buffer {
  if (position + length > source.size)
    throw new InputError(`${source.name}: must be a whole .npy file, got one that ends within its header`);
  const bytes = Buffer.alloc(length);
  source.read(bytes, position);
  return bytes;
}

function readLayout(source: Source): Layout {
  if (source.size === 0) throw new InputError(`${source.name}: must be a .npy file, got an empty file`);
  const magic = readBytes(source, 0, Math.min(MAGIC.length, source.size)).toString('latin1');
  if (!MAGIC.startsWith(magic))
    throw new InputError(
      `${source.name}: must be a .npy file, got ${looksLike(source) ?? 'one that does not begin like one'}`,
    );
  const version = readBytes(source, 6, 2)[0];
  if (version < 1 || version > 3)
    throw new InputError(`${source.name}: .npy format version must be 1, 2 or 3, got ${version}`);
  const lengthBytes = version === 1 ? 2 : 4;
  const length = readBytes(source, 8, lengthBytes).readUIntLE(0, lengthBytes);
  if (length > LONGEST_HEADER)
    throw new InputError(`${source.name}: .npy header must have at most ${LONGEST_HEADER} bytes, got ${length}`);
  const text = readBytes(source, 8 + lengthBytes, length).toString(version === 3 ? 'utf8' : 'latin1');
  const header = parseHeader(text);
  if (header === undefined)
    throw new InputError(`${source.name}: .npy header must have descr, fortran_order and shape, got ${shorten(text)}`);
  return { header, dataStart: 8 + lengthBytes + length };
}

function shorten(text: string): string {
  return JSON.stringify(text.trim().slice(0, 120));
}

function requireDtype(source: Source, header: NpyHeader): Dtype {
  const dtype = header.descr === undefined ? undefined : findDtype(header.descr);
  if (dtype !== undefined) return dtype;
  const received = header.descr === undefined ? 'records (a structured dtype)' : describeDtype(header.descr);
  throw new InputError(`${source.name}: dtype must be ${ALLOWED_DTYPES}, got ${received}`);
}

/** Checks the size before anything is allocated, since a header may claim any shape. */
function requireSize(source: Source, expected: number, header: NpyHeader): void {
  if (source.size === expected) return;
  const trouble = source.size < expected ? 'it is truncated' : 'there are bytes after the array';
  throw new InputError(
    `${source.name}: must have ${expected} bytes for shape ${formatShape(header.shape)} of '${header.descr ?? ''}', got ${source.size}: ${trouble}`,
  );
}

function allocate(source: Source, count: number): Float64Array {
  try {
    return new Float64Array(count);
  } catch {
    throw new InputError(`${source.name}: must fit in memory as float64, got ${count} numbers`);
  }
}

type Place = (part: Float64Array, firstItem: number) => void;

function convert(source: Source, dataStart: number, dtype: Dtype, place: Place, count: number): void {
  const bytes = new Uint8Array(Math.min(count, ITEMS_PER_PART) * dtype.itemSize);
  const view = new DataView(bytes.buffer);
  const part = new Float64Array(Math.min(count, ITEMS_PER_PART));
  for (let first = 0; first < count; first += part.length) {
    const items = Math.min(part.length, count - first);
    source.read(bytes.subarray(0, items * dtype.itemSize), dataStart + first * dtype.itemSize);
    const decoded = part.subarray(0, items);
    dtype.decode(view, decoded);
    place(decoded, first);
  }
}

function cOrder(out: Float64Array): Place {
  return (part, firstItem) => {
    out.set(part, firstItem);
  };
}

/** Items come with the first index running fastest; called with consecutive parts. */
function fortranOrder(shape: readonly number[], out: Float64Array): Place {
  const strides = shape.map((_, axis) => product(shape.slice(axis + 1)));
  const index = shape.map(() => 0);
  let target = 0;
  const advance = (): void => {
    for (let axis = 0; axis < shape.length; axis++) {
      target += strides[axis];
      if (++index[axis] < shape[axis]) return;
      target -= strides[axis] * shape[axis];
      index[axis] = 0;
    }
  };
  return (part) => {
    for (const value of part) {
      out[target] = value;
      advance();
    }
  };
}
