/** Takes the content of a file piece by piece. */
import { disk } from './disk.js';
import { fileError, fileErrorCode } from './fileError.js';

export interface Sink {
  /** Writes text as UTF-8, or bytes. The caller may reuse the bytes when this returns. */
  write(part: string | Uint8Array): void;
}

const BUFFERED_CHARACTERS = 2 ** 16;
/** Node writes at most 2³¹ − 1 bytes at once. */
const MOST_BYTES_AT_ONCE = 2 ** 30;
/** Pause between two attempts to write to a full pipe. */
const WAIT_MILLISECONDS = 2;

/** Every byte is written, or `InputError` is thrown with the file's name. */
export class DescriptorSink implements Sink {
  readonly #name: string;
  readonly #descriptor: number;
  #buffered = '';
  #readerGone = false;

  constructor(name: string, descriptor: number) {
    this.#name = name;
    this.#descriptor = descriptor;
  }

  /** True when a write has failed because nobody reads any more. */
  get readerGone(): boolean {
    return this.#readerGone;
  }

  write(part: string | Uint8Array): void {
    if (typeof part === 'string') this.#buffered += part;
    if (typeof part !== 'string' || this.#buffered.length >= BUFFERED_CHARACTERS) this.flush();
    if (typeof part !== 'string') this.#writeBytes(part);
  }

  flush(): void {
    if (this.#buffered === '') return;
    const bytes = Buffer.from(this.#buffered);
    this.#buffered = '';
    this.#writeBytes(bytes);
  }

  #writeBytes(bytes: Uint8Array): void {
    try {
      for (let done = 0; done < bytes.length;) done += writeSome(this.#descriptor, bytes, done);
    } catch (error) {
      this.#readerGone = fileErrorCode(error) === 'EPIPE';
      throw fileError(this.#name, 'written', error);
    }
  }
}

/** The number of bytes written, at least one. */
function writeSome(descriptor: number, bytes: Uint8Array, from: number): number {
  for (;;) {
    try {
      const count = disk().write(descriptor, bytes, from, Math.min(bytes.length - from, MOST_BYTES_AT_ONCE));
      if (count > 0) return count;
      throw Object.assign(new Error('a write of no bytes'), { code: 'ENOSPC' });
    } catch (error) {
      if (fileErrorCode(error) !== 'EAGAIN') throw error;
      // A pipe that is full: its reader is slow.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, WAIT_MILLISECONDS);
    }
  }
}
