/** The course of online SGD in the limit of high dimension. */
import { solveOde, type OdeOptions } from '../ode.js';
import { drift, type OnlineSgd, type OrderParameters } from './dynamics.js';

/** The order parameters at the given ascending times α ≥ 0. */
export function orderCourse(
  sgd: OnlineSgd,
  start: OrderParameters,
  times: readonly number[],
  options?: OdeOptions,
): OrderParameters[] {
  const size = start.gram.length;
  const unpack = (y: Float64Array): OrderParameters => ({ gram: y.subarray(0, size), outputWeights: y.subarray(size) });
  const pack = ({ gram, outputWeights }: OrderParameters): Float64Array => Float64Array.of(...gram, ...outputWeights);
  return solveOde((y) => pack(drift(sgd, unpack(y))), pack(start), times, options).map(unpack);
}
