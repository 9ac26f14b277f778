/** What the searches of a boundary found, as numbers and as a picture. */
import type { Estimate } from '../../statistics/estimate.js';
import { powerLawExponent } from '../../statistics/regression.js';
import { lineWithBars } from '../plots.js';
import type { CellSummary, Figure, Finding } from '../spec.js';
import { foundIn, searchesOf, type Found, type Search } from './boundary.js';
import { resolvePoint } from './grid.js';
import { isNamed, lineLabel, panelLabel, place, varied, type Written } from './points.js';
import type { BoundarySpec, StudySpec } from './spec.js';
import { measureTitle, settingTitle } from './titles.js';

interface Crossed extends Written, Found {
  readonly search: Search;
}

/** The n of every search, and how it grows along the first axis of numbers. */
export function boundaryFindings(spec: StudySpec, boundary: BoundarySpec, cells: readonly CellSummary[]): Finding[] {
  const crossed = crossedBy(spec, boundary, cells);
  const axes = axesOf(spec);
  const what = `n at which ${boundary.measure} is ${boundary.level}`;
  const sizes = crossed.map((one): Finding => ({ statement: [what, panelLabel(axes, one), remark(one)].filter((part) => part !== '').join(', '), ...one.n }));
  const along = axes.find((name) => !isNamed(name));
  return along === undefined ? sizes : [...sizes, ...exponents(along, axes.filter((name) => name !== along), crossed)];
}

/** The n of every search against the first axis of numbers; none where nothing but names varies. */
export function boundaryFigures(spec: StudySpec, boundary: BoundarySpec, cells: readonly CellSummary[]): Figure[] {
  const axes = axesOf(spec);
  const x = axes.find((name) => !isNamed(name));
  if (x === undefined) return [];
  const names = axes.filter((name) => name !== x);
  const rows = crossedBy(spec, boundary, cells).filter(({ n }) => Number.isFinite(n.value)).map((one) => ({ x: place(x, one), line: lineLabel(names, one), ...one.n }));
  const colours = names.length === 0 ? {} : { colour: 'line', colourTitle: names.join(', '), colourOrder: [...new Set(rows.map(({ line }) => line))] };
  return [{
    name: 'study-boundary',
    title: `n at ${measureTitle(boundary.measure)} ${boundary.level} against ${settingTitle(x)}`,
    caption: `n at which ${boundary.measure} is ${boundary.level}, by maximum-likelihood logistic regression on log n. Bars: profile-likelihood intervals, widened so that they cover 95 % where the search ended.`,
    rows,
    spec: lineWithBars({ x: 'x', y: 'value', low: 'low', high: 'high', xTitle: settingTitle(x), yTitle: 'sample size n', xLog: rows.every((row) => Number(row.x) > 0), yLog: true, ...colours }),
  }];
}

function axesOf(spec: StudySpec): string[] {
  return varied(spec).filter((name) => name !== 'n');
}

function crossedBy(spec: StudySpec, boundary: BoundarySpec, cells: readonly CellSummary[]): Crossed[] {
  return searchesOf(spec, boundary).map((search) => ({ search, written: search.written, settings: resolvePoint(search.at(search.sizes[0])), ...foundIn(search, boundary, cells) }));
}

function remark({ end, search: { sizes } }: Crossed): string {
  if (end === 'below') return `which is below ${sizes[0]}`;
  if (end === 'beyond') return `which is beyond ${sizes[sizes.length - 1]}`;
  return end === 'found' ? '' : 'not yet as precise as wanted';
}

/** Lines of equal other axes; a search that found nothing is left out. */
function exponents(along: string, others: readonly string[], crossed: readonly Crossed[]): Finding[] {
  const lines = new Map<string, Crossed[]>();
  for (const one of crossed) lines.set(panelLabel(others, one), [...(lines.get(panelLabel(others, one)) ?? []), one]);
  return [...lines].flatMap(([line, members]) => {
    const exponent: Estimate = powerLawExponent(members.map((one) => ({ x: Number(place(along, one)), estimate: one.n })));
    return Number.isFinite(exponent.value) ? [{ statement: [`exponent a of n ∝ ${along}^a`, line].filter((part) => part !== '').join(', '), ...exponent }] : [];
  });
}
