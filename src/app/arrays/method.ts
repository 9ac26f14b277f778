/** The update rule of a fit, from its options. */
import { numberWhere, oneOf, requireTexts } from '../../base/allowed.js';
import { refuse } from '../../base/errors.js';
import { methodNamed } from '../../core/descent/method.js';
import type { Precision } from '../../core/descent/precisions.js';
import {
  CURVATURE_RULES,
  isPlain,
  MOMENTUM_RULES,
  MOST_MOMENTUM,
  UPDATE_RULE_NAMES,
  type UpdateMethod,
  type UpdateRule,
} from '../../core/kernels/updates.js';

export const MOMENTA = `a number from 0 to ${MOST_MOMENTUM}`;

export function isMomentum(value: number): boolean {
  return value >= 0 && value <= MOST_MOMENTUM;
}

export interface MethodOptions {
  /** how a gradient becomes a step; default: `gd` */
  readonly method?: UpdateRule | undefined;
  /** β of `momentum` and `nesterov`, 0 … 0.999999; default: 0.9 */
  readonly momentum?: number | undefined;
  /**
   * η at update t = 0, 1, …: `inverse-time:T0` is η/(1 + t/T0), `inverse-sqrt:T0` η/√(1 + t/T0), `cosine:T`
   * η(1 + cos(πt/T))/2 and 0 from T on, `step:EVERY:FACTOR` η times FACTOR after every EVERY updates; default:
   * `constant`
   */
  readonly schedule?: string | undefined;
}

/** Throws `InputError` for options outside their ranges, and for those that do not go together. */
export function checkedMethod(
  { method: given, momentum: beta, schedule }: MethodOptions,
  { stepSize, precision }: { readonly stepSize: number | 'auto'; readonly precision: Precision },
): UpdateMethod {
  const method = oneOf('method', given ?? 'gd', UPDATE_RULE_NAMES);
  const momentum = beta === undefined ? undefined : numberWhere('momentum', beta, MOMENTA, isMomentum);
  if (momentum !== undefined && !MOMENTUM_RULES.includes(method))
    refuse('the method of a descent with a given momentum', MOMENTUM_RULES.join(' or '), method);
  if (stepSize === 'auto' && !CURVATURE_RULES.includes(method))
    refuse(`the step size of method ${method}`, 'a number, since its steps are no multiples of gradients', stepSize);
  if (schedule !== undefined) requireTexts({ schedule });
  const checked = methodNamed({ method, momentum, schedule });
  if (precision !== 'float64' && !isPlain(checked))
    refuse('the precision of a descent by another method or schedule than gd and constant', 'float64', precision);
  return checked;
}
