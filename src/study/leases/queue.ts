/** Makes leases from missing trials. It is pure bookkeeping, without threads, clock or store. */

/** The trials from `first` to `end` − 1. */
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

/**
 * The most trials in one lease. It bounds a lease of very short trials, because all its results are in memory at the
 * same time.
 */
export const MOST_TRIALS_PER_LEASE = 16384;
export const LEASE_SECONDS = { least: 0.2, most: 1 } as const;
/** Near the end, leases get smaller, so that about this many are left for each worker. */
const LEASES_PER_WORKER = 4;

/** The numbers of 0 … planned − 1 that are not in `done`, which is in ascending order. */
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

/** The seconds that a lease should take, from the work left and the number of workers. */
export function leaseSeconds(secondsLeft: number, workers: number): number {
  return Math.min(LEASE_SECONDS.most, Math.max(LEASE_SECONDS.least, secondsLeft / (LEASES_PER_WORKER * workers)));
}

/** The number of trials that take about this many seconds together; at least one. */
export function leaseTrials(seconds: number, secondsPerTrial: number): number {
  return Math.min(MOST_TRIALS_PER_LEASE, Math.max(1, Math.floor(seconds / secondsPerTrial)));
}

/** Number of rounds in which the cells advance together, so that a study that stops early has results of every cell. */
const ROUNDS = 10;

/** The trials that are left of one cell. */
interface Backlog<Cell extends PlannedCell> {
  readonly cell: Cell;
  readonly total: number;
  /** the last range is handed out first */
  readonly ranges: Range[];
  left: number;
}

function backlogOf<Cell extends PlannedCell>(cell: Cell): Backlog<Cell> {
  const total = countTrials(cell.missing);
  return { cell, total, ranges: cell.missing.toReversed(), left: total };
}

/** The number of rounds of the cell that have been handed out completely. */
function roundOf({ total, left }: Backlog<PlannedCell>): number {
  return Math.floor((ROUNDS * (total - left)) / total);
}

/** Trials until the cell enters its next round. */
function trialsToNextRound(backlog: Backlog<PlannedCell>): number {
  const handedOut = backlog.total - backlog.left;
  return Math.max(1, Math.ceil(((roundOf(backlog) + 1) * backlog.total) / ROUNDS) - handedOut);
}

/**
 * The work left of one experiment. First comes one trial of every cell, from cheap to expensive cells; this shows early
 * what works and what a trial costs. Then the rest follows in rounds, a tenth of every cell in each. Within a round,
 * expensive cells come first, so that short trials fill the gaps at the end.
 */
export class WorkQueue<Cell extends PlannedCell> {
  /** expensive cells first */
  readonly #backlogs: readonly Backlog<Cell>[];
  /** a stack: the last one is taken next */
  readonly #probes: Backlog<Cell>[];

  constructor(cells: readonly Cell[]) {
    this.#backlogs = cells
      .map(backlogOf)
      .filter(({ left }) => left > 0)
      .toSorted((a, b) => b.cell.cost - a.cell.cost);
    this.#probes = [...this.#backlogs];
  }

  /** The cells that have trials left. */
  get cells(): readonly Cell[] {
    return this.#backlogs.map(({ cell }) => cell);
  }

  /** Cost of a trial of the most expensive cell that has trials left; 0 without one. */
  get largestCost(): number {
    return this.#backlogs.find(({ left }) => left > 0)?.cell.cost ?? 0;
  }

  /** Number of trials that are not handed out. */
  get trials(): number {
    return this.#backlogs.reduce((sum, { left }) => sum + left, 0);
  }

  /** Number of operations of the trials that are not handed out. */
  get operations(): number {
    return this.#backlogs.reduce((sum, { cell, left }) => sum + left * cell.cost, 0);
  }

  /** The next slice, of at most `size(cell)` trials; undefined when nothing is left to hand out. */
  next(size: (cell: Cell) => number): Slice<Cell> | undefined {
    const probe = this.#probes.pop();
    if (probe !== undefined) return take(probe, 1);
    const behind = this.#furthestBehind();
    return behind && take(behind, Math.min(size(behind.cell), trialsToNextRound(behind)));
  }

  /** Takes back the part of a slice that was not performed. */
  giveBack({ cell, first, count }: Slice<Cell>): void {
    if (count === 0) return;
    const backlog = this.#backlogs.find((candidate) => candidate.cell === cell);
    if (backlog === undefined) throw new Error('took back a slice of a cell that was never handed out');
    backlog.ranges.push({ first, end: first + count });
    backlog.left += count;
  }

  #furthestBehind(): Backlog<Cell> | undefined {
    let behind: Backlog<Cell> | undefined;
    for (const backlog of this.#backlogs) {
      if (backlog.left > 0 && (behind === undefined || roundOf(backlog) < roundOf(behind))) behind = backlog;
    }
    return behind;
  }
}

function take<Cell extends PlannedCell>(backlog: Backlog<Cell>, most: number): Slice<Cell> {
  const range = backlog.ranges.pop();
  if (range === undefined) throw new Error('took from a cell that has nothing left');
  const count = Math.min(most, range.end - range.first);
  if (count < range.end - range.first) backlog.ranges.push({ first: range.first + count, end: range.end });
  backlog.left -= count;
  return { cell: backlog.cell, first: range.first, count };
}
