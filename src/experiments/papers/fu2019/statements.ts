import { by, type Statement } from '../statement.js';

/** What fu2019 states, and its extended version about experiments, in the order of the paper. */
export const FU2019_STATEMENTS: readonly Statement[] = [
  {
    number: 'Figure 1',
    says: 'ρ_FCN and ρ_CNN of the sigmoid are positive for every σ, and ρ_CNN is much larger.',
    judges: [by('fu2019-fig1', 'rho-positive', 'cnn-larger')],
  },
  {
    number: 'Theorem 1',
    says: 'With cross entropy and ‖w_k‖ ≤ 1 the Hessian is positive definite around W*, with printed orders in K, for both networks.',
    judges: [
      by('fu2019-thm1', 'positive-definite-*', 'exact-*', 'lower-bound-*', 'upper-bound-*', 'upper-bound-sharp-*'),
    ],
    open: 'κ and λ, and the required n against d and K: no claim varies them.',
  },
  {
    number: 'Theorem 2',
    says: 'Descent converges linearly to a critical point at a distance O(K^(9/4)√(d log n/n)) for the FCN, O(K√(d log n/n)) for the CNN.',
    judges: [by('fu2019-thm2', 'critical-point-*', 'one-point-*', 'rate-*', 'error-*')],
    open: 'κ and λ of the FCN: no claim varies them.',
  },
  {
    number: 'Section II-C',
    says: 'Accuracy ε costs O(ndK⁴ log(1/ε)) operations for the FCN, O(ndK² log(1/ε)) for the CNN.',
    open: 'It follows from the rates of Theorem 2, which are judged, and the cost of a step; no claim counts operations.',
  },
  {
    number: 'extended version, Section on experiments (success rate)',
    says: 'All starts end in one minimum, if n is large enough, and the CNN needs fewer samples than the FCN.',
    judges: [
      by(
        'fu2019-success',
        'rate-reaches-one-*',
        'cnn-needs-fewer',
        'one-minimum-*',
        'successes-near-*',
        'failures-several-minima-*',
      ),
    ],
  },
  {
    number: 'extended version, Section on experiments (estimation error)',
    says: 'The mean estimation error falls with n for both networks.',
    judges: [by('fu2019-error', 'decreases-*', 'slope-*', 'asymptotic-*')],
  },
  {
    number: 'extended version, Section on experiments (cross entropy against squared loss)',
    says: 'Cross entropy has a much lower estimation error than the squared loss on the same data.',
    judges: [by('fu2019-loss', 'cross-entropy-lower-*', 'much-lower-*', 'gain-predicted-*')],
  },
];
