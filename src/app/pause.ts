import { StopLevel, type StudyControl } from '../pool/control.js';

/** Waits for the given time, or until it is told to stop. */
export async function pause(seconds: number, control: StudyControl): Promise<void> {
  const slice = 0.2;
  for (let left = seconds; left > 0 && control.level === StopLevel.none; left -= slice)
    await new Promise((wake) => {
      setTimeout(wake, 1000 * Math.min(left, slice));
    });
}
