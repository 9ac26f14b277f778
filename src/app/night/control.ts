/** What stops a night. */
import { StudyControl, type StopLevel } from '../../pool/control.js';

/**
 * Stops the experiment at work, and all after it. Each experiment has a control of its own: one whose first trials all
 * fail stops its control, and not the night.
 */
export class NightControl {
  readonly #night = new StudyControl();
  #running: StudyControl | undefined;

  get level(): StopLevel {
    return this.#night.level;
  }

  get cancelled(): boolean {
    return this.#night.cancelled;
  }

  /** What Ctrl-C does, as to a study. */
  interrupt(): void {
    this.#night.interrupt();
    this.#running?.interrupt();
  }

  /** Work that this night's interruptions reach. */
  async during<T>(act: (control: StudyControl) => Promise<T>): Promise<T> {
    this.#running = new StudyControl();
    try {
      return await act(this.#running);
    } finally {
      this.#running = undefined;
    }
  }
}
