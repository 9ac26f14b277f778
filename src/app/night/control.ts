/** Stops a night. */
import { StudyControl, type LeaseInHand, type StopLevel } from '../../pool/control.js';

/**
 * Stops the current experiment and all later ones. Each experiment has its own control: if all its first trials fail,
 * it stops this control, and the night continues.
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

  /** What the workers of the current experiment compute now, and what waits for them. */
  get inHand(): LeaseInHand[] {
    return this.#running?.inHand ?? [];
  }

  /** The effect of Ctrl-C, the same as for a study. */
  interrupt(): void {
    this.#night.interrupt();
    this.#running?.interrupt();
  }

  /** Runs work that the interruptions of this night also stop. */
  async during<T>(act: (control: StudyControl) => Promise<T>): Promise<T> {
    this.#running = new StudyControl();
    try {
      return await act(this.#running);
    } finally {
      this.#running = undefined;
    }
  }
}
