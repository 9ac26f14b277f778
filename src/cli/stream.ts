import type { StreamAddress } from '../core/kernels/contract.js';
import { Purpose } from '../core/streams.js';
import { streamKey } from '../study/grid/streams.js';
import { parseInteger } from './options.js';

/** The random numbers of a command outside any study: a function of its name and `--seed` alone. */
export function commandStream(command: string, seedText: string): StreamAddress {
  const seed = parseInteger('--seed', seedText, 0, Number.MAX_SAFE_INTEGER);
  return { key: streamKey(`basin ${command}`, 1, seed, ''), trial: 0, purpose: Purpose.algorithm };
}
