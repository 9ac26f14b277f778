import { createRequire } from 'node:module';
import type { Activation } from '../networks/activations.js';
import { InputError } from '../../base/errors.js';
import { nativePart, setUpCommand } from '../../base/package.js';
import {
  DIVERGENCE_FACTOR,
  DIVERGENCE_FLOOR,
  LEAST_PROGRESS,
  NEVER,
  type DescentKernels,
  type DescentState,
  type Inputs,
  type LinearAlgebra,
  type NativeKernels,
  type NetworkShape,
  type PreparedInputs,
  type Problem,
  type RandomKernels,
  type ScoreKernels,
  type StreamAddress,
} from './contract.js';
import type { Addon, LabelArguments, NetworkArguments } from './native/addon.js';
import type { MovedArguments, PointArguments } from './native/arguments.js';
import { formulaNumbers } from './native/formulas.js';
import { landscapeKernels } from './native/landscape.js';
import { onlineKernels } from './native/online.js';
import { piecesNumbers } from './native/pieces.js';
import { populationKernels } from './native/population.js';
import { singleKernels } from './native/single.js';
import { updateArguments } from './native/updates.js';
import { codesOf, type Codes } from './native/words.js';
import { requireSteps } from './reference/stepping.js';

const ADDON = 'basin.node';

/** The variable that makes the kernels run with another instruction set than the best; the addon reads it. */
const VECTOR_TARGET = 'BASIN_VECTOR_TARGET';

/** Operations of a call of some ten milliseconds. */
const CALL_FLOPS = 4e8;

function loadAddon(path: string): Addon {
  const require = createRequire(import.meta.url);
  try {
    return require(path) as Addon;
  } catch (error) {
    if ((error as Error).message.startsWith(VECTOR_TARGET)) throw new InputError((error as Error).message);
    throw new InputError(`the native addon cannot be loaded: run \`${setUpCommand()}\` (${(error as Error).message})`);
  }
}

function requirePacked({ layout }: PreparedInputs): void {
  if (layout !== 'packed')
    throw new InputError(`inputs must be prepared by the native kernels, got layout '${layout}'`);
}

type ProblemArguments = (problem: Problem) => [...NetworkArguments, ...LabelArguments];

function networkArguments(
  { activation: codeOf }: Codes,
  inputs: PreparedInputs,
  shape: NetworkShape,
  activation: Activation,
): NetworkArguments {
  requirePacked(inputs);
  return [
    inputs.samples,
    inputs.dimension,
    shape.strides,
    shape.rows,
    inputs.values,
    codeOf(activation),
    ...activation.parameters,
  ];
}

function problemArgumentsBy(codes: Codes): ProblemArguments {
  return ({ inputs, shape, activation, labels, loss }) => [
    ...networkArguments(codes, inputs, shape, activation),
    labels,
    codes.loss(loss),
  ];
}

function descentKernels(
  addon: Addon,
  codes: Codes,
  problemArguments: ProblemArguments,
): Omit<DescentKernels, 'name' | 'callFlops'> {
  return {
    allocateInputs: (samples, dimension) => ({ samples, dimension, values: addon.allocateInputs(samples, dimension) }),

    prepare: (inputs) => {
      const values = withPadding(addon, inputs);
      addon.prepare(inputs.samples, inputs.dimension, values);
      return { samples: inputs.samples, dimension: inputs.dimension, values, layout: 'packed' };
    },

    ...derivativeKernels(addon, codes, problemArguments),
    ...sampledKernels(addon, codes, problemArguments),

    descend: (problem, state, updates, tolerance, cancel) => {
      requireSteps(state);
      return addon.descend(
        ...problemArguments(problem),
        ...movedArguments(state),
        state.signOutput === true,
        state.firstLoss,
        state.loss,
        state.gradientNorm,
        state.backtracking ?? false,
        updates,
        tolerance,
        state.lossTolerance ?? NEVER,
        DIVERGENCE_FACTOR,
        DIVERGENCE_FLOOR,
        LEAST_PROGRESS,
        cancel,
        ...updateArguments(codes, state.method, state, updates),
      );
    },
  };
}

/** Where the starts of a descent are, and how far they have come. */
function movedArguments(state: DescentState): [...PointArguments, ...MovedArguments] {
  const { starts, weights, outputWeights, trainOutput, stepSizes, status, iterations } = state;
  return [starts, weights, outputWeights, trainOutput, stepSizes, status, iterations];
}

function sampledKernels(
  addon: Addon,
  codes: Codes,
  problemArguments: ProblemArguments,
): Pick<DescentKernels, 'descendSampled'> {
  return {
    descendSampled: (problem, state, rows, size, cancel) => {
      requireSteps(state);
      return addon.descendSampled(
        ...problemArguments(problem),
        ...movedArguments(state),
        size,
        rows,
        cancel,
        ...updateArguments(codes, state.method, state, rows.length / size),
      );
    },
  };
}

