/** How large a store becomes. The pages of its file are SQLite's default. */
import type { CurveRow, TrialRow } from './writer.js';

const PAGE_BYTES = 4096;
/** What a page has room for, and the longest row that it takes whole. */
const ROOM_BYTES = 4084;
const LONGEST_ROW = 4061;
/** Numbers, lengths and pointers of a row of trials, of a row of curves, and of the entry of its index. */
const ROW_BYTES = { trials: 25, curves: 18, index: 14 } as const;
/**
 * Cells grow beside one another, so pages split in the middle: bytes of the file for each byte of rows that are kept in
 * order.
 */
const SPLIT_PAGES = 1.35;

/** Bytes of the store's file that a trial takes without its curves, about. */
export function rowBytes({ measures, error }: Pick<TrialRow, 'measures' | 'error'>): number {
  return SPLIT_PAGES * (ROW_BYTES.trials + Buffer.byteLength(measures) + Buffer.byteLength(error ?? ''));
}

/** … and that a curve takes: as many as fit share a page, a long one has pages of its own. */
export function curveBytes({ name, values }: Pick<CurveRow, 'name' | 'values'>): number {
  const row = ROW_BYTES.curves + Buffer.byteLength(name) + values.byteLength;
  const data = row > LONGEST_ROW ? row : PAGE_BYTES / Math.floor(ROOM_BYTES / row);
  return data + SPLIT_PAGES * (ROW_BYTES.index + Buffer.byteLength(name));
}
