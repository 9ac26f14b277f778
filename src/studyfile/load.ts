/** Makes a study from the text of a study file, or a list of all mistakes in it. */
import type { z } from 'zod';
import { SCALES, type Scale } from '../settings/scale.js';
import { repetitionProblem } from '../experiments/own/repetition.js';
import type { StudySpec } from '../experiments/own/spec.js';
import type { StudyFile } from '../experiments/spec.js';
import { MOST_PROBLEMS, StudyDocument, type Path, type Problem } from './document.js';
import type { ReadNumbers } from './files.js';
import { pointProblems, readGrid, type Grid } from './grid.js';
import { meaningProblems } from './meaning.js';
import { FILE, type File } from './schema.js';
import { shapeProblems, withoutMistakes } from './shape.js';
import { boundaryOf, boundaryProblems, precisionOf } from './targets.js';

export interface LoadedStudy {
  readonly spec: StudySpec;
  readonly seed: number;
}

export interface InvalidStudy {
  /** in the order of the file */
  readonly problems: readonly Problem[];
}

/**
 * `paper` is the file as it is; `smoke` and `quick` are its own smaller runs. `readNumbers` reads the files that the
 * grid names; without it, no files are allowed.
 */
export function loadStudy(text: string, scale: Scale = 'paper', readNumbers?: ReadNumbers): LoadedStudy | InvalidStudy {
  const document = new StudyDocument(text, readNumbers);
  if (document.problems.length > 0) return { problems: document.problems };
  const { data: file, error } = FILE.safeParse(document.data);
  const problems: Problem[] = [];
  if (file === undefined) {
    problems.push(...error.issues.flatMap((issue) => shapeProblems(document, issue)));
    problems.push(...otherProblems(document, error.issues));
    return invalid(problems);
  }
  const grids = readGrids(document, file, problems);
  problems.push(...meaningProblems(document, file, grids.paper));
  if (problems.length === 0) problems.push(...repetitionProblems(document, file, grids));
  const grid = grids[scale];
  if (grid === undefined) problems.push(missingScale(document, file, scale));
  return grid === undefined || problems.length > 0
    ? invalid(problems)
    : { seed: file.seed, spec: withFiles(specOf(file, scale, grid), document.files.all) };
}

const TARGET_BLOCKS: ReadonlySet<PropertyKey> = new Set(['precision', 'boundary', 'scales']);

/** The mistakes that can be found in addition to mistakes of shape, so that all are reported together. */
function otherProblems(document: StudyDocument, issues: readonly z.core.$ZodIssue[]): Problem[] {
  if (!isRecord(document.data) || !isRecord(document.data['grid'])) return [];
  const problems: Problem[] = [];
  const grid = readGrid(document, ['grid'], document.data['grid'], problems);
  // An incomplete target would only cause further messages about its other half.
  if (issues.some(({ path }) => TARGET_BLOCKS.has(path[0]))) return problems;
  const { data: rest } = FILE.safeParse(withoutMistakes(document.data, issues));
  return rest === undefined ? problems : [...problems, ...meaningProblems(document, rest, grid)];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function invalid(problems: readonly Problem[]): InvalidStudy {
  const sorted = problems.toSorted((a, b) => a.line - b.line || a.column - b.column);
  if (sorted.length <= MOST_PROBLEMS) return { problems: sorted };
  const next = sorted[MOST_PROBLEMS];
  return {
    problems: [
      ...sorted.slice(0, MOST_PROBLEMS),
      { ...next, message: `more mistakes than these ${MOST_PROBLEMS}: mend them first` },
    ],
  };
}

function missingScale(document: StudyDocument, { scales = {} }: File, scale: Scale): Problem {
  return document.atKey(
    ['scales'],
    `--scale ${scale} needs a block of that name under scales in the file, got ${Object.keys(scales).join(', ') || 'none'}`,
  );
}

/** The grid of every scale in the file. All grids are checked, whichever scale is run. */
function readGrids(
  document: StudyDocument,
  file: File,
  problems: Problem[],
): Partial<Record<Scale, Grid>> & { readonly paper: Grid } {
  const { grid, scales = {} } = file;
  const paper = readGrid(document, ['grid'], grid, problems);
  const grids: Partial<Record<Scale, Grid>> & { paper: Grid } = { paper };
  for (const scale of SCALES) {
    const block = scale === 'paper' ? undefined : scales[scale];
    if (block !== undefined)
      grids[scale] = { ...paper, ...readGrid(document, ['scales', scale, 'grid'], block.grid ?? {}, problems) };
  }
  // Points can be checked only when all values are valid.
  if (problems.length > 0) return grids;
  for (const [scale, points] of Object.entries(grids)) {
    const path = pathOf(document, scale as Scale);
    const target = boundaryAt(scale as Scale, file);
    problems.push(
      ...(target === undefined
        ? pointProblems(document, path, points)
        : boundaryProblems(document, path, points, ...target)),
    );
  }
  return grids;
}

/** A problem for every scale at which equal trials would be repeated, at the key that repeats them. */
function repetitionProblems(document: StudyDocument, file: File, grids: Partial<Record<Scale, Grid>>): Problem[] {
  return SCALES.flatMap((scale) => {
    const grid = grids[scale];
    const found = grid && repetitionProblem(withFiles(specOf(file, scale, grid), document.files.all));
    if (found === undefined) return [];
    const isOwn = scale !== 'paper' && file.scales?.[scale]?.[found.key] !== undefined;
    return [document.atKey(isOwn ? ['scales', scale, found.key] : [found.key], found.message)];
  });
}

/** The boundary of a scale, and its path in the file. */
function boundaryAt(scale: Scale, { boundary, scales = {} }: File): [NonNullable<File['boundary']>, Path] | undefined {
  const own = scale === 'paper' ? undefined : scales[scale]?.boundary;
  if (own !== undefined) return [own, ['scales', scale, 'boundary']];
  return boundary && [boundary, ['boundary']];
}

function pathOf({ data }: StudyDocument, scale: Scale): Path {
  const block = (data as { scales?: Record<string, { grid?: unknown }> }).scales?.[scale];
  return scale === 'paper' || block?.grid === undefined ? ['grid'] : ['scales', scale, 'grid'];
}

function withFiles(spec: StudySpec, files: readonly StudyFile[]): StudySpec {
  return files.length === 0 ? spec : { ...spec, files };
}

function specOf(file: File, scale: Scale, grid: Grid): StudySpec {
  const { title, description = '', use, streams, measures, summaries, differences, figures = [], figure } = file;
  const smaller = scale === 'paper' ? undefined : file.scales?.[scale];
  const trials = smaller?.trials ?? file.trials;
  const precision = precisionOf(smaller?.precision ?? file.precision);
  const boundary = boundaryOf(smaller?.boundary ?? file.boundary);
  const spec = {
    title,
    description,
    use,
    grid,
    trials,
    measures,
    summaries,
    differences,
    figures: figure === undefined ? figures : [figure],
    precision,
    boundary,
    streams,
  };
  // Keys without a value are removed, because the spec is stored as JSON and compared.
  return JSON.parse(JSON.stringify(spec)) as StudySpec;
}
