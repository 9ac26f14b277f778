import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { readNpy, writeNpy } from '../../src/io/npy.js';
import { distance, gaussian } from '../core/kernels/cases.js';
import { isRefusal, scratchFolder, flags } from './basin.js';
import { here, hereJson } from './here.js';

interface Fixture {
  readonly bandwidth: number;
  readonly leaveOneOut: boolean;
  readonly samples: readonly number[][];
  readonly points: readonly number[][];
  readonly scores: Readonly<Record<string, readonly number[][]>>;
}

interface Document {
  readonly scores: string;
  readonly singular: readonly number[];
}

const FIXTURES = JSON.parse(
  readFileSync(join(import.meta.dirname, '../core/score/fixtures.json'), 'utf8'),
) as Fixture[];
const [, plane, leaveOneOut] = FIXTURES;

const folder = scratchFolder();
const file = (name: string): string => join(folder, name);
const save = (name: string, rows: readonly (readonly number[])[]): void =>
  writeNpy(file(name), Float64Array.from(rows.flat()), [rows.length, rows[0].length]);
const csv = (rows: readonly (readonly number[])[]): string => `${rows.map((row) => row.join(',')).join('\n')}\n`;

/** Twenty points of a cloud, and three times the same place far away. */
const cloud = Array.from({ length: 20 }, (_, i) => [...gaussian(40, 9).slice(2 * i, 2 * i + 2)]);
const withDuplicates = [...cloud, [1000, 1000], [1000, 1000], [1000, 1000]];

beforeAll(() => {
  save('X.npy', plane.samples);
  save('P.npy', plane.points);
  save('L.npy', leaveOneOut.samples);
  writeFileSync(file('X.csv'), csv(plane.samples));
  writeFileSync(file('P.csv'), csv(plane.points));
  save(
    'many.npy',
    Array.from({ length: 300 }, (_, i) => [...gaussian(600, 13).slice(2 * i, 2 * i + 2)]),
  );
  save('inner.npy', [
    [0, 0],
    [0.5, -0.3],
  ]);
  save('D.npy', withDuplicates);
  save(
    'same.npy',
    Array.from({ length: 6 }, () => [1, 2]),
  );
  save('two.npy', [
    [1, 2],
    [3, 5],
  ]);
  save('three.npy', [
    [1, 2],
    [3, 5],
    [0, 7],
  ]);
  save('P3.npy', [[1, 2, 3]]);
  save('nan.npy', [
    [1, 2],
    [3, Number.NaN],
    [0, 7],
    [2, 2],
  ]);
  save(
    'wide.npy',
    Array.from({ length: 70 }, (_, i) => Array.from({ length: 64 }, (_unused, j) => Math.sin(i * j + i))),
  );
  writeNpy(file('none.npy'), new Float64Array(0), [0, 2]);
});

