/** The directions of the update rules as plain loops. */
import {
  ADAM,
  USUAL_MOMENTUM,
  type Moments,
  type UpdateMethod,
  type UpdateRule,
  type UpdateState,
} from '../updates.js';

/** The direction of one step at gradient g, with moments of its length. `made` counts the updates before it. */
type Direction = (gradient: Float64Array, moments: Moments, beta: number, made: number) => Float64Array;

const DIRECTIONS: Readonly<Record<UpdateRule, Direction>> = {
  gd: (gradient) => gradient,
  momentum: (gradient, { firstMoment: u }, beta) => gradient.map((g, j) => (u[j] = beta * u[j] + g)),
  nesterov: (gradient, { firstMoment: u }, beta) =>
    gradient.map((g, j) => {
      u[j] = beta * u[j] + g;
      return g + beta * u[j];
    }),
  adam: (gradient, { firstMoment: first, secondMoment: second }, _, made) =>
    gradient.map((g, j) => {
      first[j] = ADAM.firstDecay * first[j] + (1 - ADAM.firstDecay) * g;
      second[j] = ADAM.secondDecay * second[j] + (1 - ADAM.secondDecay) * g * g;
      const mean = first[j] / (1 - ADAM.firstDecay ** (made + 1));
      const square = second[j] / (1 - ADAM.secondDecay ** (made + 1));
      return mean / (Math.sqrt(square) + ADAM.floor);
    }),
};

/** The direction of one start's step; its moments begin at `offset`. */
export function direction(state: UpdateState, gradient: Float64Array, offset: number, made: number): Float64Array {
  const part = (values: Float64Array): Float64Array => values.subarray(offset, offset + gradient.length);
  const moments = { firstMoment: part(state.firstMoment), secondMoment: part(state.secondMoment) };
  return DIRECTIONS[state.rule](gradient, moments, state.momentum ?? USUAL_MOMENTUM, made);
}

/** The step size of the update that follows `made` others. */
export function stepSizeAt(stepSize: number, method: UpdateMethod | undefined, made: number): number {
  return stepSize * (method?.factor?.(made) ?? 1);
}
