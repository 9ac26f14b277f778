/** Finds entries that have a valid shape but no meaning. */
import { suggest } from '../base/suggest.js';
import type { Problem, StudyDocument } from './document.js';
import { differences } from './differences.js';
import { summaries } from './summaries.js';
import { figures, measureNames } from './figures.js';
import type { Grid } from './grid.js';
import type { File } from './schema.js';
import { streams } from './streams.js';
import { targets } from './targets.js';

type Check = (document: StudyDocument, file: File, grid: Grid) => Problem[];

const CHECKS: readonly Check[] = [
  oneFigureKey,
  measures,
  summaries,
  differences,
  figures,
  sampleSize,
  targets,
  streams,
];

export function meaningProblems(document: StudyDocument, file: File, grid: Grid): Problem[] {
  return CHECKS.flatMap((check) => check(document, file, grid));
}

function oneFigureKey(document: StudyDocument, file: File): Problem[] {
  return file.figure !== undefined && file.figures !== undefined
    ? [document.atKey(['figure'], 'a study must have figure or figures, got both')]
    : [];
}

function sampleSize(document: StudyDocument, { boundary }: File, grid: Grid): Problem[] {
  if (boundary !== undefined || hasNoSamples(grid)) return [];
  return !Object.hasOwn(grid, 'n')
    ? [document.atKey(['grid'], 'n must be given: sample size, a value or a list, e.g. [100*d, 200*d]')]
    : [];
}

/** Whether no point of the grid draws a training set. */
function hasNoSamples({ risk = [] }: Grid): boolean {
  return risk.length > 0 && risk.every((one) => one === 'population');
}

function measures(document: StudyDocument, file: File): Problem[] {
  const known = measureNames(file);
  return file.measures.flatMap((name, index) =>
    known.includes(name)
      ? []
      : [
          document.atValue(
            ['measures', index],
            `an entry of measures must be one of ${known.join(', ')}, got '${name}'${suggest(name, known)}`,
          ),
        ],
  );
}
