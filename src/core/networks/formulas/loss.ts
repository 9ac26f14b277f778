/** Losses that are formulas in the network's output f and the label y. */
import { InputError } from '../../../base/errors.js';
import type { Loss } from '../lossTable.js';
import { parseFormula } from './formula.js';

const known = new Map<string, Loss>();
/** Outputs and labels at which a loss has to be finite. */
const VALUES = [0.05, 0.25, 0.5, 0.75, 0.95];

/**
 * The loss ℓ(f, y) of a formula.
 * @throws InputError for a formula that is none, does not change with f, or is not finite for f and y in (0, 1)
 */
export function formulaLoss(text: string, what = 'loss'): Loss {
  const found = known.get(text) ?? newLoss(text, what);
  known.set(text, found);
  return found;
}

function newLoss(text: string, what: string): Loss {
  const formula = parseFormula(text, ['f', 'y'], what);
  const { value, derivative, secondDerivative } = formula;
  const points = VALUES.flatMap((f) => VALUES.map((y) => [f, y] as const));
  const bad = points.find(([f, y]) => !Number.isFinite(value(f, y)) || !Number.isFinite(derivative(f, y)));
  if (bad !== undefined)
    throw new InputError(
      `${what} must be finite and differentiable for f and y between 0 and 1, got ${formula.text} at f = ${bad[0]}, y = ${bad[1]}`,
    );
  if (points.every(([f, y]) => derivative(f, y) === 0))
    throw new InputError(`${what} must change with f, got ${formula.text}`);
  return { description: formula.text, takes: 'numbers', formula, value, derivative, secondDerivative };
}
