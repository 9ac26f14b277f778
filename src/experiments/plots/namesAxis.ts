/** Names along an axis and over panels. Long names are broken into several lines, and no name is cut. */
import type { Spec } from './axes.js';

/** The largest number of characters of a line of a name on an axis. */
const LINE = 14;
/** Size of the titles of panels, and the width in px of a character at that size. */
const TITLE_SIZE = 12;
const CHARACTER = 7;

export const NAMES_AXIS: Spec = { labelExpr: inLines(LINE), labelLimit: 400 };

/** The titles of panels of this width in px. */
export function namesHeader(width: number): Spec {
  return { labelFontSize: TITLE_SIZE, labelLimit: 2 * width, labelExpr: inLines(Math.floor(width / CHARACTER)) };
}

function inLines(characters: number): string {
  return `split(trim(replace(datum.label, /(.{1,${characters}})([ ,-]+|$)/g, '$1$2\\n')), '\\n')`;
}
