/** Predicts the size of a store. The pages of its file have SQLite's default size. */
import type { CurveRow, TrialRow } from './writer.js';

const PAGE_BYTES = 4096;
/** The usable bytes of a page, and the longest row that it holds without overflow pages. */
const ROOM_BYTES = 4084;
const LONGEST_ROW = 4061;
/** Overhead of a row of trials, of a row of curves, and of its index entry: numbers, lengths and pointers. */
const ROW_BYTES = { trials: 27, curves: 18, index: 14 } as const;
/**
 * Several cells grow at the same time, so pages split in the middle: bytes of the file per byte of rows that are kept
 * in order.
 */
const SPLIT_PAGES = 1.35;

/** Approximate bytes of the store's file for a trial without its curves. */
export function rowBytes({ measures, error }: Pick<TrialRow, 'measures' | 'error'>): number {
  return (
    SPLIT_PAGES *
    (ROW_BYTES.trials + Float64Array.BYTES_PER_ELEMENT * Object.keys(measures).length + Buffer.byteLength(error ?? ''))
  );
}

/** Approximate bytes for a curve: short ones share a page, a long one has pages of its own. */
export function curveBytes({ name, values }: Pick<CurveRow, 'name' | 'values'>): number {
  const row = ROW_BYTES.curves + Buffer.byteLength(name) + values.byteLength;
  const data = row > LONGEST_ROW ? row : PAGE_BYTES / Math.floor(ROOM_BYTES / row);
  return data + SPLIT_PAGES * (ROW_BYTES.index + Buffer.byteLength(name));
}
