/** A user's own experiment from her file to its results, by the commands, without threads. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isRefusal } from '../cli/basin.js';
import { readNpy } from '../../src/io/npy.js';
import { here, hereJson } from '../cli/here.js';
import { folderWith, moduleText, withoutThreads } from '../definitions/modules.js';
import { trialTable } from '../study/toy.js';

const MEAN = '    return { measures: { m: stream("data").normals(settings.n)[0] } };';
/** The same numbers by other code. */
const SAME = '    const [first] = stream("data").normals(settings.n);\n    return { measures: { m: first } };';
/** Other numbers. */
const OTHER = '    return { measures: { m: stream("data").normals(settings.n)[1] } };';

interface Document {
  readonly complete: boolean;
  readonly experiments: readonly {
    readonly id: string;
    readonly cells: readonly { readonly trials: number; readonly planned: number }[];
  }[];
}

/** A folder with a module, and commands on both. */
function laboratory(body: string) {
  withoutThreads();
  const folder = folderWith({ 'own.ts': moduleText(body) });
  const [file, out] = [join(folder, 'own.ts'), join(folder, 'out')];
  return {
    file,
    out,
    write: (text: string) => {
      writeFileSync(file, text);
    },
    run: async (...words: string[]) => await here('run', file, '--out', out, ...words),
    document: async (...words: string[]) => (await hereJson('run', file, '--out', out, ...words)) as Document,
  };
}

describe('an experiment of one’s own', () => {
  it('has results that need no file: replayed, verified, exported and drawn', async () => {
    const { file, out, document } = laboratory(MEAN);
    const {
      experiments: [{ id, cells }],
      complete,
    } = await document();
    expect([id, complete, cells]).toMatchObject([
      expect.stringMatching(/^own@[0-9a-f]{8}$/),
      true,
      [{ trials: 3, planned: 3 }],
    ]);
    rmSync(file);
    expect(await hereJson('replay', out, `${id}/n=4#2`)).toMatchObject({ identical: true });
    expect(await hereJson('verify', out, '--sample', '100%')).toMatchObject({ replayed: 3, identical: 3 });
    expect(await hereJson('report', out)).toMatchObject({
      complete: true,
      experiments: [{ id, figures: [join(out, 'figures', `${id.replace('@', '-')}-fig1.svg`)] }],
    });
    await here('export', out, '--format', 'csv', '--out', `${out}.csv`);
    expect(readFileSync(`${out}.csv`, 'utf8')).toContain(`\n${id}/n=4#0,`);
  });

  it('is told its settings, trials and seed', async () => {
    const { document, run } = laboratory(MEAN);
    const {
      experiments: [{ cells }],
    } = await document('--set', 'n=4,6', '--trials', '5', '--seed', '3');
    expect(cells.map(({ trials, planned }) => [trials, planned])).toEqual([
      [5, 5],
      [5, 5],
    ]);
    const more = await document('--set', 'n=4,6', '--trials', '7', '--seed', '3');
    expect(more.experiments[0].cells.map(({ trials }) => trials)).toEqual([7, 7]);
    expect(await run('--set', 'm=4')).toMatchObject({
      code: 2,
      stderr: "basin: --set key of own must be one of n, got 'm'\n",
    });
  });
});

describe('changed code', () => {
  it('is refused with both digests and what to do, unless only comments changed', async () => {
    const { document, run, write, out } = laboratory(MEAN);
    await document();
    const before = trialTable(out);
    write(`// a word\n${moduleText(MEAN)}`);
    expect((await document()).experiments).toHaveLength(1);
    write(moduleText(OTHER));
    const refused = await run();
    expect(isRefusal(refused)).toBe(true);
    expect(refused.stderr).toMatch(
      /holds own@[0-9a-f]{8}, whose code has SHA-256 [0-9a-f]{64}; own\.ts has [0-9a-f]{64}: --new-version .*--same-version .*--out/,
    );
    expect(trialTable(out)).toEqual(before);
  });

  it('with --new-version has cells of its own beside the old ones, and goes on by itself', async () => {
    const { document, write, out } = laboratory(MEAN);
    const [{ id }] = (await document()).experiments;
    const before = trialTable(out);
    write(moduleText(OTHER));
    const [{ id: other }] = (await document('--new-version')).experiments;
    expect(other).not.toBe(id);
    expect(trialTable(out)).toHaveLength(6);
    expect(trialTable(out)).toEqual(expect.arrayContaining(before));
    expect((await document('--trials', '4')).experiments.map((one) => one.id)).toEqual([other]);
    expect(trialTable(out)).toHaveLength(7);
    expect(await hereJson('verify', out, '--sample', '100%')).toMatchObject({ replayed: 7, identical: 7 });
  });

  it('with --same-version keeps the old ones when a sample of them is the same to the bit', async () => {
    const { document, write, run, out } = laboratory(MEAN);
    const [{ id }] = (await document()).experiments;
    write(moduleText(SAME));
    expect((await document('--same-version', '--trials', '5')).experiments.map((one) => one.id)).toEqual([id]);
    expect(trialTable(out)).toHaveLength(5);
    // It is known from now on, and so is the first.
    expect((await document('--trials', '6')).experiments.map((one) => one.id)).toEqual([id]);
    write(moduleText(MEAN));
    expect((await document('--trials', '6')).experiments.map((one) => one.id)).toEqual([id]);
    write(moduleText(OTHER));
    const refused = await run('--same-version');
    expect(isRefusal(refused)).toBe(true);
    expect(refused.stderr).toMatch(
      /--same-version needs the same bits, got 6 of 6 trials of own@[0-9a-f]{8} otherwise .* the first own@[0-9a-f]{8}\/n=4#0: measures\.m /,
    );
  });

  it('is no change where no trial was made', async () => {
    const { document, run, write } = laboratory("    return { measures: { m: 'a' as never } };");
    expect(await run()).toMatchObject({
      code: 2,
      stderr:
        "basin: own.ts: measure m = 'a' is not allowed in a definition: it must be a number; one that a trial may leave out is declared optional: true\n",
    });
    write(moduleText(MEAN));
    expect((await document()).complete).toBe(true);
  });
});

