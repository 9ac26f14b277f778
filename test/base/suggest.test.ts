import { describe, expect, it } from 'vitest';
import { listed, suggest } from '../../src/base/suggest.js';

const NAMES = ['fu2018-fig2', 'fu2018-fig3', 'fu2018-thm1', 'fu2018-thm2', 'gao2018-fig1'];

describe('a suggestion', () => {
  it.each([
    ['fu2018-fg3', NAMES, " (did you mean 'fu2018-fig3'?)"],
    ['fu2018', NAMES, " (did you mean 'fu2018-fig2' or 'fu2018-fig3' or 'fu2018-thm1'?)"],
    ['GAO', NAMES, " (did you mean 'gao2018-fig1'?)"],
    ['zhong', NAMES, ''],
    ['', NAMES, ''],
    ['x', [], ''],
  ])('%s', (given, known, text) => {
    expect(suggest(given, known)).toBe(text);
  });

  it('stands beside a list that is short, or the place of one that is long', () => {
    expect(listed(['a', 'b'], 'basin list')).toBe('one of a, b');
    expect(
      listed(
        Array.from({ length: 13 }, (_, i) => `n${i}`),
        'basin list',
      ),
    ).toBe('one of the 13 of basin list');
  });
});
