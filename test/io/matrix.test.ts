import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ensureWritableDirectory } from '../../src/base/directory.js';
import { requireFinite } from '../../src/io/finite.js';
import { readMatrix, readVector } from '../../src/io/matrix.js';

const fixture = (name: string): string => join(import.meta.dirname, 'fixtures', `${name}.npy`);
const folder = mkdtempSync(join(tmpdir(), 'basin-io-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('readMatrix and readVector', () => {
  const csv = join(folder, 'Y.CSV');
  writeFileSync(csv, '1\n2\n3\n');

  it('choose by extension', () => {
    expect(readMatrix(csv)).toEqual({ shape: [3, 1], values: Float64Array.of(1, 2, 3) });
    expect(readMatrix(fixture('little-f8')).shape).toEqual([2, 3]);
    expect(() => readMatrix('X.mat')).toThrow(
      "X.mat: must be a .npy, .npz or .csv file, got '.mat', the format of another program: save the array as .npy",
    );
    expect(() => readVector('X')).toThrow('X: must be a .npy, .npz or .csv file, got no extension');
  });

  it('take a row, a column or one axis as a vector', () => {
    for (const path of [csv, fixture('vector'), fixture('column')]) expect(readVector(path)).toHaveLength(3);
    expect(() => readVector(fixture('little-f8'))).toThrow(
      /must be a vector, of shape \(n,\), \(n, 1\) or \(1, n\), got shape \(2, 3\)$/,
    );
    expect(() => readVector(fixture('scalar'))).toThrow(/got shape \(\)$/);
  });

  it('take two axes as a matrix', () => {
    expect(() => readMatrix(fixture('vector'))).toThrow(/must be a matrix with two axes, got shape \(3,\)$/);
  });

  it('requireFinite says where', () => {
    const { shape, values } = readMatrix(fixture('nan'));
    const [, columns] = shape;
    const place = `index 2 (row ${Math.floor(2 / columns)}, column ${2 % columns}, counted from 0)`;
    expect(() => {
      requireFinite('X.npy', { shape, values });
    }).toThrow(`X.npy: values must be finite, got NaN at ${place}`);
    expect(() => {
      requireFinite('y.npy', { shape: [values.length], values });
    }).toThrow('got NaN at index 2');
    expect(() => {
      requireFinite('X.npy', { shape: [1, values.length - 3], values: values.subarray(3) });
    }).not.toThrow();
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
    expect(() => {
      ensureWritableDirectory(file);
    }).toThrow(/file: cannot be used as an output folder: a file of that name is in the way$/);
    expect(() => {
      ensureWritableDirectory(join(file, 'x'));
    }).toThrow(/a part of the path is not a folder$/);
  });

  it.skipIf(process.getuid?.() === 0)('names missing rights', () => {
    const path = join(folder, 'locked');
    mkdirSync(path);
    chmodSync(path, 0o500);
    expect(() => {
      ensureWritableDirectory(path);
    }).toThrow(/permission denied$/);
  });
});
