/** How far a network is from the teacher's, modulo what cannot be told from its outputs. */
import type { Activation } from '../../core/networks/activations.js';
import { matchedDistance } from '../../core/matching/matching.js';
import { OUTPUTS, unitCount } from '../../core/networks/networks.js';
import type { TrainingSet } from '../common/planted.js';
import { isLandscape, type StudySettings } from './declared.js';
import type { Distance } from './runs.js';

/** Whether v is unknown to the student, so that it belongs to what is recovered. */
export function isOutputUnknown({
  trainOutput,
  output,
  start,
}: Pick<StudySettings, 'trainOutput' | 'output' | 'start'>): boolean {
  return trainOutput === 'yes' || (output === 'signs' && start === 'tensor');
}

/**
 * ‖W − W*‖_F over the orders of the neurons, and their signs where φ is even or the loss does not see them (L and G).
 * Where v is unknown, ‖(W, v) − (W*, v*)‖ with every neuron in its one form: |v| = |v*| by the scale of w where φ is
 * homogeneous, v ≥ 0 where φ is odd. The strides of a cnn have no order to choose.
 */
export function distanceBetween(
  settings: StudySettings,
  problem: TrainingSet['problem'],
): (a: NetworkWeights, b: NetworkWeights) => number {
  const { shape, activation } = problem;
  const signs = activation.parity === 'even' || isLandscape(settings);
  if (!isOutputUnknown(settings)) return (a, b) => matchedDistance(a.weights, b.weights, shape.rows, { signs });
  const usual = OUTPUTS[settings.output].total(unitCount(shape)) / unitCount(shape);
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

/** The same from the teacher. */
export function distanceFromTeacher(
  settings: StudySettings,
  { problem, teacher, teacherOutput }: TrainingSet,
): Distance {
  const between = distanceBetween(settings, problem);
  return (weights, v) => between({ weights, v }, { weights: teacher, v: teacherOutput });
}

/** W (rows, m) and v (K). */
export interface NetworkWeights {
  readonly weights: Float64Array;
  readonly v: Float64Array;
}

/**
 * The same function with |v| as usual where φ is homogeneous, and with v ≥ 0 where φ is odd; a cnn has one w for all of
 * v.
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

/** By what w and v of one row are multiplied. */
function factors(v: Float64Array, { degree, parity }: Activation, usual: number): [number, number] {
  const size = Math.sqrt(v.reduce((sum, value) => sum + value * value, 0) / v.length) / usual;
  const sign = parity === 'odd' && v.reduce((sum, value) => sum + value, 0) < 0 ? -1 : 1;
  if (degree === undefined || size === 0) return [sign, sign];
  return [sign * size ** (1 / degree), sign / size];
}
