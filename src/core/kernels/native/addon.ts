/**
 * The exports of build/Release/basin.node: the methods of `NativeKernels` as flat calls that fill arrays made here
 * (native/bindings/bindings.h lists the same signatures on the other side).
 */
import type { NativeInfo } from '../contract.js';
import type { LabelArguments, MovedArguments, NetworkArguments, PointArguments } from './arguments.js';
import type { FormulaAddon } from './formulas.js';
import type { LandscapeAddon } from './landscape.js';
import type { OnlineAddon } from './online.js';
import type { PiecesAddon } from './pieces.js';
import type { PopulationAddon } from './population.js';
import type { SingleAddon } from './single.js';
import type { UpdateArguments } from './updates.js';
import type { AddonWords } from './words.js';

export type { LabelArguments, NetworkArguments } from './arguments.js';

export interface Addon extends FormulaAddon, LandscapeAddon, OnlineAddon, PiecesAddon, PopulationAddon, SingleAddon {
  allocateInputs: (samples: number, dimension: number) => Float64Array;
  alignment: (values: Float64Array) => number;
  prepare: (samples: number, dimension: number, values: Float64Array) => void;
  outputs: (...args: [...NetworkArguments, ...PointArguments, outputs: Float64Array]) => void;
  evaluate: (
    ...args: [
      ...NetworkArguments,
      ...LabelArguments,
      ...PointArguments,
      losses: Float64Array,
      gradients: Float64Array,
      outputGradients: Float64Array,
    ]
  ) => void;
  descend: (
    ...args: [
      ...NetworkArguments,
      ...LabelArguments,
      ...PointArguments,
      ...MovedArguments,
      signOutput: boolean,
      firstLoss: Float64Array,
      loss: Float64Array,
      gradientNorm: Float64Array,
      backtracking: boolean,
      updates: number,
      tolerance: number,
      lossTolerance: number,
      divergenceFactor: number,
      divergenceFloor: number,
      leastProgress: number,
      cancel: Int32Array | undefined,
      ...rule: UpdateArguments,
    ]
  ) => number;
  descendSampled: (
    ...args: [
      ...NetworkArguments,
      ...LabelArguments,
      ...PointArguments,
      ...MovedArguments,
      size: number,
      rows: Int32Array,
      cancel: Int32Array | undefined,
      ...rule: UpdateArguments,
    ]
  ) => number;
  hessianVector: (
    ...args: [
      ...NetworkArguments,
      ...LabelArguments,
      ...PointArguments,
      directions: Float64Array,
      outputDirections: Float64Array,
      trainOutput: boolean,
      products: Float64Array,
      outputProducts: Float64Array,
    ]
  ) => void;

  multiply: (
    m: number,
    n: number,
    k: number,
    transposeA: boolean,
    transposeB: boolean,
    a: Float64Array,
    b: Float64Array,
    c: Float64Array,
  ) => void;
  symmetricEigen: (n: number, matrixThenVectors: Float64Array, values: Float64Array) => void;
  qr: (m: number, n: number, matrixThenQ: Float64Array, r: Float64Array) => void;
  svd: (m: number, n: number, matrix: Float64Array, u: Float64Array, s: Float64Array, vt: Float64Array) => void;
  solve: (n: number, k: number, matrix: Float64Array, bThenX: Float64Array) => void;

  localMoments: (
    ...args: [
      samples: number,
      dimension: number,
      inputs: Float64Array,
      bandwidth: number,
      count: number,
      points: Float64Array,
      leftOut: number,
      shares: Float64Array,
      means: Float64Array,
      covariances: Float64Array,
    ]
  ) => void;

  philox: (counter: Uint32Array, key: Uint32Array, words: Uint32Array) => void;
  uniforms: (key0: number, key1: number, trial: number, purpose: number, firstBlock: number, out: Float64Array) => void;
  normals: (key0: number, key1: number, trial: number, purpose: number, firstBlock: number, out: Float64Array) => void;
  singleNormals: (
    key0: number,
    key1: number,
    trial: number,
    purpose: number,
    firstBlock: number,
    out: Float32Array,
  ) => void;

  info: () => NativeInfo;
  /** absent in an addon of an older build, which did not export its words */
  words?: () => AddonWords;
  tune: (groupUnits: number, tileRows: number) => void;
}
