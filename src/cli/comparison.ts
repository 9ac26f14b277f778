/** The output of `basin compare`. */
import { runnersOf } from '../definitions/stored.js';
import { formatCount, formatNumber } from '../base/amounts.js';
import { formatEstimate } from '../report/format.js';
import { key, named, prose } from '../report/table.js';
import type { StudyReader } from '../store/reader.js';
import type { CellComparison, Comparison, JudgedMeasure } from '../study/comparison/compare.js';
import { shownSettings } from '../study/grid/values.js';
import { paragraph, table } from './output.js';

/** Columns of the table of measures that differ. */
const FOUND = [key(named('cell')), key(named('measure')), ...['A', 'B', 'test', 'p', 'adjusted'].map(named)];
/** Columns of the table of both studies' values. */
const VALUES = [key(named('measure')), named('A'), named('B')];
/** Largest number of names shown from a list, and of rows shown from a table. */
const MOST_SHOWN = 5;
const MOST_ROWS = 60;
/** These are counted for every experiment and are not results of it. */
const ENDS = new Set(['failed', 'diverged']);

/** The complete document of `--json`. */
export function comparisonDocument(
  a: StudyReader,
  b: StudyReader,
  level: number,
  { overlap, cells, origins, compared, differs }: Comparison,
): unknown {
  const { trials, identical, differing, broken, expected } = totals(cells);
  return {
    a: studyOf(a),
    b: studyOf(b),
    level,
    compared,
    differs,
    bitwise: { expected: trials > 0 && expected === trials, trials, identical, differing, broken },
    provenance: origins.map(({ name, first, second }) => ({ name, a: first, b: second })),
    values: overlap.values,
    versions: overlap.versions,
    onlyA: overlap.onlyA,
    onlyB: overlap.onlyB,
    cells: cells.map(({ cell, trials: counts, sampling, values, tests }) => ({
      experiment: cell.a.experiment,
      cell: cell.a.text,
      settings: shownSettings(runnersOf(a)(cell.a.experiment), cell.a.settings),
      relation: cell.relation,
      sampling,
      trials: { a: counts.a, b: counts.b, common: counts.common, identical: counts.identical },
      values,
      tests,
    })),
  };
}

