/**
 * k(w, u) = E[φ(wᵀx) φ(uᵀx)] of two rows over x ~ N(0, I), with its derivatives: what the population risk is made of.
 * k depends on a = ‖w‖², b = ‖u‖² and c = wᵀu alone. With z = wᵀx, z′ = uᵀx and Stein's and Price's identities,
 *
 *   ∂k/∂w = E[φ′(z) φ(z′) x] = α w + β u,   ∂²k/∂w² = E[φ″(z) φ(z′) xxᵀ],   ∂²k/∂w∂u = E[φ′(z) φ′(z′) xxᵀ].
 *
 * Derivation: docs/derivations/population.md.
 */
import type { Activation } from '../networks/activations.js';
import type { Parameters } from '../networks/activationTable.js';

/** a = ‖w‖², b = ‖u‖², c = wᵀu. */
export interface Gram {
  readonly a: number;
  readonly b: number;
  readonly c: number;
}

/** k and its gradient ∂k/∂w = α w + β u. */
export interface PairSlope {
  readonly value: number;
  readonly alpha: number;
  readonly beta: number;
}

/**
 * A matrix i·I + ee eeᵀ + en(e nᵀ + n eᵀ) + nn nnᵀ, with e along w and n the direction of u at right angles to it. Of a
 * second derivative both ee … are what is added to the identity's part.
 */
export interface Plane {
  readonly identity: number;
  readonly ee: number;
  readonly en: number;
  readonly nn: number;
}

/** Second derivatives of k: `own` = ∂²k/∂w², `cross` = ∂²k/∂w∂u, which is symmetric in the plane of w and u. */
export interface PairCurvature {
  readonly own: Plane;
  readonly cross: Plane;
}

/** k of one activation. Rows of norm 0 give α = 0 where the derivative has no limit. */
export interface Pair {
  readonly slope: (gram: Gram) => PairSlope;
  readonly curvature: (gram: Gram) => PairCurvature;
}

/** The angle between w and u. */
interface Angle {
  readonly r: number;
  readonly s: number;
  readonly cos: number;
  readonly sin: number;
  /** π less the angle */
  readonly rest: number;
}

function angleOf({ a, b, c }: Gram): Angle {
  const [r, s] = [Math.sqrt(a), Math.sqrt(b)];
  const cos = r * s === 0 ? 0 : Math.min(Math.max(c / (r * s), -1), 1);
  const sin = Math.sqrt((1 - cos) * (1 + cos));
  return { r, s, cos, sin, rest: Math.PI - Math.acos(cos) };
}

const TURN = 2 * Math.PI;

/** φ = z for z > 0, else leak·z: (1 + leak²) k(w, u) − 2 leak k(w, −u) of the ReLU (Cho and Saul 2009, degree 1). */
function leakyPair(leak: number): Pair {
  const [both, crossed, bend] = [1 + leak * leak, 2 * leak, (1 - leak) ** 2];
  const slopeOf = ({ rest }: Angle): number => (both * rest + crossed * (Math.PI - rest)) / TURN;
  return {
    slope: (gram) => {
      const angle = angleOf(gram);
      const { r, s, cos, sin } = angle;
      const beta = slopeOf(angle);
      const own = (bend * sin) / TURN;
      return { value: r * s * (own + beta * cos), alpha: r === 0 ? 0 : (own * s) / r, beta };
    },
    curvature: (gram) => {
      const angle = angleOf(gram);
      const { r, s, cos, sin } = angle;
      const own = r === 0 ? 0 : (bend * sin * s) / (TURN * r);
      const plane = (bend * sin) / TURN;
      return {
        own: { identity: own, ee: -own, en: 0, nn: own },
        cross: { identity: slopeOf(angle), ee: plane * cos, en: plane * sin, nn: -plane * cos },
      };
    },
  };
}

