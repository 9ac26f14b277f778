import { publishedFinal } from '../../../src/experiments/papers/goldt2019/published.js';
import { TIMES } from '../../../src/experiments/papers/goldt2019/dynamicsSettings.js';
import type { Settings } from '../../../src/settings/types.js';
import type { Row } from './row.js';
import { positive, power, signed, type TrueMeasure, type World } from './worlds.js';

/** The same truth at every time. */
const atAllTimes = (name: string, truth: TrueMeasure): World =>
  Object.fromEntries(TIMES.map((alpha) => [`${name}${alpha}`, truth]));
/** Runs that spread by 10 % about a mean that is so far from the equations. */
const course = (gap: number): World => ({ ...atAllTimes('gap', signed(gap)), ...atAllTimes('spread', positive(0.1)) });
const deviation = (exponent: number): World => ({ deviation: positive(power({ d: exponent })) });

const limit = ({ K, stepSize }: Settings): number => publishedFinal(Number(K), 2, Number(stepSize)) ?? Number.NaN;
const smallStep = ({ K }: Settings): number => Number(K) - 2 + 2 / Math.sqrt(3);
const times =
  (factor: number, of: (settings: Settings) => number) =>
  (settings: Settings): number =>
    factor * of(settings);

const dynamics = 'goldt2019-dynamics';
const final = 'goldt2019-final';

export const GOLDT_ROWS: readonly Row[] = [
  { experiment: dynamics, claims: /^(course|spread)-/, holds: course(0.03), fails: course(-0.3) },
  { experiment: dynamics, claims: /^rate-.*overlap$/, holds: deviation(-0.5), fails: deviation(-0.3) },
  { experiment: dynamics, claims: /^rate-.*random$/, holds: deviation(0), fails: deviation(-0.5) },
  {
    experiment: final,
    claims: /^printed-/,
    holds: { limit: signed(limit, 1e-6) },
    fails: { limit: signed(times(1.001, limit), 1e-6) },
  },
  {
    experiment: final,
    claims: /^settled-/,
    holds: { limit: signed(limit), early: positive(limit) },
    fails: { limit: signed(limit), early: positive(times(1.5, limit)) },
  },
  {
    experiment: final,
    claims: /^stays-/,
    holds: { lateOverEarly: positive(1) },
    fails: { lateOverEarly: positive(0.5) },
  },
  {
    experiment: final,
    claims: /^flattens-/,
    holds: { lateOverEarly: positive(0.5) },
    fails: { lateOverEarly: positive(1) },
  },
  {
    experiment: final,
    claims: /^small-step-/,
    holds: { smallStep: signed(smallStep, 1e-6) },
    fails: { smallStep: signed(times(1.01, smallStep), 1e-6) },
  },
  {
    experiment: final,
    claims: /^grows-/,
    holds: { early: positive(power({ K: 1 })) },
    fails: { early: positive(power({ K: -1 })) },
  },
];
