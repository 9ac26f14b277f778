/** Activations that are formulas in z. */
import { InputError } from '../../../base/errors.js';
import type { Activation, Parity } from '../activationTable.js';
import { parseFormula, type Formula } from './formula.js';

/** φ has to be finite on this interval: pre-activations beyond it are rare for any teacher. */
export const FARTHEST = 12;
const POINTS = 480;
/** Values count as equal within this, relative to the largest |φ| there. */
const SAME = 1e-13;
const known = new Map<string, Activation>();

/**
 * The activation φ(z) of a formula.
 * @throws InputError for a formula that is none, that is constant, not finite on [−12, 12], or jumps
 */
export function formulaActivation(text: string): Activation {
  const found = known.get(text) ?? newActivation(text);
  known.set(text, found);
  return found;
}

function newActivation(text: string): Activation {
  const formula = parseFormula(text, ['z'], 'activation');
  return { ...checkedActivation(formula), kind: 'formula', formula };
}

/** φ with its derivatives, and its name. */
type Given = Pick<Formula, 'text' | 'value' | 'derivative' | 'secondDerivative' | 'kinks'> & {
  /** interval of its arguments, if it has an end */
  readonly within?: readonly [number, number];
};

/**
 * The activation of φ with its derivatives, after checks.
 * @throws InputError for one that is constant, not finite on [−12, 12], or jumps
 */
export function checkedActivation(given: Given): Omit<Activation, 'kind'> {
  requireFinite(given);
  requireContinuous(given);
  const { text: name, kinks, value, derivative, secondDerivative, within = EVERYWHERE } = given;
  return {
    name,
    parameters: [0, 0],
    parity: parityOf(value),
    kinks,
    range: rangeOf(value, within),
    value,
    derivative,
    secondDerivative,
  };
}

const points = Array.from({ length: 2 * POINTS + 1 }, (_, i) => (FARTHEST * (i - POINTS)) / POINTS);

function requireFinite({ text, value, derivative }: Given): void {
  for (const [of, what] of [
    [value, 'finite'],
    [derivative, 'differentiable'],
  ] as const) {
    const at = points.find((z) => !Number.isFinite(of(z)));
    if (at !== undefined)
      throw new InputError(
        `activation must be ${what} for z from -${FARTHEST} to ${FARTHEST}, got ${text} with ${of(at)} ${of === value ? 'as its value' : 'as its derivative'} at z = ${at}`,
      );
  }
  if (points.every((z) => value(z) === value(0))) throw new InputError(`activation must change with z, got ${text}`);
}

/** A jump has no derivative that a descent could follow. */
function requireContinuous({ text, value, kinks }: Given): void {
  for (const kink of kinks) {
    const h = 1e-9 * Math.max(1, Math.abs(kink));
    const [left, right] = [value(kink - h), value(kink + h)];
    if (Math.abs(right - left) <= 1e-6 * (1 + Math.abs(left) + Math.abs(right))) continue;
    throw new InputError(
      `activation must be continuous, got ${text}, which jumps from ${left.toPrecision(4)} to ${right.toPrecision(4)} at z = ${Number(kink.toPrecision(6))}`,
    );
  }
}

function parityOf(value: Formula['value']): Parity {
  const scale = SAME * Math.max(...points.map((z) => Math.abs(value(z))));
  if (points.every((z) => Math.abs(value(-z) - value(z)) <= scale)) return 'even';
  return points.every((z) => Math.abs(value(-z) + value(z)) <= scale) ? 'odd' : 'none';
}

/** The interval on which φ is looked at where no other is given. */
const EVERYWHERE = [-1e6, 1e6] as const;

/**
 * The smallest and largest sampled values of φ, or infinity on a side where φ still grows far out: at the ends of its
 * interval or at ±1000.
 */
function rangeOf(value: Formula['value'], [first, last]: readonly [number, number]): readonly [number, number] {
  const far = [first, -1e3, 1e3, last].filter((z) => z >= first && z <= last);
  const values = [...points, ...far].map((z) => value(z)).filter((one) => !Number.isNaN(one));
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const inside = Math.max(...points.map((z) => Math.abs(value(z))));
  return [low < -10 * inside ? -Infinity : low, high > 10 * inside ? Infinity : high];
}
