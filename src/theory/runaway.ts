/**
 * The n/d below which the squared loss of a single sigmoid has no finite local minimum, for d → ∞: x ~ N(0, I),
 * P(y = 1 | x) = σ(w*ᵀx), γ = ‖w*‖. Derivation: docs/derivations/runaway.md
 */
import { SQRT_2PI } from './expectation.js';

/** w = a along w*, of length r across. */
interface Place {
  readonly a: number;
  readonly r: number;
}

/** Averages at a place, for samples whose margin v minimises ρ(v) + (v − p)²/2τ, p being the margin without them. */
interface Averages {
  /** −E Vρ′, V the margin of a sample along w* */
  readonly along: number;
  /** E ρ′² */
  readonly square: number;
  /** E(1 − ∂v/∂p) = d/n */
  readonly response: number;
}

/** Nodes per unit of v, or of p's standard deviation where that is smaller, and the range in standard deviations. */
const [DENSITY, REACH] = [4, 7];
const ACROSS = Array.from({ length: 2 * DENSITY * REACH + 1 }, (_, i) => {
  const z = i / DENSITY - REACH;
  return { z, weight: normal(z) / DENSITY };
});
/** The largest −ρ′ */
const STEEPEST = 4 / 27;

function normal(z: number): number {
  return Math.exp((-z * z) / 2) / SQRT_2PI;
}

/**
 * p = sZ with s² = a² + r², and V = (aZ + rZ′)/s enters through the law of the label alone. The sum runs over v, not p:
 * ρ = ½(1 − q)², q = σ(v), −ρ′ = q(1 − q)², p = v + τρ′(v), dp = (1 + τρ″)dv.
 */
function averages({ a, r }: Place, tau: number, gamma: number): Averages {
  const s = Math.hypot(a, r);
  const step = Math.min(1, s) / DENSITY;
  let [along, square, response] = [0, 0, 0];
  for (let v = -REACH * s; v <= REACH * s + STEEPEST * tau; v += step) {
    const q = 1 / (1 + Math.exp(-v));
    const pull = q * (1 - q) ** 2;
    const curvature = pull * (3 * q - 1);
    const z = (v - tau * pull) / s;
    let [mass, first] = [0, 0];
    for (const other of ACROSS) {
      const margin = (a * z + r * other.z) / s;
      const weight = (2 * other.weight) / (1 + Math.exp(-gamma * margin));
      mass += weight;
      first += weight * margin;
    }
    const density = (normal(z) * step) / s;
    along += density * first * pull * (1 + tau * curvature);
    square += density * mass * pull ** 2 * (1 + tau * curvature);
    response += density * mass * tau * curvature;
  }
  return { along, square, response };
}

/** What vanishes at a stationary place: the pull along w*, and r² d/n − τ² E ρ′². */
function forces(place: Place, tau: number, gamma: number): readonly [number, number] {
  const { along, square, response } = averages(place, tau, gamma);
  return [along, place.r ** 2 * response - tau ** 2 * square];
}

const DIFFERENCE = 1e-5;
const NEWTON_STEPS = 40;
/** No step is longer than this share of ‖w‖. */
const LONGEST = 0.3;

/** The stationary place at τ near another one, by Newton's method with difference quotients. */
function stationary(tau: number, gamma: number, from: Place): Place {
  let { a, r } = from;
  for (let step = 0; step < NEWTON_STEPS; step++) {
    const f = forces({ a, r }, tau, gamma);
    const [fa, fr] = [forces({ a: a + DIFFERENCE, r }, tau, gamma), forces({ a, r: r + DIFFERENCE }, tau, gamma)];
    const [aa, ar, ra, rr] = [fa[0] - f[0], fr[0] - f[0], fa[1] - f[1], fr[1] - f[1]].map((gap) => gap / DIFFERENCE);
    const determinant = aa * rr - ar * ra;
    const [da, dr] = [(ar * f[1] - rr * f[0]) / determinant, (ra * f[0] - aa * f[1]) / determinant];
    const length = Math.hypot(da, dr);
    const share = Math.min(1, (LONGEST * Math.hypot(a, r)) / length);
    [a, r] = [a + share * da, r + share * dr];
    if (length < 1e-8) break;
  }
  return { a, r };
}

/** n/d at τ, and the place there. */
interface Point {
  readonly tau: number;
  readonly place: Place;
  readonly ratio: number;
}

function pointAt(tau: number, gamma: number, from: Place): Point {
  const place = stationary(tau, gamma, from);
  return { tau, place, ratio: 1 / averages(place, tau, gamma).response };
}

/** From W* with n/d → ∞, τ → 0, in steps of this factor. */
const [FIRST, FACTOR, GOLDEN] = [1, 1.1, (3 - Math.sqrt(5)) / 2];
const SHORTEST = 0.02;
const found = new Map<number, number>();

/**
 * The least n/d on the branch of stationary places that begins at w*, to about 1e-3. It rests on the replica-symmetric
 * equations of an M-estimator, which for a loss that is not convex are no theorem.
 */
export function runawayBoundary(gamma: number): number {
  const known = found.get(gamma) ?? leastRatio(gamma);
  found.set(gamma, known);
  return known;
}

function leastRatio(gamma: number): number {
  let [before, last] = [
    pointAt(FIRST / FACTOR, gamma, { a: gamma, r: 0.3 }),
    pointAt(FIRST, gamma, { a: gamma, r: 0.5 }),
  ];
  while (last.ratio < before.ratio) [before, last] = [last, pointAt(last.tau * FACTOR, gamma, last.place)];
  let [low, high] = [before.tau / FACTOR, last.tau];
  let inner = pointAt(before.tau, gamma, before.place);
  while (high - low > SHORTEST * high) {
    const isLeft = inner.tau - low > high - inner.tau;
    const tau = isLeft ? inner.tau - GOLDEN * (inner.tau - low) : inner.tau + GOLDEN * (high - inner.tau);
    const next = pointAt(tau, gamma, inner.place);
    if (next.ratio < inner.ratio) {
      [low, high] = isLeft ? [low, inner.tau] : [inner.tau, high];
      inner = next;
    } else [low, high] = isLeft ? [tau, high] : [low, tau];
  }
  return inner.ratio;
}
