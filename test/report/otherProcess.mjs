// Draws the fixtures in a fresh process, in another order, and prints their digests as figures.test.ts computes them.
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const load = async (path) =>
  (await runnerImport(fileURLToPath(new URL(path, import.meta.url)), { configFile: false, logLevel: 'silent' })).module;

const { renderFigure } = await load('../../src/report/figures.ts');
const { band, bands, bars, categories, clipped, map, smooth } = await load('./fixtures.ts');
const digests = {};
for (const figure of [smooth, categories, bands, band, map, clipped, bars]) {
  const { svg, png, csv, spec } = await renderFigure(figure);
  digests[figure.name] = createHash('sha256')
    .update(svg)
    .update(png)
    .update(csv)
    .update(JSON.stringify(spec))
    .digest('hex');
}
console.log(JSON.stringify(digests));
