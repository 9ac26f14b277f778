/** Which experiment a night takes next. */

/** Predicted time until an experiment is complete, with all workers. */
export interface Prediction {
  readonly seconds: number;
  /** what it may become: what this has to fit into a budget */
  readonly atMost: number;
}

export interface Waiting extends Prediction {
  /** has trials of this round already */
  readonly begun: boolean;
}

/**
 * What was begun comes first; then what fits into the rest of the budget; then the others: the longest first each time.
 */
export function nextExperiment<T extends Waiting>(waiting: readonly T[], budgetLeft: number): T | undefined {
  const rank = ({ begun, atMost }: Waiting): number => (begun ? 0 : atMost <= budgetLeft ? 1 : 2);
  return waiting.toSorted((a, b) => rank(a) - rank(b) || b.seconds - a.seconds).at(0);
}

/** Work that was measured. */
export interface Measured {
  readonly operations: number;
  /** of all workers together */
  readonly seconds: number;
}

/**
 * How much longer it may take than predicted: the rate assumed of any experiment is that of its best, a measured one
 * changes with the machine's load.
 */
const MARGIN = { assumed: 3, measured: 1.25 } as const;

/**
 * Time for so many operations: at the rate of this round, else of an earlier night, else as assumed (operations per
 * second of a worker).
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
