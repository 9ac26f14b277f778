import type { RandomKernels, StreamAddress } from '../kernels/contract.js';

/** The next `count` numbers N(0, 1) of a stream. */
export type NormalSource = (count: number) => Float64Array;

/** Reads a stream from its beginning, every request from a block of its own. */
export function normalSource(kernels: Pick<RandomKernels, 'normals'>, stream: StreamAddress): NormalSource {
  let block = 0;
  return (count) => {
    const out = new Float64Array(count);
    kernels.normals(stream, block, out);
    block += Math.ceil(count / 2);
    return out;
  };
}
