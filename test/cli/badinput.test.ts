import { chmodSync, existsSync, mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { writeNpy } from '../../src/io/npy.js';
import { isRefusal, scratchFolder, type Run } from './basin.js';
import { here } from './here.js';

const folder = scratchFolder();
const file = (name: string): string => join(folder, name);

function refused(run: Run, pattern: RegExp): void {
  expect(run.stderr).toMatch(pattern);
  expect(isRefusal(run), `${run.code} ${run.stdout} ${run.stderr}`).toBe(true);
}

describe('commands and options', () => {
  it.each([
    [['reproduse'], /command must be one of .*reproduce.*got 'reproduse'.*did you mean 'reproduce'/],
    [['list', 'fu2018-fig9'], /experiment must be one of .*got 'fu2018-fig9'/],
    [
      ['list', 'fu2018-fg3'],
      /^basin: experiment must be one of the \d+ of basin list, got 'fu2018-fg3' \(did you mean 'fu2018-fig3'\?\)\n$/,
    ],
    [['quantities', '--activation', 'sigmiod', '--sigma', '1'], /did you mean 'sigmoid'/],
    [
      ['quantities', '--activation', 'sigmoid', '--sigma', '1:0.5'],
      /--sigma must be a range FIRST:LAST:STEP whose step/,
    ],
    [['reproduce', 'fu2018-fig3', '--set', 'd=20,', '40', '60'], /experiment must be one of .* got '60'\n$/],
    [['reproduce', 'fu2018-fig3', '--set', 'd=20:40:x'], /d must be a range FIRST:LAST:STEP .* got '20:40:x'/],
    [
      ['reproduce', 'fu2018-fig3', '--set', 'd=logspace(0,', '9,', '3)'],
      /d must be logspace\(FIRST, LAST, COUNT\) with/,
    ],
    [
      ['reproduce', 'fu2018-fig3', '--set', 'd=1:1e6'],
      /d must be a list of at most 1000 values, got 1000000 of '1:1e6'/,
    ],
    [['reproduce', 'fu2018-fig3', '--scale', 'quik'], /--scale must be one of .* \(did you mean 'quick'\?\)/],
    [
      ['run', '--plan', 'plan.json', '--out', 'units'],
      /basin run --plan must be given with --shard i\/N and --out DIR, got no --shard i\/N\n$/,
    ],
    [['list', '--jsno'], /^basin: unknown option '--jsno' \(did you mean '--json'\?\)\n$/],
    [['run', 'study.yaml', '--sed', '1'], /^basin: unknown option '--sed' \(did you mean '--seed'\?\)\n$/],
    [['help', 'reprodce'], /command must be one of .*got 'reprodce' \(did you mean 'reproduce'\?\)\n$/],
    [['reprodce', '--help'], /got 'reprodce' \(did you mean 'reproduce'\?\)\n$/],
    [['reproduce', 'nope'], /experiment must be one of/],
    [['reproduce', 'fu2018-fig2', '--scale', 'huge'], /--scale must be one of smoke, quick, paper, got 'huge'/],
    [['reproduce', 'fu2018-fig2', '--seed', '-1'], /--seed must be a whole number/],
    [['reproduce', 'fu2018-fig2', '--seed', '1.5'], /--seed must be a whole number/],
    [['reproduce', 'fu2018-fig2', '--workers', '0'], /--workers must be a whole number from 1 to 256, got '0'/],
    [['reproduce', 'fu2018-fig2', '--partitions', '0'], /--partitions must be a whole number from 1 to 256, got '0'/],
    [['reproduce', 'fu2018-fig3', '--precision', 'half'], /--precision must be one of float64, mixed, got 'half'/],
    [['reproduce', 'fu2018-fig2', '--precision', 'mixed'], /--precision must be float64 for fu2018-fig2: .*'mixed'/],
    [
      ['run', '--plan', 'p.json', '--shard', '0/1', '--out', 'u', '--precision', 'mixed'],
      /--precision must be given to basin plan, got '--plan'/,
    ],
    [['reproduce', 'fu2018-fig2', '--partitions', 'many'], /--partitions must be/],
    [['reproduce', 'fu2018-fig2', '--workers', '1e9'], /--workers must be/],
    [['reproduce', 'fu2018-fig2', '--budget', '30'], /--budget must be a duration/],
    [['reproduce', 'fu2018-fig2', '--budget', '0s'], /--budget must be a duration/],
    [
      ['reproduce', 'fu2018-fig3', '--set', 'startz=3'],
      /--set key of fu2018-fig3 must be one of .*got 'startz' \(did you mean 'starts'\?\)/,
    ],
    [['reproduce', 'fu2018-fig3', '--set', 'starts'], /--set must look like key=value/],
    [['reproduce', 'fu2018-fig3', '--set', 'starts=1.5'], /starts must be an integer from 2/],
    [['reproduce', 'fu2018-fig3', '--set', 'starts=nan'], /starts must be an integer/],
    [['reproduce', 'fu2018-fig3', '--set', 'radius=-1'], /radius must be a number from 0/],
    [['reproduce', 'fu2018-fig3', '--set', 'stepSize=inf'], /stepSize must be a number/],
    [['reproduce', 'fu2018-fig3', '--set', 'stepSize=0'], /stepSize must be a number/],
    [['reproduce', 'fu2018-fig3', '--set', 'd=20,20'], /every value once/],
    [['reproduce', 'fu2018-fig3', '--set', 'n=1e300'], /n must be/],
    [['reproduce', 'fu2018-fig3', '--set', 'fu2018-fig2.sigma=1'], /experiment of --set must be one of fu2018-fig3/],
    [['reproduce', 'fu2018-fig3', '--set', 'teacher=orthogonal'], /teacher must be one of orthonormal/],
    [['reproduce', 'fu2018-fig3', '--set', 'n=auto,4000'], /n must be numbers or auto alone, got 'auto,4000'/],
    [['reproduce', 'fu2018-fig3', '--set', 'n=4000,auto'], /n must be numbers or auto alone/],
    [['reproduce', 'fu2018-fig3', '--set', 'perDimension=100,100.01'], /every cell once, got K=3,d=20,n=2000 twice/],
    [
      ['reproduce', 'fu2018-fig3', '--set', 'n=10000000', '--set', 'd=1000'],
      /n·d, the size of a training set must be at most 1000000000/,
    ],
    [['reproduce', 'fu2018-fig2', '--set', 'sigma=0x10'], /sigma must be .* got '0x10'/],
    [['reproduce', 'fu2018-fig2', '--seed', '0x1'], /--seed must be a whole number/],
    [['reproduce', 'all', 'nope'], /experiment must be one of/],
    [
      ['reproduce', 'fu2018-fig3', '--set', 'K=30', '--set', 'd=20'],
      /neurons K of an orthonormal teacher must be at most d = 20, got 30/,
    ],
    [['quantities', '--activation', 'swish', '--sigma', '1'], /activation must be one of .*got 'swish'/],
    [['quantities', '--activation', 'sigmoid', '--sigma', '0'], /--sigma must be/],
    [['quantities', '--activation', 'sigmoid', '--sigma', '1,,2'], /--sigma must be/],
    [['quantities', '--activation', 'sigmoid', '--sigma', '1e300'], /σ|sigma/],
    [['quantities', '--activation', 'sigmoid'], /required option '--sigma/],
    [['export', 'nowhere', '--format', 'xlsx', '--out', 'x'], /--format must be one of csv, json, parquet, got 'xlsx'/],
    [['export', 'nowhere', '--format', 'csv', '--out', 'x'], /nowhere/],
    [['report', 'nowhere'], /nowhere/],
    [['replay', 'nowhere', 'x'], /nowhere/],
  ])('%j', async (args, pattern) => {
    const before = existsSync('studies');
    refused(await here(...args), pattern);
    expect(existsSync('studies')).toBe(before);
  });
});

describe('fit', () => {
  const X = Float64Array.from({ length: 30 }, (_, i) => Math.sin(i + 1));
  const y = Float64Array.from({ length: 10 }, (_, i) => i % 2);
  beforeAll(() => {
    writeNpy(file('X.npy'), X, [10, 3]);
    writeNpy(file('y.npy'), y, [10]);
    writeNpy(file('W0.npy'), Float64Array.of(1, 0, 0, 0, 1, 0), [2, 3]);
    writeNpy(file('y9.npy'), y.slice(0, 9), [9]);
    writeNpy(
      file('y2.npy'),
      y.map((value) => 2 * value),
      [10],
    );
    writeNpy(
      file('nan.npy'),
      X.map((value, i) => (i === 7 ? Number.NaN : value)),
      [10, 3],
    );
    writeNpy(file('flat.npy'), X, [30]);
    writeNpy(file('none.npy'), new Float64Array(0), [0, 3]);
    writeNpy(file('zero.npy'), new Float64Array(6), [2, 3]);
    writeNpy(file('W4.npy'), new Float64Array(8).fill(1), [2, 4]);
    writeNpy(file('C2.npy'), Float64Array.of(1, 2), [1, 2]);
    writeNpy(file('v3.npy'), Float64Array.of(1, 2, 3), [3]);
    writeFileSync(file('empty.npy'), '');
    writeFileSync(file('text.npy'), 'not an array');
    writeFileSync(file('ragged.csv'), '1,2,3\n4,5\n');
    writeFileSync(file('whole.npy'), readFileSync(file('X.npy')));
    truncateSync(file('whole.npy'), 200);
  });

  const base: Record<string, string> = {
    x: 'X.npy',
    y: 'y.npy',
    activation: 'sigmoid',
    loss: 'squared',
    start: 'W0.npy',
    'step-size': '1',
    iterations: '5',
    out: 'fit',
  };
  const paths = new Set(['x', 'y', 'start', 'v', 'out']);
  async function fit(changes: Record<string, string | undefined>): Promise<Run> {
    const options = Object.entries({ ...base, ...changes }).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    );
    return await here('fit', ...options.flatMap(([key, value]) => [`--${key}`, paths.has(key) ? file(value) : value]));
  }

  it('runs on good input', async () => expect((await fit({})).code).toBe(0));

  it.each<[Record<string, string | undefined>, RegExp]>([
    [{ x: undefined }, /required option '--x/],
    [{ x: 'missing.npy' }, /missing\.npy: .*no such file/],
    [{ x: 'empty.npy' }, /empty\.npy/],
    [{ x: 'text.npy' }, /text\.npy/],
    [{ x: 'whole.npy' }, /whole\.npy/],
    [{ x: 'nan.npy' }, /nan\.npy: values must be finite, got NaN at index 7/],
    [{ x: 'flat.npy' }, /flat\.npy: must be a matrix/],
    [{ x: 'none.npy' }, /none\.npy: X must have at least one sample/],
    [{ x: 'ragged.csv' }, /ragged\.csv.*2/],
    [{ y: 'y9.npy' }, /y9\.npy: y must have 10 entries.*got 9/],
    [{ y: 'X.npy' }, /X\.npy: must be a vector/],
    [{ loss: 'cross-entropy', y: 'y2.npy' }, /y2\.npy: y must lie in \[0, 1\] for cross-entropy, got 2/],
    [{ loss: 'hinge' }, /--loss must be one of squared, cross-entropy, got 'hinge'/],
    [{ activation: 'sigmod' }, /activation must be one of/],
    [{ start: 'W4.npy' }, /W4\.npy: weights of a fcn must have shape \(L, K, 3\) or \(K, 3\), got \(2, 4\)/],
    [{ start: 'C2.npy', architecture: 'cnn' }, /weights of a cnn must have shape .*divisor of d = 3, got \(1, 2\)/],
    [{ v: 'v3.npy' }, /v3\.npy: v must have shape \(2\) or \(1, 2\), got \(3\)/],
    [{ v: 'v3.npy', output: 'sum' }, /--output and --v exclude each other/],
    [{ architecture: 'rnn' }, /--architecture must be one of fcn, cnn/],
    [{ output: 'max' }, /--output must be one of mean, sum/],
    [{ 'step-size': '0' }, /--step-size must be/],
    [{ 'step-size': '-1' }, /--step-size must be/],
    [{ 'step-size': 'NaN' }, /--step-size must be/],
    [{ 'step-size': '1e400' }, /--step-size must be/],
    [{ iterations: '0' }, /--iterations must be a whole number/],
    [{ iterations: '1.5' }, /--iterations must be a whole number/],
    [{ iterations: '1e12' }, /--iterations must be a whole number/],
    [{ tolerance: '-1' }, /--tolerance must be/],
    [{ out: 'X.npy' }, /X\.npy/],
    [{ activation: 'relu', start: 'zero.npy', 'step-size': 'auto' }, /positive Hessian eigenvalue/],
    [{ out: 'X.npy/deeper' }, /X\.npy/],
  ])('%j', async (changes, pattern) => {
    refused(await fit({ out: 'untouched', ...changes }), pattern);
    expect(existsSync(file('untouched'))).toBe(false);
  });
});

describe('study folders', () => {
  const smoke = async (...more: string[]): Promise<Run> =>
    await here('reproduce', 'fu2018-fig2', '--scale', 'smoke', ...more);
  const study = file('study');
  beforeAll(async () => {
    await smoke('--out', study);
  });

  it('a study of another seed, scale or --set is refused with both values', async () => {
    refused(await smoke('--out', study, '--seed', '2'), /seed.*1.*2|seed.*2.*1/);
    refused(await here('reproduce', 'fu2018-fig2', '--scale', 'quick', '--out', study), /smoke.*quick|quick.*smoke/);
    refused(await smoke('--out', study, '--set', 'activation=tanh'), /tanh/);
  });

  it('a folder with other things in it is refused and left alone', async () => {
    mkdirSync(file('mine'));
    writeFileSync(file('mine/thesis.tex'), 'x');
    refused(await smoke('--out', file('mine')), /thesis\.tex/);
    expect(existsSync(file('mine/basin.sqlite'))).toBe(false);
  });

  it('a file instead of a folder, and a folder that cannot be made, are refused', async () => {
    writeFileSync(file('plain'), 'x');
    refused(await smoke('--out', file('plain')), /plain/);
    refused(await smoke('--out', file('plain/deeper')), /plain/);
    refused(await smoke('--out', ''), /output folder must have a name/);
  });

  it.skipIf(process.getuid?.() === 0)('a read-only folder is refused', async () => {
    mkdirSync(file('readonly'));
    chmodSync(file('readonly'), 0o555);
    refused(await smoke('--out', file('readonly')), /readonly/);
  });

  it('a damaged store is refused by every command that reads it, and left as it is', async () => {
    await smoke('--out', file('damaged'));
    const path = file('damaged/basin.sqlite');
    const bytes = readFileSync(path);
    for (const damage of [bytes.subarray(0, 1000), bytes.map((byte, i) => (i < 16 ? 0 : byte)), Buffer.from('')]) {
      writeFileSync(path, damage);
      refused(await smoke('--out', file('damaged')), /basin\.sqlite/);
      refused(await here('report', file('damaged')), /basin\.sqlite/);
      refused(await here('export', file('damaged'), '--format', 'csv', '--out', file('x.csv')), /basin\.sqlite/);
      expect(readFileSync(path).equals(damage)).toBe(true);
    }
  });

  it('an address that is not stored is refused with what is', async () => {
    refused(await here('replay', study, 'fu2018-fig2/sigma=7#0'), /sigma=/);
    refused(await here('replay', study, 'fu2018-fig2/sigma=1#99'), /stored trial/);
    refused(await here('replay', study, 'rubbish'), /ID\/CELL#TRIAL/);
  });
});

describe('a word of others in an error', () => {
  it('holds nothing that a terminal would obey', async () => {
    const { code, stderr } = await here('report', '/nowhere/x\u001b[31my');
    expect(code).toBe(2);
    expect(stderr).toContain('x\uFFFD[31my');
    expect(stderr).not.toContain('\u001b');
  });
});
