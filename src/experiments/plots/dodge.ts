/** Lines with points at equal x, side by side: none hides under another. */
import type { Series, Spec } from './axes.js';

/** Of the axis: how far neighbours stand apart at most, and which share of the way to the next x all of them take. */
const STEP = 0.013;
const SHARE = 0.6;

/** The field that stands on the x axis in place of x. */
export const DODGED = 'dodged';

/** Makes the field from x and the line's place among the lines; a single line, or a single x, stays where it is. */
export function dodging({ x, colour, xLog = false }: Series): Spec[] {
  if (colour === undefined) return [];
  const step = `min(${STEP}, ${SHARE} / (max(datum.placesOfX - 1, 1) * datum.lastLine))`;
  const shift = `${step} * (datum.lineNumber - (datum.lastLine + 1) / 2)`;
  const moved = xLog
    ? `datum['${x}'] * pow(datum.lastX / datum.firstX, ${shift})`
    : `datum['${x}'] + (datum.lastX - datum.firstX) * ${shift}`;
  return [
    { window: [{ op: 'dense_rank', as: 'lineNumber' }], sort: [{ field: colour, order: 'ascending' }] },
    {
      joinaggregate: [
        { op: 'max', field: 'lineNumber', as: 'lastLine' },
        { op: 'min', field: x, as: 'firstX' },
        { op: 'max', field: x, as: 'lastX' },
        { op: 'distinct', field: x, as: 'placesOfX' },
      ],
    },
    { calculate: `isValid(datum['${x}']) ? ${moved} : null`, as: DODGED },
  ];
}
