import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { parseCsv } from '../../src/io/csv.js';
import { ensureWritableDirectory } from '../../src/io/directory.js';
import { readMatrix, readVector, requireFinite } from '../../src/io/matrix.js';

const fixture = (name: string): string => join(import.meta.dirname, 'fixtures', `${name}.npy`);
const folder = mkdtempSync(join(tmpdir(), 'basin-io-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('CSV', () => {
  const matrix = { shape: [2, 2], values: Float64Array.of(1, 2, 3, 4) };
  it.each([
    ['numbers', '1,2\n3,4\n'],
    ['no newline at the end', '1,2\n3,4'],
    ['blank lines at the end', '1,2\n3,4\n\n \n'],
    ['Windows line ends', '1,2\r\n3,4\r\n'],
    ['a header line', 'a,b\n1,2\n3,4\n'],
    ['a byte-order mark', '\uFEFF1,2\n3,4\n'],
    ['spaces around numbers', ' 1 , 2\n3,\t4\n'],
    ['every way to write a number', '+1.,20e-1\n.3E+1,4.0\n'],
  ])('takes %s', (_, text) => {
    expect(parseCsv(text, 'x.csv')).toEqual(matrix);
  });

  it('leaves non-finite values to the caller', () => {
    expect([...parseCsv('nan,inf\n-Inf,1e999\n', 'x.csv').values]).toEqual([NaN, Infinity, -Infinity, Infinity]);
  });

  it.each([
    ['ragged rows', '1,2\n3\n', 'x.csv: line 2 must have 2 fields as the first line has, got 1'],
    ['words among numbers', '1,2\n3,four\n', "x.csv: line 2 must hold comma-separated numbers, got 'four'"],
    ['a first line that is half a header', '1,b\n3,4\n', "x.csv: line 1 must hold comma-separated numbers, got 'b'"],
    ['a second header', 'a,b\nc,d\n', "x.csv: line 2 must hold comma-separated numbers, got 'c'"],
    ['a header of another width', 'a,b,c\n1,2\n', 'x.csv: line 2 must have 3 fields'],
    ['empty fields', '1,2\n3,\n', "x.csv: line 2 must hold comma-separated numbers, got ''"],
    ['hexadecimal', '1,0x10\n', "got '0x10'"],
    ['semicolons', '1;2\n3;4\n', "x.csv: line 2 must hold comma-separated numbers, got '3;4'"],
    ['a blank line between rows', '1,2\n\n3,4\n', 'x.csv: line 2 must hold numbers, got a blank line'],
    ['a header alone', 'a,b\n', 'x.csv: must have at least one row of numbers, got none'],
    ['an empty file', '', 'x.csv: must have at least one row of numbers, got none'],
  ])('refuses %s', (_, text, message) => {
    expect(() => parseCsv(text, 'x.csv')).toThrow(message);
  });

  it('reads what JavaScript prints, bit for bit, across the parts of a long file', () => {
    fc.assert(fc.property(fc.float64Array({ minLength: 1, maxLength: 50, noNaN: true, noDefaultInfinity: true }), (values) => {
      expect(parseCsv(values.map((value) => value + 0).join('\n'), 'x.csv').values).toEqual(values.map((value) => value + 0));
    }));
    const long = Array.from({ length: 150_000 }, (_, i) => [i, 1 / (i + 1)]);
    expect(parseCsv(long.map((row) => row.join(',')).join('\r\n'), 'x.csv').values).toEqual(Float64Array.from(long.flat()));
  });
});

describe('readMatrix and readVector', () => {
  const csv = join(folder, 'Y.CSV');
  writeFileSync(csv, '1\n2\n3\n');

  it('choose by extension', () => {
    expect(readMatrix(csv)).toEqual({ shape: [3, 1], values: Float64Array.of(1, 2, 3) });
    expect(readMatrix(fixture('little-f8')).shape).toEqual([2, 3]);
    expect(() => readMatrix('X.mat')).toThrow("X.mat: must be a .npy or .csv file, got '.mat'");
    expect(() => readVector('X')).toThrow('X: must be a .npy or .csv file, got no extension');
  });

  it('take a row, a column or one axis as a vector', () => {
    for (const path of [csv, fixture('vector'), fixture('column')]) expect(readVector(path)).toHaveLength(3);
    expect(() => readVector(fixture('little-f8'))).toThrow(/must be a vector, of shape \(n,\), \(n, 1\) or \(1, n\), got shape \(2, 3\)$/);
    expect(() => readVector(fixture('scalar'))).toThrow(/got shape \(\)$/);
  });

  it('take two axes as a matrix', () => {
    expect(() => readMatrix(fixture('vector'))).toThrow(/must be a matrix with two axes, got shape \(3,\)$/);
  });

  it('requireFinite says where', () => {
    const { values } = readMatrix(fixture('nan'));
    expect(() => { requireFinite('X.npy', values); }).toThrow('X.npy: values must be finite, got NaN at index 2');
    expect(() => { requireFinite('X.npy', values.subarray(3)); }).not.toThrow();
  });
});

describe('ensureWritableDirectory', () => {
  it('makes it, and leaves nothing in it', () => {
    const path = join(folder, 'a', 'b');
    ensureWritableDirectory(path);
    expect(readdirSync(path)).toEqual([]);
  });

  it('names a file in the way, of itself or above it', () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    expect(() => { ensureWritableDirectory(file); }).toThrow(/file: cannot be used as an output folder: a file of that name is in the way$/);
    expect(() => { ensureWritableDirectory(join(file, 'x')); }).toThrow(/a part of the path is not a folder$/);
  });

  it.skipIf(process.getuid?.() === 0)('names missing rights', () => {
    const path = join(folder, 'locked');
    mkdirSync(path);
    chmodSync(path, 0o500);
    expect(() => { ensureWritableDirectory(path); }).toThrow(/permission denied$/);
  });
});
