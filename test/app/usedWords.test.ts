/** A study file that uses a user's own words, from the files to results, by the commands, without threads. */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readNpy } from '../../src/io/npy.js';
import { isRefusal } from '../cli/basin.js';
import { here, hereJson } from '../cli/here.js';
import { folderWith, withoutThreads } from '../definitions/modules.js';

const MODULE = `import { defineActivation, defineInputs, defineLoss, defineStart, defineTeacher } from '@basin-lab/basin';
export const inputs = defineInputs({
  name: 'correlated', description: 'correlated', argument: { name: 'rho', min: -0.9, max: 0.9, default: 0.5 },
  draw({ n, d, argument: rho, stream }) {
    const x = stream.normals(n * d);
    for (let i = 0; i < x.length; i++) if (i % d > 0) x[i] = rho * x[i - 1] + Math.sqrt(1 - rho * rho) * x[i];
    return x;
  },
});
export const activation = defineActivation({ name: 'silu', description: 'silu', formula: 'z*sigmoid(z)' });
export const loss = defineLoss({ name: 'half-square', description: 'squared', formula: '(f-y)^2/2' });
export const teacher = defineTeacher({
  name: 'doubled', description: 'twice normal', draw: ({ K, d, stream }) => stream.normals(K * d).map((w) => 2 * w),
});
export const start = defineStart({
  name: 'at-teacher', description: 'W* itself', draw({ L, teacher }) {
    const W0 = Float64Array.from({ length: L * teacher.length }, (_, i) => teacher[i % teacher.length]);
    teacher.fill(9); // a copy, hers to overwrite
    return W0;
  },
});
export const wide = defineStart({
  name: 'scaled-teacher', description: 'sums of multiples of the rows of W*', draw({ L, K, d, teacher, stream }) {
    const share = stream.uniforms(L * K);
    return Float64Array.from({ length: L * K * d }, (_, i) => share[Math.floor(i / d)] * (teacher[i % d] + teacher[d + (i % d)]));
  },
});
`;

/** The same with an activation by functions in place of the formula. */
const BY_FUNCTIONS = MODULE.replace(
  "formula: 'z*sigmoid(z)'",
  `range: [-600, 600], value: (z) => z * s(z), derivative: (z) => s(z) + z * s(z) * s(-z),
  secondDerivative: (z) => s(z) * s(-z) * (2 - z * Math.tanh(z / 2))`,
).concat('const s = (z: number): number => 1 / (1 + Math.exp(-z));\n');

const study = (grid: string): string =>
  `title: own words\nuse: [./mine.ts]\ntrials: 2\ngrid: {d: 3, K: 2, n: 30, labels: regression, iterations: 4, ${grid}}\n`;

function laboratory(grid: string, module = MODULE) {
  withoutThreads();
  const folder = folderWith({ 'mine.ts': module, 'study.yaml': study(grid) });
  const [file, out, code] = ['study.yaml', 'out', 'mine.ts'].map((name) => join(folder, name));
  return { folder, file, out, code };
}

interface Document {
  readonly experiments: readonly { readonly id: string; readonly cells: readonly { readonly settings: object }[] }[];
}

