/** The distance between two networks with as many rows, modulo symmetries that do not change the outputs. */
import type { Activation } from '../../core/networks/activations.js';
import type { NetworkWeights } from '../../core/matching/foundRows.js';
import { matchedDistance } from '../../core/matching/matching.js';
import { OUTPUTS, unitCount } from '../../core/networks/networks.js';
import { isFileValue } from '../../settings/types.js';
import { isLandscape, type StudySettings } from './declared.js';
import type { StudyProblem } from './problem.js';

/**
 * Whether v is compared with v*: because the student does not know it, or because its entries differ, so that a row of
 * W* is found together with its v alone.
 */
export function comparesOutput({
  trainOutput,
  output,
  start,
}: Pick<StudySettings, 'trainOutput' | 'output' | 'start'>): boolean {
  return (
    trainOutput === 'yes' || (output === 'signs' && start === 'tensor') || output === 'gaussian' || isFileValue(output)
  );
}

/**
 * ‖W − W′‖_F, minimised over the orders of the neurons, and over their signs if φ is even or if the loss does not
 * depend on them (L and G). If v is compared, the distance is ‖(W, v) − (W′, v′)‖ with every neuron in a normal form:
 * |v| = |v*| by scaling w if φ is homogeneous, v ≥ 0 if φ is odd. The order of the strides of a cnn is fixed.
 */
export function distanceBetween(
  settings: StudySettings,
  { shape, activation }: Pick<StudyProblem, 'shape' | 'activation'>,
): (a: NetworkWeights, b: NetworkWeights) => number {
  const signs = activation.parity === 'even' || isLandscape(settings);
  if (!comparesOutput(settings)) return (a, b) => matchedDistance(a.weights, b.weights, shape.rows, { signs });
  const usual = isFileValue(settings.output) ? 1 : OUTPUTS[settings.output].size(unitCount(shape));
  return (a, b) => {
    const [one, other] = [a, b].map((network) => oneForm(network, activation, shape.rows, usual));
    if (shape.strides === 1)
      return matchedDistance(one.weights, other.weights, shape.rows, { signs }, { v: one.v, teacher: other.v });
    return Math.hypot(
      matchedDistance(one.weights, other.weights, 1, { signs }),
      ...one.v.map((v, k) => v - other.v[k]),
    );
  };
}

/**
 * A network with the same function in the normal form: |v| equals the usual value if φ is homogeneous, and v ≥ 0 if φ
 * is odd. In a cnn all entries of v share one w.
 */
function oneForm({ weights, v }: NetworkWeights, activation: Activation, rows: number, usual: number): NetworkWeights {
  const length = weights.length / rows;
  const units = v.length / rows;
  const out = { weights: weights.slice(), v: v.slice() };
  for (let k = 0; k < rows; k++) {
    const own = out.v.subarray(k * units, (k + 1) * units);
    const [toWeights, toOutput] = factors(own, activation, usual);
    for (let j = k * length; j < (k + 1) * length; j++) out.weights[j] *= toWeights;
    own.forEach((value, i) => (own[i] = toOutput * value));
  }
  return out;
}

/** The factors that multiply w and v of one row. */
function factors(v: Float64Array, { degree, parity }: Activation, usual: number): [number, number] {
  const size = Math.sqrt(v.reduce((sum, value) => sum + value * value, 0) / v.length) / usual;
  const sign = parity === 'odd' && v.reduce((sum, value) => sum + value, 0) < 0 ? -1 : 1;
  if (degree === undefined || size === 0) return [sign, sign];
  return [sign * size ** (1 / degree), sign / size];
}
