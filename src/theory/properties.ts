/**
 * Properties 3.1 to 3.3 of zhong2017, decided from φ, φ′ and φ″ as functions. A supremum over all z is one over a mesh
 * in log |z| around the bend, refined, together with the growth of the function beyond both ends of the mesh.
 */
import type { Activation } from '../core/networks/activations.js';
import { curvatureTerms, quantities, slopeJump, type Quantities } from './quantities.js';

/** Property 3.1: 0 ≤ φ′(z) ≤ L_1|z|^p for all z. */
export interface SlopeProperty {
  /** inf φ′; −∞ when φ′ is unbounded below */
  readonly minimum: number;
  /** the smallest p ≥ 0 for which a finite L_1 exists; NaN when none does */
  readonly power: number;
  /** L_1 = sup φ′(z)/|z|^p for that p */
  readonly bound: number;
  /** with p ≥ 0 */
  readonly holds: boolean;
  /** with p > 0, as printed: φ′ would have to vanish at 0 */
  readonly holdsAsPrinted: boolean;
}

/** Property 3.2: ρ(σ) > 0, over a grid of σ. */
export interface CurvatureProperty {
  /** ρ at each σ of the grid */
  readonly rho: Float64Array;
  /** the smallest of them, and its σ */
  readonly minimum: number;
  readonly at: number;
  /** the smallest `relativeCurvature` */
  readonly margin: number;
  readonly holds: boolean;
  /** the a of ρ ~ σ^a as σ → 0 and as σ → ∞; NaN where ρ is not positive */
  readonly exponents: readonly [number, number];
}

/** Property 3.3: φ″ is bounded (a), or 0 but for finitely many points (b). */
export interface BendProperty {
  /** L_2 = sup |φ″| where φ′ has a derivative */
  readonly bound: number;
  /** the number e of points where φ′ jumps */
  readonly jumps: number;
  /** (a) */
  readonly smooth: boolean;
  /** (b) */
  readonly piecewiseLinear: boolean;
  readonly holds: boolean;
}

/**
 * |z| from 2⁻⁴⁰ to 2⁴⁰: beyond both ends an activation with a slope b from 1e-6 to 1e6 has reached its limiting form.
 */
const OCTAVES = 40;
const PER_OCTAVE = 16;
/** Exponents closer than this are equal: at |z| = 2⁻⁴⁰ and slope 1e6 the limit is reached to 1e-6. */
const EXPONENT_TOLERANCE = 1e-5;
/** Differences that are exactly 0 are computed as less than this share of their terms. */
const ZERO = 1e-12;

type Side = 1 | -1;
const SIDES: readonly Side[] = [1, -1];
type RealFunction = (z: number) => number;

/** Property 3.1 of an activation. */
export function slopeProperty({ derivative }: Activation): SlopeProperty {
  const atZero = Math.min(...SIDES.map((side) => growth(derivative, side, -OCTAVES)));
  const atInfinity = Math.max(...SIDES.map((side) => growth(derivative, side, OCTAVES)));
  const bounded = atInfinity <= atZero + EXPONENT_TOLERANCE && atZero >= -EXPONENT_TOLERANCE;
  const power = bounded ? Math.max(0, atInfinity) : Number.NaN;
  const minimum = infimum(derivative);
  return {
    minimum,
    power,
    bound: bounded ? -infimum((z) => -derivative(z) / Math.abs(z) ** power) : Infinity,
    holds: bounded && minimum >= 0,
    holdsAsPrinted: bounded && minimum >= 0 && atZero > EXPONENT_TOLERANCE,
  };
}

/** Property 3.3 of an activation. */
export function bendProperty(activation: Activation): BendProperty {
  const bound = -infimum((z) => -Math.abs(activation.secondDerivative(z)));
  const jumps = Math.abs(slopeJump(activation)) > ZERO ? 1 : 0;
  const [smooth, piecewiseLinear] = [bound < Infinity && jumps === 0, bound === 0];
  return { bound, jumps, smooth, piecewiseLinear, holds: smooth || piecewiseLinear };
}

/** The σ that stand for 0 and ∞ in the exponents of ρ when the slope is near 1. */
const [SMALL, LARGE] = [1e-3, 1e3];

