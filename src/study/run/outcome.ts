/** What a run reports while it runs and at its end. */

export interface ExperimentProgress {
  readonly id: string;
  readonly planned: number;
  /**
   * trials that the experiment will likely have when more are planned from results; undefined while nothing can be
   * said. Else the planned ones
   */
  readonly likely: number | undefined;
  /** whether nothing is left that this run could do */
  readonly complete: boolean;
  /** stored trials of the plan: ok, diverged or failed */
  readonly done: number;
  readonly failed: number;
  /** trials of the plan that are over their limits; this run does nothing more for them */
  readonly censored: number;
  /** trials performed in this run */
  readonly performed: number;
  /** rate of this run since the experiment's first lease; NaN before the first result */
  readonly trialsPerSecond: number;
  /**
   * predicted seconds until this experiment is done, from when all workers are free for it; 0 when it is done, NaN
   * while too little was measured
   */
  readonly secondsLeft: number;
}

/**
 * Why a run ended. `complete`: only trials over the limits are left; `stopped`: by the control; `budget`: the time is
 * over; `failing`: the first trials of an experiment all failed.
 */
export type Ending = 'complete' | 'stopped' | 'budget' | 'failing';

export interface StudyOutcome {
  readonly ending: Ending;
  readonly experiments: readonly ExperimentProgress[];
  /** wall-clock time of this run */
  readonly seconds: number;
  /** only with `failing`: the first error */
  readonly failure?: { readonly experiment: string; readonly failed: number; readonly error: string };
}
