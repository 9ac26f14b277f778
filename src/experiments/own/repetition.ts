/** Refuses to repeat trials that are all the same. Their interval would be that of independent trials. */
import type { Settings } from '../../settings/types.js';
import { drawnParts } from './drawn.js';
import { studyPoints } from './grid.js';
import { ownMeasures } from './ownMeasures.js';
import { pointSettings, shownSettings } from './settings.js';
import type { StudySpec } from './spec.js';

/** The key of a study file that repeats the trials, and the message. */
export interface RepetitionProblem {
  readonly key: 'boundary' | 'precision' | 'trials';
  readonly message: string;
}

type Repeated = Pick<StudySpec, 'grid' | 'files' | 'trials' | 'precision' | 'boundary'>;

/**
 * Why the trials of a study cannot be repeated: in some cell nothing is random. The values of the grid are valid. A
 * measure of the user's own may draw random numbers, so studies with one are not refused.
 */
export function repetitionProblem(spec: Repeated): RepetitionProblem | undefined {
  const key = spec.boundary !== undefined ? 'boundary' : spec.precision !== undefined ? 'precision' : 'trials';
  if (ownMeasures().length > 0 || (key === 'trials' && spec.trials <= 1)) return undefined;
  const fixed = studyPoints(spec).find((point) => drawnParts(pointSettings(point)).length === 0);
  if (fixed === undefined) return undefined;
  const [allowed, got] = key === 'trials' ? ['be 1', String(spec.trials)] : ['be left out', 'it'];
  return { key, message: `${key} must ${allowed} where nothing is random, got ${got} with ${sourcesOf(fixed, spec)}` };
}

/** What could be random in a trial. */
const SOURCES: readonly string[] = ['teacher', 'inputs', 'labels', 'noise', 'start', 'radius', 'startScale'];

/** `teacher: W.npy, inputs: X.csv, labels: regression, noise: 0, start: W0.npy`. */
function sourcesOf(point: Settings, { files = [] }: Repeated): string {
  const paths = new Map<unknown, string>(files.map(({ value, path }) => [value, path]));
  const shown = shownSettings(point);
  return SOURCES.filter((name) => Object.hasOwn(shown, name))
    .map((name) => `${name}: ${paths.get(shown[name]) ?? String(shown[name])}`)
    .join(', ');
}
