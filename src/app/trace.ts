/** The course of a descent: loss and gradient norm of every start over the iterations. */
import { logSchedule } from '../core/descent/descent.js';
import type { DescentState } from '../core/kernels/contract.js';
import type { Figure, FigureRow } from '../experiments/spec.js';
import { curve, facets } from '../experiments/plots.js';

/** Approximate number of points of a trace, including the first and the last iteration. */
const MOST_POINTS = 200;
/** Largest number of lines in the figure. */
const MOST_LINES = 12;
const PANELS = ['loss', 'gradient norm'] as const;

/** Iterations from 0 to T, at most 200: evenly spaced in their logarithm after the first few, and always with T. */
export function traceSchedule(iterations: number): number[] {
  return logSchedule(iterations, Math.max(1, Math.floor((MOST_POINTS - 2) / Math.log2(Math.max(2, iterations)))));
}

export class Trace {
  readonly schedule: readonly number[];
  readonly #loss: Float64Array[] = [];
  readonly #gradientNorm: Float64Array[] = [];

  constructor(iterations: number) {
    this.schedule = traceSchedule(iterations);
  }

  /** Records the points of a descent's schedule. A start that has stopped keeps its last values. */
  readonly look = (_: number, { loss, gradientNorm }: DescentState): void => {
    this.#loss.push(loss.slice());
    this.#gradientNorm.push(gradientNorm.slice());
  };

  /** (T) */
  get iterations(): Float64Array {
    return Float64Array.from(this.schedule);
  }

  /** (L, T) */
  get loss(): Float64Array {
    return byStart(this.#loss);
  }

  /** (L, T) */
  get gradientNorm(): Float64Array {
    return byStart(this.#gradientNorm);
  }

  /**
   * Loss and gradient norm against the iteration, on logarithmic axes. If there are many starts, only the first ones
   * are shown.
   */
  figure(starts: number): Figure {
    const shown = Math.min(starts, MOST_LINES);
    const rows = PANELS.flatMap((quantity, panel) => {
      const values = panel === 0 ? this.loss : this.gradientNorm;
      const points = this.schedule.length;
      return Array.from({ length: shown * points }, (_, at): FigureRow => ({
        quantity,
        start: Math.floor(at / points),
        iteration: this.schedule[at % points],
        value: values[at],
      })).filter(({ iteration }) => Number(iteration) > 0);
    });
    const axes = {
      x: 'iteration',
      y: 'value',
      xTitle: 'iteration',
      yTitle: 'loss, gradient norm',
      xLog: true,
      yLog: true,
      colour: 'start',
      colourTitle: 'start',
    };
    return {
      name: 'trace',
      title: 'Descent',
      caption: `Loss and gradient norm of ${shown} of ${starts} starts; iteration 0 is left of the axis.`,
      rows,
      spec: { ...facets(curve(axes), 'quantity', PANELS), resolve: { scale: { y: 'independent' } } },
    };
  }
}

/** Combines T arrays of shape (L) into one of shape (L, T). */
function byStart(points: readonly Float64Array[]): Float64Array {
  const starts = points[0]?.length ?? 0;
  return Float64Array.from(
    { length: starts * points.length },
    (_, at) => points[at % points.length][Math.floor(at / points.length)],
  );
}
