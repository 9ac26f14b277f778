import { Resvg } from '@resvg/resvg-js';
import { describe, expect, it } from 'vitest';
import { FONT_FAMILY, FONT_FILES, textWidth } from '../../src/report/font.js';

const SIZE = 100;

/** The width that the rasteriser gives a text between two bars, in px. */
function drawnWidth(text: string, weight: string): number {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="3000" height="200"><text y="100" font-family="${FONT_FAMILY}" font-size="${SIZE}" font-weight="${weight}">|${text}|</text></svg>`;
  const box = new Resvg(svg, { font: { loadSystemFonts: false, fontFiles: [...FONT_FILES] } }).getBBox();
  if (!box) throw new Error('nothing was drawn');
  return box.width;
}

describe('text widths', () => {
  it.each(['HHHHH', 'sample size n', '‖Ŵ − W*‖', '0.0123', 'ρ(σ), α₀²', '10⁻⁵'])('%s is as wide as drawn', (text) => {
    for (const weight of ['normal', 'bold']) {
      const drawn = drawnWidth(text, weight) - drawnWidth('', weight);
      expect(Math.abs(textWidth(text, SIZE, weight) - drawn)).toBeLessThan(0.03 * drawn);
    }
  });

  it('bold is wider', () => {
    expect(textWidth('sample', SIZE, 700)).toBeGreaterThan(textWidth('sample', SIZE, 'normal'));
  });
});
