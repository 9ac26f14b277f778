/** A figure as PNG, by resvg with the bundled font alone, with its size in print. */
import { crc32 } from 'node:zlib';
import { Resvg } from '@resvg/resvg-js';
import { FONT_FAMILY, FONT_FILES } from './font.js';

/** Pixels of CSS in an inch: an SVG's unit. */
const CSS_DPI = 96;
/** Twice the pixels of the SVG. */
export const USUAL_DPI = 2 * CSS_DPI;
const INCH_IN_METRES = 0.0254;
/** Signature and header chunk of a PNG: what follows may be a chunk of its own. */
const HEADER_BYTES = 8 + 25;

/** The picture with `dpi` pixels in an inch; the file says so, so that it is printed in the size of the SVG. */
export function rasterise(svg: string, dpi: number): Uint8Array {
  const font = { loadSystemFonts: false, fontFiles: [...FONT_FILES], defaultFontFamily: FONT_FAMILY };
  const drawn = new Resvg(svg, { font, fitTo: { mode: 'zoom', value: dpi / CSS_DPI } }).render();
  return withDensity(drawn.asPng(), dpi);
}

/** Adds the chunk of physical dimensions after the header. */
export function withDensity(png: Uint8Array, dpi: number): Uint8Array {
  const perMetre = Math.round(dpi / INCH_IN_METRES);
  const chunk = Buffer.alloc(21);
  chunk.writeUInt32BE(9, 0);
  chunk.write('pHYs', 4, 'latin1');
  chunk.writeUInt32BE(perMetre, 8);
  chunk.writeUInt32BE(perMetre, 12);
  chunk.writeUInt8(1, 16);
  chunk.writeUInt32BE(crc32(chunk.subarray(4, 17)), 17);
  return Buffer.concat([png.subarray(0, HEADER_BYTES), chunk, png.subarray(HEADER_BYTES)]);
}
