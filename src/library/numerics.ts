/**
 * Basin's numerical functions on typed arrays, the same as the commands `fit`, `hessian`, `init`, `quantities`, `score`
 * and `factorize`. An array is a `Float64Array` in C order together with its shape. W has one row per neuron. The code
 * that computes is loaded when a function is called. Only `fit` lets other code of the thread run between its native
 * calls.
 */
import type { Fit, FitOptions, FitProblem, FitWatch } from '../app/arrays/fit.js';
import type { Factorized, FactorizeOptions } from '../app/arrays/factorize.js';
import type { Hessian, HessianProblem } from '../app/arrays/hessian.js';
import type { InitializationProblem, Initialized } from '../app/arrays/initialize.js';
import type { RiskFitProblem, RiskHessianProblem } from '../app/arrays/population.js';
import type { ScoreOptions, ScoreProblem, Scores } from '../app/arrays/score.js';
import { requireFunctions, requireNames, requireObjects, requireSignal, requireTexts } from '../base/allowed.js';
import type { NativeKernels } from '../core/kernels/contract.js';
import type { NumericArray } from '../io/npy.js';
import type { Quantities } from '../theory/quantities.js';
import {
  FACTORIZE_NAMES,
  FIT_NAMES,
  INITIALIZATION_NAMES,
  RISK_NAMES,
  SCORE_NAMES,
  SCORE_PROBLEM_NAMES,
  TRAINING_NAMES,
} from './names.js';

/**
 * Gradient descent W ← W − η ∇f_n(W) on f_n(W, v) = (1/n) Σᵢ ℓ(Σ_k v_k φ(w_kᵀxᵢ), yᵢ), from L starts at once. With a
 * `teacher` in place of samples it descends on the population risk ½E(Σ_k v_k φ(w_kᵀx) − f*(x))² over x ~ N(0, I).
 *
 * Rejected with `InputError` for arrays that do not fit together, values that are not finite, and options outside their
 * ranges. Rejected with the signal's reason when the signal is aborted. A start that diverges is not an error: its
 * status reports it.
 * Source: fu2018, Algorithm 1; for `mixed` see docs/performance.md.
 */
export async function fit(problem: FitProblem | RiskFitProblem, options: FitOptions & FitWatch): Promise<Fit> {
  requireObjects({ problem, options });
  requireProblemNames(problem);
  requireNames('options', options, FIT_NAMES);
  requireFunctions({ onProgress: options.onProgress });
  requireSignal('signal', options.signal);
  const { prepareFit, runFit } = await import('../app/arrays/fit.js');
  options.signal?.throwIfAborted();
  if (!('teacher' in problem)) return await runFit(prepareFit(await kernels(), problem, options), options);
  const { prepareRiskFit } = await import('../app/arrays/population.js');
  return await runFit(prepareRiskFit(await kernels(), problem, options), options);
}

/** A problem with a teacher has no samples. */
function requireProblemNames(problem: object): void {
  requireNames('problem', problem, 'teacher' in problem ? RISK_NAMES : TRAINING_NAMES);
}

/**
 * ∇²f_n with respect to W at one point, and its extreme eigenvalues. They are computed by LAPACK if W has at most 2000
 * entries. For larger D, they are computed by Lanczos on Hessian–vector products, and the matrix is not returned. With
 * a `teacher` in place of samples it is that of the population risk, see `fit`, for at most 2000 entries.
 *
 * Rejected with `InputError` for arrays that do not fit together, more than one point, and a Hessian that is not
 * finite.
 * Source: the Hessian of fu2018, Theorem 1 and zhong2017, Theorem 4.2.
 */
export async function hessian(problem: HessianProblem | RiskHessianProblem): Promise<Hessian> {
  requireObjects({ problem });
  requireProblemNames(problem);
  if ('teacher' in problem) {
    const { riskHessian } = await import('../app/arrays/population.js');
    return riskHessian(await kernels(), problem);
  }
  const { prepareHessian, runHessian } = await import('../app/arrays/hessian.js');
  return runHessian(prepareHessian(await kernels(), problem));
}

