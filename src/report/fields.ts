/** Checks that a figure's rows have the fields that its spec draws. */
import { drawnFields, type Figure } from '../experiments/spec.js';

/** Throws when the spec draws a field that no row has, such as a misspelled one: Vega would draw nothing. */
export function checkFields(figure: Figure): void {
  const known = new Set(figure.rows.flatMap((row) => Object.keys(row)));
  const missing = drawnFields(figure.spec).filter((name) => !known.has(name));
  if (missing.length > 0) throw new Error(`figure ${figure.name}: no row has the field ${missing.join(', ')}`);
}

/**
 * True when there is something to draw: every drawn field has a value, possibly infinite, in some row. False for a
 * study that has just begun.
 */
export function hasData(figure: Figure): boolean {
  const filled = (name: string) =>
    figure.rows.some((row) => (typeof row[name] === 'number' ? !Number.isNaN(row[name]) : row[name] != null));
  return figure.rows.length > 0 && drawnFields(figure.spec).every(filled);
}
