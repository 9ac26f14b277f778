/**
 * Whether a run is slower than an older one, by more than the two runs' own spreads and the drift between sittings
 * explain.
 */

/** Rates are compared as shares of dgemm's rate in the same run: that leaves the machine's mood out. */
const COMPARED = 'of dgemm';

/**
 * Two runs of one build, minutes apart on a shared machine, differed by up to 8 % although their own rounds agreed
 * better.
 */
const DRIFT = 0.1;

/** Each run's median lies outside everything that the other run saw, and they are further apart than drift. */
function isBelow(now, before) {
  return now.median < before.low && before.median > now.high && now.median < (1 - DRIFT) * before.median;
}

function verdictOf(now, before) {
  if (now === undefined) return 'missing';
  if (isBelow(now[COMPARED], before[COMPARED])) return 'regression';
  return isBelow(before[COMPARED], now[COMPARED]) ? 'faster' : 'same';
}

/**
 * One line for each workload of the older run.
 * @returns {{ name: string, verdict: 'same' | 'faster' | 'regression' | 'missing', before: object, now?: object }[]}
 */
export function compareRuns(older, newer) {
  return Object.entries(older.table).map(([name, before]) => {
    const now = newer.table[name];
    return { name, verdict: verdictOf(now, before), before: before[COMPARED], now: now?.[COMPARED] };
  });
}

/** A workload that is gone is not known to be as fast as it was. */
export const hasRegressed = (lines) => lines.some(({ verdict }) => verdict === 'regression' || verdict === 'missing');
