/** Claims on the course of online SGD against the order parameters' equations. */
import type { Noted } from '../../../statistics/estimate.js';
import { powerLawExponent } from '../../../statistics/regression.js';
import { inDeviations, largestMean } from '../../../statistics/simultaneous.js';
import { stateClaim } from '../../claims.js';
import { ascending } from '../../common/ascending.js';
import type { CellSummary, StatedClaim } from '../../spec.js';
import { TIMES, type DynamicsPlace, type DynamicsValues, type Start } from './dynamicsSettings.js';

export type DynamicsCell = CellSummary<DynamicsPlace>;

const EQUATIONS = 'goldt2019, equations for d → ∞';
const COURSE = 'goldt2019, simulation against equations';
const DERIVED = 'ours (docs/derivations/online-sgd.md, the escape from the plateau)';

/** The cells of one student and law of starts, by d ascending. */
function overDimensions(all: readonly DynamicsCell[], K: number, start: Start): DynamicsCell[] {
  return all
    .filter(({ settings }) => settings.K === K && settings.start === start)
    .toSorted((a, b) => a.settings.d - b.settings.d);
}

/** The largest mean of log(run/equations) over the times. */
function largestGap({ measures, trials }: DynamicsCell): Noted {
  return largestMean(
    TIMES.map((alpha) => measures[`gap${alpha}`]),
    trials,
  );
}

/** The same in standard deviations of a run. */
function largestGapInSpreads({ measures, trials }: DynamicsCell): Noted {
  return largestMean(
    TIMES.map((alpha) => inDeviations(measures[`gap${alpha}`], measures[`spread${alpha}`])),
    trials,
  );
}

/** The exponent of the largest deviation of the order parameters over d. */
function exponent(cells: readonly DynamicsCell[]): Noted {
  return powerLawExponent(cells.map(({ settings, measures }) => ({ x: settings.d, estimate: measures['deviation'] })));
}

function claimsOf(all: readonly DynamicsCell[], K: number, start: Start): StatedClaim[] {
  const cells = overDimensions(all, K, start);
  const place = `K=${K},start=${start}`;
  const words = `K = ${K}, start ${start}`;
  const last = cells[cells.length - 1];
  const { d } = last.settings;
  const spread = stateClaim(
    {
      id: `spread-${place}`,
      source: COURSE,
      statement: `${words}, d = ${d}: at all ${TIMES.length} times the equations lie within one standard deviation of the runs' mean log ε_g`,
    },
    () => largestGapInSpreads(last),
    { low: 0, high: 1 },
  );
  const rate = (source: string, statement: string, low: number, high: number): StatedClaim =>
    stateClaim({ id: `rate-${place}`, source, statement: `${words}: ${statement}` }, () => exponent(cells), {
      low,
      high,
    });
  if (start === 'random')
    return [
      spread,
      rate(DERIVED, "a run's largest deviation does not fall as 1/√d: its exponent in d is above −0.3", -0.3, Infinity),
    ];
  const course = stateClaim(
    {
      id: `course-${place}`,
      source: COURSE,
      statement: `${words}, d = ${d}: at all ${TIMES.length} times, the plateau included, the mean of log ε_g over the runs is within ± 0.1 of that of the equations`,
    },
    () => largestGap(last),
    { low: 0, high: 0.1 },
  );
  return [
    course,
    spread,
    rate(EQUATIONS, "a run's largest deviation of an order parameter falls as 1/√d: exponent −0.5 ± 0.1", -0.6, -0.4),
  ];
}

export function dynamicsClaims(all: readonly DynamicsCell[], { K, start }: DynamicsValues): StatedClaim[] {
  return ascending(K).flatMap((rows) => start.flatMap((law) => claimsOf(all, rows, law)));
}
