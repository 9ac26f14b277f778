import { describe, expect, it } from 'vitest';
import type { CellSummary } from '../../../src/experiments/spec.js';
import { cellMap } from '../../../src/report/cellMap/picture.js';
import { colourAt } from '../../../src/report/cellMap/scale.js';
import { interval } from '../../statistics/estimates.js';
import { cell, experiment } from '../fixtures.js';

function cellAt(d: number, n: number, rate: number, rest: Partial<CellSummary> = {}): CellSummary {
  const measures = { successRate: interval(rate, rate / 2, (1 + rate) / 2), sdN: interval(10 ** (4 * rate), 1, 1e5) };
  return { ...cell, settings: { K: 3, d, n }, measures, ...rest };
}

const mapOf = (cells: readonly CellSummary[]): string => cellMap({ ...experiment, cells });
const GRID = [cellAt(20, 100, 0), cellAt(20, 200, 0.5), cellAt(40, 100, 0.25), cellAt(40, 200, 1)];

describe('the map of the cells in a report', () => {
  it('has a tile for each cell in the colour of the first measure, which says its numbers', () => {
    const map = mapOf(GRID);
    const tiles = [...map.matchAll(/<g aria-label="([^"]*)"><rect class="(\w+)" fill="([^"]*)"/g)];
    expect(tiles.map(([, , kind, fill]) => [kind, fill])).toEqual(
      [0, 0.5, 0.25, 1].map((rate) => ['filled', colourAt(rate)]),
    );
    expect(tiles[3][1]).toMatch(/^d: 40; n: 200; successRate: 1\.\d+ \[0\.\d+, .*\]; trials: 50 of 50$/);
    for (const text of ['d = 20', 'd = 40', '>100<', '>200<', '>n<']) expect(map).toContain(text);
  });

  it('places rows and columns, and fills a tile by the share of its trials', () => {
    const map = mapOf([...GRID.slice(0, 3), cellAt(40, 200, 1, { trials: 25, failed: 1 })]);
    const rects = [
      ...map.matchAll(/<rect class="(\w+)"[^>]* x="(\d+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"/g),
    ];
    const [first, right, below, ground, half, mark] = rects.map(([, kind, ...numbers]) => ({
      kind,
      place: numbers.map(Number),
    }));
    expect([ground, half, mark].map(({ kind }) => kind)).toEqual(['ground', 'filled', 'mark']);
    expect([right.place[1], below.place[0]]).toEqual([first.place[1], first.place[0]]);
    expect([right.place[0] > first.place[0], below.place[1] > first.place[1]]).toEqual([true, true]);
    expect(ground.place.slice(0, 2)).toEqual([right.place[0], below.place[1]]);
    expect(half.place[3]).toBe(ground.place[3] / 2);
    expect(half.place[1] + half.place[3]).toBe(ground.place[1] + ground.place[3]);
  });

  it('a cell with one trial of many has a strip that is high enough to be seen', () => {
    const map = mapOf([...GRID.slice(0, 3), cellAt(40, 200, 1, { planned: 1000, trials: 1 })]);
    expect(map).toMatch(/class="filled" fill="#fde725"[^>]* height="4"/);
    expect(mapOf([...GRID.slice(0, 3), cellAt(40, 200, 1, { trials: 0 })])).not.toContain('#fde725" x');
  });

  it('offers the other measures, each with its own scale', () => {
    const map = mapOf(GRID);
    const [, rate, sd] = map.split('<option');
    expect(rate).toMatch(/data-low="0" data-high="1".*>successRate</);
    expect(sd).toMatch(
      /data-low="1" data-high="10000" data-colours="#440154,#21918c,[^"]*" data-texts="[^"]*;[^"]*".*>sdN</,
    );
  });

  it('a cell without a finite value has no colour', () => {
    const map = mapOf([...GRID, cellAt(60, 100, 0.5, { measures: { successRate: interval(NaN, NaN, NaN) } })]);
    expect(map).toMatch(/d: 60; n: 100; successRate: –; [^"]*"><rect class="filled" x=/);
  });

  it('of many cells is small: one path for each colour, and nothing to choose', () => {
    const cells = Array.from({ length: 10_000 }, (_, i) => cellAt(Math.floor(i / 100), i % 100, (i % 50) / 50));
    const map = mapOf(cells);
    expect(map.length).toBeLessThan(250_000);
    expect(map).not.toMatch(/<select|<g aria-label/);
    expect(map.match(/M\d+,\d+h/g)).toHaveLength(10_000);
  });

  it('is left out where there is nothing to compare', () => {
    expect(mapOf(GRID.slice(0, 1))).toBe('');
    expect(mapOf(GRID.map((one) => ({ ...one, trials: 0 })))).toBe('');
  });
});