describe('before a study runs', () => {
  it.each([
    [
      'counts',
      'let calls = 0;\n',
      '    calls += 1;\n    return { measures: { m: calls } };',
      /^basin: trial own@[0-9a-f]{8}\/n=4#0 came out differently in two workers, measures\.m \d and \d: a trial must follow from its settings and stream\(\) alone/,
    ],
    [
      'reads a clock',
      '',
      '    return { measures: { m: Date.now() } };',
      /^basin: own\.ts:6: Date\.now\(\) is not allowed in a definition/,
    ],
  ])('a trial that %s is refused, and nothing is stored', async (_, before, body, message) => {
    const { run, write, out } = laboratory(MEAN);
    write(before + moduleText(body));
    const refused = await run();
    expect(isRefusal(refused)).toBe(true);
    expect(refused.stderr).toMatch(message);
    expect(trialTable(out)).toEqual([]);
  });

  it('a trial that fails by itself is a failed trial, with its line', async () => {
    const { run, out } = laboratory(
      "    const u = stream('data').uniforms(1);\n    if (u[0] > 0) throw new Error('as always');\n    return { measures: { m: u[0] } };",
    );
    const { code, stderr } = await run();
    expect(code).toBe(4);
    expect(stderr).toContain('own.ts:7: as always');
    expect(trialTable(out).filter((line) => line.includes('own.ts:7: as always'))).toHaveLength(3);
  });
});

it('a replay has the arrays that the trial hands out', async () => {
  const { document, out } = laboratory(
    "    const u = stream('data').normals(6);\n    keep('u', u, [2, 3]);\n    return { measures: { m: u[5] } };",
  );
  const [{ id }] = (await document()).experiments;
  const folder = `${out}-arrays`;
  const replay = await hereJson('replay', out, `${id}/n=4#1`, '--arrays', folder);
  const { shape, values } = readNpy(join(folder, 'u.npy'));
  expect(replay).toMatchObject({ identical: true, stored: { m: values[5] } });
  expect(shape).toEqual([2, 3]);
  expect(JSON.parse(readFileSync(join(folder, 'problem.json'), 'utf8'))).toMatchObject({
    address: `${id}/n=4#1`,
    settings: { n: 4 },
    shapes: { u: [2, 3] },
  });
});

it.each([
  ["'../u', stream('data').normals(2)", "'../u', …) is not allowed in a definition: its name must be"],
  [
    "'u', stream('data').normals(6), [4]",
    "'u', …) is not allowed in a definition: the shape must have 6 numbers, got (4)",
  ],
  ["'u', stream('data').normals(4), [0.5, 8]", 'the shape must be a list of whole numbers, got [0.5,8]'],
  ["'u', stream('data').normals(4), 4", 'the shape must be a list of whole numbers, got 4'],
])('what a trial hands out is looked at in every run: keep(%s)', async (given, message) => {
  const { run } = laboratory(`    keep(${given});\n    return { measures: { m: 1 } };`);
  const refused = await run();
  expect([isRefusal(refused), refused.stderr]).toEqual([true, expect.stringContaining('own.ts:6: keep(')]);
  expect(refused.stderr).toContain(message);
});

it('a module may export anything beside its experiment', async () => {
  const { file, write } = laboratory(MEAN);
  write(`${readFileSync(file, 'utf8')}\nexport const used: string[] = [];\n`);
  expect(await hereJson('check', file)).toMatchObject({ valid: true, cells: 1, trials: 3 });
});

it('a module is checked: its size, digest and files, or its mistake', async () => {
  const { file, write } = laboratory(MEAN);
  expect(await hereJson('check', file)).toMatchObject({
    valid: true,
    cells: 1,
    trials: 3,
    digest: expect.stringMatching(/^[0-9a-f]{64}$/) as unknown,
    files: [{ path: 'own.ts' }],
  });
  write('export default 1;\n');
  expect(await here('check', file)).toMatchObject({
    code: 2,
    stdout: '',
    stderr: expect.stringMatching(/^basin: own\.ts: it must have a default export/) as unknown,
  });
});

it('the example of the page is the one that runs', async () => {
  withoutThreads();
  const example = join(import.meta.dirname, '../../examples/own/plateau.ts');
  const out = join(folderWith({}), 'out');
  const {
    experiments: [{ cells }],
  } = (await hereJson('run', example, '--out', out)) as Document;
  expect(cells.map(({ trials }) => trials)).toEqual([20, 20]);
  expect(readFileSync(join(import.meta.dirname, '../../docs/own-code.md'), 'utf8')).toContain(
    readFileSync(example, 'utf8'),
  );
});
