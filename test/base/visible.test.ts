import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { visible } from '../../src/base/visible.js';

describe('visible', () => {
  it.each([
    ['an escape of colour', '\u001b[31mred', '\uFFFD[31mred'],
    ['an escape of one character', '\u009b2J', '\uFFFD2J'],
    ['a carriage return', 'safe\rforged', 'safe\uFFFDforged'],
    ['a bell and a backspace', '\u0007\b', '\uFFFD\uFFFD'],
    ['a change of direction', 'a\u202Eb', 'a\uFFFDb'],
    ['half of a surrogate pair', 'a\uD800b', 'a\uFFFDb'],
  ])('replaces %s', (_, text, shown) => {
    expect(visible(text)).toBe(shown);
  });

  it('leaves text of every language, tabs and line ends, and the number of characters', () => {
    expect(visible('größe\t日本語\n𝛼 ‖W‖')).toBe('größe\t日本語\n𝛼 ‖W‖');
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(visible(text)).toHaveLength(text.length);
      }),
    );
  });
});
