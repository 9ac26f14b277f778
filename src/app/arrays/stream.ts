import { wholeNumber } from '../../base/allowed.js';
import type { StreamAddress } from '../../core/kernels/contract.js';
import { Purpose } from '../../core/streams.js';
import { streamKey } from '../../study/grid/streams.js';

/**
 * The random numbers of an algorithm that runs outside of a study. They depend only on the command's name and a seed.
 */
export function algorithmStream(command: 'init' | 'factorize' | 'fit', seed: number): StreamAddress {
  wholeNumber('seed', seed, 0, Number.MAX_SAFE_INTEGER);
  return { key: streamKey(`basin ${command}`, 1, seed, ''), trial: 0, purpose: Purpose.algorithm };
}
