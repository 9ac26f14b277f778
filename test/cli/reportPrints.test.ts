/** `basin report --pdf --latex --dpi`: what a paper takes. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { ReproduceDocument } from '../../src/app/results.js';
import { scratchFolder } from './basin.js';
import { here, hereJson } from './here.js';
import { withoutThreads } from './withoutThreads.js';

withoutThreads();

const folder = scratchFolder();

it('writes PDFs and LaTeX tables beside the report, and PNGs of the wanted resolution', async () => {
  const study = join(folder, 'study');
  const out = join(folder, 'paper');
  await hereJson('reproduce', 'fu2018-fig3', '--scale', 'smoke', '--out', study);
  const drawing = ['report', study, '--pdf', '--latex', '--dpi', '300', '--out', out];
  const { prints = [], experiments } = (await hereJson(...drawing)) as ReproduceDocument;
  const figures = experiments[0].figures.map((path) => path.replace(/\.svg$/, '.pdf'));
  expect(figures.length).toBeGreaterThan(0);
  expect(prints).toEqual(expect.arrayContaining(figures));
  for (const path of figures) expect(readFileSync(path, 'latin1').slice(0, 5)).toBe('%PDF-');
  for (const what of ['cells', 'claims'])
    expect(readFileSync(join(out, 'tables', `fu2018-fig3-${what}.tex`), 'utf8')).toContain('\\toprule');
  const png = readFileSync(experiments[0].figures[0].replace(/\.svg$/, '.png'));
  expect(png.readUInt32BE(png.indexOf('pHYs') + 4)).toBe(Math.round(300 / 0.0254));
});

it('refuses a resolution that is none', async () => {
  const { code, stderr } = await here('report', folder, '--dpi', '7');
  expect([code, stderr]).toEqual([2, expect.stringContaining('must')]);
});
