/** Lines whose points share the same x are drawn side by side, so that no line hides another. */
import type { Series, Spec } from './axes.js';

/**
 * The largest distance between neighbouring lines as a share of the axis, and the largest total width of the lines at
 * one x as a share of the distance to the next x.
 */
const STEP = 0.013;
const SHARE = 0.6;

/** The field that the x axis shows instead of x. */
export const DODGED = 'dodged';

/**
 * Computes the field from x and from the rank of the line. A single line, or a single x, keeps its place. Vega-Lite adds
 * the field of panels to each `groupby`, which must exist for that.
 */
export function dodging({ x, colour, xLog = false }: Series): Spec[] {
  if (colour === undefined) return [];
  const step = `min(${STEP}, ${SHARE} / (max(datum.placesOfX - 1, 1) * datum.lastLine))`;
  const shift = `${step} * (datum.lineNumber - (datum.lastLine + 1) / 2)`;
  const moved = xLog
    ? `datum['${x}'] * pow(datum.lastX / datum.firstX, ${shift})`
    : `datum['${x}'] + (datum.lastX - datum.firstX) * ${shift}`;
  return [
    { window: [{ op: 'dense_rank', as: 'lineNumber' }], sort: [{ field: colour, order: 'ascending' }], groupby: [] },
    {
      joinaggregate: [
        { op: 'max', field: 'lineNumber', as: 'lastLine' },
        { op: 'min', field: x, as: 'firstX' },
        { op: 'max', field: x, as: 'lastX' },
        { op: 'distinct', field: x, as: 'placesOfX' },
      ],
      groupby: [],
    },
    { calculate: `isValid(datum['${x}']) ? ${moved} : null`, as: DODGED },
  ];
}
