/** Measures of students as functions, and of the rows of the teacher that they find: see docs/derivations/widths.md. */
import { meanShare, median, positiveMean } from '../../statistics/means.js';
import { rate } from '../../statistics/rates.js';
import type { Measure } from '../spec.js';

/** Of the best start; with `studentK` or `risk: population`. */
export const FUNCTION_MEASURES: readonly Measure[] = [
  {
    name: 'relativeRisk',
    of: 'relativeRisk',
    description: 'median of ‖f̂ − f*‖²/‖f*‖², the relative generalisation error of the best start',
    estimate: median,
  },
  {
    name: 'functionRecoveryRate',
    of: 'functionRecovered',
    description: 'share of training sets whose best start ends with ‖f̂ − f*‖ at most within times ‖f*‖',
    estimate: rate,
    whenFailed: 0,
  },
  {
    name: 'foundRows',
    of: 'foundRows',
    description: 'mean share of the rows of W* that a row of Ŵ, or several together, have found',
    estimate: meanShare,
    whenFailed: 0,
  },
  {
    name: 'rowsPerFound',
    of: 'rowsPerFound',
    description: 'mean number of rows of Ŵ for each row of W* that is found',
    estimate: positiveMean,
  },
  {
    name: 'spareRows',
    of: 'spareRows',
    description: 'mean share of the rows of Ŵ that belong to no found row of W*',
    estimate: meanShare,
  },
];
