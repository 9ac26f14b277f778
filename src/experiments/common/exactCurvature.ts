/** The extreme eigenvalues of the population Hessian at W*, for problems where quadrature gives them. */
import { denseExtremes } from '../../core/curvature/eigenvalues.js';
import type { LinearAlgebra } from '../../core/kernels/contract.js';
import { frobeniusNorm } from '../../core/networks/teachers.js';
import {
  LARGEST_PLANE,
  orthonormalMixing,
  PREDICTED_LOSSES,
  sandwichBlocks,
  type PlantedNetwork,
} from '../../theory/asymptotics.js';
import type { TrainingSet } from './planted.js';

/** Nodes per axis. The eigenvalues are accurate to 1e-4 for norms up to 2. */
const NODES = 27;

interface Extremes {
  readonly smallest: number;
  readonly largest: number;
}

const UNKNOWN_EXTREMES: Extremes = { smallest: Number.NaN, largest: Number.NaN };

/**
 * λ_min and λ_max of E∇²f(W*) for a teacher with orthogonal rows of equal norm, or with the one row of a convolutional
 * network. Inputs are Gaussian, and P(y = 1|x) = f*(x). The values are NaN if K > 4 or if the loss has no such form.
 */
export function exactExtremes(
  kernels: Pick<LinearAlgebra, 'symmetricEigen'>,
  { problem, teacher, teacherOutput }: TrainingSet,
): Extremes {
  const { rows, strides } = problem.shape;
  const [units, isShared] = [rows * strides, strides > 1];
  const loss = PREDICTED_LOSSES.find((name) => name === problem.loss);
  if (loss === undefined || units > LARGEST_PLANE) return UNKNOWN_EXTREMES;
  const norm = Math.round(frobeniusNorm(teacher) / Math.sqrt(rows) / ROUNDING) * ROUNDING;
  const network: PlantedNetwork = {
    activation: problem.activation,
    outputWeights: teacherOutput,
    mixing: orthonormalMixing(units, norm),
    isShared,
    loss,
  };
  const hasOthers = teacher.length / rows > (isShared ? 1 : rows);
  const text = JSON.stringify([network.activation.name, [...teacherOutput], norm, isShared, loss, hasOthers]);
  const extremes = found.get(text) ?? extremesOf(kernels, network, hasOthers);
  found.set(text, extremes);
  return extremes;
}

/** Results found so far. The network is the same in every trial of a cell. */
const found = new Map<string, Extremes>();
/**
 * The norms of a teacher differ from trial to trial by rounding. They are rounded to this precision first, so a cached
 * result equals a newly computed one bit for bit.
 */
const ROUNDING = 1e-9;

function extremesOf(
  kernels: Pick<LinearAlgebra, 'symmetricEigen'>,
  network: PlantedNetwork,
  hasOthers: boolean,
): Extremes {
  const { plane, across } = sandwichBlocks(network, NODES);
  const ends = [plane, ...(hasOthers ? [across] : [])].map(({ hessian, size }) =>
    denseExtremes(kernels, hessian, size),
  );
  return {
    smallest: Math.min(...ends.map(({ smallest }) => smallest)),
    largest: Math.max(...ends.map(({ largest }) => largest)),
  };
}
