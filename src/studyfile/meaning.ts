/** Finds entries that have a valid shape but no meaning. */
import { parseExpression } from '../experiments/own/expression.js';
import { CURVE_NAMES, MEASURE_NAMES, STACK_NAMES } from '../experiments/own/measures.js';
import { ownMeasures } from '../experiments/own/ownMeasures.js';
import { STUDY_SETTING_TABLE } from '../experiments/own/settings.js';
import type { FigureSpec } from '../experiments/own/spec.js';
import { suggest } from '../base/suggest.js';
import type { Path, Problem, StudyDocument } from './document.js';
import { differences } from './differences.js';
import { summaries } from './summaries.js';
import { messageOf, type Grid } from './grid.js';
import { numeric, type File } from './schema.js';
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

function figures(document: StudyDocument, file: File, grid: Grid): Problem[] {
  const axes = Object.keys(grid);
  const all: [Path, File['figure']][] = [
    [['figure'], file.figure],
    ...(file.figures ?? []).map((figure, index): [Path, File['figure']] => [['figures', index], figure]),
  ];
  return all.flatMap(([path, figure]) =>
    figure === undefined
      ? []
      : [
          ...measureProblems(document, path, figure as FigureSpec, file),
          ...axisProblems(document, path, figure as FigureSpec, axes),
        ],
  );
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

/** The names of all measures: those that the file defines, those of basin, and those of modules that the file uses. */
function measureNames({ summaries = {} }: File): readonly string[] {
  return [...new Set([...Object.keys(summaries), ...MEASURE_NAMES, ...ownMeasures().map(({ name }) => name)])];
}

function measureProblems(document: StudyDocument, path: Path, { kind, measure }: FigureSpec, file: File): Problem[] {
  const known = KNOWN[kind] ?? measureNames(file);
  if (known.includes(measure)) return [];
  return [
    document.atValue(
      [...path, 'measure'],
      `the measure of a figure of kind ${kind} must be one of ${known.join(', ')}, got '${measure}'${suggest(measure, known)}`,
    ),
  ];
}

/** The axes that each kind of figure needs. */
const NEEDED: Readonly<Record<FigureSpec['kind'], readonly ('x' | 'y')[]>> = {
  line: ['x'],
  'heat-map': ['x', 'y'],
  bands: [],
  stacked: ['x'],
};

/** What can be drawn by the kinds of figures that draw no measures. */
const KNOWN: Readonly<Partial<Record<FigureSpec['kind'], readonly string[]>>> = {
  bands: CURVE_NAMES,
  stacked: STACK_NAMES,
};

function axisProblems(document: StudyDocument, path: Path, figure: FigureSpec, axes: readonly string[]): Problem[] {
  const missing = NEEDED[figure.kind]
    .filter((axis) => figure[axis] === undefined)
    .map((axis) =>
      document.atKey(
        path,
        `a figure of kind ${figure.kind} must have ${axis}: one of ${axes.join(', ')}, or an expression in settings`,
      ),
    );
  const wrong = (['x', 'y', 'colour', 'facet'] as const).flatMap((axis) => {
    const name = figure[axis];
    if (name === undefined || Object.hasOwn(STUDY_SETTING_TABLE, name)) return [];
    const message =
      axis === 'colour' || axis === 'facet' ? `must be a setting, got '${name}'` : expressionProblem(name);
    return message === undefined
      ? []
      : [document.atValue([...path, axis], `${axis}: ${message}${suggest(name, axes)}`)];
  });
  return [...missing, ...wrong];
}

function expressionProblem(text: string): string | undefined {
  return messageOf(() => parseExpression(text)) ?? unknownNames(text)[0];
}

function unknownNames(text: string): string[] {
  const known = Object.keys(STUDY_SETTING_TABLE).filter((name) => numeric(STUDY_SETTING_TABLE[name]));
  return parseExpression(text)
    .names.filter((name) => !known.includes(name))
    .map(
      (name) =>
        `must be a setting or an expression in numeric settings, got '${text}' with '${name}'${suggest(name, known)}`,
    );
}
