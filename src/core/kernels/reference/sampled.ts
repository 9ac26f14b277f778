/** Descents by mini-batches as plain loops. */
import type { Points, Problem } from '../problem.js';
import { RunStatus, type DescentState, type Evaluation } from '../state.js';
import { requireSteps, stepFrom } from './stepping.js';

/** `DescentKernels.descendSampled` with a given evaluation. */
export function descendSampledBy(
  evaluate: (problem: Problem, points: Points) => Evaluation,
  problem: Problem,
  state: DescentState,
  rows: Int32Array,
  size: number,
  cancel?: Int32Array,
): number {
  requireSteps(state);
  const running = (): boolean => state.status.includes(RunStatus.running);
  for (let first = 0; first < rows.length && running(); first += size) {
    if (cancel !== undefined && Atomics.load(cancel, 0) !== 0) break;
    const batch = rowsOf(problem, rows.subarray(first, first + size));
    stepFrom((points) => evaluate(batch, points), state);
  }
  return state.status.filter((status) => status === RunStatus.running).length;
}

/** The problem on some of its samples. */
function rowsOf(problem: Problem, rows: Int32Array): Problem {
  const { inputs, labels } = problem;
  const d = inputs.dimension;
  const values = new Float64Array(rows.length * d);
  rows.forEach((row, i) => {
    values.set(inputs.values.subarray(row * d, (row + 1) * d), i * d);
  });
  return {
    ...problem,
    inputs: { ...inputs, samples: rows.length, values },
    labels: Float64Array.from(rows, (row) => labels[row]),
  };
}
