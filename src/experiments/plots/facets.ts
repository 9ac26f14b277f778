/** One plot for each value of a field. */
import type { Spec } from './axes.js';

const PANEL = { width: 250, height: 210 };

/** Px that panels side by side may take: a page has no more. */
const WIDEST = 960;

/**
 * Up to three panels stand side by side; more in rows of two or three, so that few places stay empty; fewer where they
 * are wide.
 */
function columns(panels: number, width: number): number {
  const most = Math.max(1, Math.floor(WIDEST / width));
  const usual = panels <= 3 ? panels : panels % 3 === 0 || panels > 8 ? 3 : 2;
  return Math.min(usual, most);
}

/**
 * A plot split by a field of its rows, whose values are the titles of the panels, in the given order; all share their
 * axes. `width` is that of a panel.
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
