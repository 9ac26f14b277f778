/** One plot for each value of a field. */
import type { Spec } from './axes.js';

const PANEL = { width: 250, height: 210 };

/** Up to three panels stand side by side; more in rows of two or three, so that few places stay empty. */
function columns(panels: number): number {
  if (panels <= 3) return panels;
  return panels % 3 === 0 || panels > 8 ? 3 : 2;
}

/** A plot split by a field of its rows, whose values are the titles of the panels, in the given order; all share their axes. */
export function facets({ data, transform, ...plot }: Spec, field: string, order: readonly unknown[]): Spec {
  const facet = { field, type: 'nominal', title: null, sort: order, header: { labelFontSize: 12 } };
  return { data, ...(transform === undefined ? {} : { transform }), facet, columns: columns(order.length), spec: { ...PANEL, ...plot } };
}
