import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCsv, type CsvOptions } from '../../src/io/csv.js';

const matrix = { shape: [2, 2], values: Float64Array.of(1, 2, 3, 4) };

/** The rows, and whether the first line was taken for names. */
function read(text: string, options: CsvOptions = {}): { rows: number; first: number; notices: string[] } {
  const notices: string[] = [];
  const { shape, values } = parseCsv(text, 'x.csv', { ...options, onHeader: (line) => notices.push(line) });
  return { rows: shape[0], first: values[0], notices };
}

describe('CSV', () => {
  it.each([
    ['numbers', '1,2\n3,4\n'],
    ['no newline at the end', '1,2\n3,4'],
    ['blank lines at the end', '1,2\n3,4\n\n \n'],
    ['Windows line ends', '1,2\r\n3,4\r\n'],
    ['old Macintosh line ends', '1,2\r3,4\r'],
    ['a header line', 'a,b\n1,2\n3,4\n'],
    ['a byte-order mark', '\uFEFF1,2\n3,4\n'],
    ['spaces around numbers', ' 1 , 2\n3,\t4\n'],
    ['every way to write a number', '+1.,20e-1\n.3E+1,4.0\n'],
    ['all fields in quotes', '"1","2"\r\n"3","4"\r\n'],
    ['some fields in quotes', '1, "2" \n"3",4\n'],
    ['names in quotes, with a comma, a quote and a line end', '"x, ""first""","b\nc"\n1,2\n3,4\n'],
  ])('takes %s', (_, text) => {
    expect(parseCsv(text, 'x.csv')).toEqual(matrix);
  });

  it('reads infinite values in the spellings of other programs, and leaves them to the caller', () => {
    expect([...parseCsv('inf,Infinity\n-Inf,1e999\n', 'x.csv').values]).toEqual([
      Infinity,
      Infinity,
      -Infinity,
      Infinity,
    ]);
  });

  it.each([
    ['ragged rows', '1,2\n3\n', 'line 2 must have 2 fields as the first line has, got 1'],
    ['words among numbers', '1,2\n3,four\n', "line 2 must hold comma-separated numbers, got 'four'"],
    ['a first line that is half a header', '1,b\n3,4\n', "line 1 must hold comma-separated numbers, got 'b'"],
    ['a second header', 'a,b\nc,d\n', "line 2 must hold comma-separated numbers, got 'c'"],
    ['a header of another width', 'a,b,c\n1,2\n', 'line 2 must have 3 fields'],
    ['empty fields', '1,2\n3,\n', "line 2 column 2 must hold a number, got a missing value, ''"],
    ['hexadecimal', '1,0x10\n', "got '0x10'"],
    [
      'semicolons',
      '1;2\n3;4\n',
      "line 2 must hold comma-separated numbers, got '3;4': fields must be separated by commas, not semicolons",
    ],
    ['tabs', '1\t2\n3\t4\n', 'not tabs'],
    ['a blank line between rows', '1,2\n\n3,4\n', 'line 2 must hold numbers, got a blank line'],
    ['a header alone', 'a,b\n', 'must have at least one row of numbers, got none'],
    ['an empty file', '', 'must have at least one row of numbers, got none'],
    ['a quote that is not closed', '1,2\n"3,4\n', "line 2 must close its quotes, got a '\"' without its other half"],
    [
      'a quote inside of a field',
      '1,2\n3,4"5"\n',
      'line 2 must have quotes around whole fields, got one inside of field 2',
    ],
    [
      'row names',
      ',a,b\n0,1,2\n',
      "line 1 column 1 must hold a number, got a missing value, ''; are these the names of rows?",
    ],
  ])('refuses %s', (_, text, message) => {
    expect(() => parseCsv(text, 'x.csv')).toThrow(message);
    expect(() => parseCsv(text, 'x.csv')).toThrow(/^x\.csv: [^\n]*$/);
  });

  it.each(['NA', 'nan', 'N/A', 'NULL', '', '?', '#N/A', 'None', '-'])(
    "names a missing value '%s' by line and column, in the first line too",
    (missing) => {
      expect(() => parseCsv(`1,${missing}\n3,4\n`, 'x.csv')).toThrow(
        `x.csv: line 1 column 2 must hold a number, got a missing value, '${missing}'`,
      );
      expect(() => parseCsv(`${missing},${missing}\n3,4\n`, 'x.csv')).toThrow('line 1 column 1 must hold a number');
      expect(() => parseCsv(`a,b\n1,2\n3,${missing}\n`, 'x.csv')).toThrow('line 3 column 2 must hold a number');
    },
  );

  it.each([
    ['\x1f\x8b\x08\0', 'gzip'],
    ['PK\x03\x04', 'zip archive, as .npz and .xlsx files are'],
    ['PAR1', 'Parquet'],
    ['\x89HDF', 'HDF5'],
    ['1,2\n3,\0', 'a binary file'],
    ['{"x": 1}', 'JSON'],
  ])('says what a file is that is no text: %j', (text, found) => {
    expect(() => parseCsv(Buffer.from(text, 'latin1'), 'x.csv')).toThrow(found);
  });

  it('puts no control character of a file into a message', () => {
    expect(() => parseCsv('1,2\n3,\u001b[31mred\n', 'x.csv')).toThrow(/got '\uFFFD\[31mred'$/);
  });

  it('reads what JavaScript prints, bit for bit, across the parts of a long file', () => {
    fc.assert(
      fc.property(fc.float64Array({ minLength: 1, maxLength: 50, noNaN: true, noDefaultInfinity: true }), (values) => {
        const text = values.map((value) => value + 0).join('\n');
        expect(parseCsv(text, 'x.csv', { header: 'no' }).values).toEqual(values.map((value) => value + 0));
      }),
    );
    const long = Array.from({ length: 150_000 }, (_, i) => [i + 7, 1 / (i + 1)]);
    expect(parseCsv(long.map((row) => row.join(',')).join('\r\n'), 'x.csv').values).toEqual(
      Float64Array.from(long.flat()),
    );
  });
});

