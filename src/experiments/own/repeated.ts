/** What a study repeats, in words. With the population risk a trial has no training set. */
import type { StudySpec } from './spec.js';
import { measureTitle } from './titles.js';

/** The text about training sets, or about trials if no cell of the study has a training set. */
export function aboutRepeated(spec: Pick<StudySpec, 'grid'>, text: string): string {
  return hasTrainingSets(spec) ? text : text.replaceAll('training set', 'trial');
}

export function hasTrainingSets({ grid }: Pick<StudySpec, 'grid'>): boolean {
  return !Object.hasOwn(grid, 'risk') || grid['risk'].some((risk) => risk !== 'population');
}

export function titleIn(spec: Pick<StudySpec, 'grid'>, name: string): string {
  return aboutRepeated(spec, measureTitle(name));
}
