import { by, type Statement } from '../statement.js';

/** What gao2018 states, in the order of the paper. */
export const GAO2018_STATEMENTS: readonly Statement[] = [
  {
    number: 'Sections 1 and 3',
    says: 'L has a good landscape for a broad class of input laws, for which G has none.',
    judges: [by('gao2018-laws', 'L-above-G-*')],
  },
  {
    number: 'Theorem 1',
    says: 'The spectral error of the score estimate of degree p is O(d^(m/2)h^(p+1−m)) + O_p(d^(m/2)(nh^(d+2m))^(−1/2)).',
    judges: [
      by('gao2018-thm1', 'variance-*', 'rate-n-*', 'rate-h-*', 'bias-bound-*'),
      by('gao2018-degree4', 'variance-*'),
    ],
    open: 'The factors d^(m/2): the experiments have single entries.',
  },
  {
    number: 'Lemma 2.1',
    says: 'An entry of the estimated j-th derivative has the error O(h^(p+1−j)) + O_p((nh^(d+2j))^(−1/2)).',
    judges: [
      by('gao2018-thm1', 'bias-bound-*', 'bias-slope-*', 'rate-n-*', 'rate-h-*'),
      by('gao2018-degree4', 'bias-bound-*', 'bias-slope-*', 'rate-n-*'),
    ],
  },
  {
    number: 'Remark 1',
    says: 'With h = n^(−1/(2p+2+d)) the error is O_p(d^(m/2)n^(−(p+1−m)/(2p+2+d))).',
    judges: [by('gao2018-fig1', 'faster-than-bound-*'), by('gao2018-fig2', 'faster-than-bound-*')],
    open: 'The bandwidth of the remark: the figures have that of the script.',
  },
  {
    number: 'Remark 2',
    says: 'The estimate is conjectured to be minimax optimal.',
    open: 'A lower bound over all estimators cannot be simulated.',
  },
  {
    number: 'Section 2.4',
    says: 'Degree 2 in place of degree 4 does not hurt the performance by much.',
    judges: [by('gao2018-fig1', 'consistent-S4'), by('gao2018-fig2', 'consistent-S4')],
    open: 'The estimate of degree 4 beside it: no experiment runs both.',
  },
  {
    number: 'Figure 1',
    says: 'x ~ N(0, I), d = 2: all percentiles of the error fall with n, with the slopes −0.5143 (S₂) and −0.4984 (S₄), faster than the bound.',
    judges: [by('gao2018-fig1', 'slope-*', 'mean-slope-*', 'decreases-*', 'consistent-*', 'faster-than-bound-*')],
  },
  {
    number: 'Figure 2',
    says: 'x ~ ½N(1, I) + ½N(−1, I), d = 2: the error falls with the slopes −0.2587 (S₂) and −0.1343 (S₄), faster than the bound.',
    judges: [by('gao2018-fig2', 'slope-*', 'mean-slope-*', 'decreases-*', 'consistent-*', 'faster-than-bound-*')],
  },
  {
    number: 'Example 1',
    says: 't_1 and t_2 for Gaussian inputs.',
    open: 'It is an identity; tests compare the score behind it with finite differences of the density.',
  },
  {
    number: 'Example 2',
    says: 't_1 and t_2 for a mixture of Gaussians.',
    open: 'It is an identity; tests compare the score behind it with finite differences of the density.',
  },
  { number: 'Assumption 2(b)', says: 'μ must be below 0.01/κ*.', judges: [by('gao2018-thm2', 'large-mu-misses')] },
  {
    number: 'Theorem 2',
    says: 'Every local minimum of L is a signed permutation of A* up to its scale, and every other stationary point is a strict saddle.',
    judges: [by('gao2018-thm2', 'minima-are-teacher', 'strict-saddles'), by('gao2018-fig3', 'L-recovers-rotated')],
  },
  {
    number: 'Remark 3',
    says: 'Similar conclusions hold for k < d.',
    open: 'It needs the loss of Appendix B.3, another one than (19), which the paper does not write out.',
  },
  {
    number: 'Theorem 3',
    says: 'The loss of n ≥ poly(d, 1/ε) samples has the landscape of Theorem 2.',
    judges: [by('gao2018-thm2', 'sample-minima', 'sample-rate')],
  },
  {
    number: 'Figure 3',
    says: 'Laplace inputs, d = k = 50, n = 8192, μ = 30: L reaches a global minimum, G a bad one, and ℓ2 is slow and ends in a bad one.',
    judges: [
      by('gao2018-fig3', 'L-recovers', 'G-suboptimal', 'l2-slow', 'l2-descent-slow'),
      by('gao2018-critical', 'critical-*'),
    ],
  },
  {
    number: 'Figure 4',
    says: 'd = k = 2, estimated score: L is close to G on Gaussian inputs and below G on the mixture.',
    judges: [by('gao2018-fig4', 'L-close-to-G-*', 'L-below-G-*')],
  },
  {
    number: 'Lemma B.1',
    says: 'E[g(x)x] = E[∇g(x)] for x ~ N(0, I).',
    open: 'It is the classical identity of Stein, the case m = 1 of Lemma B.2.',
  },
  {
    number: 'Lemma B.2',
    says: 'E[g(x)S_m(x)] = E[∇^(m)g(x)].',
    judges: [by('gao2018-thm2', 'kappa', 'alternative-form')],
    open: 'm other than 4, and inputs other than Gaussian: Theorem 4 needs m = 4 only.',
  },
  {
    number: 'Theorem 4',
    says: 'L(A) is a κ*-weighted sum of products of ⟨a*_i, a_j⟩², which is (21).',
    judges: [by('gao2018-thm2', 'kappa', 'alternative-form')],
  },
  {
    number: 'Lemma B.3',
    says: 'Inputs of norm above R contribute at most ε to gradient and Hessian of L.',
    open: 'R has a free constant C, so no number could contradict it; only Theorem 3 uses it.',
  },
];