describe('score', () => {
  it.each(['1', '2', '4'] as const)(
    'order %s at points of its own, from .npy and .csv alike, to 1e-12 of brute force',
    async (order) => {
      for (const extension of ['npy', 'csv']) {
        const out = file(`S${order}.npy`);
        const document = (await hereJson(
          'score',
          ...flags({
            samples: file(`X.${extension}`),
            at: file(`P.${extension}`),
            bandwidth: String(plane.bandwidth),
            order,
            out,
          }),
        )) as Document;
        expect(document).toEqual({ scores: out, singular: [] });
        const { shape, values } = readNpy(out);
        expect(shape).toEqual([4, ...new Array<number>(Number(order)).fill(2)]);
        expect(distance(values, Float64Array.from(plane.scores[order].flat()), 0)).toBeLessThan(1e-12);
      }
    },
  );

  it('leave-one-out, at the samples', async () => {
    await hereJson(
      'score',
      '--samples',
      file('L.npy'),
      '--leave-one-out',
      ...flags({ bandwidth: String(leaveOneOut.bandwidth), order: '2', out: file('loo.npy') }),
    );
    expect(
      distance(readNpy(file('loo.npy')).values, Float64Array.from(leaveOneOut.scores['2'].flat()), 0),
    ).toBeLessThan(1e-12);
  });

  it('without --at: at the samples, with themselves', async () => {
    const options = ['score', '--samples', file('L.npy'), '--bandwidth', '1.1', '--order', '1'];
    await hereJson(...options, '--out', file('default.npy'));
    await hereJson(...options, '--at', file('L.npy'), '--out', file('at.npy'));
    expect(readFileSync(file('default.npy')).equals(readFileSync(file('at.npy')))).toBe(true);
  });

  it('says when the first line of a table was taken for names, and takes --header', async () => {
    writeFileSync(file('named.csv'), '0,1\n0.5,1.5\n-0.25,0.75\n2.5,-1.5\n0.1,0.2\n');
    const read = async (...more: string[]) =>
      await here(
        'score',
        ...flags({ samples: file('named.csv'), bandwidth: '1', order: '1', out: file('named.npy') }),
        ...more,
      );
    expect((await read()).stderr).toContain("named.csv: line 1 was taken for the names of the columns: '0,1'");
    expect(readNpy(file('named.npy')).shape).toEqual([4, 2]);
    expect((await read('--header', 'no')).stderr).not.toContain('was taken');
    expect(readNpy(file('named.npy')).shape).toEqual([5, 2]);
  });

  it('names singular points on one line of stderr, and writes NaN there', async () => {
    const { code, stdout, stderr } = await here(
      'score',
      ...flags({ samples: file('D.npy'), bandwidth: '1', order: '1', out: file('D1.npy') }),
      '--json',
    );
    expect(code).toBe(0);
    expect((JSON.parse(stdout) as Document).singular).toEqual([20, 21, 22]);
    expect(stderr).toMatch(
      /^basin: the local covariance at 3 of 23 points is singular, by index 20, 21, 22: [^\n]+ NaN\n$/,
    );
    const { values } = readNpy(file('D1.npy'));
    expect(values.subarray(0, 40).every(Number.isFinite)).toBe(true);
    expect(values.subarray(40).every(Number.isNaN)).toBe(true);
  });

  it('--degree 4 fits third and fourth derivatives too', async () => {
    const options = [
      'score',
      ...flags({ samples: file('many.npy'), at: file('inner.npy'), bandwidth: '1.5', order: '4' }),
    ];
    expect(((await hereJson(...options, '--degree', '4', '--out', file('quartic.npy'))) as Document).singular).toEqual(
      [],
    );
    await hereJson(...options, '--degree', '2', '--out', file('quadratic.npy'));
    expect(readNpy(file('quartic.npy')).shape).toEqual([2, 2, 2, 2, 2]);
    expect(distance(readNpy(file('quartic.npy')).values, readNpy(file('quadratic.npy')).values)).toBeGreaterThan(0.01);
    const narrow = await here(...options, '--degree', '4', '--bandwidth', '0.01', '--out', file('narrow.npy'));
    expect(isRefusal(narrow)).toBe(true);
    expect(narrow.stderr).toMatch(
      /the local fit at 2 of 2 points is singular, by index 0, 1: too few samples within 3 bandwidths/,
    );
  });

  it('prints a table without --json', async () => {
    const { code, stdout } = await here(
      'score',
      ...flags({ samples: file('X.npy'), bandwidth: '1', order: '2', out: file('deeper/table.npy') }),
    );
    expect(code).toBe(0);
    expect(stdout).toMatch(/scores .*table\.npy\nshape +\(40, 2, 2\)\nsingular points +0\n/);
  });

  it.each<[Record<string, string>, RegExp]>([
    [{ samples: 'missing.npy' }, /missing\.npy: .*no such file/],
    [{ samples: 'nan.npy' }, /nan\.npy: values must be finite, got NaN at index 3/],
    [{ samples: 'none.npy' }, /none\.npy: X must have at least one sample/],
    [{ samples: 'two.npy' }, /two\.npy: X must have at least 3 samples for dimension 2, got 2/],
    [
      { samples: 'three.npy', 'leave-one-out': '' },
      /three\.npy: X must have at least 4 samples for dimension 2 with one left out, got 3/,
    ],
    [
      { samples: 'same.npy' },
      /the local covariance at 6 of 6 points is singular, by index 0, 1, 2, 3, 4, 5: .*duplicates/,
    ],
    [{ at: 'P3.npy' }, /P3\.npy: P must have 2 columns, the dimension of the samples, got 3/],
    [{ at: 'nan.npy' }, /nan\.npy: values must be finite/],
    [{ at: 'none.npy' }, /none\.npy: P must have at least one point/],
    [{ at: 'P.npy', 'leave-one-out': '' }, /--at and --leave-one-out exclude each other/],
    [{ bandwidth: '0' }, /--bandwidth must be a number above 0/],
    [{ bandwidth: '-1' }, /--bandwidth must be a number above 0/],
    [{ bandwidth: 'wide' }, /--bandwidth must be a number above 0/],
    [{ bandwidth: '1e-200' }, /--bandwidth must be a number above 0/],
    [{ degree: '3' }, /--degree must be one of 2, 4, got '3'/],
    [
      { samples: 'wide.npy', degree: '4' },
      /dimension of the samples for degree 4 must be at most 2: .*integral.* got 64/,
    ],
    [{ order: '3' }, /--order must be one of 1, 2, 4, got '3'/],
    [
      { samples: 'wide.npy', order: '4' },
      /the scores, P·d\^4 numbers, must be at most 134217728 \(1 GB\), got '70·64\^4 = 1174405120'/,
    ],
    [{ out: 'untouched.csv' }, /--out must be a \.npy file/],
    [{ out: 'X.npy/scores.npy' }, /X\.npy/],
  ])('%j is refused in one line, and nothing is written', async (changes, pattern) => {
    const options = { samples: 'X.npy', bandwidth: '1', order: '2', out: 'untouched.npy', ...changes };
    const paths = new Set(['samples', 'at', 'out']);
    const run = await here(
      'score',
      ...Object.entries(options).flatMap(([name, value]) =>
        value === '' ? [`--${name}`] : [`--${name}`, paths.has(name) ? file(value) : value],
      ),
    );
    expect(run.stderr).toMatch(pattern);
    expect(isRefusal(run), `${run.code} ${run.stdout} ${run.stderr}`).toBe(true);
    expect(existsSync(file('untouched.npy'))).toBe(false);
  });
});
