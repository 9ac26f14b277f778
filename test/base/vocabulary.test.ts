import { expect, it } from 'vitest';
import { described, entryOf, isWord, wordsOf, wordsWith } from '../../src/base/vocabulary.js';

const TABLE = {
  red: { description: 'as blood', warm: true },
  blue: { description: 'as the sea', warm: false },
  amber: { description: 'as honey', warm: true },
} as const;

it('words, words of a kind and the text for help come from the table, in its order', () => {
  expect(wordsOf(TABLE)).toEqual(['red', 'blue', 'amber']);
  expect(wordsWith(TABLE, { warm: true })).toEqual(['red', 'amber']);
  expect(described(TABLE)).toBe('red: as blood; blue: as the sea; amber: as honey');
});

it('an entry is found by its word alone', () => {
  expect(entryOf('colour', TABLE, 'blue')).toBe(TABLE.blue);
  expect(['red', 'toString', '__proto__', ''].map((text) => isWord(TABLE, text))).toEqual([true, false, false, false]);
  expect(() => entryOf('colour', TABLE, 'bleu')).toThrow(
    "colour must be one of red, blue, amber, got 'bleu' (did you mean 'blue'?)",
  );
});
