/** Jobs as text: arrays by their place in the team's memory, everything else by value. */
import { parseActivation, type Activation } from '../core/networks/activations.js';
import type { Job } from '../core/kernels/team.js';

export interface PostedJob {
  readonly job: Job;
  readonly parts: number;
}

interface Place {
  readonly byteOffset: number;
  readonly length: number;
}

export function encodeJob(posted: PostedJob): string {
  return JSON.stringify(posted, (key, value: unknown) => {
    if (value instanceof Float64Array) return { byteOffset: value.byteOffset, length: value.length } satisfies Place;
    return key === 'activation' ? (value as Activation).name : value;
  });
}

/** The same job over the same memory. */
export function decodeJob(text: string, memory: SharedArrayBuffer): PostedJob {
  return JSON.parse(text, (key, value: unknown) => {
    if (isPlace(value)) return new Float64Array(memory, value.byteOffset, value.length);
    return key === 'activation' ? parseActivation(value as string) : value;
  }) as PostedJob;
}

function isPlace(value: unknown): value is Place {
  return typeof value === 'object' && value !== null && 'byteOffset' in value;
}
