/** The statistics that a study file or a user's measure may name, each with its interval. */
import { decimal } from '../base/decimal.js';
import { InputError } from '../base/errors.js';
import { suggest } from '../base/suggest.js';
import { deviation, deviationSequence, rootMeanSquare, rootMeanSquareSequence } from './deviations.js';
import { mean, meanShare, median, positiveMean } from './means.js';
import { quantile } from './quantiles.js';
import { meanIterations, meanShareDifference, type Estimator } from './ranges.js';
import { rate } from './rates.js';
import {
  meanSequence,
  medianSequence,
  positiveSequence,
  quantileSequence,
  rateSequence,
  shareSequence,
} from './sequences.js';

export interface Statistic {
  readonly estimate: Estimator;
  /** with a confidence sequence in place of an interval, for trials that end by their results */
  readonly sequence: Estimator;
  /** the name of the statistic of some number, e.g. `median of error` */
  readonly words: (of: string) => string;
  /** what the ends of the interval are, for captions */
  readonly interval: string;
  /** whether it is defined for negative numbers too */
  readonly takesNegative: boolean;
  /** the value that is counted for a trial's number, where it is not the number itself; NaN stays NaN */
  readonly each?: (value: number) => number;
  /** the value of a failed trial; without it failed trials are left out */
  readonly whenFailed?: number;
}

export const STATISTICS = {
  median: {
    estimate: median,
    sequence: medianSequence,
    words: (of) => `median of ${of}`,
    interval: '95 % order-statistic intervals of the median',
    takesNegative: true,
  },
  mean: {
    estimate: mean,
    sequence: meanSequence,
    words: (of) => `mean of ${of}`,
    interval: "95 % intervals of the mean (Student's)",
    takesNegative: true,
  },
  'positive-mean': {
    estimate: positiveMean,
    sequence: positiveSequence,
    words: (of) => `mean of ${of}`,
    interval: '95 % intervals of the mean of positive values (Student, Cox)',
    takesNegative: false,
  },
  rate: {
    estimate: rate,
    sequence: rateSequence(),
    words: (of) => `share of trials with ${of}`,
    interval: '95 % Blaker intervals',
    takesNegative: false,
  },
  share: {
    estimate: meanShare,
    sequence: shareSequence,
    words: (of) => `mean of ${of}`,
    interval: '95 % intervals of the mean of bounded values (Gaffke)',
    takesNegative: false,
  },
  sd: {
    estimate: deviation,
    sequence: deviationSequence,
    words: (of) => `standard deviation of ${of}`,
    interval: '95 % jackknife intervals of the standard deviation',
    takesNegative: true,
  },
  rmse: {
    estimate: rootMeanSquare,
    sequence: rootMeanSquareSequence,
    words: (of) => `root mean square of ${of}`,
    interval: '95 % jackknife intervals of the root mean square',
    takesNegative: true,
  },
} as const satisfies Readonly<Record<string, Statistic>>;

/** What the ends of an estimator's interval are; undefined for one that no name stands for. */
export function intervalOf(estimate: Estimator): string | undefined {
  if (estimate === meanIterations || estimate === meanShareDifference) return STATISTICS.share.interval;
  return Object.values<Statistic>(STATISTICS).find((statistic) => statistic.estimate === estimate)?.interval;
}

type Relation = '<' | '<=' | '>' | '>=';

/** `quantile(q)`, 0 < q < 1; `share(<= x)`: the share of trials whose number is at most x. */
export type StatisticName = keyof typeof STATISTICS | `quantile(${number})` | `share(${Relation} ${number})`;

/** The list of statistics in messages. */
export const STATISTIC_NAMES = [...Object.keys(STATISTICS), 'quantile(q)', 'share(<= x)'];

const RELATIONS: Readonly<Record<Relation, (value: number, bound: number) => boolean>> = {
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
  '>': (value, bound) => value > bound,
  '>=': (value, bound) => value >= bound,
};

/**
 * The statistic of a name.
 * @param what its name in messages, e.g. `statistic`
 * @throws InputError for an unknown name, and for a quantile or a bound that is no number in its range
 */
export function statisticOf(name: string, what: string): Statistic {
  const found = Object.entries<Statistic>(STATISTICS).find(([known]) => known === name.trim());
  if (found !== undefined) return found[1];
  const {
    kind,
    relation = '',
    number = '',
  } = /^\s*(?<kind>\w+)\s*\(\s*(?<relation>[<>]=?)?(?<number>[^()]*)\)\s*$/.exec(name)?.groups ?? {};
  if (kind === 'quantile' && relation === '') return quantileNamed(number.trim(), name, what);
  if (kind === 'share') return shareNamed(relation, number.trim(), name, what);
  throw new InputError(
    `${what} must be one of ${STATISTIC_NAMES.join(', ')}, got '${name}'${suggest(name, STATISTIC_NAMES)}`,
  );
}

function quantileNamed(text: string, name: string, what: string): Statistic {
  const q = decimal(text);
  if (!(q > 0 && q < 1)) throw new InputError(`${what} must be quantile(q) with 0 < q < 1, got '${name}'`);
  return {
    estimate: quantile(q),
    sequence: quantileSequence(q),
    words: (of) => `${text}-quantile of ${of}`,
    interval: `95 % order-statistic intervals of the ${text}-quantile`,
    takesNegative: true,
  };
}

/** A rate of trials. A trial that failed meets no condition. */
function shareNamed(relation: string, text: string, name: string, what: string): Statistic {
  const bound = decimal(text);
  if (!isRelation(relation) || !Number.isFinite(bound))
    throw new InputError(`${what} must be share(<= x), with <=, <, >= or > and a number x, got '${name}'`);
  return {
    ...STATISTICS.rate,
    takesNegative: true,
    each: (value) => (Number.isNaN(value) ? value : Number(RELATIONS[relation](value, bound))),
    whenFailed: 0,
    words: (of) => `share of trials with ${of} ${relation.replace('<=', '≤').replace('>=', '≥')} ${text}`,
  };
}

function isRelation(text: string): text is Relation {
  return Object.hasOwn(RELATIONS, text);
}
