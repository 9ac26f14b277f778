/** What a study file wants to know, and how precisely. */
import type { PrecisionSpec } from '../experiments/study/spec.js';
import { isShare, STUDY_MEASURES } from '../experiments/study/measures.js';
import type { Path, Problem, StudyDocument } from './document.js';
import type { Grid } from './grid.js';
import type { File } from './schema.js';

type WrittenPrecision = NonNullable<File['precision']>;

/** With its measure, which follows from the kind of target where it is not given. */
export function precisionOf(written: WrittenPrecision | undefined): PrecisionSpec | undefined {
  if (written === undefined) return undefined;
  const { rate, relative, most, measure = relative === undefined ? 'recoveryRate' : 'estimationError' } = written;
  return { measure, most, ...(rate === undefined ? {} : { rate }), ...(relative === undefined ? {} : { relative }) };
}

/** Mistakes in the targets of the file and of its scales. */
export function targets(document: StudyDocument, file: File, grid: Grid): Problem[] {
  const { scales = {} } = file;
  const blocks: [Path, Pick<File, 'precision'> | undefined][] = [[[], file], [['scales', 'smoke'], scales.smoke], [['scales', 'quick'], scales.quick]];
  return blocks.flatMap(([path, block]) => (block?.precision === undefined ? [] : precisionProblems(document, [...path, 'precision'], block.precision, grid)));
}

function precisionProblems(document: StudyDocument, path: Path, precision: WrittenPrecision, grid: Grid): Problem[] {
  const { rate, relative } = precision;
  if ((rate === undefined) === (relative === undefined)) return [document.atKey(path, `precision must have rate or relative, got ${rate === undefined ? 'neither' : 'both'}`)];
  const name = precisionOf(precision)?.measure ?? '';
  const shares = STUDY_MEASURES.filter(isShare).map((measure) => measure.name);
  if (rate !== undefined && !shares.includes(name)) return [document.atValue([...path, 'measure'], `the measure of rate must be one of ${shares.join(', ')}, got '${name}'; others have relative`)];
  return startsProblems(document, path, name, grid);
}

const OF_SEVERAL_STARTS = ['successRate', 'spuriousShare', 'sdN'];

/** Without a value no trial brings a target nearer. */
export function startsProblems(document: StudyDocument, path: Path, measure: string, { starts = [1] }: Grid): Problem[] {
  if (!OF_SEVERAL_STARTS.includes(measure) || !starts.includes(1)) return [];
  return [document.atValue([...path, 'measure'], `the measure ${measure} needs starts of at least 2, got 1`)];
}
