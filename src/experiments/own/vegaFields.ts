import { drawnFields } from '../plots.js';
import type { Spec } from '../plots/axes.js';

/** The measures whose estimates a Vega-Lite spec over the table of cells draws, and other fields of it. */
export function measuresIn(spec: Spec): string[] {
  return drawnFields(spec).map((field) => field.replace(/_(?:low|high|mcse)$/, ''));
}
