import { by, type Statement } from '../statement.js';

/** What zhong2017 states, in the order of the paper. */
export const ZHONG2017_STATEMENTS: readonly Statement[] = [
  {
    number: 'Remark 3.4',
    says: 'Properties 3.1 to 3.3 ask for a monotone, highly non-linear φ that is smooth or piecewise linear.',
    open: 'It explains the properties; Theorem 3.5 says who has them.',
  },
  {
    number: 'Theorem 3.5',
    says: 'ReLU, leaky ReLU, squared ReLU, sigmoid, tanh and erf have Properties 3.1 to 3.3; linear and quadratic have not.',
    judges: [by('zhong2017-thm35', '*-satisfies', '*-fails-3.1', '*-fails-3.2')],
    open: '“Any” smooth function with bounded symmetric φ′: the claims are about those that the theorem names.',
  },
  {
    number: 'Theorem 4.2',
    says: 'Near W* the empirical Hessian lies between Ω(v_min²ρ/(κ²λ)) and O(kv_max²σ_1^(2p)).',
    judges: [by('zhong2017-thm42', 'lower-bound-*', 'lambda-max-*', 'near-teacher-*', 'concentration-*')],
    open: 'ν = v_max/v_min: all |v*_i| are 1.',
  },
  {
    number: 'Remark 4.3',
    says: '∇²f(W*) is singular for linear and quadratic φ, and positive definite for ReLU, sigmoid and tanh unless W* is rank deficient.',
    judges: [by('zhong2017-remark43', 'zeros-*', 'positive-*', 'equal-rows-*', 'rank-deficient-*')],
  },
  {
    number: 'Theorem 4.4',
    says: 'A gradient step of 1/M_0 on fresh samples contracts ‖W − W*‖²_F by 1 − m_0/M_0.',
    judges: [by('zhong2017-thm44', 'contracts-*', 'margin-*')],
  },
  {
    number: 'Claim 5.2',
    says: 'M_j = Σ v*_i m_{j,i} w̄*_i^{⊗j} for j = 1 … 4.',
    open: 'It is an identity; tests compare it with moments by quadrature, and found an error of print in M_4.',
  },
  {
    number: 'Assumption 5.3',
    says: 'ReLU, leaky ReLU and squared ReLU satisfy it; ReLU has M_3 = 0, sigmoid and erf have M_2 = 0.',
    open: 'It is a property of the m_j, which tests compute by quadrature and by closed forms.',
  },
  {
    number: 'Claim 5.5',
    says: 'P_2 and P_3 are sums over the rows of W*, from M_j contracted with α.',
    open: 'It is Claim 5.2 contracted with α, and tested with it.',
  },
  {
    number: 'Section 5.2',
    says: 'Estimating P_3 needs Ω(d³/ε²) samples, its projection R_3 a number linear in d.',
    judges: [by('zhong2017-claim55', 'r3-noise-flat', 'r3-error-flat', 'p3-grows', 'p3-exact')],
  },
  {
    number: 'Theorem 5.6',
    says: 'The tensor initialization has ‖W⁽⁰⁾ − W*‖_F ≤ ε·poly(k, κ)‖W*‖_F and v exact for n ≥ ε⁻²d·poly(k, κ, …).',
    judges: [by('zhong2017-thm56', 'error-n', 'signs')],
    open: 'The exponents in κ and k: they are reported, since the theorem leaves the polynomial open.',
  },
  {
    number: 'Theorem 6.1',
    says: 'Algorithm 2 recovers W* to ε and v exactly from d log(1/ε)·poly(k, λ) fresh samples.',
    judges: [by('zhong2017-alg2', 'recovers-fresh-*', 'recovers-reuse-*', 'fresh-samples-exponent-*')],
    open: 'The dependence on k and λ: the theorem leaves the polynomial open.',
  },
  {
    number: 'Section 7 (“the algorithm still works well without resampling”)',
    says: 'Descent may use the same samples in every iteration.',
    judges: [by('zhong2017-alg2', 'recovers-reuse-*', 'reused-samples-enough-*')],
  },
  {
    number: 'Section 7 (KCL with L = 100 projections)',
    says: 'The tensor is decomposed with 100 random projections.',
    judges: [by('zhong2017-kcl', 'signs-*', 'same-error-*')],
  },
  {
    number: 'Figure 1(a)',
    says: 'k = 5, κ = 2, d = 10 … 100: the n for a recovery rate of 100 % is about proportional to d.',
    judges: [by('zhong2017-fig1a', 'rate-reaches-one', 'boundary-exponent', 'boundary-exponent-regime')],
  },
  {
    number: 'Figure 1(b)',
    says: 'd = 10 … 50, n = 10⁴ … 10⁵: the error of the initialization falls with n, and equal errors need n proportional to d.',
    judges: [by('zhong2017-fig1b', 'falls-*', 'equal-error-exponent', 'equal-error-exponent-regime')],
  },
  {
    number: 'Figure 1(c)',
    says: 'd = 10, k = 5, n = 10⁴: the tensor initialization is fastest, (I) and (III) converge linearly, (II) does not converge.',
    judges: [
      by('zhong2017-fig1c', 'tensor-fastest-*', 'linear-I-*', 'linear-III-*', 'random-stuck-*'),
      by('zhong2017-fig1c-printed', 'random-stuck-printed-*'),
    ],
  },
];
