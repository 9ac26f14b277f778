/** The method of a fit, from its options. */
import { flag, numberWhere, oneOf, requireTexts, wholeNumber } from '../../base/allowed.js';
import { refuse } from '../../base/errors.js';
import type { Sampling } from '../../core/descent/batches.js';
import { methodNamed } from '../../core/descent/method.js';
import type { Precision } from '../../core/descent/precisions.js';
import {
  CURVATURE_METHODS,
  isPlain,
  METHOD_NAMES,
  MOMENTUM_METHODS,
  MOST_MOMENTUM,
  type Method,
  type UpdateMethod,
} from '../../core/kernels/updates.js';
import { algorithmStream } from './stream.js';

export const MOMENTA = `a number from 0 to ${MOST_MOMENTUM}`;
export const MOST_BATCH = 1e8;

export function isMomentum(value: number): boolean {
  return value >= 0 && value <= MOST_MOMENTUM;
}

export interface MethodOptions {
  /** how a gradient becomes a step; default: `gd` */
  readonly method?: Method | undefined;
  /** β of `momentum` and `nesterov`, 0 … 0.999999; default: 0.9 */
  readonly momentum?: number | undefined;
  /**
   * η at update t = 0, 1, …: `inverse-time:T0` is η/(1 + t/T0), `inverse-sqrt:T0` η/√(1 + t/T0), `cosine:T`
   * η(1 + cos(πt/T))/2 and 0 from T on, `step:EVERY:FACTOR` η times FACTOR after every EVERY updates; default:
   * `constant`
   */
  readonly schedule?: string | undefined;
  /** B, the samples of a batch of `sgd`; online 1 by default, else it must be given */
  readonly batch?: number | undefined;
  /** whether `sgd` draws samples independently; default: each epoch takes every sample once, in a fresh order */
  readonly replacement?: boolean | undefined;
  /** whether `sgd` sees fresh samples in every step, on the population risk; default: it does not */
  readonly online?: boolean | undefined;
  /** of the batches of `sgd`; default: 1 */
  readonly seed?: number | undefined;
}

export interface CheckedMethod {
  readonly update: UpdateMethod;
  /** of `sgd` */
  readonly sampling?: Sampling & { readonly online: boolean };
}

/** Throws `InputError` for options outside their ranges, and for those that do not go together. */
export function checkedMethod(
  { method: given, momentum: beta, schedule, ...sampled }: MethodOptions,
  { stepSize, precision }: { readonly stepSize: number | 'auto'; readonly precision: Precision },
): CheckedMethod {
  const method = oneOf('method', given ?? 'gd', METHOD_NAMES);
  const momentum = checkedMomentum(method, beta);
  if (stepSize === 'auto' && !CURVATURE_METHODS.includes(method))
    refuse(`the step size of method ${method}`, 'a number, since its steps are no multiples of gradients', stepSize);
  if (schedule !== undefined) requireTexts({ schedule });
  const update = methodNamed({
    method,
    ...(momentum !== undefined && { momentum }),
    ...(schedule !== undefined && { schedule }),
  });
  const sampling = checkedSampling(method, sampled);
  if (precision !== 'float64' && (sampling !== undefined || !isPlain(update)))
    refuse('the precision of a descent by another method or schedule than gd and constant', 'float64', precision);
  return { update, ...(sampling && { sampling }) };
}

function checkedMomentum(method: Method, beta: number | undefined): number | undefined {
  if (beta === undefined) return undefined;
  const momentum = numberWhere('momentum', beta, MOMENTA, isMomentum);
  if (!MOMENTUM_METHODS.includes(method))
    refuse('the method of a descent with a given momentum', MOMENTUM_METHODS.join(' or '), method);
  return momentum;
}

function checkedSampling(
  method: Method,
  { batch, replacement, online, seed }: Pick<MethodOptions, 'batch' | 'replacement' | 'online' | 'seed'>,
): CheckedMethod['sampling'] {
  const fresh = flag('online', online);
  if (fresh && replacement !== undefined) refuse('replacement', 'given without online', 'online');
  if (method === 'sgd')
    return {
      size: wholeNumber('batch', fresh ? (batch ?? 1) : batch, 1, MOST_BATCH),
      replacement: flag('replacement', replacement),
      online: fresh,
      stream: algorithmStream('fit', seed ?? 1),
    };
  for (const [name, value] of Object.entries({ batch, replacement, online, seed }))
    if (value !== undefined) refuse(`the method of a descent with a given ${name}`, 'sgd', method);
  return undefined;
}
