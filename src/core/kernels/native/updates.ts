/** Update rules as arguments of the addon. */
import { RunStatus, type DescentState } from '../state.js';
import { USUAL_MOMENTUM, type StepFactor, type UpdateState } from '../updates.js';
import type { Codes } from './words.js';

/** rule, momentum, iteration of the first factor, factors on the step size, moments */
export type UpdateArguments = [
  number,
  number,
  number,
  Float64Array | undefined,
  Float64Array | undefined,
  Float64Array | undefined,
];

type Progress = Pick<DescentState, 'status' | 'iterations'>;

const PLAIN: Pick<UpdateState, 'rule'> = { rule: 'gd' };

export function updateArguments(
  { updateRule }: Codes,
  method: UpdateState | undefined,
  progress: Progress,
  updates: number,
): UpdateArguments {
  const { rule } = method ?? PLAIN;
  const moments = rule === 'gd' ? undefined : method;
  const { first, factors } = factorsOf(method?.factor, progress, updates);
  return [
    updateRule(rule),
    method?.momentum ?? USUAL_MOMENTUM,
    first,
    factors,
    moments?.firstMoment,
    moments?.secondMoment,
  ];
}

/** The factors that the running starts need: from the least iteration among them on. */
function factorsOf(
  factor: StepFactor | undefined,
  { status, iterations }: Progress,
  updates: number,
): { first: number; factors?: Float64Array } {
  const made = iterations.filter((_, l) => status[l] === RunStatus.running);
  if (factor === undefined || made.length === 0) return { first: 0 };
  const first = made.reduce((least, t) => Math.min(least, t));
  const last = made.reduce((most, t) => Math.max(most, t));
  return { first, factors: Float64Array.from({ length: last - first + updates }, (_, i) => factor(first + i)) };
}
