/** The random numbers of a trial in a user's own experiment, by purpose. */
import { createHash } from 'node:crypto';
import type { RandomKernels, StreamAddress } from '../core/kernels/contract.js';

/** Random numbers for one purpose of one trial. Each call continues where the previous call ended. */
export interface Stream {
  /** `count` numbers, uniform on (0, 1). */
  uniforms(count: number): Float64Array;
  /** `count` numbers with distribution N(0, 1). */
  normals(count: number): Float64Array;
  /** the address of the random numbers, for kernels that draw numbers themselves */
  readonly address: StreamAddress;
}

/** Purposes of basin's own experiments are small numbers. Purposes from texts have the highest bit set. */
const HIGHEST_BIT = 0x80000000;
const MOST = 2 ** 31;

/** The number that represents a text in the counter: the first 32 bits of its SHA-256, with the highest bit set. */
export function purposeOf(text: string): number {
  return (createHash('sha256').update(text).digest().readUInt32BE(0) | HIGHEST_BIT) >>> 0;
}

/** The streams of one trial. Each purpose has one stream. */
export function streamsOf(
  addressOf: (purpose: number) => StreamAddress,
  kernels: RandomKernels,
): (purpose: string) => Stream {
  const streams = new Map<number, { readonly text: string; readonly stream: Stream }>();
  return (text) => {
    requirePurpose(text);
    const purpose = purposeOf(text);
    const found = streams.get(purpose) ?? { text, stream: streamOf(addressOf(purpose), kernels) };
    if (found.text !== text)
      throw new Error(`the purposes '${found.text}' and '${text}' have the same number: rename one`);
    streams.set(purpose, found);
    return found.stream;
  };
}

/** Checks the type at run time: in JavaScript, no compiler would report it. */
function requirePurpose(text: unknown): void {
  if (typeof text !== 'string' || text === '')
    throw new TypeError(`stream() must be given a purpose, e.g. stream('data'), got ${String(text)}`);
}

/** The stream at an address, from its beginning. A block holds two numbers, and each call begins with a new block. */
export function streamOf(address: StreamAddress, kernels: RandomKernels): Stream {
  let block = 0;
  const draw =
    (kind: 'uniforms' | 'normals') =>
    (count: number): Float64Array => {
      if (!Number.isInteger(count) || count < 0 || count > MOST)
        throw new RangeError(`${kind}() must be given an integer from 0 to ${MOST}, got ${String(count)}`);
      const numbers = new Float64Array(count);
      kernels[kind](address, block, numbers);
      block += Math.ceil(count / 2);
      return numbers;
    };
  return { address, uniforms: draw('uniforms'), normals: draw('normals') };
}
