/** What is printed of the minima, against ours. */
import { rateDifference } from '../../../statistics/rates.js';
import { stateClaim } from '../../claims.js';
import type { CellSummary, StatedClaim } from '../../spec.js';
import type { Place } from './settings.js';
import { STARTS } from './minimaTrial.js';
import {
  ENTRIES,
  PRINTED_LOSS_ERROR,
  PRINTED_MINIMA,
  PUBLISHED_STARTS,
  publishedShare,
  shareOfStarts,
  toleranceOf,
  type PrintedMinimum,
} from './published.js';

const SOURCE = 'safran2018, minima in the result files for n = k';
const NAMES = ['first', 'second'] as const;

export function minimaClaims(all: readonly CellSummary<Place>[]): StatedClaim[] {
  const printed = all.flatMap((cell) =>
    (PRINTED_MINIMA.get(cell.settings.k) ?? []).flatMap((minimum, i) => claimsOf(cell, NAMES[i], minimum)),
  );
  return [...printed, ...entries(all), ...all.slice(-1).flatMap(sorting)];
}

function claimsOf(
  cell: CellSummary<Place>,
  name: (typeof NAMES)[number],
  { loss, lambdaMin, count }: PrintedMinimum,
): StatedClaim[] {
  const { k } = cell.settings;
  const which = `k = ${k}: the minimum with the printed loss ${loss}`;
  const claim = (kind: string, statement: string): Pick<StatedClaim, 'id' | 'statement' | 'source'> => ({
    id: `${kind}-k=${k}-${name}`,
    source: SOURCE,
    statement,
  });
  const around = (value: number, error: number): { low: number; high: number } => ({
    low: value - error,
    high: value + error,
  });
  return [
    stateClaim(
      claim('loss', `${which} has it to the digits printed`),
      () => cell.measures[`${name}Loss`],
      around(loss, PRINTED_LOSS_ERROR),
    ),
    ...(lambdaMin === undefined
      ? []
      : [
          stateClaim(
            claim('curvature', `${which} has λ_min = ${lambdaMin.value} to the digits printed`),
            () => cell.measures[`${name}LambdaMin`],
            around(lambdaMin.value, lambdaMin.error),
          ),
        ]),
    ...(count === undefined
      ? []
      : [
          stateClaim(
            claim(
              'count',
              `${which} is the end of ${count} of ${PUBLISHED_STARTS} starts: difference of shares within ± ${toleranceOf(count)}`,
            ),
            () => rateDifference(shareOfStarts(cell, `${name}Share`, STARTS), publishedShare(count)),
            around(0, toleranceOf(count)),
          ),
        ]),
  ];
}

function entries(all: readonly CellSummary<Place>[]): StatedClaim[] {
  return all
    .filter(({ settings }) => settings.k === ENTRIES.k)
    .map((cell) =>
      stateClaim(
        {
          id: `entries-k=${ENTRIES.k}`,
          source: SOURCE,
          statement: `k = ${ENTRIES.k}: the entries of the minimum are the printed ones to their ten digits, in some order`,
        },
        () => cell.measures['entriesError'],
        { low: -Infinity, high: ENTRIES.error },
      ),
    );
}

function sorting(cell: CellSummary<Place>): StatedClaim[] {
  const { k } = cell.settings;
  return [
    stateClaim(
      {
        id: 'certified',
        source: 'safran2018, Theorem 1 (local minima, not slow descents)',
        statement: `k = ${k}: at most 0.05 of the starts end at no isolated minimum with λ_min > 1e-6`,
      },
      () => shareOfStarts(cell, 'openShare', STARTS),
      { low: 0, high: 0.05 },
    ),
    stateClaim(
      {
        id: 'spurious',
        source: 'safran2018, Theorem 1 (there are minima that are not global)',
        statement: `k = ${k}: at least 0.05 of the starts end at a certified minimum that is not global`,
      },
      () => shareOfStarts(cell, 'nonGlobalShare', STARTS),
      { low: 0.05, high: 1 },
    ),
    stateClaim(
      {
        id: 'sorted',
        source: `${SOURCE}, as classes modulo symmetry`,
        statement: `k = ${k}: loss, λ_min and ‖W‖ sort the ends of a trial as the matching of their weights does, in at least 0.95 of the trials`,
      },
      () => cell.measures['agreementRate'],
      { low: 0.95, high: 1 },
    ),
  ];
}
