/** How long trials will take: operations per trial times a rate learnt from finished leases. */

/** What is assumed before anything has been measured. */
export const ASSUMED_FLOPS_PER_SECOND = 40e9;
/** Weight of what was learnt before when a lease comes in: rates change with cells and with the machine's load. */
const MEMORY = 0.8;

/** The learnt rate of one experiment, and of each of its cells that has finished trials. */
export class CostModel<Cell extends { readonly cost: number }> {
  #operations = 0;
  #seconds = 0;
  readonly #cells = new Map<Cell, { trials: number; seconds: number }>();

  observe(cell: Cell, trials: number, seconds: number): void {
    if (trials === 0) return;
    this.#operations = MEMORY * this.#operations + trials * cell.cost;
    this.#seconds = MEMORY * this.#seconds + seconds;
    const before = this.#cells.get(cell) ?? { trials: 0, seconds: 0 };
    this.#cells.set(cell, { trials: MEMORY * before.trials + trials, seconds: MEMORY * before.seconds + seconds });
  }

  secondsPerTrial(cell: Cell): number {
    const own = this.#cells.get(cell);
    return own === undefined ? this.seconds(cell.cost) : own.seconds / own.trials;
  }

  /** Seconds for so many operations of the experiment. */
  seconds(operations: number): number {
    return this.#operations === 0 ? operations / ASSUMED_FLOPS_PER_SECOND : operations * (this.#seconds / this.#operations);
  }
}
