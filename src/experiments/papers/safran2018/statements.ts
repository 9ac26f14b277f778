import { by, type Statement } from '../statement.js';

/** What safran2018 states, as far as it can be simulated. */
export const SAFRAN2018_STATEMENTS: readonly Statement[] = [
  {
    number: 'Theorem 1',
    says: 'For orthonormal teachers with 6 to 20 rows and n = k the population risk has spurious local minima; for n = k + 1 with 8 to 19 rows too.',
    judges: [
      by('safran2018-square', 'certified', 'finished'),
      by('safran2018-wider', 'certified', 'finished'),
      by('safran2018-minima', 'certified', 'spurious'),
    ],
    open: 'The proof is by interval arithmetic; here the gradient and the least eigenvalue are known to rounding.',
  },
  {
    number: 'n = k',
    says: 'Of 1,000 starts these numbers end at no global minimum: k = 6: 3, 7: 55, 9: 218, 11: 455, 13: 730, 15: 803, 17: 897, 20: 949.',
    judges: [by('safran2018-square', 'count-*')],
  },
  {
    number: 'n = k + 1',
    says: 'With one row more these are k = 13: 15, 15: 102, 17: 233, 19: 491.',
    judges: [by('safran2018-wider', 'count-*')],
  },
  {
    number: 'minima',
    says: 'The points found for n = k have the losses 0.025081 (k = 6), 0.023203 (k = 7), 0.020014 and 0.037489 (k = 9: 213 and 5 of 1,000 starts), λ_min 0.0047 (k = 6) and 0.01406 (k = 7), and at k = 7 five different entries.',
    judges: [by('safran2018-minima', 'loss-*', 'curvature-*', 'count-*', 'entries-*', 'sorted')],
    open: 'Numbers computed from the points in the authors’ files; the printed tables have counts only.',
  },
];
