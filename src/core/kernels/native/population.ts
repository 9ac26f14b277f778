import { refuse } from '../../../base/errors.js';
import { closedPair } from '../../risk/pair.js';
import { teacherRisk } from '../../risk/population.js';
import { DIVERGENCE_FACTOR, DIVERGENCE_FLOOR, NEVER, type DescentState } from '../contract.js';
import type { PopulationKernels, PopulationProblem } from '../populationContract.js';
import type { PointArguments } from './arguments.js';
import { updateArguments, type UpdateArguments } from './updates.js';
import type { Codes } from './words.js';

/** dimension, rows, teacher rows, activation kind and its two parameters, teacher, v*, the teacher's part of F */
type PopulationArguments = [number, number, number, number, number, number, Float64Array, Float64Array, number];

export interface PopulationAddon {
  evaluatePopulation: (
    ...args: [
      ...PopulationArguments,
      ...PointArguments,
      losses: Float64Array,
      gradients: Float64Array,
      outputGradients: Float64Array,
    ]
  ) => void;
  descendPopulation: (
    ...args: [
      ...PopulationArguments,
      ...PointArguments,
      trainOutput: boolean,
      stepSizes: Float64Array,
      status: Int32Array,
      iterations: Int32Array,
      firstLoss: Float64Array,
      loss: Float64Array,
      gradientNorm: Float64Array,
      updates: number,
      tolerance: number,
      lossTolerance: number,
      divergenceFactor: number,
      divergenceFloor: number,
      cancel: Int32Array | undefined,
      ...rule: UpdateArguments,
    ]
  ) => number;
}

function populationArguments(codes: Codes, problem: PopulationProblem, rows: number): PopulationArguments {
  const { activation, dimension, teacher } = problem;
  const pair = closedPair(activation) ?? refuse('activation', 'one with a closed form of its risk', activation.name);
  return [
    dimension,
    rows,
    teacher.outputWeights.length,
    codes.activation(activation),
    ...activation.parameters,
    teacher.weights,
    teacher.outputWeights,
    teacherRisk({ pair, dimension, teacher }),
  ];
}

function requirePlain({ backtracking, signOutput }: DescentState): void {
  if (backtracking === true) refuse('a descent on the population risk', 'without backtracking', 'one with it');
  if (signOutput === true) refuse('a descent on the population risk', 'without signs of v', 'one with them');
}

export function populationKernels(addon: PopulationAddon, codes: Codes): PopulationKernels {
  return {
    evaluatePopulation: (problem, { starts, weights, outputWeights }) => {
      const loss = new Float64Array(starts);
      const gradient = new Float64Array(weights.length);
      const outputGradient = new Float64Array(outputWeights.length);
      addon.evaluatePopulation(
        ...populationArguments(codes, problem, outputWeights.length / starts),
        starts,
        weights,
        outputWeights,
        loss,
        gradient,
        outputGradient,
      );
      return { loss, gradient, outputGradient };
    },

    descendPopulation: (problem, state, updates, tolerance, cancel) => {
      requirePlain(state);
      return addon.descendPopulation(
        ...populationArguments(codes, problem, state.outputWeights.length / state.starts),
        state.starts,
        state.weights,
        state.outputWeights,
        state.trainOutput,
        state.stepSizes,
        state.status,
        state.iterations,
        state.firstLoss,
        state.loss,
        state.gradientNorm,
        updates,
        tolerance,
        state.lossTolerance ?? NEVER,
        DIVERGENCE_FACTOR,
        DIVERGENCE_FLOOR,
        cancel,
        ...updateArguments(codes, state.method, state, updates),
      );
    },
  };
}
