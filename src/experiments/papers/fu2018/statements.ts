import { by, type Statement } from '../statement.js';

/** What fu2018 states, in the order of the paper. */
export const FU2018_STATEMENTS: readonly Statement[] = [
  { number: 'Figure 1', says: 'The network: one hidden layer whose outputs are averaged.', open: 'It is a drawing.' },
  {
    number: 'Assumption 1',
    says: 'Sigmoid and tanh have bounded first, second and third derivatives.',
    open: 'It is a fact of calculus; tests compare the derivatives of every activation with finite differences.',
  },
  { number: 'Assumption 2', says: 'ρ(σ) > 0 for every σ > 0.', judges: [by('fu2018-fig2', 'rho-positive')] },
  { number: 'Figure 2', says: 'The curve of ρ(σ) for the sigmoid.', judges: [by('fu2018-fig2', 'rho-positive')] },
  {
    number: 'Theorem 1',
    says: 'With enough samples the empirical Hessian is positive definite in a whole ball around W*, and λ_max = O(1/K).',
    judges: [
      by('fu2018-thm1', 'positive-definite', 'lambda-max', 'lambda-min-exact', 'lambda-max-exact'),
      by('fu2018-thm1-condition', 'condition-K=*', 'smallest-K=*', 'square-K=*'),
      by('fu2018-thm1-samples', 'samples-d', 'samples-d-linear', 'samples-K'),
    ],
  },
  {
    number: 'Corollary 1',
    says: 'Theorem 1 holds for regression labels.',
    judges: [{ ...by('fu2018-thm1', 'positive-definite', 'lambda-max'), set: { labels: 'regression' } }],
  },
  {
    number: 'Theorem 2',
    says: 'One critical point lies near W*, at a distance O(√(d log n/n)), and descent converges to it linearly.',
    judges: [by('fu2018-thm2', 'critical-point', 'one-point', 'rate-d=*', 'error-n-d=*', 'error-d')],
    open: 'The factor K²κ²λ/ρ of the distance: no claim varies K, κ and λ.',
  },
  {
    number: 'Corollary 2',
    says: 'With regression labels descent converges linearly to W* itself.',
    judges: [
      { ...by('fu2018-thm2', 'recovery', 'rate-d=*'), set: { labels: 'regression' } },
      by('basin-radius', 'inside-*', 'factor-*'),
    ],
  },
  {
    number: 'Section 3.2',
    says: 'Accuracy ε costs O(ndK² log(1/ε)) operations.',
    open: 'It follows from the rate of Theorem 2, which is judged, and the cost ndK of a step; no claim counts operations.',
  },
  {
    number: 'Assumption 4',
    says: 'For sigmoid and tanh the first moment m_1(‖w‖) that is not zero is strictly monotone.',
    open: 'It is a property of a function of one variable; tests invert m_1 for both activations.',
  },
  {
    number: 'Theorem 3',
    says: 'The tensor initialization of Algorithm 2 lies within ε·poly(K, κ)‖W*‖_F of W* for n ≥ d·poly(1/ε, …).',
    judges: [by('fu2018-alg2', 'error-exponent-unfold-*', 'error-falls-faithful-*', 'reaches-basin-*')],
    open: 'The dependence on K and κ: the theorem leaves the polynomial open.',
  },
  {
    number: 'Corollary 3',
    says: 'Theorem 3 holds for regression labels.',
    judges: [
      by(
        'fu2018-alg2',
        'error-exponent-unfold-*-regression-*',
        'error-falls-faithful-*-regression-*',
        'reaches-basin-*-regression-*',
      ),
    ],
  },
  {
    number: 'Lemma 1',
    says: 'The population Hessian changes by at most O(K^(−3/2))‖W − W*‖_F.',
    judges: [by('fu2018-population', 'lipschitz-exponent', 'lipschitz-constant')],
  },
  {
    number: 'Lemma 2',
    says: 'The population loss has the bounds of Theorem 1 in the ball.',
    judges: [
      by('fu2018-population', 'curvature-min', 'curvature-max'),
      by('fu2018-thm1-condition', 'condition-K=*', 'smallest-K=*', 'square-K=*'),
      by('basin-radius', 'lemma-*'),
    ],
  },
  {
    number: 'Lemma 3',
    says: 'The empirical Hessian differs from the population Hessian by O(√(d log n/(nK))), uniformly in the ball.',
    judges: [by('fu2018-thm1', 'concentration'), by('fu2018-concentration', 'hessian-centre-*', 'hessian-ball-*')],
  },
  {
    number: 'Lemma 4',
    says: 'The empirical gradient differs from the population gradient by O(√(d log n/n)), uniformly in the ball.',
    judges: [by('fu2018-concentration', 'gradient-centre-*', 'gradient-ball-*', 'gradient-exact')],
  },
  {
    number: 'Corollary 4',
    says: 'The ball holds one and only one critical point.',
    judges: [by('fu2018-thm2', 'critical-point', 'one-point')],
  },
  {
    number: 'Figure 3',
    says: 'With K = 3 and d = 20, 40, 60 descent from 20 starts ends in one minimum, if n is large enough.',
    judges: [
      by(
        'fu2018-fig3',
        'rate-reaches-one',
        'n50-exponent',
        'n50-ratio',
        'one-minimum',
        'one-minimum-exponent',
        'successes-near',
        'failures-several-minima',
      ),
    ],
  },
  {
    number: 'Figure 4',
    says: 'With K = 3 and d = 20, 40, 60 the mean estimation error falls with n and grows with d.',
    judges: [by('fu2018-fig4', 'slope-d=*', 'order-in-d', 'asymptotic-d=*')],
  },
  {
    number: 'Lemma 5',
    says: 'The norm of a symmetric matrix is at most 1/(1 − 2ε) times its largest form over an ε-cover.',
    open: 'It is a standard inequality of matrix analysis without anything random.',
  },
  {
    number: 'Lemma 6',
    says: 'The mean Lipschitz constant of the Hessian of one sample is O((d/K)^(3/2)).',
    open: 'It is a supremum over all pairs of points of the ball, which no experiment can attain; only Lemma 3 uses it.',
  },
  {
    number: 'Lemma 7',
    says: 'A component of the gradient of one sample is sub-Gaussian with norm O(1/√K).',
    open: 'A ψ₂ norm with a free constant cannot be contradicted by samples; only Lemma 4 uses it.',
  },
];
