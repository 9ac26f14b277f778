/** One plot for each value of a field. */
import type { Spec } from './axes.js';

const PANEL = { width: 250, height: 210 };

/** The largest total width in px of panels side by side. A page is not wider. */
const WIDEST = 960;

/**
 * The number of columns. Up to three panels stand side by side. More panels make rows of two or three, whichever leaves
 * fewer places empty. Wide panels make fewer columns.
 */
function columns(panels: number, width: number): number {
  const most = Math.max(1, Math.floor(WIDEST / width));
  const usual = panels <= 3 ? panels : panels % 3 === 0 || panels > 8 ? 3 : 2;
  return Math.min(usual, most);
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
  const facet = { field, type: 'nominal', title: null, sort: order, header: { labelFontSize: 12 } };
  return {
    data,
    ...(transform === undefined ? {} : { transform }),
    ...(usermeta === undefined ? {} : { usermeta }),
    facet,
    columns: columns(order.length, width),
    spec: { ...PANEL, ...plot },
  };
}
