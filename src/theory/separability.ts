/**
 * How probable it is that a half-space through 0 separates the labels of n samples x ~ N(0, I_d), P(y = 1 | x) =
 * σ(w*ᵀx). Derivation: docs/derivations/runaway.md
 */
import betainc from '@stdlib/math-base-special-betainc';
import erfc from '@stdlib/math-base-special-erfc';
import { expectation, SQRT_2PI } from './expectation.js';

/**
 * The probability for w* = 0, where labels are fair coins: 2^(1−n) Σ_{k<d} C(n − 1, k), for any law of x in general
 * position. Source: Cover, IEEE Trans. Electronic Computers 14 (1965) 326.
 */
export function fairSeparation(n: number, d: number): number {
  return n <= d ? 1 : betainc(0.5, n - d, d);
}

/** Halvings of the bracket of t: to rounding. */
const BISECTIONS = 60;

/**
 * The n/d at which the probability jumps from 1 to 0 for d → ∞, γ = ‖w*‖: 1/h(γ) with h(γ) = min_t E(tV + Z)₊², Z ~
 * N(0, 1) independent of V, the margin of a sample along w*, whose density is 2σ(γv) times the normal one. Absolute
 * accuracy 1e-10. Source: Candès and Sur, Ann. Statist. 48 (2020) 27, Theorem 2.1 without an intercept.
 */
export function separationBoundary(gamma: number): number {
  const weight = (v: number): number => 2 / (1 + Math.exp(-gamma * v));
  const slope = (t: number): number => expectation((v) => weight(v) * v * 2 * firstPart(t * v));
  let [low, high] = [-1 - gamma, 0];
  for (let i = 0; i < BISECTIONS; i++) {
    const middle = (low + high) / 2;
    if (slope(middle) < 0) low = middle;
    else high = middle;
  }
  return 1 / expectation((v) => weight(v) * secondPart(high * v));
}

/** E(a + Z)₊ */
function firstPart(a: number): number {
  return a * upTo(a) + density(a);
}

/** E(a + Z)₊² */
function secondPart(a: number): number {
  return (a * a + 1) * upTo(a) + a * density(a);
}

/** P(Z ≤ a) */
function upTo(a: number): number {
  return erfc(-a / Math.SQRT2) / 2;
}

function density(a: number): number {
  return Math.exp((-a * a) / 2) / SQRT_2PI;
}
