import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textWidth } from '../../src/report/font.js';
import { AXIS_TITLE_SIZE, WIDTH } from '../../src/report/theme.js';
import { withShortTitles, wrap } from '../../src/report/titles.js';

const LONG = 'distance of the start ‖W0 − W*‖/‖W*‖, and more words than an axis has room for at this size of letters';
const encoding = { x: { field: 'a', title: LONG }, y: { field: 'b', title: LONG }, color: { field: 'c', title: LONG } };

/** Titles of the axes of a plot, line by line. */
function titlesOf(spec: unknown): readonly unknown[] {
  const { x, y, color } = (spec as { readonly encoding: typeof encoding }).encoding;
  return [x.title, y.title, color.title];
}

function expectFitting(lines: unknown, width: number): void {
  expect(Array.isArray(lines)).toBe(true);
  for (const line of lines as string[]) expect(textWidth(line, AXIS_TITLE_SIZE, undefined)).toBeLessThanOrEqual(width);
  expect((lines as string[]).join(' ')).toBe(LONG);
}

describe('the title of an axis or a legend', () => {
  it('is no longer than the axis, as wide and high as the plot says, or than a legend', () => {
    const [x, y, color] = titlesOf(withShortTitles({ width: 300, height: 120, encoding }, []));
    expectFitting(x, 300);
    expectFitting(y, 120);
    expectFitting(color, 200);
  });

  it('nor where the axis has a step for each value, or the plot is a layer or a panel of another', () => {
    const rows = [1, 2, 3].map((a) => ({ a, b: 0 }));
    expectFitting(titlesOf(withShortTitles({ width: { step: 60 }, encoding }, rows))[0], 180);
    const layered = withShortTitles({ width: 200, spec: { layer: [{ encoding }] } }, []) as unknown as {
      readonly spec: { readonly layer: readonly unknown[] };
    };
    expectFitting(titlesOf(layered.spec.layer[0])[0], 200);
  });

  it('stays one line where it fits', () => {
    expect(textWidth('n', AXIS_TITLE_SIZE, undefined)).toBeLessThan(WIDTH);
    expect(withShortTitles({ encoding: { x: { field: 'a', title: 'n' } } }, [])).toEqual({
      encoding: { x: { field: 'a', title: 'n' } },
    });
  });
});

it('lines lose no word, and only a word is longer than a line', () => {
  fc.assert(
    fc.property(
      fc.array(fc.stringMatching(/^[a-zA-Z0-9]{1,12}$/), { maxLength: 20 }),
      fc.integer({ min: 20, max: 300 }),
      (words, width) => {
        const lines = wrap(words.join(' '), width, 12);
        expect(lines.join(' ')).toBe(words.join(' '));
        for (const line of lines.filter((one) => one.includes(' ')))
          expect(textWidth(line, 12, undefined)).toBeLessThanOrEqual(width);
      },
    ),
  );
});
