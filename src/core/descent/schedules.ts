/** Step schedules: the factor on η of update t = 0, 1, …, as a function of t alone. */
import { decimal } from '../../base/decimal.js';
import { refuse } from '../../base/errors.js';
import { entryOf, wordsOf } from '../../base/vocabulary.js';
import type { StepFactor } from '../kernels/updates.js';

interface Parameter {
  readonly symbol: string;
  readonly allowed: string;
  readonly takes: (value: number) => boolean;
}

interface Schedule {
  readonly description: string;
  readonly parameters: readonly Parameter[];
  readonly factor: (...parameters: readonly number[]) => StepFactor;
}

const isCount = (value: number): boolean => Number.isInteger(value) && value >= 1 && value <= 1e9;

const UPDATES = { allowed: 'a number above 0 and at most 1e9', takes: (value: number) => value > 0 && value <= 1e9 };
const COUNT = { allowed: 'an integer from 1 to 1e9', takes: isCount };
const SHARE = { allowed: 'a number above 0 and at most 1', takes: (value: number) => value > 0 && value <= 1 };

/** Each schedule with the parameters that follow its name after colons. */
export const SCHEDULES = {
  constant: { description: 'η throughout', parameters: [], factor: () => () => 1 },
  'inverse-time': {
    description: 'η/(1 + t/T0)',
    parameters: [{ symbol: 'T0', ...UPDATES }],
    factor: (scale) => (t) => 1 / (1 + t / scale),
  },
  'inverse-sqrt': {
    description: 'η/√(1 + t/T0)',
    parameters: [{ symbol: 'T0', ...UPDATES }],
    factor: (scale) => (t) => 1 / Math.sqrt(1 + t / scale),
  },
  cosine: {
    description: 'η(1 + cos(πt/T))/2, and 0 from t = T on (Loshchilov and Hutter 2017, without restarts)',
    parameters: [{ symbol: 'T', ...COUNT }],
    factor: (end) => (t) => (t >= end ? 0 : (1 + Math.cos((Math.PI * t) / end)) / 2),
  },
  step: {
    description: 'η times FACTOR after every EVERY updates',
    parameters: [
      { symbol: 'EVERY', ...COUNT },
      { symbol: 'FACTOR', ...SHARE },
    ],
    factor: (every, factor) => (t) => factor ** Math.floor(t / every),
  },
} as const satisfies Readonly<Record<string, Schedule>>;

const TABLE: Readonly<Record<string, Schedule>> = SCHEDULES;

/** The spelling of each schedule, for help and messages: `constant | inverse-time:T0 | …`. */
export const SCHEDULE_SPELLINGS: readonly string[] = wordsOf(SCHEDULES).map(spelling);

export const CONSTANT_SCHEDULE = 'constant';

function spelling(name: string): string {
  return [name, ...TABLE[name].parameters.map(({ symbol }) => symbol)].join(':');
}

export interface ParsedSchedule {
  /** in canonical form */
  readonly name: string;
  /** undefined for a constant step size */
  readonly factor: StepFactor | undefined;
}

/**
 * A schedule such as `inverse-time:100`.
 * @throws InputError for an unknown name, a missing or surplus parameter, or one outside its range
 */
export function parseSchedule(text: string): ParsedSchedule {
  const [name, ...given] = text.split(':');
  const schedule: Schedule = entryOf('schedule', SCHEDULES, name);
  const { parameters, factor } = schedule;
  if (given.length !== parameters.length) refuse(`schedule ${name}`, `written as ${spelling(name)}`, text);
  const values = parameters.map(({ symbol, allowed, takes }, i) => {
    const value = decimal(given[i]);
    return takes(value) ? value : refuse(`${symbol} of schedule ${spelling(name)}`, allowed, text);
  });
  return {
    name: [name, ...values.map(String)].join(':'),
    factor: name === CONSTANT_SCHEDULE ? undefined : factor(...values),
  };
}
