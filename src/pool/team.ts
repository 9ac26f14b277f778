/**
 * All workers on one trial: the leader runs it as any worker would, and its helpers perform parts of the work on a
 * large training set. They share two buffers from the beginning, so no messages are needed while the trial runs.
 */
import { throwIfCancelled } from '../base/errors.js';
import type { NativeKernels } from '../core/kernels/contract.js';
import { performPart, type Job, type Team } from '../core/kernels/team.js';
import { Barrier, BARRIER_WORDS, HelperLost } from './barrier.js';
import { decodeJob, encodeJob } from './jobs.js';

/** Room for a job's text; its length is the word behind the barrier's. */
const TEXT_BYTES = 4096;
const TEXT_OFFSET = (BARRIER_WORDS + 1) * Int32Array.BYTES_PER_ELEMENT;
/** Memory beside the inputs, for labels, points and sums. The system provides it only where it is used. */
const EXTRA_SHARE = 0.2;
const EXTRA_BYTES = 2 ** 26;
/** Allocations begin at cache lines. */
const LINE = 8;

export const PATIENCE_MILLISECONDS = 30_000;

/** The buffers that the members of a team share; every thread gets them at its start. */
export interface TeamMemory {
  readonly words: SharedArrayBuffer;
  readonly numbers: SharedArrayBuffer;
  readonly patienceMilliseconds: number;
}

/** Memory for training sets of a given number of entries n·d. */
export function teamMemory(entries: number, patienceMilliseconds = PATIENCE_MILLISECONDS): TeamMemory {
  const bytes = Math.ceil(entries * Float64Array.BYTES_PER_ELEMENT * (1 + EXTRA_SHARE)) + EXTRA_BYTES;
  return {
    words: new SharedArrayBuffer(TEXT_OFFSET + TEXT_BYTES),
    numbers: new SharedArrayBuffer(Math.ceil(bytes / 64) * 64),
    patienceMilliseconds,
  };
}

/** The leader's team, for trials one after the other. */
export class LeaderTeam implements Team {
  readonly #memory: TeamMemory;
  readonly #barrier: Barrier;
  readonly #native: NativeKernels;
  readonly #cancel: Int32Array;
  readonly #origin: number;
  /** doubles allocated in this trial */
  #used = 0;
  #shared: { readonly from: Float64Array; readonly values: Float64Array } | undefined;
  #room: Float64Array | undefined;
  /** True when a helper was lost: it may still write to the memory, which must not be used any more. */
  broken = false;

  constructor(memory: TeamMemory, native: NativeKernels, cancel: Int32Array) {
    this.#memory = memory;
    this.#barrier = new Barrier(memory.words, memory);
    this.#native = native;
    this.#cancel = cancel;
    this.#origin = native.alignment(new Float64Array(memory.numbers, 0, LINE));
  }

  /** Frees the allocations of the previous trial. */
  beginTrial(): void {
    this.#used = 0;
    this.#shared = undefined;
    this.#room = undefined;
  }

  allocate(length: number): Float64Array | undefined {
    // The memory still holds numbers of the previous trial.
    return this.#take(length)?.fill(0);
  }

  owns(values: Float64Array): boolean {
    return values.buffer === this.#memory.numbers;
  }

  share(values: Float64Array): Float64Array | undefined {
    if (this.owns(values)) return values;
    if (this.#shared?.from === values) return this.#shared.values;
    const fits = this.#shared !== undefined && this.#shared.values.length === values.length;
    const copy = fits ? this.#shared?.values : this.#take(values.length);
    if (copy === undefined) return undefined;
    copy.set(values);
    this.#shared = { from: values, values: copy };
    return copy;
  }

  room(length: number): Float64Array | undefined {
    if (this.#room === undefined || this.#room.length < length) this.#room = this.#take(length);
    return this.#room?.subarray(0, length);
  }

  perform(job: Job, parts: number): void {
    this.#post(encodeJob({ job, parts }));
    try {
      this.#barrier.lead(parts, (part) => {
        throwIfCancelled(this.#cancel);
        performPart(this.#native, job, part);
      });
    } catch (error) {
      this.broken ||= error instanceof HelperLost;
      throw error;
    }
    throwIfCancelled(this.#cancel);
  }

  #take(length: number): Float64Array | undefined {
    const first = this.#origin + this.#used;
    if ((first + length) * Float64Array.BYTES_PER_ELEMENT > this.#memory.numbers.byteLength) return undefined;
    this.#used += Math.ceil(length / LINE) * LINE;
    return new Float64Array(this.#memory.numbers, first * Float64Array.BYTES_PER_ELEMENT, length);
  }

  #post(text: string): void {
    const bytes = Buffer.from(text);
    if (bytes.length > TEXT_BYTES)
      throw new Error(`a job of the team must be at most ${TEXT_BYTES} bytes of text, got ${bytes.length}`);
    new Int32Array(this.#memory.words)[BARRIER_WORDS] = bytes.length;
    new Uint8Array(this.#memory.words, TEXT_OFFSET).set(bytes);
  }
}

/** A helper's work from the leader's first job to the end of its lease. */
export function helpTeam(memory: TeamMemory, native: NativeKernels, cancel: Int32Array): void {
  new Barrier(memory.words, memory).help(() => {
    const { job, parts } = decodeJob(postedText(memory), memory.numbers);
    return {
      parts,
      work: (part) => {
        if (Atomics.load(cancel, 0) === 0) performPart(native, job, part);
      },
    };
  });
}

function postedText({ words }: TeamMemory): string {
  const length = new Int32Array(words)[BARRIER_WORDS];
  // A copy, as text cannot be decoded from shared memory.
  return Buffer.from(new Uint8Array(words, TEXT_OFFSET, length)).toString();
}
