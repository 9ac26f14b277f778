import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Figure } from '../../src/experiments/spec.js';
import { hasData } from '../../src/report/fields.js';
import { drawFigure, renderFigure } from '../../src/report/figures.js';
import { band, bands, bars, categories, clipped, map, smooth } from './fixtures.js';
import { expectPicture } from './snapshot.js';

const ALL = [bars, clipped, band, smooth, map, bands, categories];

async function digest(figure: Figure): Promise<string> {
  const { svg, png, csv, spec } = await renderFigure(figure);
  return createHash('sha256').update(svg).update(png).update(csv).update(JSON.stringify(spec)).digest('hex');
}

async function digests(figures: readonly Figure[]): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const figure of figures) found[figure.name] = await digest(figure);
  return found;
}

describe('bytes', () => {
  it('are equal whatever was drawn before, and at the same time', async () => {
    const first = await digests(ALL);
    expect(await digests([...ALL].reverse())).toEqual(first);
    const together = await Promise.all(ALL.map(digest));
    expect(together).toEqual(ALL.map(({ name }) => first[name]));
  });

  it('are equal in another process', async () => {
    const child = execFileSync(process.execPath, [join(import.meta.dirname, 'otherProcess.mjs')], { encoding: 'utf8' });
    expect(JSON.parse(child)).toEqual(await digests(ALL));
  });

  it('differ for other data', async () => {
    const changed = { ...smooth, rows: [...smooth.rows, { x: 2.1, y: 4.41 }] };
    expect(await digest(changed)).not.toEqual(await digest(smooth));
  });

  it('do not share ids between figures of one page', async () => {
    const ids = await Promise.all(
      [...ALL, { ...clipped, name: 'clipped-too' }].map(async (figure) =>
        [...(await renderFigure(figure)).svg.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id),
      ),
    );
    expect(ids.flat().length).toBeGreaterThan(2);
    expect(new Set(ids.flat()).size).toBe(ids.flat().length);
  });
});

describe('pictures', () => {
  it.each(ALL)('$name looks as expected', async (figure) => {
    expectPicture(join(import.meta.dirname, 'expected', figure.name), (await renderFigure(figure)).svg);
  });

  it.each(ALL)('$name has labels for the page alone: the file is as if drawn without them', async (figure) => {
    const { svg, labelled } = await renderFigure(figure);
    expect(svg).toBe((await drawFigure(figure)).svg);
    expect(labelled.split(' aria-label=').length).toBeGreaterThan(svg.split(' aria-label=').length);
  });

  it('a picture that changed fails and is kept for comparison', async () => {
    const stem = join(mkdtempSync(join(tmpdir(), 'basin-picture-')), 'smooth');
    const expected = readFileSync(join(import.meta.dirname, 'expected', 'smooth.svg'), 'utf8');
    writeFileSync(`${stem}.svg`, expected.replace('#0072B2', '#0072B3'));
    const { svg } = await renderFigure(smooth);
    expect(() => expectPicture(stem, svg)).toThrow('the picture changed');
    expect(readFileSync(`${stem}-changed.svg`, 'utf8')).toBe(expected);
    rmSync(dirname(stem), { recursive: true });
  });

  it('the PNG is twice the size of the SVG', async () => {
    const { svg, png } = await renderFigure(smooth);
    const width = Number(/<svg[^>]* width="(\d+)"/.exec(svg)?.[1]);
    expect(new DataView(png.buffer, png.byteOffset).getUint32(16)).toBe(2 * width);
  });

  it('sets subscripts', async () => {
    expect((await renderFigure(band)).svg).toContain('Ŵ<tspan dy="0.25em" font-size="75%">n</tspan>');
  });
});

describe('a warning is an error', () => {
  const spec = (y: object) => ({
    ...smooth,
    spec: { data: { name: 'rows' }, mark: 'line', encoding: { x: { field: 'x', type: 'quantitative' }, y } },
  });

  it.each([
    ['an unknown field type', spec({ field: 'y', type: 'quantitaive' }), /figure smooth: Invalid field type/],
    [
      'a field that no row has',
      spec({ field: 'why', type: 'quantitative' }),
      /figure smooth: no row has the field why/,
    ],
    [
      'a zero on a log axis',
      spec({ field: 'y', type: 'quantitative', scale: { type: 'log' } }),
      /figure smooth: Log scale domain includes zero/,
    ],
    [
      'a field that is empty in every row',
      { ...smooth, rows: smooth.rows.map(({ x }) => ({ x, y: null })) },
      /figure smooth: Infinite extent/,
    ],
  ])('%s', async (_, figure, message) => {
    await expect(renderFigure(figure)).rejects.toThrow(message);
  });
});

describe('missing values', () => {
  const holed = (change: Readonly<Record<string, number | null>>) => ({
    ...band,
    rows: band.rows.map((row, i) => (i === 2 ? { ...row, ...change } : row)),
  });

  it.each([
    ['NaN', holed({ error: Number.NaN, low: Number.NaN, high: Number.NaN })],
    ['an infinite value', holed({ error: Infinity })],
    ['null', holed({ error: null, low: null, high: null })],
    ['zero on a log axis', holed({ error: 0, low: 0, high: 0 })],
    [
      'no interval anywhere',
      { ...band, rows: band.rows.map((row) => ({ ...row, low: Number.NaN, high: Number.NaN })) },
    ],
    ['one point', { ...band, rows: band.rows.slice(0, 1) }],
  ])('%s is drawn without NaN in the picture', async (_, figure) => {
    const { svg } = await renderFigure(figure);
    expect(svg).not.toMatch(/NaN|Infinity|undefined/);
    expect(hasData(figure)).toBe(true);
  });

  it('an interval that leaves the log axis ends in an arrow', async () => {
    const arrows = async (figure: Figure) =>
      ((await renderFigure(figure)).svg.match(/<text[^>]*opacity="1"[^>]*>↓/g) ?? []).length;
    expect(await arrows(band)).toBe(0);
    expect(await arrows(holed({ low: -1 }))).toBe(1);
  });

  it('nothing to draw is noticed', () => {
    expect(hasData({ ...band, rows: [] })).toBe(false);
    expect(hasData({ ...band, rows: band.rows.map((row) => ({ ...row, error: Number.NaN })) })).toBe(false);
    expect(hasData({ ...band, rows: band.rows.map((row) => ({ ...row, error: null })) })).toBe(false);
  });
});
