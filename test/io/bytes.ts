/** A .npy file of version 1 with any header text and data, well-formed or not. */
export function npyBytes(header: string, data: Uint8Array | readonly number[] = []): Uint8Array {
  const length = Buffer.alloc(2);
  length.writeUInt16LE(header.length);
  return Buffer.concat([
    Buffer.from('\x93NUMPY\x01\x00', 'latin1'),
    length,
    Buffer.from(header, 'latin1'),
    Buffer.from(data),
  ]);
}
