/** A grid that depends on results: what is planned now, and what it will likely become. */
import type { Cell } from '../spec.js';

export interface Growth {
  readonly cells: Cell[];
  /** the trials that the grid will likely have at its end; undefined while some cell or search shows nothing */
  readonly likely: number | undefined;
}

/** The trials until an interval is narrow enough. `ratio`: its half-width now, divided by the one that is wanted. */
export function likelyTrials(trials: number, ratio: number, most: number): number | undefined {
  return Number.isFinite(ratio) ? Math.min(most, Math.max(trials, Math.ceil(trials * ratio ** 2))) : undefined;
}

/** The sum over all parts; undefined if one of them shows nothing. */
export function likelySum(parts: readonly { readonly likely: number | undefined }[]): number | undefined {
  return parts.reduce<number | undefined>(
    (sum, { likely }) => (sum === undefined || likely === undefined ? undefined : sum + likely),
    0,
  );
}
