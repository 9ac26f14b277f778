/**
 * Whether a run is worse than an older one, by more than the two runs' own spreads and the drift between sittings
 * explain.
 */
import { AIMS, kernelResult, resultsOf } from './aims.mjs';

/** Rates of kernels are compared as shares of dgemm's rate in the same run: that leaves the machine's mood out. */
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

function verdictOf(now, before, lessIsBetter) {
  if (now === undefined) return 'missing';
  const [worse, better] = lessIsBetter
    ? [isBelow(before, now), isBelow(now, before)]
    : [isBelow(now, before), isBelow(before, now)];
  if (worse) return 'regression';
  return better ? 'faster' : 'same';
}

/** Results of a run that can be compared: shares of dgemm, and what else has an aim, by measurement. */
function comparedIn({ table = {}, results = {} }, sameMachine) {
  const kernels = Object.keys(table).map((workload) => ['kernels', kernelResult(workload, COMPARED)]);
  const aims = new Map(AIMS.map((aim) => [aim.result, aim]));
  const others = Object.entries(results).flatMap(([measurement, named]) =>
    Object.keys(named)
      .filter((name) => aims.has(name) && (sameMachine || !aims.get(name).perMachine))
      .map((name) => [measurement, name]),
  );
  return [...kernels, ...others].map(([measurement, name]) => ({
    measurement,
    name,
    lessIsBetter: aims.get(name)?.most !== undefined,
  }));
}

/** Runs of before, and runs without other results, have the kernels. */
const tookPart = (run, measurement) =>
  measurement === 'kernels'
    ? run.table !== undefined || run.failed?.kernels !== undefined
    : measurement in { ...run.results, ...run.failed };

/**
 * One line for each result of the older run that the newer one set out to measure. Times of a machine are compared with
 * those of the same kind of machine only.
 * @returns {{ name: string, verdict: 'same' | 'faster' | 'regression' | 'missing', before: object, now?: object }[]}
 */
export function compareRuns(older, newer) {
  const [before, now] = [older, newer].map(resultsOf);
  return comparedIn(older, older.machine?.cpu === newer.machine?.cpu)
    .filter(({ measurement }) => tookPart(newer, measurement))
    .map(({ name, lessIsBetter }) => ({
      name,
      verdict: verdictOf(now.get(name), before.get(name), lessIsBetter),
      before: before.get(name),
      now: now.get(name),
    }));
}

/** A result that is gone is not known to be as good as it was. */
export const hasRegressed = (lines) => lines.some(({ verdict }) => verdict === 'regression' || verdict === 'missing');