/**
 * A start W₀ near W* from labelled samples x ~ N(0, I). The method estimates moments of the labels and their subspace.
 * KCL decomposes the moment in this subspace. Magnitudes and signs are found last. The result depends only on data,
 * options and seed.
 *
 * Rejected with `InputError` when K exceeds d or does not divide it (cnn), when there are too few samples or they have
 * deficient rank, when all labels are equal, or when the moments that the method needs vanish for this activation.
 * Source: fu2018, Algorithm 2 and Appendix C; zhong2017, Algorithm 1; for a cnn fu2019.
 * Derivation: docs/derivations/tensor.md
 */
export async function initialize(problem: InitializationProblem): Promise<Initialized> {
  requireObjects({ problem });
  requireNames('problem', problem, INITIALIZATION_NAMES);
  const { initialized } = await import('../app/arrays/initialize.js');
  return initialized(await kernels(), problem);
}

/**
 * α_q(σ) = E[φ′(σz) z^q], β_q(σ) = E[φ′(σz)² z^q], γ_j, m_j and the ρ(σ) of each paper for z ~ N(0, 1), by quadrature
 * with a relative error of about 1e-15.
 *
 * `activation`: a name such as `softplus:10`, or a formula in z. `sigma`: 1e-6 … 1e6. Rejected with `InputError` for
 * other values.
 * Source: fu2018, Definition 1 and Section 4; zhong2017, Definition 5.1. Derivation: docs/derivations/quantities.md
 */
export async function quantities(activation: string, sigma: number): Promise<Quantities> {
  requireTexts({ activation });
  const [{ parseActivation }, theory] = await Promise.all([
    import('../core/networks/activations.js'),
    import('../theory/quantities.js'),
  ]);
  return theory.quantities(parseActivation(activation), sigma);
}

/**
 * Score functions S_m = (−1)^m ∇^m f / f of the density f of samples, estimated by local likelihood (LLSFE). At a point
 * whose local fit is singular the scores are NaN, and `singular` contains its index.
 *
 * Rejected with `InputError` for arrays that do not fit together, too few samples, options outside their ranges, a
 * result with more than 2²⁷ numbers, and when every point is singular.
 * Source: gao2018, (6), (7), (14) and (15). Derivation: docs/derivations/score.md
 */
export async function score(problem: ScoreProblem, options: ScoreOptions): Promise<Scores> {
  requireObjects({ problem, options });
  requireNames('problem', problem, SCORE_PROBLEM_NAMES);
  requireNames('options', options, SCORE_NAMES);
  const { prepareScore, runScore } = await import('../app/arrays/score.js');
  return runScore(prepareScore(await kernels(), problem, options));
}

/**
 * Decomposes a symmetric (p, p, p) tensor as T = Σ_i w_i u_i⊗u_i⊗u_i with k ≤ p linearly independent unit vectors u_i.
 * The method is simultaneous diagonalisation of random projections (KCL), followed by least squares. For an exact
 * tensor the error is about 1e-13.
 *
 * Rejected with `InputError` for an array of another shape, values that are not finite, a tensor that is not symmetric,
 * and a rank that the tensor does not have.
 * Source: Kuleshov, Chaganty, Liang 2015, as used by fu2018 and zhong2017.
 */
export async function factorize(tensor: NumericArray, options: FactorizeOptions): Promise<Factorized> {
  requireObjects({ tensor, options });
  requireNames('options', options, FACTORIZE_NAMES);
  const { factorized } = await import('../app/arrays/factorize.js');
  return factorized(await kernels(), tensor, options);
}

async function kernels(): Promise<NativeKernels> {
  const { tunedKernels } = await import('../app/machine/kernels.js');
  return tunedKernels();
}
