/** Claims on how starts end that follow from the papers' interpretation of the success rate. */
import type { Estimate } from '../../statistics/estimate.js';
import { binomialRate } from '../../statistics/rates.js';
import { stateClaim } from '../claims.js';
import type { CellSummary, StatedClaim } from '../spec.js';
import { pooledRate, successesOf } from './pooled.js';

/** L of fu2018 and fu2019, Section 6. */
const PRINTED_STARTS = 20;

/** The cells that the claims are about, and the texts of the claims. */
export interface OutcomeClaims extends Pick<StatedClaim, 'source' | 'only'> {
  readonly cells: readonly CellSummary<unknown>[];
  /** the cells with the largest n of each d */
  readonly last: readonly CellSummary<unknown>[];
  /** appended to the ids, `-cnn` */
  readonly suffix?: string;
  /** prepended to the statements, `CNN: ` */
  readonly prefix?: string;
}

/**
 * The papers interpret a success as "all starts reach the critical point near W*", and a failure as different local
 * minima. This implies one minimum at large n, one minimum near W* where SD_n is small, and several minima where SD_n
 * is not small.
 */
export function outcomeClaims({ cells, last, source, only, suffix = '', prefix = '' }: OutcomeClaims): StatedClaim[] {
  const words = (id: string, statement: string): Pick<StatedClaim, 'id' | 'statement' | 'source' | 'only'> => ({
    id: `${id}${suffix}`,
    statement: `${prefix}${statement}`,
    source,
    ...(only === undefined ? {} : { only }),
  });
  // The claims assume SD_n over the printed number of starts. With fewer starts, more training sets seem to have one
  // minimum.
  const ofAllStarts = (id: string, statement: string): ReturnType<typeof words> => ({
    ...words(id, statement),
    only: { ...only, published: { ...only?.published, starts: PRINTED_STARTS } },
  });
  return [
    stateClaim(
      words(
        'one-minimum',
        'at the largest n of each d, pooled, all starts of a training set lead to one certified minimum: at least 0.9',
      ),
      () => pooledRate(last, 'oneMinimumRate'),
      { low: 0.9, high: 1 },
    ),
    stateClaim(
      ofAllStarts(
        'successes-near',
        'training sets with SD_n at most the threshold have one minimum, near W*: at least 0.9 of them',
      ),
      () => shareOfSuccesses(cells),
      { low: 0.9, high: 1 },
    ),
    stateClaim(
      ofAllStarts(
        'failures-several-minima',
        'training sets with a larger SD_n have several minima: at least half of them',
      ),
      () => shareOfFailures(cells),
      { low: 0.5, high: 1 },
    ),
  ];
}

function total(cells: readonly CellSummary<unknown>[], count: (cell: CellSummary<unknown>) => number): number {
  return cells.reduce((sum, cell) => sum + count(cell), 0);
}

/** The share of training sets with one minimum near W*, among those with a small SD_n. */
function shareOfSuccesses(cells: readonly CellSummary<unknown>[]): Estimate {
  return binomialRate(
    total(cells, (cell) => successesOf(cell, 'successNearRate')),
    total(cells, (cell) => successesOf(cell)),
  );
}

/** The share of training sets with several minima, among those without a small SD_n. */
function shareOfFailures(cells: readonly CellSummary<unknown>[]): Estimate {
  return binomialRate(
    total(cells, (cell) => successesOf(cell, 'failureSeveralRate')),
    total(cells, (cell) => cell.trials - successesOf(cell)),
  );
}
