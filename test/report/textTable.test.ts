import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { key, named, numeric, prose, takeConstants, toBlocks, widthOf, type Table } from '../../src/report/table.js';
import { textTable, wrapList, wrapText } from '../../src/report/textTable.js';

const RESULTS: Table = {
  columns: [
    key(numeric('n')),
    key(named('law')),
    ...['recoveryRate', 'estimationError', 'finalLoss', 'iterations'].map((title) => numeric(title)),
  ],
  rows: [
    ['400', 'gaussian'],
    ['8000', 'laplace'],
  ].map((row) => [
    ...row,
    '0.874 [0.861, 0.886]',
    '1.61e-7 [1.45e-7, 1.78e-7]',
    '0.0020 [0.0017, 0.0058]',
    '1400 [1000, 3900]',
  ]),
};

describe('a table as text', () => {
  it('stands in one block where the width allows', () => {
    expect(textTable(RESULTS, 120).split('\n')).toEqual([
      '   n  law               recoveryRate             estimationError                finalLoss         iterations',
      ' 400  gaussian  0.874 [0.861, 0.886]  1.61e-7 [1.45e-7, 1.78e-7]  0.0020 [0.0017, 0.0058]  1400 [1000, 3900]',
      '8000  laplace   0.874 [0.861, 0.886]  1.61e-7 [1.45e-7, 1.78e-7]  0.0020 [0.0017, 0.0058]  1400 [1000, 3900]',
    ]);
  });

  it('goes on in further blocks, each with what tells the rows apart', () => {
    expect(textTable(RESULTS, 66).split('\n')).toEqual([
      '   n  law               recoveryRate             estimationError',
      ' 400  gaussian  0.874 [0.861, 0.886]  1.61e-7 [1.45e-7, 1.78e-7]',
      '8000  laplace   0.874 [0.861, 0.886]  1.61e-7 [1.45e-7, 1.78e-7]',
      '',
      '   n  law                     finalLoss         iterations',
      ' 400  gaussian  0.0020 [0.0017, 0.0058]  1400 [1000, 3900]',
      '8000  laplace   0.0020 [0.0017, 0.0058]  1400 [1000, 3900]',
    ]);
  });

  it('breaks titles and sentences between words, values never', () => {
    const table = {
      columns: [key(named('id')), numeric('core time of a unit'), prose('what')],
      rows: [['a', '1 [0, 2]', 'one two three four five six seven eight']],
    };
    expect(textTable(table, 42).split('\n')).toEqual([
      'id      core  what',
      '     time of',
      '      a unit',
      'a   1 [0, 2]  one two three four five six',
      '              seven eight',
    ]);
  });

  it('lists the fields of each row where not even one column fits beside the keys', () => {
    const table = {
      columns: [key(named('address')), named('stored')],
      rows: [['fu2018-fig3/K=3,d=20,n=4000#7', '0.123456789']],
    };
    expect(textTable(table, 30)).toBe('address:\nfu2018-fig3/K=3,d=20,n=4000#7\n  stored: 0.123456789');
  });

  const word = fc.stringMatching(/^[a-zŴ∞0-9.,=-]{1,12}$/);
  const value = fc.oneof(
    word,
    fc.tuple(word, word, word).map(([v, l, h]) => `${v} [${l}, ${h}]`),
  );
  const sentence = fc.array(value, { minLength: 1, maxLength: 12 }).map((parts) => parts.join(' '));
  const tables = fc
    .tuple(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 1, max: 6 }), fc.boolean(), fc.integer({ min: 1, max: 4 }))
    .chain(([keys, values, said, count]) => {
      const row = fc
        .tuple(
          fc.array(word, { minLength: keys, maxLength: keys }),
          fc.array(value, { minLength: values, maxLength: values }),
          sentence,
        )
        .map(([a, b, c]) => [...a, ...b, ...(said ? [c] : [])]);
      const columns = [
        ...Array.from({ length: keys }, (_, i) => key(named(`k${i}`))),
        ...Array.from({ length: values }, (_, i) => numeric(`m${i}`)),
        ...(said ? [prose('text')] : []),
      ];
      return fc.array(row, { minLength: count, maxLength: count }).map((rows): Table => ({ columns, rows }));
    });

  it('keeps to 80 columns, breaks in no bracket and loses nothing', () => {
    fc.assert(
      fc.property(tables, (table) => {
        const lines = textTable(table, 80).split('\n');
        for (const line of lines) {
          expect(widthOf(line)).toBeLessThanOrEqual(80);
          expect(line.split('[').length).toBe(line.split(']').length);
        }
        const text = lines.join(' ');
        for (const piece of table.rows
          .flat()
          .join(' ')
          .split(/[[\] ,]+/))
          expect(text).toContain(piece);
      }),
      { numRuns: 300 },
    );
  });
});

describe('text', () => {
  it('wraps between words and not inside brackets', () => {
    expect(wrapText('n at which the rate is 0.5: 21.8 [18.3, 26.1]', 40, '  ')).toBe(
      'n at which the rate is 0.5: 21.8\n  [18.3, 26.1]',
    );
  });

  it('lists break after commas between two items', () => {
    expect(wrapList(['a = 1', 'b = 2, 3', 'c = 4'], 16)).toBe('a = 1, b = 2, 3,\nc = 4');
  });
});

describe('what is the same in every row', () => {
  it('leaves the table, where it may', () => {
    const table = {
      columns: [key(named('K')), key(named('n')), numeric('rate')],
      rows: [
        ['3', '10', '1'],
        ['3', '20', '1'],
      ],
    };
    const { constants, table: rest } = takeConstants(table, ({ key: isKey }) => isKey === true);
    expect(constants).toEqual([{ title: 'K', text: '3' }]);
    expect(rest.rows).toEqual([
      ['10', '1'],
      ['20', '1'],
    ]);
  });
});

it('blocks hold at least one column beside the keys', () => {
  expect(toBlocks(RESULTS, 5, 2).map(({ columns }) => columns.map(({ title }) => title))).toEqual(
    ['recoveryRate', 'estimationError', 'finalLoss', 'iterations'].map((title) => ['n', 'law', title]),
  );
});
