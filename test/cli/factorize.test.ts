import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { readNpy, writeNpy } from '../../src/io/npy.js';
import { isRefusal, scratchFolder, flags } from './basin.js';
import { here, hereJson, inTurn } from './here.js';

const folder = scratchFolder();
const file = (name: string): string => join(folder, name);

/** Not at right angles; unit rows whose entry of largest magnitude is positive. */
const factors = [
  [0.6, 0, 0.8],
  [-0.28, 0.96, 0],
  [2 / 3, 2 / 3, -1 / 3],
];
const weights = [-3, 2, 0.5];

function tensorOf(change: (value: number, at: number) => number = (value) => value): Float64Array {
  return Float64Array.from({ length: 27 }, (_, at) => {
    const [i, j, l] = [Math.floor(at / 9), Math.floor(at / 3) % 3, at % 3];
    return change(
      weights.reduce((sum, w, r) => sum + w * factors[r][i] * factors[r][j] * factors[r][l], 0),
      at,
    );
  });
}

interface Document {
  readonly weights: readonly number[];
  readonly factors: string;
}

beforeAll(() => {
  writeNpy(file('T.npy'), tensorOf(), [3, 3, 3]);
  writeNpy(file('flat.npy'), tensorOf(), [9, 3]);
  writeNpy(file('long.npy'), new Float64Array(36).fill(1), [3, 3, 4]);
  writeNpy(file('none.npy'), new Float64Array(0), [0, 0, 0]);
  writeNpy(
    file('nan.npy'),
    tensorOf((value, at) => (at === 4 ? Number.NaN : value)),
    [3, 3, 3],
  );
  writeNpy(
    file('askew.npy'),
    tensorOf((value, at) => (at === 1 ? value + 1e-6 : value)),
    [3, 3, 3],
  );
  writeNpy(
    file('plane.npy'),
    Float64Array.from({ length: 27 }, (_, at) => (at === 0 || at === 13 ? 1 : 0)),
    [3, 3, 3],
  );
  writeFileSync(file('text.npy'), 'not an array');
});

describe('factorize', () => {
  it.each([[], ['--projections', '40'], ['--projections', '1']])(
    'recovers an exact tensor to 1e-10, ordered and signed %j',
    async (...extra) => {
      const document = (await hereJson(
        'factorize',
        ...flags({ tensor: file('T.npy'), rank: '3', seed: '4', out: file('out') }),
        ...extra,
      )) as Document;
      expect(document.factors).toBe(file('out/factors.npy'));
      const found = readNpy(document.factors);
      expect(found.shape).toEqual([3, 3]);
      document.weights.forEach((w, i) => expect(w).toBeCloseTo(weights[i], 10));
      found.values.forEach((value, at) => expect(value).toBeCloseTo(factors.flat()[at], 10));
    },
  );

  it('has the same bits every time', async () => {
    const bytes = await inTurn(['one', 'two'], async (out) => {
      await hereJson('factorize', '--tensor', file('T.npy'), '--rank', '2', '--seed', '4', '--out', file(out));
      return readFileSync(file(`${out}/factors.npy`));
    });
    expect(bytes[0].equals(bytes[1])).toBe(true);
  });

  it('prints a table without --json', async () => {
    const { code, stdout } = await here(
      'factorize',
      ...flags({ tensor: file('T.npy'), rank: '3', seed: '4', out: file('table') }),
    );
    expect(code).toBe(0);
    expect(stdout).toMatch(/term +weight\n +0 +-3\.0000000\n[^]*factors: /);
  });

  it.each<[string, string[], RegExp]>([
    ['missing.npy', [], /missing\.npy: .*no such file/],
    ['text.npy', [], /text\.npy/],
    ['flat.npy', [], /flat\.npy: must be a tensor of shape \(p, p, p\), got shape \(9, 3\)/],
    ['long.npy', [], /\(p, p, p\), got shape \(3, 3, 4\)/],
    ['none.npy', [], /\(p, p, p\), got shape \(0, 0, 0\)/],
    ['nan.npy', [], /nan\.npy: values must be finite, got NaN at index 4/],
    ['askew.npy', [], /symmetric to a relative 1e-8, got 'asymmetry/],
    ['plane.npy', ['--rank', '3'], /at most 2, the rank of the tensor's unfolding .*got 3/],
    ['T.npy', ['--rank', '4'], /--rank must be a whole number from 1 to 3, got '4'/],
    ['T.npy', ['--rank', '0'], /--rank must be a whole number/],
    ['T.npy', ['--projections', '0'], /--projections must be a whole number/],
    ['T.npy', ['--seed', '-1'], /--seed must be a whole number/],
    ['T.npy', ['--out', 'T.npy/deeper'], /T\.npy/],
  ])('%s %j is refused in one line, and nothing is written', async (tensor, extra, pattern) => {
    const options = {
      '--rank': '2',
      '--seed': '1',
      '--out': 'untouched',
      ...Object.fromEntries([extra].filter((pair) => pair.length > 0)),
    } as Record<string, string>;
    const run = await here(
      'factorize',
      '--tensor',
      file(tensor),
      ...Object.entries(options).flatMap(([name, value]) => [name, name === '--out' ? file(value) : value]),
    );
    expect(run.stderr).toMatch(pattern);
    expect(isRefusal(run), `${run.code} ${run.stdout} ${run.stderr}`).toBe(true);
    expect(existsSync(file('untouched'))).toBe(false);
  });
});
