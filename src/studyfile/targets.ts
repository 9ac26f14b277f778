/** The targets of a study file: what is to be estimated, and with which precision. */
import type { BoundarySpec, PrecisionSpec } from '../experiments/own/spec.js';
import { largestSize } from '../experiments/own/boundary.js';
import { resolvePoint, writtenPoints } from '../experiments/own/grid.js';
import { SET_MEASURES } from '../experiments/common/outcomes.js';
import { FUNCTION_MEASURES } from '../experiments/own/functionMeasures.js';
import { isShare, STUDY_MEASURES } from '../experiments/own/measures.js';
import type { Path, Problem, StudyDocument } from './document.js';
import { pointProblems, valueProblem, type Grid } from './grid.js';
import type { File } from './schema.js';

type WrittenPrecision = NonNullable<File['precision']>;
type WrittenBoundary = NonNullable<File['boundary']>;

/** The precision with its measure. When the measure is not given, it follows from the kind of target. */
export function precisionOf(written: WrittenPrecision | undefined): PrecisionSpec | undefined {
  if (written === undefined) return undefined;
  const { rate, relative, most, measure = relative === undefined ? 'recoveryRate' : 'estimationError' } = written;
  return { measure, most, ...(rate === undefined ? {} : { rate }), ...(relative === undefined ? {} : { relative }) };
}

export function boundaryOf(written: WrittenBoundary | undefined): BoundarySpec | undefined {
  if (written === undefined) return undefined;
  const {
    between: [from, to],
    ...rest
  } = written;
  return { from, to, ...rest };
}

/** Finds mistakes in the targets of the file and of its scales. */
export function targets(document: StudyDocument, file: File, grid: Grid): Problem[] {
  const { scales = {}, boundary } = file;
  const blocks: [Path, Pick<File, 'precision'> | undefined][] = [
    [[], file],
    [['scales', 'smoke'], scales.smoke],
    [['scales', 'quick'], scales.quick],
  ];
  return blocks.flatMap(([path, block]) => {
    if (block?.precision === undefined) return [];
    const at = [...path, 'precision'];
    if (boundary !== undefined)
      return [document.atKey(at, 'precision must not be given beside boundary, which has relative')];
    return precisionProblems(document, at, block.precision, grid);
  });
}

function precisionProblems(document: StudyDocument, path: Path, precision: WrittenPrecision, grid: Grid): Problem[] {
  const { rate, relative } = precision;
  if ((rate === undefined) === (relative === undefined))
    return [
      document.atKey(path, `precision must have rate or relative, got ${rate === undefined ? 'neither' : 'both'}`),
    ];
  const name = precisionOf(precision)?.measure ?? '';
  const shares = STUDY_MEASURES.filter(isShare).map((measure) => measure.name);
  if (rate !== undefined && !shares.includes(name))
    return [
      document.atValue(
        [...path, 'measure'],
        `the measure of rate must be one of ${shares.join(', ')}, got '${name}'; others have relative`,
      ),
    ];
  return startsProblems(document, path, name, grid);
}

const OF_THE_POLISH = ['polishedSdN', 'lambdaMin', ...SET_MEASURES.map(({ name }) => name)];
const OF_FUNCTIONS = FUNCTION_MEASURES.map(({ name }) => name);
const OF_SEVERAL_STARTS = [
  'successRate',
  'spuriousShare',
  'sdN',
  'polishedSdN',
  ...SET_MEASURES.map(({ name }) => name),
];

/** When a measure has no value, no trial brings its target nearer. */
function startsProblems(
  document: StudyDocument,
  path: Path,
  measure: string,
  { starts = [1], outcomes = ['descent'], risk = ['empirical'], studentK = ['same'] }: Grid,
): Problem[] {
  if (OF_FUNCTIONS.includes(measure) && risk.includes('empirical') && studentK.includes('same'))
    return [
      document.atValue([...path, 'measure'], `the measure ${measure} needs studentK or risk: population, got neither`),
    ];
  if (OF_THE_POLISH.includes(measure) && outcomes.includes('descent')) {
    return [document.atValue([...path, 'measure'], `the measure ${measure} needs outcomes: polish, got descent`)];
  }
  if (!OF_SEVERAL_STARTS.includes(measure) || !starts.includes(1)) return [];
  return [document.atValue([...path, 'measure'], `the measure ${measure} needs starts of at least 2, got 1`)];
}

/** Finds mistakes in a boundary, and in the points of the grid at both of its ends. */
export function boundaryProblems(
  document: StudyDocument,
  gridPath: Path,
  grid: Grid,
  boundary: WrittenBoundary,
  path: Path,
): Problem[] {
  const between = [...path, 'between'];
  if (Object.hasOwn(grid, 'n'))
    return [document.atKey(['grid', 'n'], 'n must not be in the grid of a boundary, which places it')];
  if (grid['risk']?.includes('population'))
    return [document.atKey(path, 'boundary must not be given with risk: population, which has no n')];
  const wrong = boundary.between.flatMap((value, end) => {
    const message = valueProblem('n', value);
    return message === undefined ? [] : [document.atValue([...between, end], `between: ${message}`)];
  });
  if (wrong.length > 0) return wrong;
  const points = pointProblems(document, gridPath, { ...grid, n: boundary.between }, { n: between });
  if (points.length > 0) return points;
  return [
    ...startsProblems(document, path, boundary.measure, grid),
    ...rangeProblems(document, between, grid, boundary),
  ];
}

function rangeProblems(
  document: StudyDocument,
  path: Path,
  grid: Grid,
  { between: [from, to] }: WrittenBoundary,
): Problem[] {
  for (const point of writtenPoints({ grid })) {
    const [least, most] = [from, to].map((n) => resolvePoint({ ...point, n }));
    if (Number(least['n']) >= Number(most['n']))
      return [document.atValue(path, `between must ascend, got ${least['n']} and ${most['n']}`)];
    const largest = largestSize(Number(most['d']));
    if (Number(most['n']) > largest)
      return [
        document.atValue(
          path,
          `between must end at n = ${largest} at most for d = ${most['d']}, got ${most['n']}: a larger training set takes all workers`,
        ),
      ];
  }
  return [];
}
