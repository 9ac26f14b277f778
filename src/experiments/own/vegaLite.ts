/** Figures of a user's own: a Vega-Lite spec over the table of cells. */
import { InputError } from '../../base/errors.js';
import { suggest } from '../../base/suggest.js';
import { drawnFields } from '../plots.js';
import type { Spec } from '../plots/axes.js';
import type { Figure, FigureRow } from '../spec.js';
import { MEASURE_NAMES } from './measures.js';
import type { Point } from './points.js';
import { STUDY_SETTING_KINDS } from './settings.js';
import { measuresOf } from './shown.js';
import type { FigureSpec, StudySpec } from './spec.js';

/** Keys that a spec cannot have, and why. */
const REFUSED: Readonly<Record<string, string>> = {
  data: 'the data are the table of cells',
  datasets: 'the data are the table of cells',
  url: 'a figure loads nothing',
  href: 'a figure has no links',
  config: 'all figures have the same theme',
  usermeta: 'basin keeps it for itself',
};
const DRAWS = ['mark', 'layer', 'facet', 'repeat', 'concat', 'hconcat', 'vconcat'];
const MARKS = [
  'arc',
  'area',
  'bar',
  'boxplot',
  'circle',
  'errorband',
  'errorbar',
  'line',
  'point',
  'rect',
  'rule',
  'square',
  'text',
  'tick',
  'trail',
];
const COUNTS = ['trials', 'planned', 'failed', 'diverged'];
const ENDS = ['low', 'high', 'mcse'] as const;
const DEEPEST = 40;

/**
 * Checks a spec, as far as possible without drawing it.
 * @throws InputError for a refused key, for a spec that draws nothing, and for a field that no cell has
 */
export function requireDrawable(spec: Spec, measures: readonly string[]): void {
  refuseKeys(spec, 'spec', 0);
  if (!DRAWS.some((key) => Object.hasOwn(spec, key)))
    throw new InputError(`spec must have one of ${DRAWS.join(', ')}, got ${Object.keys(spec).join(', ') || 'nothing'}`);
  const known = [...Object.keys(STUDY_SETTING_KINDS).map((name) => settingField(name)), ...COUNTS, ...measures];
  const fields = [...known, ...measures.flatMap((name) => ENDS.map((end) => `${name}_${end}`))];
  const unknown = drawnFields(spec).find((field) => !fields.includes(field));
  if (unknown !== undefined)
    throw new InputError(
      `a field of spec must be a setting, a measure, NAME_low, NAME_high, NAME_mcse or one of ${COUNTS.join(', ')}, got '${unknown}'${suggest(unknown, fields)}`,
    );
}

function refuseKeys(part: unknown, path: string, depth: number): void {
  if (part === null || typeof part !== 'object') return;
  if (depth > DEEPEST)
    throw new InputError(`spec must have at most ${DEEPEST} levels, got more at ${path.slice(0, 80)}`);
  for (const [key, value] of Object.entries(part)) {
    const why = Object.hasOwn(REFUSED, key) ? REFUSED[key] : undefined;
    if (why !== undefined) throw new InputError(`${path} must have no '${key}': ${why}, got ${short(value)}`);
    if (key === 'mark') requireMark(value, path);
    refuseKeys(value, Array.isArray(part) ? `${path}[${key}]` : `${path}.${key}`, depth + 1);
  }
}

function requireMark(mark: unknown, path: string): void {
  const type = mark !== null && typeof mark === 'object' && 'type' in mark ? mark.type : mark;
  if (!MARKS.some((name) => name === type))
    throw new InputError(`${path}.mark must be one of ${MARKS.join(', ')}, got ${short(type)}`);
}

function short(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

/** The table of cells: settings, counts, and for each measure its value, the ends of its interval and its error. */
export function ownFigure(study: StudySpec, figure: FigureSpec, points: readonly Point[]): Omit<Figure, 'name'> {
  const measures = measuresOf(study).map(({ name }) => name);
  const rows = points.map(({ cell, settings }): FigureRow => ({
    ...Object.fromEntries(Object.entries(settings).map(([name, value]) => [settingField(name), value])),
    ...Object.fromEntries(COUNTS.map((name) => [name, Number(cell[name as keyof typeof cell])])),
    ...Object.fromEntries(measures.flatMap((name) => estimateFields(name, cell.measures[name]))),
  }));
  const spec = Object.entries(figure.spec ?? {}).filter(([key]) => key !== '$schema');
  return {
    title: figure.title ?? study.title,
    caption: 'A figure of the study file, over the table of cells.',
    rows,
    spec: { data: { name: 'rows' }, ...Object.fromEntries(spec) },
  };
}

function estimateFields(name: string, estimate: Point['cell']['measures'][string]): [string, number][] {
  return [[name, estimate.value], ...ENDS.map((end): [string, number] => [`${name}_${end}`, estimate[end]])];
}

/** A setting that has the name of a measure has a longer name in the table. */
function settingField(name: string): string {
  return MEASURE_NAMES.includes(name) ? `setting_${name}` : name;
}
