import { InputError } from '../../../base/errors.js';
import type { PreparedInputs, Problem } from '../contract.js';
import type { LandscapeKernels, LandscapeProblem, MethodState } from '../landscapeContract.js';
import type { LabelArguments, NetworkArguments } from './arguments.js';
import { updateArguments, type UpdateArguments } from './updates.js';
import type { Codes } from './words.js';

type Optional = Float64Array | undefined;

/** terms, dimension, rows, entries of a G, gradients, weights, curvatures, mass, three moments, sign, μ, λ */
type LandscapeArguments = [
  number,
  number,
  number,
  number,
  Float64Array,
  Float64Array,
  Optional,
  number,
  Optional,
  Optional,
  Optional,
  number,
  number,
  number,
];

/** unit rows, step size, the arrays of `MethodState` without its moments, updates, tolerance, cancel, update rule */
type MethodArguments = [
  boolean,
  number,
  Float64Array,
  Int32Array,
  Int32Array,
  Float64Array,
  Float64Array,
  updates: number,
  tolerance: number,
  cancel: Int32Array | undefined,
  ...rule: UpdateArguments,
];

export interface LandscapeAddon {
  evaluateLandscape: (
    ...args: [...LandscapeArguments, rows: Float64Array, loss: Float64Array, gradient: Float64Array]
  ) => void;
  descendLandscape: (...args: [...LandscapeArguments, ...MethodArguments]) => number;
  descendRisk: (
    ...args: [...NetworkArguments, ...LabelArguments, outputWeights: Float64Array, ...MethodArguments]
  ) => number;
}

/** Values of inputs that the native kernels have prepared. */
function packed({ layout, values }: PreparedInputs): Float64Array {
  if (layout !== 'packed')
    throw new InputError(`inputs must be prepared by the native kernels, got layout '${layout}'`);
  return values;
}

function landscapeArguments(problem: LandscapeProblem, weights: Float64Array): LandscapeArguments {
  const { gradients, curvatures, moments } = problem;
  const d = gradients.dimension;
  if (problem.isotropic !== 0 && curvatures !== null)
    throw new InputError('a landscape must have either isotropic or varying curvatures, got both');
  // Of Gaussian terms the kernel reads only their fourth powers and the second moment.
  const second = problem.isotropic === 0 ? undefined : (moments.second ?? undefined);
  return [
    gradients.samples,
    d,
    weights.length / d,
    curvatures?.dimension ?? 0,
    packed(gradients),
    problem.weights,
    curvatures === null ? undefined : packed(curvatures),
    moments.mass,
    second,
    moments.third ?? undefined,
    moments.fourth ?? undefined,
    problem.sign,
    problem.mu,
    problem.penalty,
  ];
}

function methodArguments(
  codes: Codes,
  state: MethodState,
  updates: number,
  tolerance: number,
  cancel: Int32Array | undefined,
): MethodArguments {
  return [
    state.unitRows,
    state.stepSize,
    state.weights,
    state.status,
    state.iterations,
    state.loss,
    state.gradientNorm,
    updates,
    tolerance,
    cancel,
    ...updateArguments(codes, state, state, updates),
  ];
}

export function landscapeKernels(
  addon: LandscapeAddon,
  codes: Codes,
  problemArguments: (problem: Problem) => [...NetworkArguments, ...LabelArguments],
): Omit<LandscapeKernels, 'callFlops'> {
  return {
    evaluateLandscape: (problem, weights) => {
      const [loss, gradient] = [new Float64Array(1), new Float64Array(weights.length)];
      addon.evaluateLandscape(...landscapeArguments(problem, weights), weights, loss, gradient);
      return { loss: loss[0], gradient };
    },
    descendLandscape: (problem, state, updates, tolerance, cancel) =>
      addon.descendLandscape(
        ...landscapeArguments(problem, state.weights),
        ...methodArguments(codes, state, updates, tolerance, cancel),
      ),
    descendRisk: (problem, outputWeights, state, updates, tolerance, cancel) =>
      addon.descendRisk(
        ...problemArguments(problem),
        outputWeights,
        ...methodArguments(codes, state, updates, tolerance, cancel),
      ),
  };
}
