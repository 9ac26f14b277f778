/** A measure over all cells, in the order of nested loops over the settings. */
import { nestedLoop } from '../plots/nestedLoop.js';
import type { Figure, FigureRow } from '../spec.js';
import { intervalKind, measureNamed } from './shown.js';
import { isShare } from './measures.js';
import { label, lineLabel, varied, type Point } from './points.js';
import { titleIn } from './repeated.js';
import { scaleOf } from './scales.js';
import type { FigureSpec, StudySpec } from './spec.js';
import { sentence } from './titles.js';

interface Loop {
  readonly name: string;
  /** as the file writes them, in its order; numbers ascend */
  readonly levels: readonly (string | number)[];
}

/** Settings that are neither a loop nor the colour distinguish lines too. */
export function nestedLoopFigure(spec: StudySpec, figure: FigureSpec, points: readonly Point[]): Omit<Figure, 'name'> {
  const measure = measureNamed(spec, figure.measure);
  const { colour, loops: names = varied(spec).filter((name) => name !== colour) } = figure;
  const others = varied(spec).filter((name) => name !== colour && !names.includes(name));
  const lines = [...(colour === undefined ? [] : [colour]), ...others];
  const loops = names.map((name): Loop => ({ name, levels: levelsOf(name, points) }));
  const cells = orderedCells(loops, points);
  const series = [...new Set(points.map((point) => lineLabel(lines, point)))];
  const rows = cells.flatMap((cell, at) =>
    cell.map((point): FigureRow => {
      const { value, low, high } = point.cell.measures[measure.name];
      const line = lineLabel(lines, point);
      const shift = (0.6 * (series.indexOf(line) - (series.length - 1) / 2)) / series.length;
      const where = Object.fromEntries(names.map((name) => [name, label(name, point)]));
      return { ...where, kind: 'value', at: at + 0.5 + shift, line, trials: point.cell.trials, value, low, high };
    }),
  );
  const steps = loops.flatMap((loop) => loopRows(loop, cells));
  const values = (field: string): number[] =>
    rows.flatMap((row) => (typeof row[field] === 'number' ? [row[field]] : []));
  return {
    title: figure.title ?? `${sentence(titleIn(spec, measure.name))} over ${names.join(', ')}`,
    caption: `${sentence(measure.description)}, for every cell: ${names.join(', then ')}, the last one fastest. Below: the value of each setting, its values from low to high. Bars: ${intervalKind(measure, spec)}.`,
    rows: [...rows, ...steps],
    spec: nestedLoop({
      cells: cells.length,
      loops: loops.length,
      order: names.join(', '),
      yTitle: titleIn(spec, measure.name),
      ...scaleOf('y', values('value'), figure.yLog, isShare(measure), [...values('low'), ...values('high')]),
      ...(lines.length === 0 ? {} : { colour: 'line', colourTitle: lines.join(', ') }),
    }),
  };
}

function levelsOf(name: string, points: readonly Point[]): readonly (string | number)[] {
  const levels = [...new Set(points.map((point) => label(name, point)))];
  return levels.every((level) => typeof level === 'number') ? levels.toSorted((a, b) => a - b) : levels;
}

/** The points of every cell of the loops, in their order; cells without trials are left out. */
function orderedCells(loops: readonly Loop[], points: readonly Point[]): readonly (readonly Point[])[] {
  const placed = points.map((point) => ({
    point,
    at: loops.map(({ name, levels }) => levels.indexOf(label(name, point))),
  }));
  const sorted = placed.toSorted((a, b) => a.at.map((level, k) => level - b.at[k]).find((step) => step !== 0) ?? 0);
  const cells = new Map<string, Point[]>();
  for (const { point, at } of sorted) {
    const key = at.join();
    cells.set(key, [...(cells.get(key) ?? []), point]);
  }
  return [...cells.values()];
}

/** The steps of a setting over the cells, between 0 and 1, and its name with its values. */
function loopRows({ name, levels }: Loop, cells: readonly (readonly Point[])[]): FigureRow[] {
  const most = Math.max(levels.length - 1, 1);
  return [
    { kind: 'label', setting: name, at: 0, text: `${name}: ${levels.join(', ')}` },
    ...cells.flatMap(([point], cell): FigureRow[] => {
      const step = levels.indexOf(label(name, point)) / most;
      return [cell, cell + 1].map((at) => ({ kind: 'loop', setting: name, at, step }));
    }),
  ];
}