/** Outputs, losses, gradients and Hessian products at given points. */
function derivativeKernels(
  addon: Addon,
  codes: Codes,
  problemArguments: ProblemArguments,
): Pick<DescentKernels, 'outputs' | 'evaluate' | 'hessianVector'> {
  return {
    outputs: (inputs, shape, activation, points) => {
      const out = new Float64Array(points.starts * inputs.samples);
      addon.outputs(
        ...networkArguments(codes, inputs, shape, activation),
        points.starts,
        points.weights,
        points.outputWeights,
        out,
      );
      return out;
    },

    evaluate: (problem, points) => {
      const loss = new Float64Array(points.starts);
      const gradient = new Float64Array(points.weights.length);
      const outputGradient = new Float64Array(points.outputWeights.length);
      addon.evaluate(
        ...problemArguments(problem),
        points.starts,
        points.weights,
        points.outputWeights,
        loss,
        gradient,
        outputGradient,
      );
      return { loss, gradient, outputGradient };
    },

    hessianVector: (problem, points, directions, trainOutput) => {
      const weights = new Float64Array(points.weights.length);
      const outputWeights = new Float64Array(points.outputWeights.length);
      addon.hessianVector(
        ...problemArguments(problem),
        points.starts,
        points.weights,
        points.outputWeights,
        directions.weights,
        directions.outputWeights,
        trainOutput,
        weights,
        outputWeights,
      );
      return { starts: points.starts, weights, outputWeights };
    },
  };
}

/**
 * The packed layout consists of whole blocks of samples; inputs that `allocateInputs` did not allocate may be too short
 * for it.
 */
function withPadding(addon: Addon, { samples, dimension, values }: Inputs): Float64Array {
  const block = addon.allocateInputs(1, 1).length;
  if (values.length >= Math.ceil(samples / block) * block * dimension) return values;
  const copy = addon.allocateInputs(samples, dimension);
  copy.set(values.subarray(0, samples * dimension));
  return copy;
}

function linearAlgebra(addon: Addon): LinearAlgebra {
  return {
    multiply: (a, b, m, n, k, transposeA = false, transposeB = false) => {
      const c = new Float64Array(m * n);
      addon.multiply(m, n, k, transposeA, transposeB, a, b, c);
      return c;
    },
    symmetricEigen: (a, n) => {
      const vectors = a.slice(0, n * n);
      const values = new Float64Array(n);
      addon.symmetricEigen(n, vectors, values);
      return { values, vectors };
    },
    qr: (a, m, n) => {
      const q = a.slice(0, m * n);
      const r = new Float64Array(n * n);
      addon.qr(m, n, q, r);
      return { q, r };
    },
    svd: (a, m, n) => {
      const p = Math.min(m, n);
      const [u, s, vt] = [new Float64Array(m * p), new Float64Array(p), new Float64Array(p * n)];
      addon.svd(m, n, a.slice(0, m * n), u, s, vt);
      return { u, s, vt };
    },
    solve: (a, b, n, k) => {
      const x = b.slice(0, n * k);
      addon.solve(n, k, a.slice(0, n * n), x);
      return x;
    },
  };
}

function streamArguments({ key, trial, purpose }: StreamAddress): [number, number, number, number] {
  return [key[0], key[1], trial, purpose];
}

function randomKernels(addon: Addon): RandomKernels {
  return {
    philox: (counter, key) => {
      const words = new Uint32Array(4);
      addon.philox(counter, key, words);
      return words;
    },
    uniforms: (address, firstBlock, out) => {
      addon.uniforms(...streamArguments(address), firstBlock, out);
    },
    normals: (address, firstBlock, out) => {
      addon.normals(...streamArguments(address), firstBlock, out);
    },
    singleNormals: (address, firstBlock, out) => {
      addon.singleNormals(...streamArguments(address), firstBlock, out);
    },
  };
}

function scoreKernels(addon: Addon): Omit<ScoreKernels, 'callFlops'> {
  return {
    localMoments: (inputs, points, bandwidth, leftOut = inputs.samples) => {
      requirePacked(inputs);
      const { samples, dimension, values } = inputs;
      const count = points.length / dimension;
      const [shares, means, covariances] = [count, points.length, points.length * dimension].map(
        (length) => new Float64Array(length),
      );
      addon.localMoments(samples, dimension, values, bandwidth, count, points, leftOut, shares, means, covariances);
      return { shares, means, covariances };
    },
  };
}

/**
 * The kernels of the C++ addon.
 * @throws InputError when the addon is not built, or its words are not those of src/core
 */
export function loadNativeKernels(path = nativeAddonFile()): NativeKernels {
  const addon = loadAddon(path);
  const words = addon.words?.();
  const codes = codesOf(words, {
    formulaNumber: formulaNumbers(addon, words?.operators ?? []),
    piecesNumber: piecesNumbers(addon),
  });
  const problemArguments = problemArgumentsBy(codes);
  return {
    name: 'native',
    callFlops: CALL_FLOPS,
    ...descentKernels(addon, codes, problemArguments),
    ...singleKernels(addon, codes),
    ...landscapeKernels(addon, codes, problemArguments),
    ...populationKernels(addon, codes),
    ...onlineKernels(addon, codes),
    ...linearAlgebra(addon),
    ...randomKernels(addon),
    alignment: (values) => addon.alignment(values),
    ...scoreKernels(addon),
    info: () => addon.info(),
    tune: ({ groupUnits, tileRows }) => {
      addon.tune(groupUnits, tileRows);
    },
  };
}

/**
 * The path of the addon; its digest identifies the build.
 * @throws InputError when it is not built
 */
export function nativeAddonFile(): string {
  return nativePart(ADDON);
}
