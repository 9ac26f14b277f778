/** The real dtypes of NumPy, decoded to float64. */
import { excerpt } from '../base/visible.js';

export interface Dtype {
  readonly itemSize: number;
  /** true when the bytes are a little-endian float64 already */
  readonly isFloat64: boolean;
  /** Decodes `out.length` items from the start of `bytes`. */
  readonly decode: (bytes: DataView, out: Float64Array) => void;
}

type ReadItem = (bytes: DataView, offset: number, little: boolean) => number;

function readHalf(bytes: DataView, offset: number, little: boolean): number {
  const bits = bytes.getUint16(offset, little);
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (1024 + fraction) * 2 ** (exponent - 25);
}

const ITEMS: Readonly<Record<string, ReadItem>> = {
  b1: (bytes, offset) => (bytes.getUint8(offset) === 0 ? 0 : 1),
  i1: (bytes, offset) => bytes.getInt8(offset),
  u1: (bytes, offset) => bytes.getUint8(offset),
  i2: (bytes, offset, little) => bytes.getInt16(offset, little),
  u2: (bytes, offset, little) => bytes.getUint16(offset, little),
  i4: (bytes, offset, little) => bytes.getInt32(offset, little),
  u4: (bytes, offset, little) => bytes.getUint32(offset, little),
  i8: (bytes, offset, little) => Number(bytes.getBigInt64(offset, little)),
  u8: (bytes, offset, little) => Number(bytes.getBigUint64(offset, little)),
  f2: readHalf,
  f4: (bytes, offset, little) => bytes.getFloat32(offset, little),
  f8: (bytes, offset, little) => bytes.getFloat64(offset, little),
};

/** NumPy's other names of a type, as on 64-bit Unix: characters and words. */
const ALIASES: Readonly<Record<string, keyof typeof ITEMS>> = {
  '?': 'b1',
  b: 'i1',
  B: 'u1',
  h: 'i2',
  H: 'u2',
  i: 'i4',
  I: 'u4',
  l: 'i8',
  L: 'u8',
  q: 'i8',
  Q: 'u8',
  n: 'i8',
  N: 'u8',
  p: 'i8',
  P: 'u8',
  e: 'f2',
  f: 'f4',
  d: 'f8',
};
const WORDS: Readonly<Record<string, keyof typeof ITEMS>> = {
  bool: 'b1',
  bool_: 'b1',
  byte: 'i1',
  ubyte: 'u1',
  short: 'i2',
  ushort: 'u2',
  intc: 'i4',
  uintc: 'u4',
  int: 'i8',
  int_: 'i8',
  uint: 'u8',
  long: 'i8',
  ulong: 'u8',
  longlong: 'i8',
  ulonglong: 'u8',
  intp: 'i8',
  uintp: 'u8',
  int8: 'i1',
  uint8: 'u1',
  int16: 'i2',
  uint16: 'u2',
  int32: 'i4',
  uint32: 'u4',
  int64: 'i8',
  uint64: 'u8',
  half: 'f2',
  single: 'f4',
  double: 'f8',
  float: 'f8',
  float16: 'f2',
  float32: 'f4',
  float64: 'f8',
};

/** Descriptions of types that basin does not read. */
const REFUSED: readonly (readonly [RegExp, string])[] = [
  [
    /^(f(12|16)|g|longdouble|longfloat|float96|float128)$/,
    'floats of 80 or 128 bits, whose bits differ between machines: save them as float64',
  ],
  [/^([cFDG]|complex)/, 'complex numbers'],
  [/^(O|object)/, 'Python objects'],
  [/^([Sa]|bytes)/, 'byte strings'],
  [/^(U|str)/, 'strings'],
  [/^(V|void)/, 'raw records'],
  [/^(M|datetime)/, 'dates'],
  [/^(m|timedelta)/, 'durations'],
];

export const ALLOWED_DTYPES = 'bool, an integer of 8 to 64 bits or a float of 16 to 64 bits';

function decoder(readItem: ReadItem, itemSize: number, little: boolean): Dtype['decode'] {
  return (bytes, out) => {
    for (let i = 0; i < out.length; i++) out[i] = readItem(bytes, i * itemSize, little);
  };
}

/** The dtype of a descr such as `<f8`, `?` or `float64`, or undefined when basin does not read it. */
export function findDtype(descr: string): Dtype | undefined {
  const type = typeOf(descr);
  if (type === undefined) return undefined;
  const itemSize = Number(type[1]);
  const little = !descr.startsWith('>');
  return { itemSize, isFloat64: type === 'f8' && little, decode: decoder(ITEMS[type], itemSize, little) };
}

/** `i4` of `<i4`, `=i`, `int32`; words take no byte order. */
function typeOf(descr: string): string | undefined {
  if (Object.hasOwn(WORDS, descr)) return WORDS[descr];
  const code = withoutOrder(descr);
  if (Object.hasOwn(ALIASES, code)) return ALIASES[code];
  return Object.hasOwn(ITEMS, code) ? code : undefined;
}

const withoutOrder = (descr: string): string => descr.replace(/^[<>=|]/, '');

/** `complex numbers ('<c16')`, for messages about a dtype that `findDtype` does not know. */
export function describeDtype(descr: string): string {
  const kind = REFUSED.find(([pattern]) => pattern.test(withoutOrder(descr)))?.[1];
  return kind === undefined ? excerpt(descr) : `${kind} (${excerpt(descr)})`;
}
