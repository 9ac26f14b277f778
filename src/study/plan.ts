/** From missing trials to leases. Pure bookkeeping: no threads, no clock, no store. */

/** Trials first … end − 1. */
export interface Range {
  readonly first: number;
  readonly end: number;
}

export interface PlannedCell {
  /** operations of one trial, > 0 */
  readonly cost: number;
  readonly missing: readonly Range[];
}

export interface Slice<Cell extends PlannedCell> {
  readonly cell: Cell;
  readonly first: number;
  readonly count: number;
}

/** Bounds a lease of trivial trials: its results are in memory at once. */
export const MOST_TRIALS_PER_LEASE = 16384;
export const LEASE_SECONDS = { least: 0.2, most: 1 } as const;
/** Near the end leases shrink so that this many are left for each worker. */
const LEASES_PER_WORKER = 4;

/** What of 0 … planned − 1 is not in `done`, which ascends. */
export function missingRanges(planned: number, done: Iterable<number>): Range[] {
  const missing: Range[] = [];
  let first = 0;
  for (const trial of done) {
    if (trial >= planned) break;
    if (trial > first) missing.push({ first, end: trial });
    first = trial + 1;
  }
  if (first < planned) missing.push({ first, end: planned });
  return missing;
}

export function countTrials(ranges: readonly Range[]): number {
  return ranges.reduce((sum, { first, end }) => sum + end - first, 0);
}

/** The seconds a lease should take when so much work is left for so many workers. */
export function leaseSeconds(secondsLeft: number, workers: number): number {
  return Math.min(LEASE_SECONDS.most, Math.max(LEASE_SECONDS.least, secondsLeft / (LEASES_PER_WORKER * workers)));
}

/** Trials that take about so many seconds together, at least one. */
export function leaseTrials(seconds: number, secondsPerTrial: number): number {
  return Math.min(MOST_TRIALS_PER_LEASE, Math.max(1, Math.floor(seconds / secondsPerTrial)));
}

/**
 * The work left of one experiment. First one trial of every cell, cheap cells first: it shows early what works, and
 * what a trial costs. Then the rest, dear cells first, so that the short ones fill the gaps at the end.
 */
export class WorkQueue<Cell extends PlannedCell> {
  readonly #left = new Map<Cell, Range[]>();
  readonly #probes: Cell[];
  readonly #rest: Cell[];
  #trials = 0;
  #operations = 0;

  constructor(cells: readonly Cell[]) {
    const open = cells.filter((cell) => countTrials(cell.missing) > 0);
    for (const cell of open) this.#put(cell, cell.missing);
    // Both are stacks: the next cell is the last.
    this.#probes = open.toSorted((a, b) => b.cost - a.cost);
    this.#rest = open.toSorted((a, b) => a.cost - b.cost);
  }

  /** Trials not handed out. */
  get trials(): number {
    return this.#trials;
  }

  /** Operations of the trials not handed out. */
  get operations(): number {
    return this.#operations;
  }

  /** The next slice, of at most `size(cell)` trials; undefined when nothing is left to hand out. */
  next(size: (cell: Cell) => number): Slice<Cell> | undefined {
    const probe = this.#probes.pop();
    if (probe !== undefined) return this.#take(probe, 1);
    for (let cell = this.#rest.at(-1); cell !== undefined; cell = this.#rest.at(-1)) {
      if (this.#left.has(cell)) return this.#take(cell, size(cell));
      this.#rest.pop();
    }
    return undefined;
  }

  /** Takes back the part of a slice that was not performed. */
  giveBack({ cell, first, count }: Slice<Cell>): void {
    if (count === 0) return;
    this.#put(cell, [{ first, end: first + count }]);
    if (this.#rest.at(-1) !== cell) this.#rest.push(cell);
  }

  #put(cell: Cell, ranges: readonly Range[]): void {
    const trials = countTrials(ranges);
    // The last range is handed out first: keep the trials of a cell in order.
    this.#left.set(cell, [...(this.#left.get(cell) ?? []), ...ranges.toReversed()]);
    this.#trials += trials;
    this.#operations += trials * cell.cost;
  }

  #take(cell: Cell, most: number): Slice<Cell> {
    const ranges = this.#left.get(cell) ?? [];
    const range = ranges.pop();
    if (range === undefined) throw new Error('took from a cell that has nothing left');
    const count = Math.min(most, range.end - range.first);
    if (count < range.end - range.first) ranges.push({ first: range.first + count, end: range.end });
    if (ranges.length === 0) this.#left.delete(cell);
    this.#trials -= count;
    this.#operations = this.#trials === 0 ? 0 : this.#operations - count * cell.cost;
    return { cell, first: range.first, count };
  }
}
