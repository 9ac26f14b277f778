/** Which experiment a night takes next. */

export interface Waiting {
  /** has trials of this round already */
  readonly begun: boolean;
  /** predicted, with all workers */
  readonly secondsLeft: number;
}

/** What was begun comes first; then what fits into the rest of the budget; then the others: the longest first each time. */
export function nextExperiment<T extends Waiting>(waiting: readonly T[], budgetLeft: number): T | undefined {
  const rank = ({ begun, secondsLeft }: Waiting): number => (begun ? 0 : secondsLeft <= budgetLeft ? 1 : 2);
  return waiting.toSorted((a, b) => rank(a) - rank(b) || b.secondsLeft - a.secondsLeft).at(0);
}

/** Work that was measured. */
export interface Measured {
  readonly operations: number;
  /** of all workers together */
  readonly seconds: number;
}

/** Seconds for so many operations: at the rate of this round, else of an earlier night, else as assumed of any experiment. */
export function predictSeconds(operations: number, workers: number, assumedRate: number, measured: readonly (Measured | undefined)[]): number {
  const known = measured.find((work) => work !== undefined && work.operations > 0 && work.seconds > 0);
  const secondsPerOperation = known === undefined ? 1 / assumedRate : known.seconds / known.operations;
  return (operations * secondsPerOperation) / workers;
}