describe('a study with words of one’s own', () => {
  it('has results that need no file of hers: replayed, verified, reported, exported', async () => {
    const { file, out, code } = laboratory("inputs: [correlated, 'correlated:0.9']");
    const { experiments } = (await hereJson('run', file, '--out', out)) as Document;
    const [{ id, cells }] = experiments;
    expect(id).toMatch(/^study@[0-9a-f]{8}$/);
    expect(cells.map(({ settings }) => settings)).toMatchObject([
      { inputs: 'correlated' },
      { inputs: 'correlated:0.9' },
    ]);
    rmSync(code);
    // The folder alone goes on with its study, by the copy of its file.
    expect(await hereJson('run', join(out, 'study.yaml'), '--out', out)).toMatchObject({
      complete: true,
      experiments: [{ id }],
    });
    const address = `${id}/K=2,d=3,inputs=correlated:0.9,iterations=4,labels=regression,n=30#1`;
    expect(await hereJson('replay', out, address, '--arrays', `${out}-arrays`)).toMatchObject({ identical: true });
    expect(await hereJson('verify', out, '--sample', '100%')).toMatchObject({ replayed: 4, identical: 4 });
    expect(await hereJson('report', out)).toMatchObject({ complete: true, experiments: [{ id }] });
    await here('export', out, '--format', 'csv', '--out', `${out}.csv`);
    expect(readFileSync(`${out}.csv`, 'utf8')).toContain(',correlated:0.9,');
  });

  it('starts a student of another width beside a teacher with rows of its length', async () => {
    const { file, out } = laboratory('teacher: identity, start: scaled-teacher, studentK: 4, starts: 2');
    const { shapes } = (await hereJson('draw', file, '--trial', '0', '--out', out)) as { shapes: object };
    expect(shapes).toMatchObject({ teacher: [2, 3], start: [2, 4, 3], 'start-v': [2, 4] });
    const { values } = readNpy(join(out, 'start.npy'));
    // teacherScale is 2: every row is a multiple of (2, 2, 0).
    for (let row = 0; row < 8; row++)
      expect([...values.slice(3 * row, 3 * row + 3)]).toEqual([values[3 * row], values[3 * row], 0]);
    expect(Math.max(...values)).toBeLessThan(2);
    expect(new Set(values).size).toBe(9);
  });

  it('computes with them what basin’s own words would', async () => {
    const plain =
      'activation: z*sigmoid(z), loss: (f-y)^2/2, teacher: gaussian, teacherScale: 4, start: sphere, radius: 0';
    const own = 'activation: silu, loss: half-square, teacher: doubled, start: at-teacher';
    const { folder, file } = laboratory(own);
    writeFileSync(file, `${study(own)}measures: [finalLoss, estimationError, gradientNorm]\n`);
    writeFileSync(join(folder, 'plain.yaml'), study(plain).replace('use: [./mine.ts]\n', ''));
    const drawn = async (name: string) =>
      (await hereJson('draw', join(folder, name), '--trial', '0', '--out', join(folder, name.slice(0, 5)))) as {
        readonly activation: string;
        readonly loss: string;
      };
    const [mine, theirs] = [await drawn('study.yaml'), await drawn('plain.yaml')];
    // What basin fit can be told.
    expect([mine.activation, mine.loss]).toEqual([theirs.activation, theirs.loss]);
    expect(mine.activation).toBe('z*sigmoid(z)');
    const run = (await hereJson('run', file, '--out', join(folder, 'run'))) as {
      experiments: { cells: { measures: Record<string, { value: number }> }[] }[];
    };
    // The start is W*, and labels have no noise.
    expect(run.experiments[0]?.cells[0]?.measures).toMatchObject({
      estimationError: { value: 0 },
      finalLoss: { value: 0 },
    });
  });

  it('an activation by functions is the one by formula, but for rounding', async () => {
    const { folder, file, code } = laboratory('activation: silu, inputs: correlated');
    const errorsOf = async (out: string): Promise<{ address: string; measures: { estimationError: number } }[]> => {
      await here('run', file, '--out', join(folder, out));
      await here('export', join(folder, out), '--format', 'json', '--out', join(folder, `${out}.json`));
      return JSON.parse(readFileSync(join(folder, `${out}.json`), 'utf8')) as never;
    };
    const formula = await errorsOf('formula');
    writeFileSync(code, BY_FUNCTIONS);
    const functions = await errorsOf('functions');
    functions.forEach(({ measures }, trial) => {
      expect(measures.estimationError).toBeGreaterThan(0);
      expect(measures.estimationError).toBeCloseTo(formula[trial].measures.estimationError, 12);
    });
    const drawn = await hereJson('draw', file, '--trial', '0', '--out', join(folder, 'drawn'));
    expect(drawn).toMatchObject({ activation: expect.stringMatching(/^silu@/) as string, fit: null });
    rmSync(code);
    expect(await hereJson('replay', join(folder, 'functions'), functions[1].address)).toMatchObject({
      identical: true,
    });
  });

  it('is checked and described with its code', async () => {
    const { file } = laboratory('inputs: correlated');
    expect(await hereJson('check', file)).toMatchObject({
      valid: true,
      digest: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
      files: [{ path: 'mine.ts' }],
    });
    const described = (await hereJson('describe', file)) as { settings: { name: string; meaning: string }[] };
    expect(described.settings.find(({ name }) => name === 'inputs')?.meaning).toMatch(/; correlated: correlated$/);
    expect(await hereJson('describe', file)).toMatchObject({
      id: expect.stringMatching(/^study@/) as string,
      trials: 2,
    });
  });

  it('refuses changed code, and goes on with it as it is told', async () => {
    const { file, out, code } = laboratory('inputs: correlated');
    const { experiments } = (await hereJson('run', file, '--out', out)) as Document;
    writeFileSync(code, MODULE.replace('2 * w', '3 * w'));
    const refused = await here('run', file, '--out', out);
    expect([isRefusal(refused), refused.stderr]).toEqual([true, expect.stringContaining('--new-version')]);
    const same = (await hereJson('run', file, '--out', out, '--same-version')) as Document;
    expect(same.experiments.map(({ id }) => id)).toEqual(experiments.map(({ id }) => id));
  });

  it('has the studies of two versions in one folder and one report', async () => {
    const { file, out, code } = laboratory('inputs: correlated');
    await hereJson('run', file, '--out', out);
    writeFileSync(code, MODULE.replace('rho *', '0.9 * rho *'));
    const both = await here('run', file, '--out', out, '--new-version', '--json');
    expect(both).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(/^study@[0-9a-f]{8}: 2\/2 trials[^\n]*\n$/) as string,
    });
    const figures = readdirSync(join(out, 'figures')).filter((name) => name.endsWith('.svg'));
    expect(figures).toHaveLength(2);
    expect(figures.every((name) => /^study-[0-9a-f]{8}-fig1\.svg$/.test(name))).toBe(true);
    expect((await here('report', out)).code).toBe(0);
  });

  it('is not what a study’s own folder goes on with, where its file names other modules', async () => {
    const { file, out } = laboratory('inputs: correlated');
    await hereJson('run', file, '--out', out);
    const copy = join(out, 'study.yaml');
    expect((await here('check', copy)).code).toBe(0);
    writeFileSync(copy, readFileSync(copy, 'utf8').replace('mine.ts', 'typo.ts'));
    const refused = await here('check', copy);
    expect([isRefusal(refused), refused.stderr]).toEqual([true, expect.stringContaining("got '")]);
    expect(refused.stderr).toContain('typo.ts');
  });

  it('may be named by an absolute path', async () => {
    const { file, code } = laboratory('inputs: correlated');
    writeFileSync(file, readFileSync(file, 'utf8').replace('./mine.ts', code));
    expect((await here('check', file)).code).toBe(0);
  });
});

