/**
 * A fourth score as terms that the landscape kernels take (core/kernels/landscapeContract.ts): local derivatives of log
 * f, one term per sample, or one per sample and component of a mixture.
 */
import { isWord, type WordWith } from '../../base/vocabulary.js';
import { inputLaw, type InputLaw, type INPUTS } from '../networks/inputs.js';
import type { LogDensityDerivatives } from '../score/derivatives.js';
import type { LogDensity } from '../score/logDensity.js';

/** T = components·n terms; term t belongs to sample t mod n. Arrays are row-major. */
export interface ScoreTerms {
  readonly samples: number;
  readonly dimension: number;
  /** (T, d): ∇log f */
  readonly gradients: Float64Array;
  /** (T): the share of the term in its sample's score; null: all of it */
  readonly shares: Float64Array | null;
  /** ∇²log f = −I in every term */
  readonly isotropic: boolean;
  /** (T, d) diagonals or (T, d(d+1)/2) lower triangles of ∇²log f; null where isotropic or zero */
  readonly curvatures: Float64Array | null;
  /** (T, d): third and fourth derivatives of log f in each coordinate; null where zero */
  readonly thirds: Float64Array | null;
  readonly fourths: Float64Array | null;
}

const FLAT = { shares: null, isotropic: false, curvatures: null, thirds: null, fourths: null } as const;

/** The score of N(0, I) at inputs (n, d), whatever their law: the terms of the loss G. */
export function gaussianTerms(inputs: Float64Array, samples: number, dimension: number): ScoreTerms {
  return {
    ...FLAT,
    samples,
    dimension,
    gradients: inputs.subarray(0, samples * dimension).map((x) => -x),
    isotropic: true,
  };
}

/**
 * S_4 = sgn(x)⊗⁴, the score of the symmetric exponential law as gao2018 takes it: without the atoms of its derivatives
 * at 0.
 */
function laplaceTerms(inputs: Float64Array, samples: number, dimension: number): ScoreTerms {
  return { ...FLAT, samples, dimension, gradients: inputs.subarray(0, samples * dimension).map((x) => -Math.sign(x)) };
}

/**
 * ½N(1, I) + ½N(−1, I): Gaussian terms at x − 1 and x + 1, each with the posterior of its side (gao2018, Example 2).
 */
function mixtureTerms(inputs: Float64Array, samples: number, dimension: number): ScoreTerms {
  const size = samples * dimension;
  const gradients = new Float64Array(2 * size);
  const shares = new Float64Array(2 * samples);
  for (let i = 0; i < samples; i++) {
    let sum = 0;
    for (let j = 0; j < dimension; j++) {
      const x = inputs[i * dimension + j];
      sum += x;
      gradients[i * dimension + j] = 1 - x;
      gradients[size + i * dimension + j] = -1 - x;
    }
    // log of the ratio of the two densities is 2 Σ_j x_j
    shares[i] = 1 / (1 + Math.exp(-2 * sum));
    shares[samples + i] = 1 / (1 + Math.exp(2 * sum));
  }
  return { ...FLAT, samples, dimension, gradients, shares, isotropic: true };
}

/** Terms of laws with independent coordinates: derivatives of log f coordinate by coordinate. */
function productTerms(
  { coordinate }: LogDensity,
  inputs: Float64Array,
  samples: number,
  dimension: number,
): ScoreTerms {
  const size = samples * dimension;
  const [gradients, curvatures, thirds, fourths] = Array.from({ length: 4 }, () => new Float64Array(size));
  for (let j = 0; j < size; j++) [gradients[j], curvatures[j], thirds[j], fourths[j]] = coordinate(inputs[j]);
  return { ...FLAT, samples, dimension, gradients, curvatures, thirds, fourths };
}

interface ShortForm {
  readonly terms: (inputs: Float64Array, samples: number, dimension: number) => ScoreTerms;
  /** Arrays of the size of the inputs that are held at the same time while the terms are computed; measured. */
  readonly copies: number;
}

/** Laws whose coordinates depend on each other through their sum: they need a form of their own. */
type DependentLaw = WordWith<typeof INPUTS, { readonly logDensity: { readonly sum: unknown } }>;

/** Laws with a shorter form than derivatives coordinate by coordinate. */
const SHORT_FORMS = {
  gaussian: { terms: gaussianTerms, copies: 4 },
  laplace: { terms: laplaceTerms, copies: 4 },
  mixture: { terms: mixtureTerms, copies: 7 },
} as const satisfies Partial<Record<InputLaw, ShortForm>> & Record<DependentLaw, ShortForm>;
const PRODUCT_COPIES = 9;

/** The exact score of a law at inputs (n, d) drawn from it, row-major. */
export function exactTerms(law: InputLaw, inputs: Float64Array, samples: number, dimension: number): ScoreTerms {
  if (isWord(SHORT_FORMS, law)) return SHORT_FORMS[law].terms(inputs, samples, dimension);
  return productTerms(inputLaw(law).logDensity, inputs, samples, dimension);
}

/** About how many arrays of the size of the inputs `exactTerms` holds at the same time. */
export function exactCopies(law: InputLaw): number {
  return isWord(SHORT_FORMS, law) ? SHORT_FORMS[law].copies : PRODUCT_COPIES;
}

/**
 * A score of degree 2, such as LLSFE's: S_4 = a_1⊗⁴ + 6 sym(A_2 a_1 a_1) + 3 sym(A_2 A_2), from the derivatives of log
 * f at the n samples; third and fourth ones are not read. Samples whose derivatives are NaN (singular points) are left
 * out: E[y S_4] is then a sum over the others, still divided by n.
 */
export function secondDegreeTerms({ points: samples, dimension, first, second }: LogDensityDerivatives): ScoreTerms {
  const entries = (dimension * (dimension + 1)) / 2;
  const triangles = new Float64Array(samples * entries);
  const gradients = first.slice(0, samples * dimension);
  const shares = new Float64Array(samples).fill(1);
  for (let i = 0; i < samples; i++) {
    if (Number.isNaN(first[i * dimension])) {
      shares[i] = 0;
      gradients.fill(0, i * dimension, (i + 1) * dimension);
      continue;
    }
    let at = i * entries;
    for (let a = 0; a < dimension; a++) {
      for (let b = 0; b <= a; b++) triangles[at++] = second[(i * dimension + a) * dimension + b];
    }
  }
  return { ...FLAT, samples, dimension, gradients, shares, curvatures: triangles };
}
