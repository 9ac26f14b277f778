/**
 * A boundary as the target of a study: the n at which a rate crosses a level, for every combination of the other axes.
 * Each step places n where new trials give the most information.
 */
import {
  nextPlaces,
  risingCrossing,
  risingFit,
  searchEnd,
  type RisingFit,
  type SearchEnd,
  type Tried,
} from '../../statistics/placement.js';
import { exponential, type Estimate } from '../../statistics/estimate.js';
import { PARTITIONED_ENTRIES } from '../../core/kernels/partitions.js';
import type { CellSummary, Measure, PrefixEstimate } from '../spec.js';
import type { Settings } from '../../settings/types.js';
import { resolvePoint, writtenPoints } from './grid.js';
import { likelySum, likelyTrials, type Growth } from './growth.js';
import { cellSettings } from './settings.js';
import type { AxisValue, BoundarySpec, StudySpec } from './spec.js';

/**
 * Each step adds at least this share of the trials so far, half of it at each of two n. The more trials there are, the
 * larger the steps become.
 */
const GROWTH = 0.25;

/** One combination of the axes other than n. */
export interface Search {
  /** the values of the axes as the file writes them */
  readonly written: Readonly<Record<string, AxisValue>>;
  /** the n that may be tried, ascending */
  readonly sizes: readonly number[];
  readonly at: (n: number) => Settings;
}

export interface Found {
  readonly n: Estimate;
  readonly end: SearchEnd | undefined;
  /** the fit of the rate on log n, if there is one */
  readonly fit: RisingFit | undefined;
  /** the sizes that were tried, ascending */
  readonly tried: readonly number[];
}

/**
 * The largest n that a search may try. The memory for a training set that all workers share is reserved before any
 * result is known.
 */
export function largestSize(d: number): number {
  return Math.ceil(PARTITIONED_ENTRIES / d) - 1;
}

/** The searches of a study, in the order of its grid. Combinations that resolve to the same settings are one search. */
export function searchesOf({ grid }: StudySpec, { from, to, relative }: BoundarySpec): Search[] {
  const searches = new Map<string, Search>();
  for (const written of writtenPoints({ grid })) {
    const at = (n: AxisValue): Settings => cellSettings(resolvePoint({ ...written, n }));
    const [first, last] = [at(from), at(to)];
    const key = JSON.stringify([first, last]);
    if (!searches.has(key))
      searches.set(key, { written, at, sizes: sizesBetween(Number(first['n']), Number(last['n']), 1 + relative) });
  }
  return [...searches.values()];
}

/** Whole numbers in geometric progression, including both ends. */
function sizesBetween(from: number, to: number, factor: number): number[] {
  const steps = Math.ceil(Math.log(to / from) / Math.log(factor));
  const sizes = Array.from({ length: steps }, (_, step) => Math.round(from * factor ** step));
  return [...new Set([...sizes, to])];
}

/** The cells that all searches have reached, in ascending n for each search. */
export function boundaryCells(
  spec: StudySpec,
  boundary: BoundarySpec,
  measure: Measure,
  estimate: PrefixEstimate,
): Growth {
  const searches = searchesOf(spec, boundary).map((search) => ({
    search,
    ...plannedTrials(search, spec.trials, boundary, (settings, count) => estimate(settings, measure, count)),
  }));
  const cells = searches.flatMap(({ search, planned }) =>
    [...planned]
      .sort(([a], [b]) => a - b)
      .map(([place, count]) => ({ settings: search.at(search.sizes[place]), trials: count })),
  );
  return { cells, likely: likelySum(searches) };
}

/**
 * The number of trials at each place, and how many the search will likely need. The function repeats the steps of the
 * search from the first step until a trial is missing or the search ends.
 */
function plannedTrials(
  { sizes, at }: Search,
  batch: number,
  { level, relative, most }: BoundarySpec,
  estimate: (settings: Settings, trials: number) => Estimate | undefined,
): { readonly planned: ReadonlyMap<number, number>; readonly likely: number | undefined } {
  const x = sizes.map(Math.log);
  const tried = new Map<number, { successes: number; trials: number }>();
  const planned = new Map<number, number>();
  const wanted = Math.log1p(relative);
  let [total, known] = [0, 0];
  while (searchEnd(x, tried, level, wanted) === undefined) {
    const places = nextPlaces(x, tried, level);
    const each = Math.max(batch, Math.ceil((GROWTH * total) / 2));
    if (total > 0 && total + each * places.length > most) break;
    total += each * places.length;
    for (const place of places) planned.set(place, (planned.get(place) ?? 0) + each);
    const results = places.map((place) => estimate(at(sizes[place]), planned.get(place) ?? 0));
    if (results.includes(undefined)) {
      const { low, high } = risingCrossing(x, tried, level);
      const likely = likelyTrials(known, (high - low) / 2 / wanted, most);
      return { planned, likely: likely && Math.max(likely, total) };
    }
    known = total;
    places.forEach((place, i) => tried.set(place, counted(results[i], planned.get(place) ?? 0)));
  }
  return { planned, likely: total };
}

function counted(rate: Estimate | undefined, trials: number): { successes: number; trials: number } {
  return { successes: Math.round((rate?.value ?? 0) * trials), trials };
}

/** The result of a search from all trials of its cells. */
export function foundIn(
  { sizes, at }: Search,
  { level, measure, relative }: BoundarySpec,
  cells: readonly CellSummary[],
): Found {
  const byText = new Map(cells.map((cell) => [JSON.stringify(cell.settings), cell]));
  const tried: Tried = new Map(
    sizes.flatMap((n, place) => {
      const cell = byText.get(JSON.stringify(at(n)));
      return cell === undefined || cell.trials === 0 ? [] : [[place, counted(cell.measures[measure], cell.trials)]];
    }),
  );
  const x = sizes.map(Math.log);
  return {
    n: exponential(risingCrossing(x, tried, level)),
    end: searchEnd(x, tried, level, Math.log1p(relative)),
    fit: risingFit(x, tried, level),
    tried: [...tried.keys()].map((place) => sizes[place]),
  };
}
