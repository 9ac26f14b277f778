/** One trial of zhong2017-claim55: the noise of the third moment in d dimensions, and inside the estimated subspace. */
import { coreTensor, matrixMoment, unfoldingGram } from '../../../core/tensor/contractions.js';
import { dot, norm, row } from '../../../core/tensor/dense.js';
import type { Samples } from '../../../core/tensor/samples.js';
import { leadingEigenspace } from '../../../core/tensor/subspace.js';
import { sumOfCubes } from '../../../core/tensor/symmetric.js';
import { parseActivation } from '../../../core/networks/activations.js';
import { quantities } from '../../../theory/quantities.js';
import { rowsAgain } from '../../common/initialization.js';
import { drawTrainingSet, type TrainingSet } from '../../common/planted.js';
import type { TrialContext, TrialOutcome } from '../../spec.js';
import { zhong2017Context, type Zhong2017Settings } from './problem.js';

export type MomentSettings = Omit<Zhong2017Settings, 'activation' | 'mode' | 'magnitudes'>;

/** The activation of Section 7. It has M_2 ≠ 0 and M_3 ≠ 0, so P_2 = M_2 and P_3 = M_3. */
export const ACTIVATION = 'squared-relu';

/** The training set of a trial. */
function drawMoments(context: TrialContext<MomentSettings>): TrainingSet {
  return drawTrainingSet(zhong2017Context({ ...context, settings: { ...context.settings, activation: ACTIVATION } }));
}

export function runTrial(context: TrialContext<MomentSettings>): TrialOutcome {
  const { kernels, settings } = context;
  const { K, d, n } = settings;
  const drawn = drawMoments(context);
  const { inputs, labels } = drawn.problem;
  const rows = rowsAgain(zhong2017Context(context), inputs);
  const samples: Samples = { count: n, dimension: d, inputs: rows, labels };
  const terms = momentTerms(drawn);
  const square = sumOfGramCubes(terms, K);
  const none = new Float64Array(d);
  const span = leadingEigenspace(kernels, kernels.multiply(terms, terms, d, d, K, true), d, K).basis;
  const estimated = leadingEigenspace(kernels, matrixMoment(kernels, samples, 2, none), d, K).basis;
  const inside = (basis: Float64Array): { measured: Float64Array; true: Float64Array } => ({
    measured: coreTensor(kernels, samples, basis, 3, none),
    true: sumOfCubes(kernels, kernels.multiply(terms, basis, K, K, d, false, true), K),
  });
  const reduced = inside(estimated);
  const noise = norm(reduced.measured.map((value, at) => value - reduced.true[at]));
  const relative = (squared: number): number => Math.sqrt(squared / square);
  const distance = (size: number, { measured, true: moment }: typeof reduced): number =>
    size - 2 * dot(measured, moment) + square;
  const wholeSquare = trace(unfoldingGram(kernels, samples), d);
  const whole = distance(wholeSquare, inside(span));
  const exact = (meanSquare(drawn) * (d + 2) * (d + 4) * (d + 9) - square) / n;
  return {
    status: 'ok',
    measures: {
      noiseR3: relative(noise ** 2),
      errorR3: relative(distance(dot(reduced.measured, reduced.measured), reduced)),
      noiseP3: relative(whole),
      exactP3: relative(exact),
      squareRatio: whole / exact,
    },
  };
}

/** The rows a_i (K, d) with M_3 = Σ_i a_i⊗a_i⊗a_i: a_i = ∛(v_i m_3(‖w_i‖)) w̄_i. */
function momentTerms({ teacher, teacherOutput }: TrainingSet): Float64Array {
  const size = teacher.length / teacherOutput.length;
  const terms = new Float64Array(teacher.length);
  teacherOutput.forEach((v, i) => {
    const weights = row(teacher, i, size);
    const length = norm(weights);
    const factor = Math.cbrt(v * quantities(parseActivation(ACTIVATION), length).m[2]) / length;
    terms.set(
      weights.map((w) => factor * w),
      i * size,
    );
  });
  return terms;
}

/** ‖Σ_i a_i⊗a_i⊗a_i‖²_F = Σ_ij (a_iᵀa_j)³. */
function sumOfGramCubes(terms: Float64Array, count: number): number {
  return sumOfPairs(terms, count, (a, b) => dot(a, b) ** 3);
}

/** E[y²] = Σ_ij v_i v_j E[(w_iᵀx)₊² (w_jᵀx)₊²]. */
function meanSquare({ teacher, teacherOutput }: TrainingSet): number {
  return sumOfPairs(
    teacher,
    teacherOutput.length,
    (a, b, i, j) => teacherOutput[i] * teacherOutput[j] * meanProduct(a, b),
  );
}

/** E[(aᵀx)₊²(bᵀx)₊²] = ‖a‖²‖b‖² (3 sin θ cos θ + (π − θ)(1 + 2 cos² θ))/2π, θ the angle of a and b. */
export function meanProduct(a: Float64Array, b: Float64Array): number {
  const product = dot(a, b);
  const lengths = norm(a) * norm(b);
  const cosine = Math.min(1, Math.max(-1, product / lengths));
  const angle = Math.acos(cosine);
  return (lengths ** 2 * (3 * Math.sin(angle) * cosine + (Math.PI - angle) * (1 + 2 * cosine ** 2))) / (2 * Math.PI);
}

function sumOfPairs(
  rows: Float64Array,
  count: number,
  term: (a: Float64Array, b: Float64Array, i: number, j: number) => number,
): number {
  const size = rows.length / count;
  let sum = 0;
  for (let i = 0; i < count; i++)
    for (let j = 0; j < count; j++) sum += term(row(rows, i, size), row(rows, j, size), i, j);
  return sum;
}

function trace(matrix: Float64Array, size: number): number {
  let sum = 0;
  for (let i = 0; i < size; i++) sum += matrix[i * size + i];
  return sum;
}