/** φ = max(z, 0)² (Cho and Saul 2009, degree 2). */
const SQUARED_RELU: Pair = {
  slope: (gram) => {
    const { r, s, cos, sin, rest } = angleOf(gram);
    return {
      value: (gram.a * gram.b * (3 * sin * cos + rest * (1 + 2 * cos * cos))) / TURN,
      alpha: (gram.b * (sin * cos + rest)) / Math.PI,
      beta: (2 * r * s * (sin + rest * cos)) / Math.PI,
    };
  },
  curvature: (gram) => {
    const { r, s, cos, sin, rest } = angleOf(gram);
    const own = (2 * gram.b) / Math.PI;
    const cross = (2 * r * s) / Math.PI;
    return {
      own: {
        identity: (gram.b * (sin * cos + rest)) / Math.PI,
        ee: own * cos * (sin + rest * cos),
        en: own * sin * (sin + rest * cos),
        nn: own * rest * sin * sin,
      },
      cross: {
        identity: cross * (sin + rest * cos),
        ee: cross * (2 * rest * cos + sin * (1 + cos * cos)),
        en: cross * sin * (rest + sin * cos),
        nn: cross * sin ** 3,
      },
    };
  },
};

/** Second partial derivatives of k(a, b, c). By Price's theorem 4 ∂²k/∂a∂b = ∂²k/∂c² = E[φ″(z) φ″(z′)]. */
interface Partials {
  readonly aa: number;
  readonly ac: number;
  readonly bc: number;
  readonly cc: number;
}

/** Second derivatives of a k that is smooth in a, b and c. */
function smoothCurvature(gram: Gram, { alpha, beta }: PairSlope, { aa, ac, bc, cc }: Partials): PairCurvature {
  const { r, s, cos, sin } = angleOf(gram);
  const [along, across] = [s * cos, s * sin];
  return {
    own: {
      identity: alpha,
      ee: 4 * aa * r * r + 4 * ac * r * along + cc * along * along,
      en: across * (2 * ac * r + cc * along),
      nn: cc * across * across,
    },
    cross: {
      identity: beta,
      ee: 2 * (cc * r * along + ac * r * r + bc * along * along),
      en: across * (2 * bc * along + cc * r),
      nn: 2 * bc * across * across,
    },
  };
}

/** φ = A erf(qz): k = (2A²/π) asin(2q²c/√((1 + 2q²a)(1 + 2q²b))) (Williams 1997; Saad and Solla 1995 for q = 1/√2). */
function erfPair(amplitude: number, rate: number): Pair {
  const t = 2 * rate * rate;
  const factor = (2 * amplitude * amplitude) / Math.PI;
  const slope = ({ a, b, c }: Gram): PairSlope => {
    const [first, second] = [1 + t * a, 1 + t * b];
    const root = Math.sqrt(first * second - t * t * c * c);
    const beta = (factor * t) / root;
    return { value: factor * Math.atan2(t * c, root), alpha: (-beta * t * c) / first, beta };
  };
  return {
    slope,
    curvature: (gram) => {
      const { a, b, c } = gram;
      const [first, second] = [1 + t * a, 1 + t * b];
      const determinant = first * second - t * t * c * c;
      const cubed = factor / (determinant * Math.sqrt(determinant));
      return smoothCurvature(gram, slope(gram), {
        aa: ((cubed * t ** 3 * c) / 2) * (determinant / (first * first) + second / (2 * first)),
        ac: (-cubed * t * t * second) / 2,
        bc: (-cubed * t * t * first) / 2,
        cc: cubed * t ** 3 * c,
      });
    },
  };
}

/** φ = z². */
const QUADRATIC: Pair = {
  slope: ({ a, b, c }) => ({ value: a * b + 2 * c * c, alpha: 2 * b, beta: 4 * c }),
  curvature: (gram) => smoothCurvature(gram, QUADRATIC.slope(gram), { aa: 0, ac: 0, bc: 0, cc: 4 }),
};

/** φ = z. */
const LINEAR: Pair = {
  slope: ({ c }) => ({ value: c, alpha: 0, beta: 1 }),
  curvature: (gram) => smoothCurvature(gram, LINEAR.slope(gram), { aa: 0, ac: 0, bc: 0, cc: 0 }),
};

/** The activations whose k has a closed form. */
const CLOSED: Readonly<Partial<Record<Activation['kind'], (parameters: Parameters) => Pair>>> = {
  relu: ([leak]) => leakyPair(leak),
  'leaky-relu': ([leak]) => leakyPair(leak),
  'squared-relu': () => SQUARED_RELU,
  erf: ([amplitude, rate]) => erfPair(amplitude, rate),
  quadratic: () => QUADRATIC,
  linear: () => LINEAR,
};

/** k in closed form, or undefined where there is none. */
export function closedPair({ kind, parameters }: Activation): Pair | undefined {
  return CLOSED[kind]?.(parameters);
}
