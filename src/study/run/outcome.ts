/** What a run tells of itself, on its way and at its end. */

export interface ExperimentProgress {
  readonly id: string;
  readonly planned: number;
  /** stored trials of the plan: ok, diverged or failed */
  readonly done: number;
  readonly failed: number;
  /** trials of the plan that are over their limits: nothing is left to do for them in this run */
  readonly censored: number;
  /** performed in this run */
  readonly performed: number;
  /** of this run, since the experiment's first lease; NaN before the first result */
  readonly trialsPerSecond: number;
  /** predicted seconds until this experiment is done, once it has all workers; 0 when done */
  readonly secondsLeft: number;
}

/**
 * `complete`: nothing is left but what is over the limits; `stopped`: by the control; `budget`: by the time; `failing`:
 * the first trials of an experiment all failed.
 */
export type Ending = 'complete' | 'stopped' | 'budget' | 'failing';

export interface StudyOutcome {
  readonly ending: Ending;
  readonly experiments: readonly ExperimentProgress[];
  /** wall-clock time of this run */
  readonly seconds: number;
  /** with `failing`: the first error */
  readonly failure?: { readonly experiment: string; readonly failed: number; readonly error: string };
}
