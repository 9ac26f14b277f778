/** Flops and memory of a trial of a study. */
import { isWord } from '../../base/vocabulary.js';
import type { PopulationProblem } from '../../core/kernels/populationContract.js';
import { LANDSCAPE_LOSSES } from '../../core/landscape/losses.js';
import { parseActivation } from '../../core/networks/activations.js';
import { hessianFlops, populationFlops } from '../../core/risk/descent.js';
import { initializationCost } from '../papers/zhong2017/problem.js';
import { HESSIANS_PER_START, polishCost } from '../common/outcomes.js';
import { plantedBytes, plantedCost } from '../common/planted.js';
import type { Settings } from '../../settings/types.js';
import { inputLawOf, isPopulation, mayPolish, type SampledSettings, type StudySettings } from './declared.js';
import { freshSamples, isExact } from './functions.js';
import { sampledSettings, studySettings } from './settings.js';
import { isOtherWidth, studentShape, studentUnits } from './student.js';

/**
 * The approximate cost of an automatic step size, which takes products with second derivatives, in descent iterations.
 */
const STEP_SIZE_ITERATIONS = 60;

/** Floating point operations of one trial. */
export function studyCost(cell: Settings): number {
  const settings = studySettings(cell);
  const own = isPopulation(settings) ? populationCost(settings) : sampledCost(sampledSettings(settings));
  return own + comparisonCost(settings);
}

function sampledCost(settings: SampledSettings): number {
  const extra = settings.stepSize === 'auto' ? STEP_SIZE_ITERATIONS : 0;
  const student = { ...settings, K: studentUnits(settings), iterations: passes(settings) + extra };
  const descents = plantedCost(student, settings.starts);
  return descents + polishOf(settings) + (settings.start === 'tensor' ? initializationCost(settings) : 0);
}

/** Gradients of all samples that cost as much as the descent. */
function passes({ method, batch, n, iterations }: SampledSettings): number {
  return method === 'sgd' ? (iterations * batch) / n : iterations;
}

function polishOf(settings: SampledSettings): number {
  const { n, d, starts, outcomes } = settings;
  if (outcomes !== 'polish' || !mayPolish(settings)) return 0;
  const { rows, strides } = studentShape(settings);
  return polishCost(n, d / strides, rows * strides, rows, starts);
}

/** Operations of the eigenvalues of a (D, D) matrix, divided by D³. */
const EIGENVALUES = 10;

/** Descents on the population risk, and the Hessians of step sizes and polish. */
function populationCost(settings: StudySettings): number {
  const { starts, iterations, outcomes, stepSize, d } = settings;
  const [problem, rows] = [populationOf(settings), studentUnits(settings)];
  const hessians =
    (stepSize === 'auto' ? 1 : 0) + (outcomes === 'polish' && mayPolish(settings) ? HESSIANS_PER_START : 0);
  const each = hessianFlops(problem, rows) + EIGENVALUES * (rows * d) ** 3;
  return starts * (iterations * populationFlops(problem, rows) + hessians * each);
}

function populationOf({ activation, d, K }: StudySettings): PopulationProblem {
  const teacher = { weights: new Float64Array(0), outputWeights: new Float64Array(K) };
  return { activation: parseActivation(activation), dimension: d, teacher };
}

/** Points per doubling of the iterations at which a curve is recorded. */
const CURVE_POINTS = 4;

/** Networks that are compared on fresh samples: along a curve, and two or three at each end. */
function comparisonCost(settings: StudySettings): number {
  if (!comparesSamples(settings)) return 0;
  const { d, iterations, starts } = settings;
  const points = isOtherWidth(settings) ? CURVE_POINTS * Math.log2(iterations + 1) : 0;
  return (points + 3 * starts) * freshSamples(d) * (studentUnits(settings) + settings.K) * (2 * d + 40);
}

function comparesSamples(settings: StudySettings): boolean {
  return settings.studentK !== 'same' && !isExact(settings, parseActivation(settings.activation));
}

const TENSOR_COPIES = 3;

/** The number of arrays of the size of the inputs that a trial holds at the same time. */
function copiesOf(settings: StudySettings): number {
  const { loss, start } = settings;
  if (isWord(LANDSCAPE_LOSSES, loss)) return LANDSCAPE_LOSSES[loss].copies(inputLawOf(settings));
  return start === 'tensor' ? TENSOR_COPIES : 1;
}

/** Approximate bytes that one trial holds at its peak. */
export function studyBytes(cell: Settings): number {
  const settings = studySettings(cell);
  const { d, starts } = settings;
  const rows = studentUnits(settings);
  if (isPopulation(settings)) return 8 * (3 * (rows * d) ** 2 + 4 * starts * rows * (d + 1));
  const fresh = comparesSamples(settings) ? 8 * freshSamples(d) * (d + 2) : 0;
  return plantedBytes({ ...sampledSettings(settings), K: rows }, starts, copiesOf(settings)) + fresh;
}
