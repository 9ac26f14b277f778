/** The real dtypes of NumPy, decoded to float64. */

export interface Dtype {
  readonly itemSize: number;
  /** whether the bytes are a little-endian float64 already */
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

const REFUSED_KINDS: Readonly<Record<string, string>> = {
  c: 'complex numbers',
  O: 'Python objects',
  S: 'byte strings',
  a: 'byte strings',
  U: 'strings',
  V: 'raw records',
  M: 'dates',
  m: 'durations',
  f: 'floats of another width',
};

export const ALLOWED_DTYPES = 'bool, an integer of 8 to 64 bits or a float of 16 to 64 bits';

function decoder(readItem: ReadItem, itemSize: number, little: boolean): Dtype['decode'] {
  return (bytes, out) => {
    for (let i = 0; i < out.length; i++) out[i] = readItem(bytes, i * itemSize, little);
  };
}

/** The dtype of a descr such as `<f8`, or undefined when it is none of ours. */
export function findDtype(descr: string): Dtype | undefined {
  const [, order, type] = /^([<>=|])([a-z][0-9])$/.exec(descr) ?? [];
  if (type === undefined || !(type in ITEMS)) return undefined;
  const itemSize = Number(type[1]);
  const little = order !== '>';
  return { itemSize, isFloat64: type === 'f8' && little, decode: decoder(ITEMS[type], itemSize, little) };
}

/** `complex numbers ('<c16')`, for messages about a dtype that `findDtype` does not know. */
export function describeDtype(descr: string): string {
  const kind = REFUSED_KINDS[descr.replace(/^[<>=|]/, '').charAt(0)];
  return kind === undefined ? `'${descr}'` : `${kind} ('${descr}')`;
}