describe('the first line', () => {
  const floats = '0.5,0.25\n1.5,2.5\n0.1,0.2\n0.3,0.4\n';

  it('says when it was taken for names', () => {
    expect(read(`a,b\n${floats}`).notices).toEqual(["x.csv: line 1 was taken for the names of the columns: 'a,b'"]);
    expect(read(floats)).toEqual({ rows: 4, first: 0.5, notices: [] });
  });

  it('is a header where it counts the columns from 0 over floating point numbers', () => {
    expect(read(`0,1\n${floats}`)).toMatchObject({ rows: 4, first: 0.5, notices: [expect.stringContaining("'0,1'")] });
    expect(read(`"0","1"\n${floats}`)).toMatchObject({ rows: 4 });
  });

  it.each([
    ['it counts and all numbers are integers', '0,1\n5,6\n7,8\n', 'it counts the columns from 0'],
    ['one column begins with 0', '0\n0.5\n', 'it counts the columns from 0'],
    [
      'it holds years over fractions',
      `2001,2002\n${floats}`,
      'it holds integers and every number below has a fraction',
    ],
    ['it alone stands in quotes', '"1","2"\n3,4\n', 'it stands in quotes and the lines below do not'],
  ])('is refused in doubt: %s', (_, text, why) => {
    const refused = `x.csv: line 1 may be names or numbers (${why}`;
    expect(() => read(text)).toThrow(refused);
    expect(() => read(text)).toThrow('say --header yes or --header no');
    const rows = text.trim().split('\n').length;
    expect(read(text, { header: 'no' })).toMatchObject({ rows, notices: [] });
    expect(read(text, { header: 'yes' })).toMatchObject({ rows: rows - 1, notices: [expect.any(String)] });
  });

  it('of labels is decided by their number', () => {
    const labels = '0\n1\n0\n1\n';
    expect(read(labels, { expected: 4 })).toMatchObject({ rows: 4, first: 0 });
    expect(read(labels, { expected: 3 })).toMatchObject({ rows: 3, first: 1 });
    expect(read('0\n0.5\n', { expected: 2 })).toMatchObject({ rows: 2, first: 0 });
  });

  it('is numbers where names are denied, and names where they are promised', () => {
    expect(() => read('a,b\n1,2\n', { header: 'no' })).toThrow("line 1 must hold comma-separated numbers, got 'a'");
    expect(read('NA,b\n1,2\n', { header: 'yes' })).toMatchObject({ rows: 1, first: 1 });
  });
});
