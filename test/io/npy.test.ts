import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { InputError } from '../../src/base/errors.js';
import { parseNpy, readNpy, writeNpy } from '../../src/io/npy.js';
import { npyBytes } from './bytes.js';

const fixture = (name: string): string => join(import.meta.dirname, 'fixtures', `${name}.npy`);
const folder = mkdtempSync(join(tmpdir(), 'basin-npy-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const upTo = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

describe('readNpy takes what NumPy writes', () => {
  const dtypes = [
    'i1',
    'u1',
    'little-i2',
    'big-i2',
    'little-u2',
    'little-i4',
    'big-i4',
    'big-u4',
    'little-i8',
    'big-i8',
    'little-u8',
    'little-f2',
    'big-f2',
    'little-f4',
    'big-f4',
    'little-f8',
    'big-f8',
    'fortran-2d',
    'version1',
    'version2',
    'version3',
  ];
  it.each(dtypes)('%s', (name) => {
    const { shape, values } = readNpy(fixture(name));
    expect(shape).toEqual([2, 3]);
    expect([...values]).toEqual(upTo(6));
  });

  it('bool as 0 and 1', () => {
    expect([...readNpy(fixture('bool')).values]).toEqual([0, 1, 1, 1, 1, 1]);
  });

  it('Fortran order with three axes', () => {
    const { shape, values } = readNpy(fixture('fortran-3d-i2'));
    expect(shape).toEqual([2, 3, 4]);
    expect([...values]).toEqual(upTo(24));
  });

  it('scalars, vectors, columns and arrays without rows', () => {
    expect(readNpy(fixture('scalar'))).toEqual({ shape: [], values: Float64Array.of(2.5) });
    expect(readNpy(fixture('vector')).shape).toEqual([3]);
    expect(readNpy(fixture('column')).shape).toEqual([3, 1]);
    expect(readNpy(fixture('no-rows'))).toEqual({ shape: [0, 3], values: new Float64Array(0) });
  });

  it('half precision: zeros, subnormals, limits, non-finite values', () => {
    const expected = [0, -0, 2 ** -24, 2 ** -14, 1, -1.5, 65504, Infinity, -Infinity, NaN];
    expect([...readNpy(fixture('half-specials')).values]).toEqual(expected);
  });

  it('64-bit integers, rounded to float64', () => {
    expect([...readNpy(fixture('extremes-i8')).values]).toEqual([-(2 ** 63), 2 ** 53, 2 ** 63]);
    expect([...readNpy(fixture('extreme-u8')).values]).toEqual([2 ** 64]);
  });

  it('more items than are converted at once', () => {
    const count = 200_003;
    const data = Buffer.from(Int32Array.from({ length: count }, (_, i) => i - 100_000).buffer);
    const header = `{'descr': '<i4', 'fortran_order': True, 'shape': (1, ${count}), }`;
    const { values } = parseNpy(npyBytes(header, data), 'long.npy');
    expect(values.every((value, i) => value === i - 100_000)).toBe(true);
  });
});

// Left: what numpy.dtype() takes; right: its `.str` by NumPy 2.4 on 64-bit Linux.
const SPELLINGS = {
  '|b1': ['?', '|?', '<?', 'bool', 'bool_', 'b1'],
  '|i1': ['b', '<b', 'i1', 'int8', 'byte'],
  '|u1': ['B', 'u1', 'uint8', 'ubyte'],
  '<i2': ['h', '=h', 'i2', 'int16', 'short'],
  '>i2': ['>h'],
  '<u2': ['H', 'u2', 'uint16', 'ushort'],
  '<i4': ['i', '|i', 'i4', '=i4', '|i4', 'int32', 'intc'],
  '>i4': ['>i'],
  '<u4': ['I', 'u4', 'uint32', 'uintc'],
  '<i8': ['l', 'q', 'n', 'p', 'i8', 'int64', 'int', 'int_', 'long', 'longlong', 'intp'],
  '<u8': ['L', 'Q', 'N', 'P', 'u8', 'uint64', 'uint', 'ulong', 'ulonglong', 'uintp'],
  '<f2': ['e', 'f2', 'float16', 'half'],
  '<f4': ['f', 'f4', 'float32', 'single'],
  '>f4': ['>f'],
  '<f8': ['d', 'f8', '=f8', '|f8', 'float64', 'float', 'double'],
  '>f8': ['>d'],
};

describe('readNpy takes every spelling of a dtype', () => {
  it.each(Object.entries(SPELLINGS))('of %s', (canonical, spellings) => {
    const bytes = Buffer.from([1, 0, 2, 65, 7, 64, 9, 66, 1, 1, 3, 67, 5, 64, 11, 68]);
    const count = bytes.length / Number(canonical[2]);
    const parsed = (descr: string): number[] => {
      const header = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${count},), }`;
      return [...parseNpy(npyBytes(header, bytes), 'x.npy').values];
    };
    for (const spelling of spellings) expect(parsed(spelling), spelling).toEqual(parsed(canonical));
  });
});

describe('readNpy refuses, in one line with the name', () => {
  it.each([
    ['complex', /dtype must be .*, got complex numbers \('<c16'\)/],
    ['object', /got Python objects/],
    ['string', /got strings \('<U1'\)/],
    ['bytes', /got byte strings/],
    ['records', /got records \(a structured dtype\)/],
    ['dates', /got dates/],
    ['longdouble', /got floats of 80 or 128 bits, [^\n]* \('<f16'\)/],
  ])('%s', (name, message) => {
    expect(() => readNpy(fixture(name))).toThrow(InputError);
    expect(() => readNpy(fixture(name))).toThrow(message);
    expect(() => readNpy(fixture(name))).toThrow(new RegExp(`^.*${name}\\.npy: [^\\n]*$`));
  });

  const valid = readFileSync(fixture('little-f8'));

  it('every truncation, of every length', () => {
    for (let length = 0; length < valid.length; length++) {
      expect(() => parseNpy(valid.subarray(0, length), 'cut.npy'), `${length} bytes`).toThrow(InputError);
    }
  });

  it('bytes after the array', () => {
    expect(() => parseNpy(Buffer.concat([valid, Buffer.of(0)]), 'long.npy')).toThrow('there are bytes after the array');
  });

  it('what is no .npy file', () => {
    expect(() => parseNpy(Buffer.from('1,2\n3,4\n'), 'x.npy')).toThrow(
      'x.npy: must be a .npy file, got one that does not begin like one',
    );
    expect(() => parseNpy(Buffer.alloc(0), 'x.npy')).toThrow('x.npy: must be a .npy file, got an empty file');
  });

  it('unknown format versions', () => {
    const other = Buffer.from(valid);
    other[6] = 4;
    expect(() => parseNpy(other, 'x.npy')).toThrow('must be 1, 2 or 3, got 4');
  });

  it('a header that claims more bytes than any header has', () => {
    const claim = Buffer.concat([Buffer.from('\x93NUMPY\x02\x00', 'latin1'), Buffer.from([255, 255, 255, 255])]);
    expect(() => parseNpy(claim, 'x.npy')).toThrow('got 4294967295');
  });

  it.each([
    ['no dict', 'hello'],
    ['a missing key', "{'descr': '<f8', 'shape': (1,), }"],
    ['an unknown key', "{'descr': '<f8', 'fortran_order': False, 'shape': (1,), 'x': True}"],
    ['a key twice', "{'descr': '<f8', 'descr': '<f8', 'fortran_order': False, 'shape': (1,)}"],
    ['a negative length', "{'descr': '<f8', 'fortran_order': False, 'shape': (-1,), }"],
    ['a fractional length', "{'descr': '<f8', 'fortran_order': False, 'shape': (1.0,), }"],
    ['a length beyond exact integers', "{'descr': '<f8', 'fortran_order': False, 'shape': (99999999999999999999,), }"],
    ['a number for a tuple', "{'descr': '<f8', 'fortran_order': False, 'shape': (1), }"],
    ['an order that is no truth value', "{'descr': '<f8', 'fortran_order': 'C', 'shape': (1,), }"],
    ['text after the dict', "{'descr': '<f8', 'fortran_order': False, 'shape': (1,), } + evil()"],
  ])('a header with %s', (_, header) => {
    expect(() => parseNpy(npyBytes(header, Buffer.alloc(8)), 'x.npy')).toThrow(/^x\.npy: \.npy header must have/);
  });

  it('a shape that the bytes cannot fill, before allocating it', () => {
    for (const shape of ['(9007199254740991, 9007199254740991)', '(1000000000000,)', '(0,)']) {
      const header = `{'descr': '<f8', 'fortran_order': False, 'shape': ${shape}, }`;
      expect(() => parseNpy(npyBytes(header, Buffer.alloc(8)), 'x.npy'), shape).toThrow(
        /^x\.npy: must have .* bytes for shape/,
      );
    }
  });

  it('a dtype of several lines in one, with nothing that a terminal would obey', () => {
    const header = "{'descr': '<i2\n\u001b[31m', 'fortran_order': False, 'shape': (1,), }";
    expect(() => parseNpy(npyBytes(header, Buffer.alloc(8)), 'x.npy')).toThrow(/got '<i2\uFFFD\uFFFD\[31m'$/);
  });

  it('lengths with leading zeros, as NumPy does', () => {
    const header = "{'descr': '<f8', 'fortran_order': False, 'shape': (04,), }";
    expect(() => parseNpy(npyBytes(header, Buffer.alloc(32)), 'x.npy')).toThrow(
      '.npy header must have descr, fortran_order and shape',
    );
  });

  it('unknown dtypes by their text', () => {
    for (const descr of [
      '<f3',
      '>float64',
      '<i16',
      '',
      '<q8',
      '__proto__',
      'constructor',
      'f8,',
      '(2,)f8',
      'Float64',
    ]) {
      const header = `{'descr': '${descr}', 'fortran_order': False, 'shape': (1,), }`;
      expect(() => parseNpy(npyBytes(header, Buffer.alloc(8)), 'x.npy'), descr).toThrow(/dtype must be/);
    }
  });

  it('missing files and folders', () => {
    expect(() => readNpy(join(folder, 'absent.npy'))).toThrow(/absent\.npy: cannot be read: no such file or folder$/);
    expect(() => readNpy(folder)).toThrow(/must be a regular file, got a folder$/);
  });
});

describe('writeNpy', () => {
  const path = join(folder, 'written.npy');

  it('what is written is read back, bit for bit', () => {
    const shapes = fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 4 });
    const arrays = shapes.chain((shape) => {
      const length = shape.reduce((total, side) => total * side, 1);
      return fc.record({
        shape: fc.constant(shape),
        values: fc.float64Array({ minLength: length, maxLength: length }),
      });
    });
    fc.assert(
      fc.property(arrays, ({ shape, values }) => {
        writeNpy(path, values, shape);
        const read = readNpy(path);
        expect(read.shape).toEqual(shape);
        expect(Buffer.from(read.values.buffer).equals(Buffer.from(values.buffer))).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it('aligns the data to 64 bytes and leaves nothing beside the file', () => {
    writeNpy(path, Float64Array.of(1, 2, 3), [3]);
    expect(readFileSync(path).length % 64).toBe(24);
    expect(readdirSync(folder)).toEqual(['written.npy']);
  });

  it('writes the part that a view covers', () => {
    writeNpy(path, new Float64Array([0, 1, 2, 3]).subarray(1, 3), [2]);
    expect([...readNpy(path).values]).toEqual([1, 2]);
  });

  it('refuses a shape that the values do not fill', () => {
    expect(() => {
      writeNpy(path, new Float64Array(5), [2, 3]);
    }).toThrow('5 values do not fill shape (2, 3)');
  });

  it('names a folder that is not there, and leaves an older file alone', () => {
    expect(() => {
      writeNpy(join(folder, 'absent', 'a.npy'), new Float64Array(1), [1]);
    }).toThrow(/a\.npy: cannot be written: no such file or folder$/);
    expect(existsSync(join(folder, 'absent'))).toBe(false);
  });

  const hasNumpy = spawnSync('python3', ['-c', 'import numpy']).status === 0;
  it.runIf(hasNumpy)('is read by NumPy', () => {
    writeNpy(path, Float64Array.of(0, 1, 2, 3, 4, 5), [3, 2]);
    const script = `import numpy; a = numpy.load(${JSON.stringify(path)}); print(a.dtype, a.shape, a.ravel().tolist())`;
    expect(execFileSync('python3', ['-c', script], { encoding: 'utf8' }).trim()).toBe(
      'float64 (3, 2) [0.0, 1.0, 2.0, 3.0, 4.0, 5.0]',
    );
  });
});
