/**
 * An experiment that goes on until its claims are decided. It looks at all claims, doubles the trials of the cells on
 * which open claims rest, and looks again, until no claim is open or the next look would cost too much. The intervals of
 * all looks together contain the truth with 95 % probability. Derivation and simulation: docs/derivations/statistics.md
 */
import { ASSUMED_FLOPS_PER_SECOND } from '../core/speed.js';
import { trialSettings } from '../settings/trialSettings.js';
import type { ValuesByName } from '../settings/types.js';
import { atLevel, isExact } from '../statistics/estimate.js';
import { levelOfLook } from '../statistics/sequences.js';
import { verdictWithin, type Region } from '../statistics/verdict.js';
import { judge } from './claims.js';
import { Reads } from './reads.js';
import type { Cell, CellSummary, Claim, Experiment, TrialPrefixes } from './spec.js';

/**
 * The name under which a study keeps the largest cost, in core seconds of the cost model: a list of one value, because
 * lists may change when a study continues.
 */
export const MOST = '--most';
/** The trials of a cell at the next look, over those at this one. */
const GROWTH = 2;
/** The largest cost when none is given, over that of the first look. */
export const USUAL_MOST = 10;

/** Core seconds of all trials of these cells, from the operations that the experiment declares. */
export function priceOf({ cost }: Pick<Experiment, 'cost'>, values: ValuesByName, cells: readonly Cell[]): number {
  const operations = cells.reduce(
    (sum, { settings, trials }) => sum + trials * cost(trialSettings(values, settings)),
    0,
  );
  return operations / ASSUMED_FLOPS_PER_SECOND;
}

/** The values of a study that goes on until its claims are decided. `most`: core seconds. */
export function untilDecided(values: ValuesByName, most: number): ValuesByName {
  return { ...values, [MOST]: [most] };
}

/** The largest cost of a study, in core seconds; undefined where the number of trials does not follow from claims. */
export function mostOf(values: ValuesByName): number | undefined {
  const { [MOST]: most } = values;
  return Array.isArray(most) ? Number(most[0]) : undefined;
}

/** The experiment as its values ask for it: with a largest cost it goes on until its claims are decided. */
export function asAsked(experiment: Experiment, values: ValuesByName): Experiment {
  const most = mostOf(values);
  if (most === undefined) return experiment;
  const course = (given: ValuesByName, prefixes: TrialPrefixes): Course => courseOf(experiment, most, given, prefixes);
  return {
    ...experiment,
    grow: (given, prefixes) => course(given, prefixes).cells,
    decided: (given, prefixes) => course(given, prefixes).claims,
  };
}

interface Course {
  readonly cells: readonly Cell[];
  /** undefined before the first look */
  readonly claims: readonly Claim[] | undefined;
}

/** A claim with what the looks so far say together. */
interface Watched {
  readonly claim: Claim;
  readonly region: Region;
  /** the cells on which it rests, by their place in the grid */
  readonly cells: ReadonlySet<number>;
}

function courseOf(experiment: Experiment, most: number, values: ValuesByName, prefixes: TrialPrefixes): Course {
  let cells = experiment.cells(values);
  let watched: readonly Watched[] | undefined;
  for (let look = 1; ; look++) {
    const found = atLevel(levelOfLook(look), () => {
      const summaries = prefixes.summaries(cells);
      return summaries && { summaries, claims: looked(experiment, summaries, values) };
    });
    if (found === undefined) return { cells, claims: watched?.map(({ claim }) => claim) };
    watched = watched === undefined ? found.claims : together(watched, found.claims);
    const next = grown(cells, found.summaries, watched.filter(isOpen));
    if (next === undefined) return { cells, claims: watched.map(({ claim }) => claim) };
    if (priceOf(experiment, values, next) > most)
      return { cells, claims: watched.map((one) => (isOpen(one) ? tooDear(one.claim, look) : one.claim)) };
    cells = next;
  }
}

/** The claims at one look, each with the cells on which it rests. */
function looked(experiment: Experiment, summaries: readonly CellSummary[], values: ValuesByName): Watched[] {
  const reads = new Reads();
  const stated = experiment.claims(reads.watch(summaries), values);
  const common = reads.take();
  return stated.map((one) => ({
    claim: judge(one, values),
    region: one.region,
    cells: new Set([...common, ...reads.take()]),
  }));
}

/** The looks so far and one more: a verdict stays, and the interval is what all looks have in common. */
function together(before: readonly Watched[], now: readonly Watched[]): Watched[] {
  const earlier = new Map(before.map((one) => [one.claim.id, one]));
  return now.map((one) => {
    const known = earlier.get(one.claim.id);
    if (known === undefined) return one;
    return isDecided(known.claim) ? { ...one, claim: known.claim } : { ...one, claim: narrowed(known.claim, one) };
  });
}

function narrowed(before: Claim, { claim, region }: Watched): Claim {
  const [low, high] = [Math.max(before.low, claim.low), Math.min(before.high, claim.high)];
  // An end that was unknown before stays what it is now; looks that contradict each other leave the newest.
  if (Number.isNaN(low) || Number.isNaN(high) || low > high) return claim;
  const both = { ...claim, low, high };
  return claim.verdict === 'undecided' ? { ...both, verdict: verdictWithin(both, region) } : both;
}

function isDecided({ verdict }: Claim): boolean {
  return verdict === 'holds' || verdict === 'fails';
}

/** Whether further trials can change what is said about it. */
function isOpen({ claim }: Watched): boolean {
  return claim.verdict === 'undecided' && !isExact(claim);
}

/** The cells of the next look; undefined when no open claim rests on a cell that has a sampling error. */
function grown(
  cells: readonly Cell[],
  summaries: readonly CellSummary[],
  open: readonly Watched[],
): readonly Cell[] | undefined {
  const wanted = new Set(open.flatMap((one) => [...(one.cells.size === 0 ? cells.keys() : one.cells)]));
  const sampled = (at: number): boolean => Object.values(summaries[at].measures).some((one) => !isExact(one));
  const more = [...wanted].filter(sampled);
  if (more.length === 0) return undefined;
  return cells.map((cell, at) => (more.includes(at) ? { ...cell, trials: GROWTH * cell.trials } : cell));
}

function tooDear(claim: Claim, looks: number): Claim {
  const why = `undecided after ${looks} ${looks === 1 ? 'look' : 'looks'}: the next one would cost more than --most allows`;
  return { ...claim, reason: claim.reason === undefined ? why : `${claim.reason}; ${why}` };
}
