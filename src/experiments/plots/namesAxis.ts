/** Axes of names: long ones stand on several lines, and no name is cut. */
import type { Spec } from './axes.js';

/** Characters of a line of a name. */
const LINE = 14;
const SPLIT = `split(replace(datum.label, /(.{1,${LINE}})([ ,-]+|$)/g, '$1$2\\n'), '\\n')`;

export const NAMES_AXIS: Spec = { labelExpr: SPLIT, labelLimit: 400 };
