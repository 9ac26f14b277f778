/** Curves of e(A) over the steps: bands over seeds, together with the published single runs. */
import { logSchedule } from '../../../core/descent/descent.js';
import type { Spec } from '../../plots/axes.js';
import { percentileBands } from '../../plots.js';
import type { FigureRow } from '../../spec.js';
import { PUBLISHED_STEPS } from './published.js';

/** The steps at which e(A) is recorded: eight per doubling, and the steps of the published curves. */
export function errorSchedule(iterations: number): number[] {
  const published = PUBLISHED_STEPS.filter((step) => step <= iterations);
  return [...new Set([...logSchedule(iterations, 8), ...published])].sort((a, b) => a - b);
}

/** A published single run as a band of zero width. */
export function publishedRows(errors: readonly number[], fields: FigureRow): FigureRow[] {
  return PUBLISHED_STEPS.map((at, i) => ({
    ...fields,
    at,
    p5: errors[i],
    p25: errors[i],
    p50: errors[i],
    p75: errors[i],
    p95: errors[i],
  }));
}

/** The lower end of the log axis. At a signed permutation, rounding may give e(A) ≤ 0. */
export const SMALLEST_SHOWN = 1e-6;

/** Rows for two log axes, which cannot show step 0. */
export function onLogAxes(rows: readonly FigureRow[]): FigureRow[] {
  return onLogAxis(rows).filter((row) => Number(row['at']) > 0);
}

/** Rows for a log axis of e(A). */
export function onLogAxis(rows: readonly FigureRow[]): FigureRow[] {
  return rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([key, value]) => [
        key,
        /^p\d/.test(key) ? Math.max(Number(value), SMALLEST_SHOWN) : value,
      ]),
    ),
  );
}

/** e(A) against the step on log axes. */
export function errorBands(colour: string, colourTitle: string): Spec {
  return percentileBands({
    x: 'at',
    xTitle: 'step',
    yTitle: 'parameter error e(A)',
    xLog: true,
    yLog: true,
    colour,
    colourTitle,
  });
}

/** The same for the first steps, on a linear axis of steps. */
export function firstErrorBands(colour: string, colourTitle: string): Spec {
  return percentileBands({ x: 'at', xTitle: 'step', yTitle: 'parameter error e(A)', yLog: true, colour, colourTitle });
}
