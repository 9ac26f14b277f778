/** An update rule and a step schedule by their names. */
import type { Method, UpdateMethod } from '../kernels/updates.js';
import { CONSTANT_SCHEDULE, parseSchedule } from './schedules.js';

export interface NamedMethod {
  readonly method?: Method;
  /** β, in [0, `MOST_MOMENTUM`] */
  readonly momentum?: number;
  readonly schedule?: string;
}

/** Throws `InputError` for a text that is no schedule. */
export function methodNamed({ method = 'gd', momentum, schedule = CONSTANT_SCHEDULE }: NamedMethod): UpdateMethod {
  const { factor } = parseSchedule(schedule);
  return {
    rule: method === 'sgd' ? 'gd' : method,
    ...(momentum !== undefined && { momentum }),
    ...(factor && { factor }),
  };
}
