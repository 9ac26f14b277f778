import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toCsv } from '../../src/report/csv.js';

describe('CSV', () => {
  it('has a header, quotes where needed, and empty fields for what is missing', () => {
    const rows = [
      { name: 'a,b', x: 0.1 + 0.2, note: 'say "hi"' },
      { name: 'line\nbreak', x: Number.NaN, note: null },
      { x: 1e-300, extra: 'later' },
    ];
    expect(toCsv(rows)).toBe(
      'name,x,note,extra\r\n"a,b",0.30000000000000004,"say ""hi""",\r\n"line\nbreak",,,\r\n,1e-300,,later\r\n',
    );
  });

  it('reads back as it was', () => {
    const row = fc.record({
      text: fc.string({ unit: 'grapheme' }),
      number: fc.double({ noNaN: true, noDefaultInfinity: true }),
    });
    fc.assert(
      fc.property(fc.array(row, { minLength: 1 }), (rows) => {
        const [header, ...lines] = readCsv(toCsv(rows));
        expect(header).toEqual(['text', 'number']);
        expect(lines.map(([text, number]) => ({ text, number: Number(number) }))).toEqual(
          rows.map(({ text, number }) => ({ text, number: number + 0 })),
        );
      }),
    );
  });
});

/** A reader of RFC 4180, character by character. */
function readCsv(text: string): string[][] {
  const records: string[][] = [[]];
  let field = '';
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const record = records[records.length - 1];
    if (quoted) {
      if (text[i] !== '"') field += text[i];
      else if (text[i + 1] === '"') field += text[i++];
      else quoted = false;
    } else if (text[i] === '"') quoted = true;
    else if (text[i] === ',' || text.startsWith('\r\n', i)) {
      record.push(field);
      field = '';
      if (text[i] === '\r') {
        records.push([]);
        i++;
      }
    } else field += text[i];
  }
  return records.slice(0, -1);
}
