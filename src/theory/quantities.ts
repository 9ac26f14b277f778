import type { Activation } from '../core/networks/activations.js';
import { refuse } from '../base/errors.js';
import { expectation, SQRT_2PI } from './expectation.js';

/**
 * The numbers of an activation φ at weight norm σ on which the papers' theorems rest; z ~ N(0, 1) unless said
 * otherwise.
 */
export interface Quantities {
  readonly sigma: number;
  /** α_q = E[φ′(σz) z^q], q = 0, 1, 2 */
  readonly alpha: readonly [number, number, number];
  /** β_q = E[φ′(σz)² z^q], q = 0, 2 */
  readonly beta: readonly [number, number];
  /** γ_j = E[φ(σz) z^j], j = 0 … 4 */
  readonly gamma: readonly [number, number, number, number, number];
  /** m_j = E[φ(σz) He_j(z)], j = 1 … 4: γ1, γ2 − γ0, γ3 − 3γ1, γ4 + 3γ0 − 6γ2 */
  readonly m: readonly [number, number, number, number];
  readonly rho: Curvatures;
}

/** ρ(σ), the lower bound on the curvature at W*, as each paper defines it. */
export interface Curvatures {
  /** min{β0 − α0² − α1², β2 − α1² − α2²} (fu2018, Definition 1) */
  readonly fu2018: number;
  /** min{β0 − α0², β2 − α2²} − α1² (fu2019, Definition 1, with z ~ N(0, 1)): the same number as fu2018 */
  readonly fu2019Fcn: number;
  /** min{E[(φ′(z) z)²], E[φ′(z)²]}, z ~ N(0, σ²) (fu2019, Definition 1) */
  readonly fu2019Cnn: number;
  /** min{β0 − α0² − α1², β2 − α1² − α2², α0α2 − α1²} (zhong2017, Property 3.2) */
  readonly zhong2017: number;
}

export const SIGMA_MIN = 1e-6;
export const SIGMA_MAX = 1e6;

/**
 * α, β, γ, m and ρ of an activation at σ (dimensionless, 1e-6 … 1e6), relative error about 1e-15 each, of ρ relative
 * to β0 or β2.
 * @throws InputError for σ outside its range
 * Source: fu2018, Definition 1 and Section 4; zhong2017, Definition 5.1. Derivation: docs/derivations/quantities.md
 */
export function quantities(activation: Activation, sigma: number): Quantities {
  if (!(sigma >= SIGMA_MIN && sigma <= SIGMA_MAX)) refuse('sigma', 'a number from 1e-6 to 1e6', sigma);
  const slope = (z: number): number => activation.derivative(sigma * z);
  const m = hermiteMoments(activation, sigma);
  const alpha = [m[0] / sigma, m[1] / sigma, expectation((z) => slope(z) * z * z)] as const;
  const beta = [expectation((z) => slope(z) ** 2), expectation((z) => (slope(z) * z) ** 2)] as const;
  const gamma0 = expectation((z) => activation.value(sigma * z));
  const gamma = [gamma0, m[0], m[1] + gamma0, m[2] + 3 * m[0], m[3] + 6 * m[1] + 3 * gamma0] as const;
  return { sigma, alpha, beta, gamma, m, rho: curvatures(sigma, beta, curvatureTerms(activation, { sigma, alpha })) };
}

/**
 * m1 = σE[φ′], m2 = σ²E[φ″], m3 = σ²E[φ″ z], m4 = σ²E[(φ″ − E φ″)(z² − 1)] by parts: nothing of size φ cancels when σ
 * is small. A jump of φ′ at 0 adds its atom of φ″: σ·jump·He_{j−2}(0)/√(2π).
 */
function hermiteMoments(activation: Activation, sigma: number): Quantities['m'] {
  const bend = (z: number): number => activation.secondDerivative(sigma * z);
  const atom = (sigma * slopeJump(activation)) / SQRT_2PI;
  const meanBend = expectation(bend);
  return [
    sigma * expectation((z) => activation.derivative(sigma * z)),
    sigma * sigma * meanBend + atom,
    sigma * sigma * expectation((z) => bend(z) * z),
    sigma * sigma * expectation((z) => (bend(z) - meanBend) * (z * z - 1)) - atom,
  ];
}

/** φ′(0+) − φ′(0−), 0 where φ is smooth; `derivative` is the one from the left at a kink. */
export function slopeJump(activation: Activation): number {
  if (activation.kinks.some((kink) => kink !== 0)) throw new RangeError(`${activation.name}: kinks must lie at 0`);
  return activation.kinks.length === 0 ? 0 : activation.derivative(Number.MIN_VALUE) - activation.derivative(0);
}

/** The three differences whose minimum is ρ(σ) of zhong2017, Property 3.2. */
export interface CurvatureTerms {
  /** β0 − α0² − α1²: the residual variance of φ′(σz) after projection on {1, z} */
  readonly constant: number;
  /** β2 − α1² − α2²: the residual variance of zφ′(σz) */
  readonly linear: number;
  /** α0α2 − α1² */
  readonly product: number;
}

/**
 * The differences at σ. The first two are integrated as the residual variances of φ′ and zφ′ on {1, z}, so no digits
 * cancel.
 */
export function curvatureTerms(
  activation: Activation,
  { sigma, alpha: [a0, a1, a2] }: Pick<Quantities, 'sigma' | 'alpha'>,
): CurvatureTerms {
  const slope = (z: number): number => activation.derivative(sigma * z);
  return {
    constant: expectation((z) => (slope(z) - a0 - a1 * z) ** 2),
    linear: expectation((z) => (slope(z) * z - a1 - a2 * z) ** 2),
    product: a0 * a2 - a1 * a1,
  };
}

function curvatures(
  sigma: number,
  beta: Quantities['beta'],
  { constant, linear, product }: CurvatureTerms,
): Curvatures {
  const fcn = Math.min(constant, linear);
  return {
    fu2018: fcn,
    fu2019Fcn: fcn,
    fu2019Cnn: Math.min(sigma * sigma * beta[1], beta[0]),
    zhong2017: Math.min(fcn, product),
  };
}
