/** Numbers as blobs of a store hold them: little-endian doubles. */

/** The bytes of the numbers, in place. */
export function asBytes({ buffer, byteOffset, byteLength }: Float64Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

/** A copy of the numbers. SQLite's bytes may start at any offset of a buffer; doubles need an aligned buffer. */
export function asDoubles(bytes: Uint8Array): Float64Array {
  const values = new Float64Array(bytes.length / Float64Array.BYTES_PER_ELEMENT);
  asBytes(values).set(bytes);
  return values;
}
