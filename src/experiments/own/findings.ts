/** The results of a boundary's searches, as numbers. */
import type { Estimate } from '../../statistics/estimate.js';
import { powerLawExponent } from '../../statistics/regression.js';
import type { CellSummary, Finding } from '../spec.js';
import { foundIn, searchesOf, type Found, type Search } from './boundary.js';
import { resolvePoint } from './grid.js';
import { isNamed, panelLabel, place, varied, type Written } from './points.js';
import type { BoundarySpec, StudySpec } from './spec.js';

export interface Crossed extends Written, Found {
  readonly search: Search;
}

/** The n that every search found, and its growth along the first numeric axis. */
export function boundaryFindings(spec: StudySpec, boundary: BoundarySpec, cells: readonly CellSummary[]): Finding[] {
  const crossed = crossedBy(spec, boundary, cells);
  const axes = axesOf(spec);
  const what = `n at which ${boundary.measure} is ${boundary.level}`;
  const sizes = crossed.map((one): Finding => ({
    statement: [what, panelLabel(axes, one), remark(one)].filter((part) => part !== '').join(', '),
    ...one.n,
  }));
  const along = axes.find((name) => !isNamed(name));
  return along === undefined
    ? sizes
    : [
        ...sizes,
        ...exponents(
          along,
          axes.filter((name) => name !== along),
          crossed,
        ),
      ];
}

export function axesOf(spec: StudySpec): string[] {
  return varied(spec).filter((name) => name !== 'n');
}

/** Every search with its result. */
export function crossedBy(spec: StudySpec, boundary: BoundarySpec, cells: readonly CellSummary[]): Crossed[] {
  return searchesOf(spec, boundary).map((search) => ({
    search,
    written: search.written,
    settings: resolvePoint(search.at(search.sizes[0])),
    ...foundIn(search, boundary, cells),
  }));
}

function remark({ end, search: { sizes } }: Crossed): string {
  if (end === 'below') return `which is below ${sizes[0]}`;
  if (end === 'beyond') return `which is beyond ${sizes[sizes.length - 1]}`;
  return end === 'found' ? '' : 'not yet as precise as wanted';
}

/** The exponent of n for each group of searches that agree in all other axes. A search without a result is left out. */
function exponents(along: string, others: readonly string[], crossed: readonly Crossed[]): Finding[] {
  const lines = new Map<string, Crossed[]>();
  for (const one of crossed) lines.set(panelLabel(others, one), [...(lines.get(panelLabel(others, one)) ?? []), one]);
  return [...lines].flatMap(([line, members]) => {
    const exponent: Estimate = powerLawExponent(
      members.map((one) => ({ x: Number(place(along, one)), estimate: one.n })),
    );
    return Number.isFinite(exponent.value)
      ? [{ statement: [`exponent a of n ∝ ${along}^a`, line].filter((part) => part !== '').join(', '), ...exponent }]
      : [];
  });
}
