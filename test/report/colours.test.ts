import { describe, expect, it } from 'vitest';
import { DARK, inDark, LIGHT } from '../../src/report/colours.js';

/** WCAG 2.1: least contrast of text. */
const LEAST = 4.5;

describe('colours of every page', () => {
  it.each([
    ['light', LIGHT],
    ['dark', DARK],
  ])('in %s mode every text can be read on every ground', (_, colours) => {
    for (const text of ['text', 'quiet', 'link', 'holds', 'fails'] as const)
      for (const ground of ['page', 'tint', 'notice'] as const)
        expect(contrast(colours[text], colours[ground]), `${text} on ${ground}`).toBeGreaterThanOrEqual(LEAST);
  });

  it('contrast is that of WCAG', () => {
    expect(contrast('#fff', '#000')).toBeCloseTo(21, 10);
    expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
  });

  it('a rule of dark mode follows the system and the switch', () => {
    expect(inDark('color: red;', 'p')).toBe(
      `@media screen and (prefers-color-scheme: dark) { :root:not([data-colours="light"]) p { color: red; } }
@media screen { :root[data-colours="dark"] p { color: red; } }`,
    );
  });
});

function contrast(one: string, other: string): number {
  const [dark, light] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
  const digits = colour.slice(1);
  const size = digits.length / 3;
  const [r, g, b] = [0, 1, 2].map((i) => {
    const part = digits.slice(i * size, (i + 1) * size);
    const value = parseInt(size === 1 ? part + part : part, 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
