import { by, type Statement } from '../statement.js';

/** What mei2018 states of noisy linear classification with the squared loss, and what happens with fewer samples. */
export const MEI2018_STATEMENTS: readonly Statement[] = [
  {
    number: 'one local minimum',
    says: 'For n ≥ C d log d the empirical risk of a single sigmoid has one local minimum, which is global, and gradient descent reaches it from any start.',
    judges: [by('mei2018-runaway', 'any-start', 'global')],
    open: 'The constant C is not given; the claims are judged at the largest n/d. That the minimum is global is tested against infinity only.',
  },
  {
    number: 'any start',
    says: 'Where the theorem does not apply, below n = C d log d, one may ask whether the start still does not matter.',
    judges: [by('mei2018-runaway', 'mixed')],
  },
  {
    number: 'rate of the minimiser',
    says: 'The minimiser is within O(√(d log n / n)) of w*.',
    open: 'The experiment shows the median error without judging it; the same rate is judged in fu2018-thm2 and fu2018-fig4.',
  },
  {
    number: 'runaway.md',
    says: 'Below a threshold n/d, which is larger for the squared loss than for the cross entropy and grows with ‖w*‖, there is no finite minimiser (our derivation).',
    judges: [
      by('mei2018-runaway', 'logistic-agrees', 'separable-infinite', 'squared-norm=*', 'gap-norm=*', 'order-in-norm'),
    ],
    open: 'The threshold of the squared loss rests on the replica-symmetric equations, which are not proved for a loss that is not convex.',
  },
  {
    number: 'Theorem 2.1',
    says: 'The cross entropy has a finite minimiser above n/d = 1/h(‖w*‖), and none below, for d → ∞ (Candès and Sur 2020).',
    judges: [by('mei2018-runaway', 'logistic-norm=*')],
  },
  {
    number: 'function counting theorem',
    says: 'For labels that are fair coins the probability that a half-space separates n samples is 2^(1−n) Σ_{k<d} C(n − 1, k) (Cover 1965).',
    judges: [by('mei2018-runaway', 'cover')],
  },
];
