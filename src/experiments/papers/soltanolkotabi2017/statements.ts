import { by, type Statement } from '../statement.js';

const HALF = ['half-descent', 'half-polished', 'half-starts'];
const ALL = ['all-descent', 'all-polished'];
const JACOBIAN = ['softplus', 'sigmoid', 'tanh', 'erf'].map((activation) => `sigma-*-${activation}-*`);
const ODD = ['sigmoid', 'erf', 'tanh'];
const ALGEBRA = 'It is an identity or inequality of matrix algebra without anything random.';
const CONSTANTS = 'Its constants are free, so no number could contradict it alone';

/** What soltanolkotabi2017 states, in the order of the paper. */
export const SOLTANOLKOTABI2017_STATEMENTS: readonly Statement[] = [
  {
    number: 'Theorem 2.1',
    says: 'Quadratic activation, k ≥ 2d, v with d entries of each sign, any data: no spurious minimum, strict saddles, optimum 0 for n ≤ cd².',
    judges: [
      by(
        'soltanolkotabi2017-thm21',
        'no-spurious',
        'strict-saddles',
        'convex-optimum',
        'zero-loss',
        'all-finished',
        'ends-global',
        'one-sign-misfits',
        '*-duplicates',
      ),
    ],
  },
  {
    number: 'Theorem 2.2',
    says: 'Quadratic activation, planted, v of one sign, k ≥ d: no spurious minimum, strict saddles, optimum 0; (2.1) bounds the loss of approximate minima.',
    judges: [
      by(
        'soltanolkotabi2017-thm22',
        'ends-zero',
        'no-spurious',
        'strict-saddles',
        'all-finished',
        'approximate-minima',
        'narrow-misses',
      ),
    ],
  },
  {
    number: 'Example 2.4',
    says: 'Softplus, sigmoid, erf and tanh satisfy Assumption 2.3: the mean slope is not zero, the mean curvature never zero or always.',
    judges: [by('soltanolkotabi2017-fig1', 'slope-*', 'curvature-*')],
  },
  {
    number: 'Figure 1',
    says: 'The curves of these activations with b = 4, and of ReLU.',
    judges: [by('soltanolkotabi2017-fig1', 'slope-*', 'curvature-*')],
  },
  {
    number: 'Theorem 2.5',
    says: 'k ≥ d, n ≤ cd², a start within (2.4): descent with α ≤ 1/β converges to zero loss as (1 − cαd/n)^τ.',
    judges: [by('soltanolkotabi2017-thm25', 'slope-*', 'constant-*', 'smoothness-*', 'radius-*')],
    open: 'σ_min(W*) and σ_max(W*): all W* are orthogonal.',
  },
  {
    number: 'Remark 2.6',
    says: 'Theorem 2.5 holds for activations of odd curvature (sigmoid, erf, tanh).',
    judges: [by('soltanolkotabi2017-thm25', ...ODD.map((activation) => `*-${activation}`))],
  },
  {
    number: 'Figure 2a',
    says: 'Softplus, n = 100, d = 10: no spurious minimum in half of the cases at k = 11.40, and always for k ≥ 13.',
    judges: [by('soltanolkotabi2017-fig2a', ...HALF, ...ALL)],
  },
  {
    number: 'Figure 2b',
    says: 'Softplus, n = 100, k = 10: no spurious minimum in half of the cases at d = 10.70, and always for d ≥ 12.',
    judges: [by('soltanolkotabi2017-fig2b', ...HALF, ...ALL)],
  },
  {
    number: 'Figure 3a',
    says: 'Quadratic, n = 100, d = 20: no spurious minimum in half of the cases at k = 5.5.',
    judges: [by('soltanolkotabi2017-fig3a', ...HALF)],
  },
  {
    number: 'Figure 3b',
    says: 'Quadratic, n = 100, k = 5: no spurious minimum in half of the cases at d = 25.40.',
    judges: [by('soltanolkotabi2017-fig3b', ...HALF)],
  },
  {
    number: 'Figure 4a',
    says: 'Softplus, random labels, d = 10, n = 100: zero RMSE when kd > 1.5n.',
    judges: [by('soltanolkotabi2017-fig4a', 'zero-rmse', 'zero-polished', 'narrow-not-zero')],
  },
  {
    number: 'Figure 4b',
    says: 'Quadratic, random labels, d = 20, n = 100: zero RMSE when kd > 1.5n.',
    judges: [by('soltanolkotabi2017-fig4b', 'zero-rmse', 'zero-polished', 'narrow-not-zero')],
  },
  { number: 'Lemma 5.1', says: 'u ⊗ Mv = D_M(u ⊗ v).', open: ALGEBRA },
  { number: 'Lemma 5.2', says: '(a ⊗ b)ᵀ vec(M) = bᵀMa.', open: ALGEBRA },
  { number: 'Lemma 5.3', says: '‖v‖_∞ σ_min(A) ≤ σ_max(D_v A).', open: ALGEBRA },
  { number: 'Lemma 5.4', says: '(A ∗ B)ᵀ(A ∗ B) = (AᵀA) ∘ (BᵀB).', open: ALGEBRA },
  {
    number: 'Lemma 5.5',
    says: 'A tail bound of Bernstein’s form bounds the ψ₁ norm.',
    open: 'It turns one description of a tail into another, which is calculus and nothing to simulate.',
  },
  {
    number: 'Lemma 5.6',
    says: 'For almost every X, σ_min(X ∗ X) > 0 as long as d ≤ n ≤ d(d+1)/2.',
    judges: [by('soltanolkotabi2017-thm21', 'zero-loss')],
  },
  {
    number: 'Lemma 5.7',
    says: 'n ≥ c(δ)d log d: the mean of (xᵀAx)xxᵀ is within δ‖A‖_* of 2A + tr(A)I in nuclear norm, for A ⪰ 0.',
    open: 'No experiment computes this mean; the bound of Theorem 2.2, which needs it, is judged.',
  },
  {
    number: 'Lemma 6.1',
    says: 'A point at which the mean of r_i x_i x_iᵀ is zero is a global optimum.',
    judges: [by('soltanolkotabi2017-thm21', 'convex-optimum')],
  },
  {
    number: 'Proposition 7.1',
    says: 'Centring φ′ changes σ_min(J)² and σ_max(J) by at most (7.4) and (7.5).',
    judges: [by('soltanolkotabi2017-spectrum', 'centring-min-*', 'centring-max-*')],
    open: 'The terms of (7.4) with a free constant: it is judged without them, which is stricter.',
  },
  {
    number: 'Proposition 7.2',
    says: 'The centred Jacobian has σ_min ≥ (d/2)σ_min(D_vΓW) and σ_max ≤ C(d + √(nd)σ_max(D_vΓW)).',
    judges: [by('soltanolkotabi2017-spectrum', 'centred-min-softplus', 'centred-max-*')],
    open: 'σ_min(W) and σ_max(W): all W are orthogonal.',
  },
  {
    number: 'Remark 7.3',
    says: 'For activations of odd curvature the centred Jacobian has σ_min ≥ d/2 and σ_max ≤ Cd.',
    judges: [by('soltanolkotabi2017-spectrum', ...ODD.map((activation) => `centred-min-${activation}`))],
  },
  {
    number: 'Proposition 7.4',
    says: 'k ≥ d, n ≤ cd²: σ_min(J) ≥ cσ_min(W)d and σ_max(J) ≤ Cσ_max(W)√(nk).',
    judges: [by('soltanolkotabi2017-jacobian', ...JACOBIAN)],
    open: 'σ_min(W) and σ_max(W): all W are orthogonal.',
  },
  {
    number: 'Corollary 7.5',
    says: 'n ≤ cd²: σ_min(X ∗ X) ≥ cd and σ_max(X ∗ X) ≤ C√(nd).',
    judges: [by('soltanolkotabi2017-jacobian', 'sigma-*-quadratic-*')],
  },
  {
    number: 'Lemma 7.6',
    says: 'The mean of the centred Jacobian is D_A Q, that is E[(φ′(wᵀx) − μ)x] = γ(‖w‖)w.',
    judges: [by('soltanolkotabi2017-jacobian', 'mean-*')],
  },
  {
    number: 'Lemma 7.7',
    says: 'The least singular value of the centred Jacobian is at least that of the whitened one times σ_min(D_vΓW).',
    open: ALGEBRA,
  },
  {
    number: 'Proposition 7.8',
    says: 'xᵀUz has tails of Hanson–Wright form with K² = L²σ_max²(W) + 1.',
    open: `${CONSTANTS}; only Proposition 7.2 uses it.`,
  },
  {
    number: 'Proposition 7.9',
    says: 'Singular values of a matrix with independent sub-exponential columns lie near the norms of its columns.',
    open: `${CONSTANTS}; only Proposition 7.2 uses it.`,
  },
  {
    number: 'Lemma 7.10',
    says: '√d − tρ(W) ≤ ‖z‖ ≤ (√d + t)ρ(W) with probability 1 − 2exp(−t²/2) for the whitened z.',
    open: 'No experiment computes the whitened vector z; only Proposition 7.2 uses it.',
  },
  {
    number: 'Lemma 7.11',
    says: 'J changes by at most C√(nd)(‖v‖_∞‖W̃ − W‖ + ‖ṽ − v‖_∞).',
    judges: [by('soltanolkotabi2017-spectrum', 'perturbation-*')],
  },
  {
    number: 'Lemma 7.12',
    says: '‖∇L‖² ≥ m_L L with m_L = ½c²σ_min²(W*)d²/n near the planted network, and upper bounds of the same form.',
    judges: [by('soltanolkotabi2017-thm25', 'pl-constant-*'), by('soltanolkotabi2017-spectrum', 'output-gradient-*')],
    open: `The upper bound (7.45): ${CONSTANTS.toLowerCase()}.`,
  },
  {
    number: 'Lemma 7.13',
    says: 'L ≤ ‖v*‖²‖W − W*‖²_F + 2(φ²(0) + 2B²w_max²)k²‖v − v*‖²_∞.',
    judges: [by('soltanolkotabi2017-spectrum', 'loss-near-*')],
  },
  {
    number: 'Lemma 7.14',
    says: 'L is β-smooth near the planted network, with β = O(k).',
    judges: [by('soltanolkotabi2017-spectrum', 'smoothness-*'), by('soltanolkotabi2017-thm25', 'smoothness-*')],
  },
  {
    number: 'Lemma A.1',
    says: 'n ≥ c(δ)d log d: the mean of (xᵀa)²xxᵀ is within δ‖a‖² of 2aaᵀ + ‖a‖²I in spectral norm.',
    open: 'It is cited from another paper, and is Lemma 5.7 for A = aaᵀ.',
  },
  {
    number: 'Theorem B.1',
    says: 'Sample covariances of sub-exponential vectors concentrate.',
    open: `It is cited from another paper; ${CONSTANTS.toLowerCase()}.`,
  },
  {
    number: 'Lemma D.2',
    says: 'A vector with the convex concentration property satisfies the Hanson–Wright inequality.',
    open: `It is cited from another paper; ${CONSTANTS.toLowerCase()}.`,
  },
  {
    number: 'Lemma D.3',
    says: '(x, z) has the convex concentration property with K² = L²σ_max²(W) + 1.',
    open: 'It is about every convex Lipschitz function, which no sample of functions can settle; only Proposition 7.8 uses it.',
  },
  {
    number: 'Lemma F.1',
    says: 'A bound on B_n² for independent sub-exponential vectors.',
    open: `${CONSTANTS}; only Proposition 7.9 uses it.`,
  },
  {
    number: 'Lemma F.2',
    says: 'A tail bound on B_n² for independent sub-exponential vectors.',
    open: `${CONSTANTS}; only Proposition 7.9 uses it.`,
  },
];
