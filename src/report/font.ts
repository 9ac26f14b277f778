/**
 * The font of every figure, from the folder `fonts`, and its text widths. Vega measures text with a canvas.
 * Without one it assumes 0.8 em per character, which misplaces legends. The widths here are read from the font file.
 */
import { installed } from '../base/package.js';
import { readBytes } from '../base/read.js';

export const FONT_FAMILY = 'DejaVu Sans';

const REGULAR = installed('fonts/DejaVuSans.ttf');
const BOLD = installed('fonts/DejaVuSans-Bold.ttf');
export const FONT_FILES: readonly string[] = [REGULAR, BOLD];

/** Advance width of a code point, in em. */
type Advance = (codePoint: number) => number;

let regular: Advance | undefined;
let bold: Advance | undefined;

/** Width of a line of text in px. */
export function textWidth(text: string, fontSize: number, weight: unknown): number {
  const advance = isBold(weight) ? (bold ??= readAdvances(BOLD)) : (regular ??= readAdvances(REGULAR));
  let width = 0;
  for (const character of text) width += advance(character.codePointAt(0) ?? 0);
  return width * fontSize;
}

function isBold(weight: unknown): boolean {
  return weight === 'bold' || weight === 'bolder' || Number(weight) >= 600;
}

function readAdvances(path: string): Advance {
  const file = readBytes(path);
  const font = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const tables = readTables(font);
  const unitsPerEm = font.getUint16(tables['head'] + 18);
  const measured = font.getUint16(tables['hhea'] + 34);
  const glyphOf = readGlyphs(font, tables['cmap']);
  return (codePoint) => {
    // glyphs beyond those with a width of their own have the last width
    const glyph = Math.min(glyphOf(codePoint), measured - 1);
    return font.getUint16(tables['hmtx'] + 4 * glyph) / unitsPerEm;
  };
}

/** Offsets of the tables by their tags. */
function readTables(font: DataView): Record<string, number> {
  const tables: Record<string, number> = {};
  for (let i = 0; i < font.getUint16(4); i++) {
    const entry = 12 + 16 * i;
    const tag = [0, 1, 2, 3].map((byte) => String.fromCharCode(font.getUint8(entry + byte))).join('');
    tables[tag] = font.getUint32(entry + 8);
  }
  return tables;
}

/** Glyph of a code point, 0 when the font has none: the groups of the `cmap` subtable of format 12. */
function readGlyphs(font: DataView, cmap: number): (codePoint: number) => number {
  const subtable = findSubtable(font, cmap, 12);
  const groups = Array.from({ length: font.getUint32(subtable + 12) }, (_, i) => {
    const group = subtable + 16 + 12 * i;
    return { first: font.getUint32(group), last: font.getUint32(group + 4), glyph: font.getUint32(group + 8) };
  });
  return (codePoint) => {
    const group = groups.find(({ first, last }) => first <= codePoint && codePoint <= last);
    return group ? group.glyph + codePoint - group.first : 0;
  };
}

function findSubtable(font: DataView, cmap: number, format: number): number {
  for (let i = 0; i < font.getUint16(cmap + 2); i++) {
    const subtable = cmap + font.getUint32(cmap + 4 + 8 * i + 4);
    if (font.getUint16(subtable) === format) return subtable;
  }
  throw new Error(`the bundled font has no character table of format ${format}`);
}
