/** How a descent went: loss and gradient norm of every start on the way. */
import { logSchedule } from '../core/descent/descent.js';
import type { DescentState } from '../core/kernels/contract.js';
import type { Figure, FigureRow } from '../experiments/spec.js';
import { curve, facets } from '../experiments/plots.js';

/** Points of a trace, about: the first and the last iteration among them. */
const MOST_POINTS = 200;
/** Lines of the picture. */
const MOST_LINES = 12;
const PANELS = ['loss', 'gradient norm'] as const;

/** The iterations 0 … T, evenly spaced in their logarithm beyond the first few, T always: at most 200. */
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

  /** Of a descent's schedule; a start that has stopped keeps what it had. */
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

  /** Loss and gradient norm against the iteration, on log axes; the first starts where there are many. */
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

/** (T) arrays of (L) as one of (L, T). */
function byStart(points: readonly Float64Array[]): Float64Array {
  const starts = points[0]?.length ?? 0;
  return Float64Array.from(
    { length: starts * points.length },
    (_, at) => points[at % points.length][Math.floor(at / points.length)],
  );
}
