/** Descents on the population risk, by the kernels that know the activation. */
import { perCall } from '../descent/bounded.js';
import { steps, type DescentOptions } from '../descent/descent.js';
import type { PopulationKernels, PopulationProblem } from '../kernels/populationContract.js';
import type { BoundedKernels } from '../kernels/problem.js';
import { referenceKernels } from '../kernels/reference.js';
import type { DescentState } from '../kernels/state.js';
import type { Activation } from '../networks/activations.js';
import { closedPair } from './pair.js';
import { QUADRATURE_NODES } from './quadrature.js';

export type RiskKernels = PopulationKernels & BoundedKernels;

/** The native kernels where the risk has a closed form; quadrature in plain loops for any other activation. */
export function riskKernels(native: RiskKernels, activation: Activation): RiskKernels {
  return closedPair(activation) === undefined ? referenceKernels : native;
}

/** Operations of a pair: its angle and coefficients, or the nodes of its quadrature. */
const CLOSED_FLOPS = 60;
const NODE_FLOPS = 200;
/** Operations of an entry of the two blocks of a pair in ∂²F. */
const PLANE_FLOPS = 20;

/** Floating point operations of one evaluation of a start with this number of rows. */
export function populationFlops({ activation, dimension, teacher }: PopulationProblem, rows: number): number {
  const pairs = rows * (rows + teacher.outputWeights.length);
  const each = closedPair(activation) === undefined ? NODE_FLOPS * QUADRATURE_NODES : CLOSED_FLOPS;
  return pairs * (4 * dimension + each);
}

/** Floating point operations of ∂²F in W at a start with this number of rows. */
export function hessianFlops({ activation, dimension, teacher }: PopulationProblem, rows: number): number {
  const pairs = rows * (rows + teacher.outputWeights.length);
  const each = closedPair(activation) === undefined ? 2 * NODE_FLOPS * QUADRATURE_NODES : CLOSED_FLOPS;
  return pairs * (PLANE_FLOPS * dimension ** 2 + each);
}

/** Gradient descent on F from L starts at once, as `descent` does on f_n. */
export function populationDescent(
  kernels: RiskKernels,
  problem: PopulationProblem,
  state: DescentState,
  { tolerance, cancel, look, ...rest }: DescentOptions,
): Generator<number, void, void> {
  const rows = state.outputWeights.length / state.starts;
  return steps(
    {
      advance: (updates) => kernels.descendPopulation(problem, state, updates, tolerance, cancel),
      perCall: perCall(kernels, state.starts * populationFlops(problem, rows)),
    },
    { ...rest, ...(cancel && { cancel }), ...(look && { look: (iteration: number) => look(iteration, state) }) },
  );
}
