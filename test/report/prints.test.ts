/** Figures for print: PNGs that know their size, and PDFs. */
import { crc32 } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { figurePdf } from '../../src/report/pdf.js';
import { rasterise } from '../../src/report/png.js';

const SVG =
  '<svg xmlns="http://www.w3.org/2000/svg" width="96" height="48"><rect width="96" height="48" fill="white"/><text x="4" y="20" font-family="DejaVu Sans">λ ≤ 1</text><path d="M0,0L90,40" stroke="#0072B2"/></svg>';

/** The chunks of a PNG by name, each with a correct checksum. */
function chunksOf(png: Uint8Array): Map<string, Buffer> {
  const bytes = Buffer.from(png);
  const chunks = new Map<string, Buffer>();
  for (let at = 8; at < bytes.length;) {
    const length = bytes.readUInt32BE(at);
    const body = bytes.subarray(at + 4, at + 8 + length);
    expect(bytes.readUInt32BE(at + 8 + length)).toBe(crc32(body));
    chunks.set(body.toString('latin1', 0, 4), body.subarray(4));
    at += 12 + length;
  }
  return chunks;
}

describe('a PNG', () => {
  it.each([96, 300])('of %i dots in an inch has that many pixels, and says so', (dpi) => {
    const chunks = chunksOf(rasterise(SVG, dpi));
    expect([...chunks.keys()].slice(0, 2)).toEqual(['IHDR', 'pHYs']);
    expect(chunks.get('IHDR')?.readUInt32BE(0)).toBe(dpi);
    const density = chunks.get('pHYs');
    expect([density?.readUInt32BE(0), density?.readUInt32BE(4), density?.[8]]).toEqual([
      Math.round(dpi / 0.0254),
      Math.round(dpi / 0.0254),
      1,
    ]);
  });
});

describe('a PDF', () => {
  it('is a page of the size of the figure with its fonts inside, and the same bytes each time', async () => {
    const pdf = Buffer.from(await figurePdf(SVG, 'a figure'));
    const text = pdf.toString('latin1');
    expect(text.startsWith('%PDF-1.')).toBe(true);
    expect(text).toContain('/MediaBox [0 0 72 36]');
    expect(text).toContain('DejaVuSans');
    expect(pdf.equals(await figurePdf(SVG, 'a figure'))).toBe(true);
  });

  it('is not made of a picture without a size', async () => {
    await expect(figurePdf('<svg xmlns="http://www.w3.org/2000/svg"></svg>', '')).rejects.toThrow(/without a size/);
  });
});
