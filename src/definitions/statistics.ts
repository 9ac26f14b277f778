/** The statistics that a user's measures may name. */
import type { Estimator } from '../statistics/ranges.js';
import { mean, meanShare, median, positiveMean } from '../statistics/means.js';
import { rate } from '../statistics/rates.js';

interface Statistic {
  readonly estimate: Estimator;
  readonly description: string;
  /** what the ends of the interval are, for captions */
  readonly interval: string;
}

export const STATISTICS = {
  mean: { estimate: mean, description: 'mean of any numbers', interval: "95 % intervals of the mean (Student's)" },
  'positive-mean': {
    estimate: positiveMean,
    description: 'mean of numbers above 0',
    interval: '95 % intervals of the mean of positive values (Student, Cox)',
  },
  median: { estimate: median, description: 'median', interval: '95 % order-statistic intervals of the median' },
  rate: { estimate: rate, description: 'share of trials: 0 or 1 in each', interval: '95 % Blaker intervals' },
  share: {
    estimate: meanShare,
    description: 'mean of shares, each from 0 to 1',
    interval: '95 % intervals of the mean of bounded values (Gaffke)',
  },
} as const satisfies Readonly<Record<string, Statistic>>;

export type StatisticName = keyof typeof STATISTICS;
