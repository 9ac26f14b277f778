/** Callbacks of the caller's program during a study: an error of one stops the study, and is thrown when it has ended. */
import type { StudyControl } from '../pool/control.js';

export class Callbacks {
  readonly #control: StudyControl;
  #first: { readonly error: unknown } | undefined;

  constructor(control: StudyControl) {
    this.#control = control;
  }

  /** The callback for code that must not be interrupted. After the first error of any of them, none is called. */
  guarded<T>(callback: (value: T) => void): (value: T) => void {
    return (value) => {
      if (this.#first !== undefined) return;
      try {
        callback(value);
      } catch (error) {
        this.#first = { error };
        this.#control.stop();
      }
    };
  }

  throwFirst(): void {
    if (this.#first !== undefined) throw this.#first.error;
  }
}
