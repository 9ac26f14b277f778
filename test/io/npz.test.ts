import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { afterAll, describe, expect, it } from 'vitest';
import { readMatrix } from '../../src/io/matrix.js';
import { readNpy } from '../../src/io/npy.js';
import { readNpz } from '../../src/io/npz.js';

const fixture = (name: string): string => join(import.meta.dirname, 'fixtures', name);
const folder = mkdtempSync(join(tmpdir(), 'basin-npz-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function archive(name: string, files: Readonly<Record<string, Uint8Array>>, level: 0 | 6 = 6): string {
  const path = join(folder, name);
  writeFileSync(path, zipSync(files, { level }));
  return path;
}

const array = new Uint8Array(readFileSync(fixture('little-f8.npy')));

describe('readNpz', () => {
  it.each(['numpy.npz', 'numpy-compressed.npz'])('reads what NumPy writes: %s', (name) => {
    expect(readNpz(fixture(name))).toEqual(readNpy(fixture('little-f8.npy')));
    expect(readMatrix(fixture(name)).shape).toEqual([2, 3]);
  });

  it.each([0, 6] as const)('reads the only array, packed at level %i', (level) => {
    expect(readNpz(archive('one.npz', { 'x.npy': array, 'notes.txt': Buffer.from('hello') }, level))).toEqual(
      readNpy(fixture('little-f8.npy')),
    );
  });

  it('refuses several arrays and none by their names', () => {
    expect(() => readNpz(archive('two.npz', { 'X.npy': array, 'y.npy': array }))).toThrow(
      /two\.npz: must hold one array, got 2: 'X', 'y'; save the one you mean as \.npy$/,
    );
    expect(() => readNpz(archive('none.npz', { 'notes.txt': Buffer.from('x') }))).toThrow(
      /must hold one array, got none$/,
    );
  });

  it('names the archive and the array where that is damaged', () => {
    expect(() => readNpz(archive('bad.npz', { 'x.npy': array.subarray(0, 100) }))).toThrow(/bad\.npz, 'x\.npy': must /);
  });

  it('refuses every truncation, and what is no archive', () => {
    const whole = readFileSync(archive('whole.npz', { 'x.npy': array }));
    for (let length = 0; length < whole.length; length += 7) {
      const path = join(folder, 'cut.npz');
      writeFileSync(path, whole.subarray(0, length));
      expect(() => readNpz(path)).toThrow(/cut\.npz.*must /);
    }
    expect(() => readNpz(fixture('little-f8.npy'))).toThrow(/must be a \.npz file/);
  });
});
