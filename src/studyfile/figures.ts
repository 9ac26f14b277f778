/** Finds figures that have a valid shape but cannot be drawn. */
import { suggest } from '../base/suggest.js';
import { parseExpression } from '../experiments/own/expression.js';
import { numbersOf } from '../experiments/own/figureNumbers.js';
import { CURVE_NAMES, MEASURE_NAMES, STACK_NAMES } from '../experiments/own/measures.js';
import { ownMeasures } from '../experiments/own/ownMeasures.js';
import { STUDY_SETTING_TABLE } from '../experiments/own/settings.js';
import type { FigureSpec } from '../experiments/own/spec.js';
import { trialNumber } from '../experiments/own/summaries.js';
import { requireDrawable } from '../experiments/own/vegaLite.js';
import type { Path, Problem, StudyDocument } from './document.js';
import { messageOf, type Grid } from './grid.js';
import { numeric, type File } from './schema.js';

type Key = keyof FigureSpec;

/** What a kind needs, and what else it takes. All take a title. */
interface Words {
  readonly needs: readonly Key[];
  readonly takes: readonly Key[];
}

const LINES = ['colour', 'facet', 'xLog', 'yLog'] as const;
const WORDS: Readonly<Record<FigureSpec['kind'], Words>> = {
  line: { needs: ['measure', 'x'], takes: ['y', ...LINES] },
  'heat-map': { needs: ['measure', 'x', 'y'], takes: LINES },
  bands: { needs: ['measure'], takes: ['x', 'y', ...LINES] },
  stacked: { needs: ['measure', 'x'], takes: ['y', ...LINES] },
  'nested-loop': { needs: ['measure'], takes: ['loops', 'colour', 'yLog'] },
  zip: { needs: ['measure', 'error', 'truth'], takes: [] },
  difference: { needs: ['measure', 'x'], takes: ['colour', 'facet'] },
  scatter: { needs: ['measure', 'against'], takes: ['points', ...LINES] },
  'vega-lite': { needs: ['spec'], takes: [] },
};

export function figures(document: StudyDocument, file: File, grid: Grid): Problem[] {
  const axes = Object.keys(grid);
  const all: [Path, File['figure']][] = [
    [['figure'], file.figure],
    ...(file.figures ?? []).map((figure, index): [Path, File['figure']] => [['figures', index], figure]),
  ];
  return all.flatMap(([path, given]) => {
    if (given === undefined) return [];
    const figure = given as FigureSpec;
    return [
      ...wordProblems(document, path, figure, axes),
      ...measureProblems(document, path, figure, file),
      ...axisProblems(document, path, figure, axes),
      ...ownProblems(document, path, figure, file),
    ];
  });
}

/** The names of all measures: those that the file defines, those of basin, and those of modules that the file uses. */
export function measureNames({ summaries = {} }: File): readonly string[] {
  return [...new Set([...Object.keys(summaries), ...MEASURE_NAMES, ...ownMeasures().map(({ name }) => name)])];
}

/** Words that a kind lacks, and words that it does not take. */
function wordProblems(document: StudyDocument, path: Path, figure: FigureSpec, axes: readonly string[]): Problem[] {
  const { kind } = figure;
  const { needs, takes } = WORDS[kind];
  const allowed: readonly string[] = ['kind', 'title', ...needs, ...takes];
  const missing = needs.filter((key) => figure[key] === undefined);
  const foreign = Object.keys(figure).filter((key) => !allowed.includes(key) && figure[key as Key] !== undefined);
  const hint = (key: Key): string =>
    key === 'x' || key === 'y' ? `: one of ${axes.join(', ')}, or an expression in settings` : '';
  return [
    ...missing.map((key) => document.atKey(path, `a figure of kind ${kind} must have ${key}${hint(key)}`)),
    ...foreign.map((key) =>
      document.atValue([...path, key], `a figure of kind ${kind} takes ${allowed.slice(1).join(', ')}, got ${key}`),
    ),
  ];
}

/** What can be drawn by the kinds of figures that draw no measures. */
const KNOWN: Readonly<Partial<Record<FigureSpec['kind'], readonly string[]>>> = {
  bands: CURVE_NAMES,
  stacked: STACK_NAMES,
};

/** Measures that are drawn as cells have them, and expressions in measures of a trial. */
function measureProblems(document: StudyDocument, path: Path, figure: FigureSpec, file: File): Problem[] {
  const numbers = numbersOf(figure);
  if (numbers.length > 0)
    return numbers.flatMap(([key, text]) => {
      const message = messageOf(() => trialNumber(text, key));
      return message === undefined ? [] : [document.atValue([...path, key], message)];
    });
  const { kind, measure, against } = figure;
  const known = kind === 'difference' ? Object.keys(file.differences ?? {}) : (KNOWN[kind] ?? measureNames(file));
  return Object.entries({ measure, against }).flatMap(([key, name]) =>
    name === undefined || known.includes(name)
      ? []
      : [
          document.atValue(
            [...path, key],
            `the ${key === 'measure' ? 'measure' : 'second measure'} of a figure of kind ${kind} must be one of ${known.join(', ') || 'the differences of the file, which has none'}, got '${name}'${suggest(name, known)}`,
          ),
        ],
  );
}

function axisProblems(document: StudyDocument, path: Path, figure: FigureSpec, axes: readonly string[]): Problem[] {
  return (['x', 'y', 'colour', 'facet'] as const).flatMap((axis) => {
    const name = figure[axis];
    if (name === undefined || Object.hasOwn(STUDY_SETTING_TABLE, name)) return [];
    const message =
      axis === 'colour' || axis === 'facet' ? `must be a setting, got '${name}'` : expressionProblem(name);
    return message === undefined
      ? []
      : [document.atValue([...path, axis], `${axis}: ${message}${suggest(name, axes)}`)];
  });
}

/** Problems of the words that only one kind has. */
function ownProblems(document: StudyDocument, path: Path, figure: FigureSpec, file: File): Problem[] {
  const { loops = [], colour, truth, spec } = figure;
  const wrong = loops.flatMap((name, at) => {
    const place = [...path, 'loops', at];
    if (!Object.hasOwn(STUDY_SETTING_TABLE, name))
      return [
        document.atValue(
          place,
          `an entry of loops must be a setting, got '${name}'${suggest(name, Object.keys(STUDY_SETTING_TABLE))}`,
        ),
      ];
    const isTwice = loops.indexOf(name) < at || name === colour;
    return isTwice
      ? [document.atValue(place, `each setting must be a loop or the colour once, got '${name}' again`)]
      : [];
  });
  const ofTruth = typeof truth === 'string' ? expressionProblem(truth) : undefined;
  const ofSpec =
    spec === undefined
      ? undefined
      : messageOf(() => {
          requireDrawable(spec, measureNames(file));
        });
  return [
    ...wrong,
    ...(ofTruth === undefined ? [] : [document.atValue([...path, 'truth'], `truth: ${ofTruth}`)]),
    ...(ofSpec === undefined ? [] : [document.atValue([...path, 'spec'], ofSpec)]),
  ];
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
