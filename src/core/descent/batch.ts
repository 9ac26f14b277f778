/** Some starts of a batch on their own: kernels advance every running start of the state they get. */
import type { DescentState } from '../kernels/contract.js';

/** Arrays with a part for each start. */
const PER_START = [
  'weights',
  'outputWeights',
  'stepSizes',
  'status',
  'iterations',
  'firstLoss',
  'loss',
  'gradientNorm',
] as const;

/** The same of a method, where the state has one. */
const MOMENTS = ['firstMoment', 'secondMoment'] as const;

/** A copy of the chosen starts, in their order. */
export function takeStarts(state: DescentState, chosen: readonly number[]): DescentState {
  const copies = Object.fromEntries(
    PER_START.map((name) => [name, chosenParts(state[name], state.starts, chosen)]),
  ) as Pick<DescentState, (typeof PER_START)[number]>;
  return { ...state, ...copies, ...takenMethod(state, chosen), starts: chosen.length };
}

function takenMethod({ method, starts }: DescentState, chosen: readonly number[]): Pick<DescentState, 'method'> {
  if (method === undefined) return {};
  const taken = (moment: Float64Array): Float64Array => chosenParts(moment, starts, chosen);
  return { method: { ...method, firstMoment: taken(method.firstMoment), secondMoment: taken(method.secondMoment) } };
}

/** Writes the state of the chosen starts back to the places from which `takeStarts` copied them. */
export function putStarts(state: DescentState, chosen: readonly number[], part: DescentState): void {
  const put = (to: Float64Array | Int32Array, from: Float64Array | Int32Array): void => {
    const length = to.length / state.starts;
    chosen.forEach((l, i) => {
      to.set(from.subarray(i * length, (i + 1) * length), l * length);
    });
  };
  for (const name of PER_START) put(state[name], part[name]);
  const [{ method: to }, { method: from }] = [state, part];
  if (to !== undefined && from !== undefined) for (const name of MOMENTS) put(to[name], from[name]);
}

function chosenParts<A extends Float64Array | Int32Array>(values: A, starts: number, chosen: readonly number[]): A {
  const length = values.length / starts;
  const copy = values.slice(0, chosen.length * length) as A;
  chosen.forEach((l, i) => {
    copy.set(values.subarray(l * length, (l + 1) * length), i * length);
  });
  return copy;
}
