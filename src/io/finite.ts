import { InputError } from '../base/errors.js';
import type { NumericArray } from './npy.js';

/** Refuses NaN and infinities and names the index of the first, counted from 0. */
export function requireFinite(name: string, { shape, values }: NumericArray): void {
  const at = values.findIndex((value) => !Number.isFinite(value));
  if (at < 0) return;
  const place =
    shape.length === 2 ? ` (row ${Math.floor(at / shape[1])}, column ${at % shape[1]}, counted from 0)` : '';
  throw new InputError(`${name}: values must be finite, got ${values[at]} at index ${at}${place}`);
}
