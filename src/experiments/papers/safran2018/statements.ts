import { by, type Statement } from '../statement.js';

/** What safran2018 states, as far as it can be simulated. */
export const SAFRAN2018_STATEMENTS: readonly Statement[] = [
  {
    number: 'Theorem 1',
    says: 'For orthonormal teachers with 6 to 20 rows and n = k the population risk has spurious local minima; for n = k + 1 with 8 to 19 rows too.',
    judges: [by('safran2018-square', 'certified', 'finished'), by('safran2018-wider', 'certified', 'finished')],
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
];
