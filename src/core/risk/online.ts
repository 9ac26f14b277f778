/** Online SGD on a teacher's samples, with the population risk of the points it passes. */
import { perCall } from '../descent/bounded.js';
import { steps, type DescentOptions } from '../descent/descent.js';
import type { OnlineKernels, OnlineProblem, OnlineSamples } from '../kernels/onlineContract.js';
import type { DescentState } from '../kernels/state.js';
import { riskKernels, type RiskKernels } from './descent.js';

/** Operations of one number of a sample beside its products: drawing it. */
const DRAWING_FLOPS = 20;

/** Floating point operations of a step of one start with this number of rows. */
export function onlineFlops({ batch, dimension, teacher }: OnlineProblem, rows: number): number {
  return batch * dimension * (4 * rows + 2 * teacher.outputWeights.length + DRAWING_FLOPS);
}

/**
 * Online SGD from L starts at once. `loss` and `gradientNorm` are those of the population risk of the squared loss
 * without noise, evaluated at the start, on the schedule and at the end; stop rules apply there. Divergence is
 * judged against noise²/2, the loss of the noise alone, where the risk at the start is smaller: noisy steps leave a
 * minimum without diverging.
 */
export function* onlineDescent(
  kernels: RiskKernels & OnlineKernels,
  problem: OnlineProblem,
  state: DescentState,
  samples: OnlineSamples,
  { tolerance, cancel, look, ...rest }: DescentOptions,
): Generator<number, void, void> {
  const risk = riskKernels(kernels, problem.activation);
  const evaluate = (): number => risk.descendPopulation(problem, state, 0, tolerance, cancel);
  const flops = state.starts * onlineFlops(problem, state.outputWeights.length / state.starts);
  evaluate();
  state.firstLoss.forEach((loss, l) => {
    state.firstLoss[l] = Math.max(loss, problem.noise ** 2 / 2);
  });
  yield* steps(
    {
      advance: (updates) =>
        updates === 0 ? evaluate() : kernels.descendOnline(problem, state, samples, updates, cancel),
      perCall: perCall(kernels, flops),
    },
    { ...rest, ...(cancel && { cancel }), ...(look && { look: (iteration: number) => look(iteration, state) }) },
  );
}
