/** The word to stop, shared by the coordinator and its workers. */

/** `finish`: begin no new trial; `abandon`: break off the running ones too. */
export const StopLevel = { none: 0, finish: 1, abandon: 2 } as const;
export type StopLevel = (typeof StopLevel)[keyof typeof StopLevel];

const LEVEL = 0;
const CANCEL = 1;

export class StudyControl {
  readonly buffer: SharedArrayBuffer;
  readonly #words: Int32Array;

  /** Makes a new control, or in a worker the view of the coordinator's. */
  constructor(buffer = new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT)) {
    this.buffer = buffer;
    this.#words = new Int32Array(buffer);
  }

  get level(): StopLevel {
    return Atomics.load(this.#words, LEVEL) as StopLevel;
  }

  /** One word for the kernels to poll: not 0 when the running trial should break off. */
  get cancel(): Int32Array {
    return new Int32Array(this.buffer, CANCEL * Int32Array.BYTES_PER_ELEMENT, 1);
  }

  get cancelled(): boolean {
    return Atomics.load(this.#words, CANCEL) !== 0;
  }

  /** Running trials end and are kept; no new one begins. */
  stop(): void {
    Atomics.compareExchange(this.#words, LEVEL, StopLevel.none, StopLevel.finish);
  }

  /** Running trials break off and are not kept. */
  stopNow(): void {
    Atomics.store(this.#words, LEVEL, StopLevel.abandon);
    Atomics.store(this.#words, CANCEL, 1);
  }

  /** What Ctrl-C does: the first time `stop`, the second time `stopNow`. */
  interrupt(): void {
    if (this.level === StopLevel.none) this.stop();
    else this.stopNow();
  }
}
