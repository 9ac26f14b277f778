/** Axes of names. Long names are broken into several lines, and no name is cut. */
import type { Spec } from './axes.js';

/** The largest number of characters of a line of a name. */
const LINE = 14;
const SPLIT = `split(replace(datum.label, /(.{1,${LINE}})([ ,-]+|$)/g, '$1$2\\n'), '\\n')`;

export const NAMES_AXIS: Spec = { labelExpr: SPLIT, labelLimit: 400 };
