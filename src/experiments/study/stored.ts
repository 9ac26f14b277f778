/** A study of one's own in its store: one value of parameter values, which may change as axes of a grid may. */
import type { ParameterValues } from '../spec.js';
import type { StudySpec } from './spec.js';

export function specValues(spec: StudySpec): ParameterValues {
  return { study: [JSON.stringify(spec)] };
}

export function storedSpec(values: ParameterValues): StudySpec {
  const [text] = values['study'] as readonly string[];
  return JSON.parse(text) as StudySpec;
}
