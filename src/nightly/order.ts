/** Chooses the experiment that a night runs next. */

/** Predicted time until an experiment is complete, with all workers. */
export interface Prediction {
  readonly seconds: number;
  /** the time with a margin, which has to fit into the budget */
  readonly atMost: number;
}

export interface Waiting extends Prediction {
  /** has trials of this round already */
  readonly begun: boolean;
}

/**
 * Experiments that were begun come first, then those that fit into the rest of the budget, then the others. In each
 * group the longest comes first.
 */
export function nextExperiment<T extends Waiting>(waiting: readonly T[], budgetLeft: number): T | undefined {
  const rank = ({ begun, atMost }: Waiting): number => (begun ? 0 : atMost <= budgetLeft ? 1 : 2);
  return waiting.toSorted((a, b) => rank(a) - rank(b) || b.seconds - a.seconds).at(0);
}

/** Measured work. */
export interface Measured {
  readonly operations: number;
  /** of all workers together */
  readonly seconds: number;
}

/**
 * Margins on predicted times. The assumed rate is that of the fastest experiments; a measured rate changes with the
 * machine's load.
 */
const MARGIN = { assumed: 3, measured: 1.25 } as const;

/**
 * Time for a number of operations: at the rate of this round, else of an earlier night, else at the assumed one
 * (operations per second of a worker).
 */
export function predict(
  operations: number,
  workers: number,
  assumedRate: number,
  measured: readonly (Measured | undefined)[],
): Prediction {
  const known = measured.find((work) => work !== undefined && work.operations > 0 && work.seconds > 0);
  const seconds =
    (known === undefined ? operations / assumedRate : operations * (known.seconds / known.operations)) / workers;
  return { seconds, atMost: seconds * (known === undefined ? MARGIN.assumed : MARGIN.measured) };
}
