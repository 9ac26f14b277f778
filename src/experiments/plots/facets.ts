/** One plot for each value of a field. */
import type { Spec } from './axes.js';

/** Panels stand side by side in twos. */
const COLUMNS = 2;
const PANEL = { width: 270, height: 210 };

/** A layered plot split by a field of its rows; all panels share their axes. */
export function facets({ data, transform, ...plot }: Spec, field: string, title: string): Spec {
  const facet = { field, type: 'nominal', title, sort: null, header: { labelFontSize: 12, titleFontSize: 12, titleFontWeight: 'normal' } };
  return { data, ...(transform === undefined ? {} : { transform }), facet, columns: COLUMNS, spec: { ...PANEL, ...plot } };
}