/** Property 3.2 of an activation over σ from `sigmas` (at least one). */
export function curvatureProperty(activation: Activation, sigmas: Float64Array): CurvatureProperty {
  const grid = Array.from(sigmas, (sigma) => quantities(activation, sigma));
  const rho = Float64Array.from(grid, (at) => at.rho.zhong2017);
  const lowest = rho.reduce((least, value, i) => (value < rho[least] ? i : least), 0);
  const margin = Math.min(...grid.map((at) => relativeCurvature(activation, at)));
  return {
    rho,
    minimum: rho[lowest],
    at: sigmas[lowest],
    margin,
    holds: margin > ZERO,
    exponents: [rhoExponent(activation, SMALL), rhoExponent(activation, LARGE)],
  };
}

/**
 * The smallest of the three differences of ρ(σ), each as a share of what it is taken from: √((β0 − α0² − α1²)/β0) and
 * √((β2 − α1² − α2²)/β2), the parts of φ′ and zφ′ outside {1, z}, and (α0α2 − α1²)/max(|α0α2|, α1²). A difference of 0
 * is computed as about 1e-16. The softplus has 1e-5 at σ = 0.05, where its ρ is 4e-11, and falls below 1e-12 only at σ
 * = 2e-4.
 */
export function relativeCurvature(activation: Activation, at: Quantities): number {
  const { constant, linear, product } = curvatureTerms(activation, at);
  const [a0, a1, a2] = at.alpha;
  return Math.min(
    Math.sqrt(constant / at.beta[0]),
    Math.sqrt(linear / at.beta[1]),
    product / Math.max(Math.abs(a0 * a2), a1 * a1),
  );
}

/** d log ρ/d log σ from σ to 2σ; NaN unless ρ > 0 at both. */
function rhoExponent(activation: Activation, sigma: number): number {
  const [first, second] = [sigma, 2 * sigma].map((s) => quantities(activation, s));
  const positive = [first, second].every((at) => relativeCurvature(activation, at) > ZERO);
  return positive ? Math.log2(second.rho.zhong2017 / first.rho.zhong2017) : Number.NaN;
}

/**
 * The a of |f(z)| ~ |z|^a at z = ± 2^octave and beyond. A function that is 0 there is below every power: −∞ towards
 * infinity, +∞ towards 0.
 */
function growth(f: RealFunction, side: Side, octave: number): number {
  const outward = Math.sign(octave);
  const [near, far] = [Math.abs(f(side * 2 ** octave)), Math.abs(f(side * 2 ** (octave + outward)))];
  return far === 0 ? -outward * Infinity : outward * Math.log2(far / near);
}

/**
 * inf f over all z: −∞ where f is negative and grows beyond an end of the mesh, else the lowest point of the mesh,
 * refined.
 */
function infimum(f: RealFunction): number {
  for (const side of SIDES) {
    const [outer, inner] = [2 ** OCTAVES, 2 ** -OCTAVES].map((size) => side * size);
    if (f(outer) < 0 && growth(f, side, OCTAVES) > EXPONENT_TOLERANCE) return -Infinity;
    if (f(inner) < 0 && growth(f, side, -OCTAVES) < -EXPONENT_TOLERANCE) return -Infinity;
  }
  const atZero = f(0);
  return Math.min(
    Number.isNaN(atZero) ? Infinity : atZero,
    ...SIDES.map((side) => meshInfimum((u) => f(side * 2 ** u))),
  );
}

function meshInfimum(f: RealFunction): number {
  const u = (step: number): number => step / PER_OCTAVE;
  let lowest = -OCTAVES * PER_OCTAVE;
  for (let step = lowest; step <= OCTAVES * PER_OCTAVE; step++) if (f(u(step)) < f(u(lowest))) lowest = step;
  return Math.min(f(u(lowest)), goldenMinimum(f, u(lowest - 1), u(lowest + 1)));
}

const GOLDEN = (Math.sqrt(5) - 1) / 2;
const SECTIONS = 60;

/** The lowest value that golden-section search finds between a and b. */
function goldenMinimum(f: RealFunction, a: number, b: number): number {
  let [low, high] = [a, b];
  let [left, right] = [high - GOLDEN * (high - low), low + GOLDEN * (high - low)];
  for (let section = 0; section < SECTIONS; section++) {
    if (f(left) <= f(right)) [high, right, left] = [right, left, right - GOLDEN * (right - low)];
    else [low, left, right] = [left, right, left + GOLDEN * (high - left)];
  }
  return Math.min(f(left), f(right));
}
