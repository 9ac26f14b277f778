/** A table of shares, 0 … 1, as a heat map in an SVG file. */
import { writeFileSync } from 'node:fs';
import { ordinalMap } from '../dist/experiments/plots.js';
import { renderFigure } from '../dist/report/figures.js';

/** @param {{ title: string, x: string, y: string, value: string, xTitle: string, yTitle: string, valueTitle: string }} words */
export async function drawShares(file, rows, { title, ...words }) {
  const levels = (name) => new Set(rows.map((row) => row[name])).size;
  const spec = ordinalMap({
    ...words,
    xNames: false,
    yNames: false,
    xLevels: levels(words.x),
    yLevels: levels(words.y),
    darkAbove: 0.6,
    valueDomain: [0, 1],
  });
  const { svg } = await renderFigure({ name: 'shares', title, caption: '', spec, rows });
  writeFileSync(file, svg);
}
