/**
 * Measures that a user defines. They are active while some part of the user's study runs, like the user's own words
 * (definitions/within.ts).
 */
import type { Points } from '../../core/kernels/contract.js';
import type { Estimator } from '../../statistics/ranges.js';
import type { Measure, TrialContext, TrialOutcome } from '../spec.js';
import type { StudySettings } from './declared.js';
import type { StudyProblem } from './problem.js';
import type { Runs } from './runs.js';

/** A trial whose descents have ended. */
export interface EndedTrial {
  readonly context: TrialContext<StudySettings>;
  readonly drawn: StudyProblem;
  readonly starts: Points;
  readonly runs: Runs;
  /** the start that ended with the lowest loss */
  readonly best: number;
  /** contains basin's measures of the trial */
  readonly outcome: TrialOutcome;
}

export interface OwnMeasure extends Measure {
  /** the estimator with a confidence sequence, for studies whose number of trials depends on results */
  readonly sequence: Estimator;
  /** undefined if this trial has no value */
  readonly compute: (trial: EndedTrial) => number | undefined;
}

let inForce: readonly OwnMeasure[] = [];

/** Runs a synchronous function with a user's own measures active. */
export function withOwnMeasures<T>(measures: readonly OwnMeasure[], run: () => T): T {
  const before = inForce;
  inForce = measures;
  try {
    return run();
  } finally {
    inForce = before;
  }
}

export function ownMeasures(): readonly OwnMeasure[] {
  return inForce;
}

/** Adds a user's own measures to the outcome. They are not computed for a trial that diverged. */
export function withOwn(trial: EndedTrial): TrialOutcome {
  const { outcome } = trial;
  if (inForce.length === 0 || outcome.status !== 'ok') return outcome;
  const own = inForce.flatMap(({ of, compute }) => {
    const value = compute(trial);
    return value === undefined ? [] : [[of, value] as const];
  });
  return { ...outcome, measures: { ...outcome.measures, ...Object.fromEntries(own) } };
}
