import { describe, expect, it } from 'vitest';
import { facets, ordinalMap, lineWithBars, categoryBars } from '../../src/experiments/plots.js';
import type { OrdinalMapOptions } from '../../src/experiments/plots/ordinalMap.js';
import type { Figure, FigureRow } from '../../src/experiments/spec.js';
import { withEdges } from '../../src/report/edges.js';
import { renderFigure } from '../../src/report/figures.js';

const AXES = { x: 'x', y: 'y', low: 'low', high: 'high', xTitle: 'x', yTitle: 'y' };

function figure(spec: Figure['spec'], rows: readonly FigureRow[]): Figure {
  return { name: 'edges', title: 'Edges', caption: '', spec, rows };
}

function row(x: number, y: number | null, line = 'a'): FigureRow {
  return { x, y, low: y, high: y, line };
}

function map(options: Partial<OrdinalMapOptions> = {}): Figure['spec'] {
  return ordinalMap({
    x: 'x',
    y: 'y',
    value: 'value',
    xTitle: 'x',
    yTitle: 'y',
    valueTitle: 'v',
    xNames: false,
    yNames: false,
    xLevels: 2,
    yLevels: 2,
    darkAbove: 1,
    ...options,
  });
}

/** Triangles of the marks at the edges, by the shape that Vega draws. */
async function marks({ spec, rows }: Figure): Promise<number> {
  const { svg } = await renderFigure(figure(spec, rows));
  return (svg.match(/<path [^>]*fill="transparent"[^>]*stroke-width="1.6"|<path [^>]*stroke-width="1.6"[^>]*/g) ?? [])
    .length;
}

describe('what a plot has no place for', () => {
  it('is nothing where every row has its place', () => {
    const { note, rows, spec } = withEdges(figure(lineWithBars(AXES), [row(1, 2), row(2, 3)]));
    expect([note, rows]).toEqual(['', [row(1, 2), row(2, 3)]]);
    expect(spec).not.toHaveProperty('usermeta');
  });

  it.each<[string, Partial<typeof AXES & { xLog: boolean; yLog: boolean }>, FigureRow, RegExp]>([
    ['infinite', {}, row(3, Infinity), /1 point infinite: ▲ at the upper edge/],
    ['minus infinite', {}, row(3, -Infinity), /1 point at 0 or below/],
    ['zero on a log axis', { yLog: true }, row(3, 0), /1 point at 0 or below, where the axis has no place: ▼/],
    [
      'x = 0 on a log axis',
      { xLog: true },
      row(0, 3),
      /1 point at 0 or below on the x axis, which has no place for it: ◄/,
    ],
    ['both', { xLog: true, yLog: true }, row(0, 0), /▼ at the lower edge; 1 point at 0 or below on the x axis/],
  ])('is marked at the edge and counted: %s', async (_, axes, beyond, note) => {
    const all = figure(lineWithBars({ ...AXES, ...axes, colour: 'line' }), [row(1, 2), row(2, 3), beyond]);
    expect((await renderFigure(all)).note).toMatch(note);
    expect(await marks(all)).toBe(1);
    expect(await marks({ ...all, rows: all.rows.slice(0, 2) })).toBe(0);
  });

  it.each([
    [false, Infinity],
    [true, 0],
  ])('may be all there is: the axes are drawn all the same (logarithmic: %s)', async (log, value) => {
    const all = figure(lineWithBars({ ...AXES, xLog: log, yLog: log, colour: 'line' }), [row(1, value), row(2, value)]);
    expect((await renderFigure(all)).note).toContain('2 points');
    expect(await marks(all)).toBe(2);
  });

  it('is counted where a value is not known', () => {
    expect(withEdges(figure(lineWithBars(AXES), [row(1, 2), row(2, Number.NaN), row(3, null)])).note).toBe(
      'Not within the axes: 1 point without a value: not drawn.',
    );
  });

  it('is marked among categories too', async () => {
    const spec = categoryBars({
      category: 'law',
      categoryTitle: 'law',
      series: 'line',
      seriesTitle: 'line',
      value: 'y',
      valueTitle: 'y',
      low: 'low',
      high: 'high',
    });
    const all = figure(spec, [
      { ...row(1, 2), law: 'gaussian' },
      { ...row(1, Infinity), law: 'laplace' },
    ]);
    expect((await renderFigure(all)).note).toContain('1 point infinite');
    expect(await marks(all)).toBe(1);
  });

  it('is a grey tile with a sign on a map, and a row of its own where all diverged', async () => {
    const tiles = [
      [1, 1, 0.5],
      [2, 1, 0.7],
      [1, 2, Infinity],
      [2, 2, null],
    ].map(([x, y, value]) => ({ x, y, value }));
    const { svg, note } = await renderFigure(figure(map(), tiles));
    expect(note).toBe('Not within the axes: 1 tile infinite: grey, with ∞; 1 tile without a value: hatched.');
    expect(svg.match(/fill="#e4e4e4"/g)?.length).toBeGreaterThanOrEqual(2);
    expect(svg).toContain('>∞</text>');
    expect(svg).toContain('no finite value');
    expect(svg.match(/<path [^>]*d="(?:M[-\d.]+,[-\d.]+L[-\d.]+,[-\d.]+)+"/g)).toHaveLength(1);
    expect((await renderFigure(figure(map(), tiles.slice(0, 2)))).svg).not.toContain('no finite value');
  });

  it.each([
    ['linear', map()],
    ['logarithmic', map({ log: true })],
    ['in panels', facets(map(), 'panel', ['a'], 220)],
  ])('leaves a map without colours where no tile has a finite value: %s', async (_, spec) => {
    const tiles = [Infinity, null].map((value, x) => ({ x, y: 1, value, panel: 'a' }));
    const { svg, note } = await renderFigure(figure(spec, tiles));
    expect(note).toBe('Not within the axes: 1 tile infinite: grey, with ∞; 1 tile without a value: hatched.');
    expect(svg).toContain('>∞</text>');
    expect(svg).not.toContain('gradient');
  });
});

describe('lines with points at equal x', () => {
  it('stand side by side', async () => {
    const rows = ['a', 'b', 'c'].flatMap((line) => [10, 20, 40].map((x) => row(x, 0.5, line)));
    const { svg } = await renderFigure(figure(lineWithBars({ ...AXES, colour: 'line', xLog: true }), rows));
    const places = [
      ...svg.matchAll(/<path [^>]*transform="translate\(([\d.]+),[\d.]+\)"[^>]*fill="#[0-9A-F]{6}"/gi),
    ].map(([, x]) => Number(x).toFixed(1));
    expect(new Set(places).size).toBeGreaterThanOrEqual(9);
  });
});
