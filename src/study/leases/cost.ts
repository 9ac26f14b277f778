/**
 * Predicts how long trials will take. The model has an overhead and a time per operation, learnt from finished leases.
 */

import { ASSUMED_FLOPS_PER_SECOND } from '../../core/speed.js';

/**
 * Weight of the earlier measurements of a cell when a new lease of it has finished: rates change with the machine's
 * load.
 */
const MEMORY = 0.8;
/**
 * An overhead can be estimated only when trials of different cost have been seen. This is the least ratio of the
 * largest to the smallest cost.
 */
const LEAST_COST_RATIO = 2;
/** Steps of the iteratively reweighted fit. Each step takes its weights from the line of the step before. */
const FIT_STEPS = 3;
/**
 * The time of a fit is proportional to the number of cells. The fit is repeated when the number of finished leases has
 * grown by this factor.
 */
const REFIT = 1.1;

/** A trial that takes longer than this many seconds is hardly slower the first time. */
export const LONG_SECONDS = 1;

interface Line {
  /** seconds of a trial that has no operations */
  readonly overhead: number;
  readonly perOperation: number;
}

interface Observed {
  readonly trials: number;
  readonly seconds: number;
}

/** The learnt times of one experiment, and of each cell that has finished trials. */
export class CostModel<Cell extends { readonly cost: number }> {
  readonly #cells = new Map<Cell, Observed>();
  #leases = 0;
  #fittedLeases = 0;
  #line = fitLine([]);

  observe(cell: Cell, trials: number, seconds: number): void {
    if (trials === 0) return;
    const before = this.#cells.get(cell) ?? { trials: 0, seconds: 0 };
    this.#cells.set(cell, { trials: MEMORY * before.trials + trials, seconds: MEMORY * before.seconds + seconds });
    this.#leases += 1;
  }

  /** Whether trials of the cell have been seen. */
  knows(cell: Cell): boolean {
    return this.#cells.has(cell);
  }

  /**
   * Whether the time of trials up to a cost can be predicted. The time of cheap trials is mostly overhead, so it says
   * nothing about much more expensive ones.
   */
  foresees(cost: number): boolean {
    return [...this.#cells].some(
      ([cell, { trials, seconds }]) => LEAST_COST_RATIO * cell.cost >= cost || seconds > LONG_SECONDS * trials,
    );
  }

  secondsPerTrial(cell: Cell): number {
    const own = this.#cells.get(cell);
    return own === undefined ? this.seconds(1, cell.cost) : own.seconds / own.trials;
  }

  /** Predicted seconds of a number of trials of the experiment, which have this number of operations in total. */
  seconds(trials: number, operations: number): number {
    if (this.#leases > this.#fittedLeases && this.#leases >= REFIT * this.#fittedLeases) {
      this.#line = fitLine(Array.from(this.#cells, ([{ cost }, own]) => ({ cost, seconds: own.seconds / own.trials })));
      this.#fittedLeases = this.#leases;
    }
    return this.#line.overhead * trials + this.#line.perOperation * operations;
  }
}

interface Point {
  readonly cost: number;
  readonly seconds: number;
}

/**
 * The line that minimises the relative errors. It goes through the origin, unless the fit gives a positive overhead and
 * a positive time per operation.
 */
function fitLine(points: readonly Point[]): Line {
  if (points.length === 0) return { overhead: 0, perOperation: 1 / ASSUMED_FLOPS_PER_SECOND };
  const origin = {
    overhead: 0,
    perOperation: total(points, ({ seconds }) => seconds) / total(points, ({ cost }) => cost),
  };
  const costs = points.map(({ cost }) => cost);
  if (Math.max(...costs) < LEAST_COST_RATIO * Math.min(...costs)) return origin;
  let line: Line | undefined;
  for (let step = 0; step < FIT_STEPS; step++) {
    line = weightedLine(points, line);
    if (!(line.overhead > 0 && line.perOperation > 0)) return origin;
  }
  return line ?? origin;
}

/**
 * Weighted least squares. The errors are relative to the given line; in the first step, relative to the points
 * themselves.
 */
function weightedLine(points: readonly Point[], before: Line | undefined): Line {
  const weight = ({ cost, seconds }: Point): number =>
    1 / (before === undefined ? seconds : before.overhead + before.perOperation * cost) ** 2;
  const mean = (of: (point: Point) => number): number =>
    total(points, (point) => weight(point) * of(point)) / total(points, weight);
  const [cost, seconds] = [mean((point) => point.cost), mean((point) => point.seconds)];
  const perOperation =
    mean((point) => (point.cost - cost) * (point.seconds - seconds)) / mean((point) => (point.cost - cost) ** 2);
  return { overhead: seconds - perOperation * cost, perOperation };
}

function total(points: readonly Point[], of: (point: Point) => number): number {
  return points.reduce((sum, point) => sum + of(point), 0);
}
