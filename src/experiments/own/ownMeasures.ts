/** Measures of a user's own: in force while something of her study runs, as her words are (definitions/within.ts). */
import type { Points } from '../../core/kernels/contract.js';
import type { Estimator } from '../../statistics/ranges.js';
import type { TrainingSet } from '../common/planted.js';
import type { Measure, TrialContext, TrialOutcome } from '../spec.js';
import type { StudySettings } from './declared.js';
import type { Runs } from './runs.js';

/** A trial whose descents have ended. */
export interface EndedTrial {
  readonly context: TrialContext<StudySettings>;
  readonly drawn: TrainingSet;
  readonly starts: Points;
  readonly runs: Runs;
  /** the start that ended with the lowest loss */
  readonly best: number;
  /** with basin's measures of it */
  readonly outcome: TrialOutcome;
}

export interface OwnMeasure extends Measure {
  /** with a confidence sequence, for trials that end by their results */
  readonly sequence: Estimator;
  /** undefined: this trial has none */
  readonly compute: (trial: EndedTrial) => number | undefined;
}

let inForce: readonly OwnMeasure[] = [];

/** Runs something that ends before it returns, with a user's own measures in force. */
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

/** The outcome with a user's own measures, which are not asked of a trial that diverged. */
export function withOwn(trial: EndedTrial): TrialOutcome {
  const { outcome } = trial;
  if (inForce.length === 0 || outcome.status !== 'ok') return outcome;
  const own = inForce.flatMap(({ of, compute }) => {
    const value = compute(trial);
    return value === undefined ? [] : [[of, value] as const];
  });
  return { ...outcome, measures: { ...outcome.measures, ...Object.fromEntries(own) } };
}