/** The text for a person: what was compared, and the measures that differ. */
export function comparisonText(a: StudyReader, b: StudyReader, level: number, comparison: Comparison): string {
  const sections = [
    [describeStudy('A', a), describeStudy('B', b), ...describeOverlap(comparison)],
    describeBits(comparison),
    describeTests(level, comparison),
    describeValues(comparison),
    [conclusion(comparison)],
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

function conclusion({ differs, compared }: Comparison): string {
  if (differs) return 'the studies differ';
  return compared ? 'no difference that matters' : 'nothing in common: nothing was compared';
}

interface Totals {
  /** number of trials that must agree bit by bit, because the same build made both */
  readonly trials: number;
  readonly identical: number;
  readonly differing: readonly string[];
  readonly broken: readonly string[];
  readonly expected: number;
}

function totals(cells: readonly CellComparison[]): Totals {
  const same = cells.filter(({ cell }) => cell.relation === 'same');
  const sum = (count: (cell: CellComparison) => number): number => same.reduce((total, cell) => total + count(cell), 0);
  return {
    trials: sum(({ trials }) => trials.common),
    identical: sum(({ trials }) => trials.identical),
    expected: sum(({ trials }) => trials.expected),
    differing: same.flatMap(({ trials }) => trials.differing),
    broken: same.flatMap(({ trials }) => trials.broken),
  };
}

function studyOf(store: StudyReader): { readonly study: string; readonly seed: number; readonly scale: string } {
  const { seed, scale } = store.identity;
  return { study: store.dir, seed, scale };
}

function describeStudy(name: string, store: StudyReader): string {
  const { study, seed, scale } = studyOf(store);
  return `${name}: ${study}, seed ${seed}, scale ${scale}`;
}

function describeOverlap({ overlap: { values, versions, onlyA, onlyB }, cells }: Comparison): string[] {
  const only = (name: string, texts: readonly string[]): string[] =>
    texts.length === 0 ? [] : [`only in ${name}: ${formatCount(texts.length, 'cell')}, ${someOf(texts, '; ')}`];
  return [
    ...versions.map(({ experiment, a, b }) => `${experiment} is version ${a} in A, ${b} in B: not compared`),
    ...values.map(
      ({ experiment, name, a, b }) => `${experiment}: ${name} is ${a ?? 'not set'} in A, ${b ?? 'not set'} in B`,
    ),
    `in common: ${formatCount(cells.length, 'cell')}`,
    ...only('A', onlyA),
    ...only('B', onlyB),
  ];
}

function describeBits({ cells, origins }: Comparison): string[] {
  const { trials, identical, differing, broken } = totals(cells);
  if (trials === 0) return [];
  const summary = `bit by bit: ${formatCount(trials, 'trial')} in both, ${identical} identical, ${differing.length} differ`;
  if (differing.length === 0) return [summary];
  const why =
    broken.length > 0
      ? `${formatCount(broken.length, 'trial')} of these: one build on one kind of machine made both, and they must not differ`
      : 'none of these is known to come from one build and one kind of machine in both studies: bits may differ';
  const places =
    origins.length === 0
      ? []
      : [
          table(
            [key(named('')), prose('A'), prose('B')],
            origins.map(({ name, first, second }) => [name, first.join(', '), second.join(', ')]),
          ),
        ];
  return [summary, someOf(broken.length > 0 ? broken : differing, '\n'), why, ...places];
}

function describeTests(level: number, { cells }: Comparison): string[] {
  const tests = cells.flatMap(({ cell, sampling, trials, tests: own }) =>
    own.map((test) => ({ cell: `${cell.a.experiment}/${cell.a.text}`, sampling, trials, test })),
  );
  if (tests.length === 0) return [];
  const found = tests.filter(({ test }) => test.differs);
  const kinds = [...new Set(tests.map(({ sampling }) => sampling))].join(' and ');
  const summary = `${formatCount(tests.length, 'test')} of ${kinds} trials, together at level ${formatNumber(level)} (Holm): ${found.length} differ`;
  if (found.length === 0)
    return [
      paragraph(`${summary}; the least adjusted p is ${formatP(Math.min(...tests.map(({ test }) => test.adjusted)))}`),
    ];
  return [
    paragraph(summary),
    table(
      FOUND,
      found.map(({ cell, test }) => [cell, ...describeTest(test)]),
    ),
  ];
}

function describeTest({ measure, a, b, test, p, adjusted }: JudgedMeasure): string[] {
  return [measure, formatEstimate(a), formatEstimate(b), test, formatP(p), formatP(adjusted)];
}

/** The values of both studies side by side, a table for each cell. Measures that are equal are named under it. */
function describeValues({ compared, cells }: Comparison): string[] {
  if (!compared) return [];
  const all = cells.map(valuesOf);
  if (all.every(({ rows }) => rows.length === 0)) return ['every value is the same in both'];
  let left = MOST_ROWS;
  const shown = all.flatMap(({ address, rows, equal }) => {
    if (left <= 0 && rows.length > 0) return [];
    const some = rows.slice(0, left);
    left -= some.length;
    const same = equal.length === 0 ? [] : [paragraph(`the same in both: ${equal.join(', ')}`, '  ')];
    return [[`${address}:`, ...(some.length === 0 ? [] : [table(VALUES, some)]), ...same].join('\n')];
  });
  const hidden = all.reduce((sum, { rows }) => sum + rows.length, 0) - MOST_ROWS;
  const more = hidden > 0 ? [`… and ${formatCount(hidden, 'value')} more: --json has all`] : [];
  return [[...shown, ...more].join('\n\n')];
}

interface CellValues {
  readonly address: string;
  /** measure, value in A, value in B; a star marks what a test finds different */
  readonly rows: readonly string[][];
  readonly equal: readonly string[];
}

function valuesOf({ cell, values, tests }: CellComparison): CellValues {
  const found = new Set(tests.filter(({ differs }) => differs).map(({ measure }) => measure));
  const rows = values
    .filter(({ measure }) => !ENDS.has(measure) || found.has(measure))
    .map(({ measure, a, b }) => [found.has(measure) ? `${measure} *` : measure, formatEstimate(a), formatEstimate(b)]);
  return {
    address: `${cell.a.experiment}/${cell.a.text}`,
    rows: rows.filter(([name, a, b]) => a !== b || name.endsWith('*')),
    equal: rows.filter(([name, a, b]) => a === b && !name.endsWith('*')).map(([name]) => name),
  };
}

function formatP(p: number): string {
  return formatNumber(p, 2);
}

function someOf(texts: readonly string[], separator: string): string {
  return texts.slice(0, MOST_SHOWN).join(separator) + (texts.length > MOST_SHOWN ? `${separator}…` : '');
}
