/** One plot for each value of a field. */
import type { Spec } from './axes.js';
import { namesHeader } from './namesAxis.js';

const PANEL = { width: 250, height: 210 };

/** The largest total width in px of panels side by side: as wide as a figure with one plot and its legend. */
const WIDEST = 560;

/**
 * The number of columns. All figures have about the same width, so that their type has one size where a page scales
 * them: two panels stand side by side, or one if panels are wide.
 */
function columns(panels: number, width: number): number {
  return Math.min(panels, Math.max(1, Math.floor(WIDEST / width)));
}

/**
 * A plot split by a field of its rows. The values of the field are the titles of the panels, in the given order. All
 * panels share their axes. `width` is the width of one panel.
 */
export function facets(
  { data, transform, usermeta, ...plot }: Spec,
  field: string,
  order: readonly unknown[],
  width = PANEL.width,
): Spec {
  const facet = { field, type: 'nominal', title: null, sort: order, header: namesHeader(width) };
  return {
    data,
    ...(transform === undefined ? {} : { transform }),
    ...(usermeta === undefined ? {} : { usermeta }),
    facet,
    columns: columns(order.length, width),
    spec: { ...PANEL, ...plot },
  };
}
