/** The planted experiments as studies of one's own: the same settings in the vocabulary of study files. */
import type { SettingValue } from '../../settings/types.js';
import { ascending } from './ascending.js';
import type { DescentSettings, NearbySettings, TrainingSettings } from './planted.js';
import type { GridValues } from './sampleGrid.js';

type PlantedValues = GridValues &
  Pick<TrainingSettings, 'teacherScale' | 'inputs' | 'labels'> &
  NearbySettings &
  DescentSettings;

/** Teacher, training sets over d and n, starts around the teacher, and the descents from there. */
export function plantedGrid(values: PlantedValues): Readonly<Record<string, SettingValue | readonly SettingValue[]>> {
  const { K, d, n, perDimension, teacher, teacherScale, inputs, labels, startLaw, radius } = values;
  const given = n.filter((size) => size !== 'auto');
  return {
    K,
    d: ascending(d),
    n: given.length === 0 ? ascending(perDimension).map((ratio) => `${ratio}*d`) : ascending(given),
    teacher,
    teacherScale,
    inputs,
    labels,
    start: startLaw,
    radius,
    stepSize: values.stepSize,
    stepFactor: values.stepFactor,
    iterations: values.iterations,
    tolerance: values.tolerance,
  };
}
