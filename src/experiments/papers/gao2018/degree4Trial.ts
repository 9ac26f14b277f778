/**
 * One trial of gao2018-degree4: the bias of the fourth-degree LLSFE for infinitely many samples, or one estimate at the
 * origin.
 */
import { exactDerivatives } from '../../../core/score/densities.js';
import { monomials, monomialsAt } from '../../../core/score/monomials.js';
import { estimateByQuadrature, populationDerivatives } from '../../../core/score/polynomial.js';
import { gaussianBox } from '../../../core/score/quadrature.js';
import { drawInputs } from '../../../core/networks/inputs.js';
import { frobeniusNorm } from '../../../core/networks/teachers.js';
import { Purpose } from '../../../core/streams.js';
import type { TrialContext, TrialOutcome } from '../../spec.js';
import { POINTS, type PointName } from './thm1Trial.js';

export const DEGREE = 4;
/** Half the side of the kernel's box in bandwidths, and the nodes of an axis for expectations on it. */
const [CUT, NODES] = [3, 52];

/** The settings of a trial. */
export interface Degree4Settings {
  /** number of samples of N(0, I), or the population of the mixture */
  readonly n: number | 'population';
  readonly d: number;
  readonly h: number;
  readonly point: PointName;
}

const ORDERS = [1, 2, 3, 4] as const;

export function runTrial(context: TrialContext<Degree4Settings>): TrialOutcome {
  const { n } = context.settings;
  const measures = n === 'population' ? biasOf(context.settings) : scatterOf(context, n);
  return { status: 'ok', measures: { ...NOTHING, ...measures } };
}

const NOTHING = Object.fromEntries(
  [...ORDERS.map((order) => `bias${order}`), 'square2', 'square4', 'ratio2', 'ratio4'].map((name) => [
    name,
    Number.NaN,
  ]),
);

/** log f of ½N(1, I) + ½N(−1, I), up to a constant. */
function logMixture(x: Float64Array): number {
  const sum = x.reduce((total, value) => total + value, 0);
  const squares = x.reduce((total, value) => total + value * value, 0);
  return Math.abs(sum) + Math.log1p(Math.exp(-2 * Math.abs(sum))) - squares / 2;
}

/** ‖Ĝ_j − G_j‖_F of the derivatives of log f of orders 1 to 4 on the mixture, for n → ∞. */
export function biasOf({ d, h, point }: Pick<Degree4Settings, 'd' | 'h' | 'point'>): Record<string, number> {
  const x = Float64Array.from(POINTS[point]).subarray(0, d);
  const { first, second, third, fourth } = exactDerivatives('mixture', x, d, 4);
  const fit = populationDerivatives(logMixture, x, { degree: DEGREE, bandwidth: h, cut: CUT });
  const bias = [first, second, third, fourth].map((exact, m) =>
    fit === undefined || exact === undefined ? Number.NaN : frobeniusNorm(fit[m].map((value, at) => value - exact[at])),
  );
  return Object.fromEntries(ORDERS.map((order, m) => [`bias${order}`, bias[m]]));
}

/**
 * Squared errors of ∂²/∂x_1² and ∂⁴/∂x_1⁴ of log f at x = 0 for N(0, I), where they are −1 and 0, and
 * n times these over their exact limits.
 */
function scatterOf(
  { settings, stream, kernels, cancel }: TrialContext<Degree4Settings>,
  n: number,
): Record<string, number> {
  const { d, h } = settings;
  const rows = drawInputs(kernels, 'gaussian', n, d, stream(Purpose.data)).values.slice(0, n * d);
  const options = { degree: DEGREE, bandwidth: h, leaveOneOut: false, cut: CUT, cancel } as const;
  const { second, fourth, singular } = estimateByQuadrature({ rows, dimension: d }, new Float64Array(d), options);
  const exact = gaussianVariances(kernels, d, h);
  const [curvature, quartic] = singular.length > 0 ? [Infinity, Infinity] : [second[0] + 1, fourth?.[0] ?? Number.NaN];
  return {
    square2: curvature ** 2,
    square4: quartic ** 2,
    ratio2: (n * curvature ** 2) / exact.second,
    ratio4: (n * quartic ** 2) / exact.fourth,
  };
}

/**
 * n times the variances of both at x = 0 for N(0, I) and n → ∞. The coefficients of P have the covariance M⁻¹NM⁻¹/(nh^d)
 * with M = ∫ f(hv)K(v)φφᵀdv and N = ∫ f(hv)K(v)²φφᵀdv, φ the centred monomials: log f is one of the polynomials, so
 * there is no bias.
 */
export function gaussianVariances(
  kernels: Pick<TrialContext['kernels'], 'multiply' | 'solve'>,
  d: number,
  h: number,
): { readonly second: number; readonly fourth: number } {
  const basis = monomials(d, DEGREE);
  const size = basis.exponents.length;
  const { nodes, weights } = gaussianBox(d, CUT, NODES);
  const features = monomialsAt(basis, nodes);
  const square = (i: number): number => frobeniusNorm(nodes.subarray(i * d, (i + 1) * d)) ** 2;
  const masses = weights.map((weight, i) => (weight * Math.exp((-h * h * square(i)) / 2)) / (2 * Math.PI) ** (d / 2));
  const total = masses.reduce((sum, mass) => sum + mass, 0);
  const means = kernels.multiply(masses, features, 1, size, masses.length).map((sum) => sum / total);
  const centred = features.map((value, at) => value - means[at % size]);
  const second = (factor: (i: number) => number): Float64Array =>
    kernels.multiply(
      centred.map((value, at) => value * factor(Math.floor(at / size))),
      centred,
      size,
      size,
      masses.length,
      true,
    );
  const information = second((i) => masses[i]);
  const noise = second((i) => masses[i] * Math.exp(-square(i) / 2));
  const half = kernels.solve(information, noise, size, size);
  const covariance = kernels.solve(information, transposed(half, size), size, size);
  const variance = (order: number): number => {
    const at = basis.exponents.findIndex((alpha) => alpha[0] === order && alpha.every((k, j) => j === 0 || k === 0));
    return covariance[at * size + at] / h ** (d + 2 * order);
  };
  return { second: variance(2), fourth: variance(4) };
}

function transposed(matrix: Float64Array, size: number): Float64Array {
  return matrix.map((_, at) => matrix[(at % size) * size + Math.floor(at / size)]);
}

/** Flops: the monomials of the samples, about ten Newton steps on the nodes, and 40 for each number drawn. */
export function trialCost({ n, d }: Degree4Settings): number {
  const [features, nodes] = [monomials(d, DEGREE).exponents.length, NODES ** d];
  return (n === 'population' ? 0 : n * (20 * features + 40 * d)) + 20 * nodes * features * features + 1e6;
}