describe('a mistake is one line with its place', () => {
  it.each<[string, string, string, RegExp]>([
    [
      'a misspelt word',
      'inputs: corelated',
      MODULE,
      /study\.yaml:4:\d+: inputs must be one of .*correlated, got 'corelated' \(did you mean 'correlated'\?\)/,
    ],
    [
      'an argument out of range',
      "inputs: 'correlated:2'",
      MODULE,
      /inputs correlated:rho must have a number from -0\.9 to 0\.9 as rho, got 'correlated:2'/,
    ],
    [
      'an argument of a word without one',
      "start: 'at-teacher:2'",
      MODULE,
      /start at-teacher must be given without an argument/,
    ],
    [
      'a law without density',
      'inputs: correlated, loss: landscape-L, activation: relu, output: sum, teacherScale: 1',
      MODULE,
      /inputs must be gaussian or .* with loss: landscape-L, which needs the density of x, got 'correlated'/,
    ],
    [
      'a module that does not compile',
      'K: 2',
      'export const a = ;\n',
      /study\.yaml:2:7: .*mine\.ts:1:18: Unexpected ";"/,
    ],
    ['one that throws', 'K: 2', "\nthrow new Error('no');\n", /study\.yaml:2:7: mine\.ts:2: no/],
    [
      'one that exports nothing of use',
      'K: 2',
      'export const a = 1;\n',
      /mine\.ts: it must export what .* returns, got a/,
    ],
    [
      'a word of basin’s',
      'K: 2',
      MODULE.replace("'silu'", "'relu'"),
      /the name of activation must be one of your own, got 'relu'/,
    ],
    [
      'a word twice',
      'K: 2',
      `${MODULE}export const two = defineLoss({ name: 'half-square', description: 'x', formula: 'f' });`,
      /names of loss must be different, got 'half-square twice'/,
    ],
    [
      'a formula that is none',
      'K: 2',
      MODULE.replace('z*sigmoid(z)', 'z*sigmiod(z)'),
      /mine\.ts: activation silu: .* got 'sigmiod' at column 3 \(did you mean 'sigmoid'\?\)/,
    ],
    [
      'a function that is no derivative',
      'K: 2',
      BY_FUNCTIONS.replace('2 - z *', '3 - z *'),
      /study\.yaml:2:7: mine\.ts: activation silu: secondDerivative must be the derivative of derivative, got/,
    ],
    [
      'a formula that throws for one argument',
      "activation: 'silu:2'",
      MODULE.replace(
        "formula: 'z*sigmoid(z)'",
        `argument: { name: 'b', min: 0, max: 9, default: 1 },
  formula: (b) => { if (b > 1) throw new Error('boom'); return 'z*sigmoid(z)'; }`,
      ),
      /study\.yaml:4:\d+: mine\.ts:11: boom/,
    ],
    [
      'a definition that is no object',
      'K: 2',
      MODULE.replace(/defineTeacher\(\{[^]*?\}\);/, 'defineTeacher(null);'),
      /study\.yaml:2:7: mine\.ts: the definition of teacher must be given an object, got null/,
    ],
    [
      'a range that is no list',
      'K: 2',
      BY_FUNCTIONS.replace('range: [-600, 600]', 'range: 5'),
      /mine\.ts: activation silu: range must be a list of numbers, got '5'/,
    ],
    [
      'functions without one of them',
      'K: 2',
      BY_FUNCTIONS.replace('derivative: (z)', 'deriv: (z)'),
      /activation silu: derivative of activation silu, which has no formula, must be a function, got undefined/,
    ],
    [
      'a function that throws',
      'K: 2',
      BY_FUNCTIONS.replace('value: (z) => z * s(z)', 'value: (z) => z.foo.bar'),
      /mine\.ts:\d+: TypeError: Cannot read properties of undefined/,
    ],
    [
      'a law that reads a clock',
      'inputs: correlated',
      MODULE.replace('stream.normals(n * d);', 'stream.normals(n * d); Date.now();'),
      /mine\.ts:5: Date\.now\(\) is not allowed in a definition/,
    ],
    [
      'a law of too few numbers',
      'inputs: correlated',
      MODULE.replace('return x;', 'return x.slice(1);'),
      /what draw\(\) of inputs correlated returned is not allowed in a definition: it must be a Float64Array of n·d = 90 finite numbers, got 89/,
    ],
  ])('%s', async (_, grid, module, message) => {
    const { file, out } = laboratory(grid.includes('K:') ? 'radius: 0.2' : grid, module);
    const refused = await here('run', file, '--out', out);
    expect([isRefusal(refused), refused.stderr]).toEqual([true, expect.stringMatching(message)]);
  });

  it('a module that is not there', async () => {
    const { file, out, code } = laboratory('radius: 0.2');
    rmSync(code);
    const refused = await here('run', file, '--out', out);
    expect([isRefusal(refused), refused.stderr]).toEqual([
      true,
      expect.stringMatching(/study\.yaml:2:7: a module must be a file that is there, got '.*mine\.ts'/),
    ]);
  });
});
