/** `basin draw`, and what `basin fit` does with its files. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readNpy } from '../../src/io/npy.js';
import { isRefusal, scratchFolder, flags } from './basin.js';
import { here, hereJson } from './here.js';

const folder = scratchFolder();
const file = (name: string): string => join(folder, name);
const NAMES = ['X', 'y', 'teacher', 'teacher-v', 'start', 'start-v'];

interface Document {
  readonly address: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly architecture: string;
  readonly activation: string;
  readonly output: string;
  readonly loss: string;
  readonly shapes: Readonly<Record<string, readonly number[]>>;
  readonly fit: string | null;
  readonly files: Readonly<Record<string, string>>;
}

const STUDY = `title: drawn
seed: 4
grid:
  K: 2
  d: [4, 6]
  n: 10*d
  architecture: cnn
  output: signs
  labels: regression
  activation: tanh
  starts: 3
trials: 2
`;

async function draw(name: string, ...args: string[]): Promise<Document> {
  return (await hereJson('draw', ...args, '--out', file(name))) as Document;
}

describe('an experiment', () => {
  it('is drawn into files of the shapes that problem.json says', async () => {
    const document = await draw(
      'fig3',
      'fu2018-fig3',
      ...flags({ scale: 'smoke', set: 'K=2', cell: 'd=8,n=400', trial: '3', seed: '5' }),
    );
    expect(document).toMatchObject({
      address: 'fu2018-fig3/K=2,d=8,n=400#3',
      architecture: 'fcn',
      activation: 'sigmoid',
      output: 'mean',
      loss: 'squared',
      settings: { K: 2, d: 8, n: 400, starts: 4, radius: 0.1 },
      shapes: { X: [400, 8], y: [400], teacher: [2, 8], 'teacher-v': [2], start: [4, 2, 8], 'start-v': [4, 2] },
    });
    for (const name of NAMES) expect(readNpy(file(`fig3/${name}.npy`)).shape).toEqual(document.shapes[name]);
    const { files, ...kept } = document;
    expect(JSON.parse(readFileSync(file('fig3/problem.json'), 'utf8'))).toEqual(kept);
    expect(files).toEqual(
      Object.fromEntries([
        ...NAMES.map((name) => [name, file(`fig3/${name}.npy`)]),
        ['problem', file('fig3/problem.json')],
      ]),
    );
  });

  it('is another one for another trial, seed or cell, and the same for the same', async () => {
    const bytes = async (name: string, ...args: string[]): Promise<string> => {
      await draw(name, 'fu2018-fig4', '--scale', 'smoke', ...args);
      return readFileSync(file(`${name}/X.npy`), 'latin1');
    };
    const first = await bytes('a', '--trial', '0');
    expect(await bytes('b', '--trial', '0')).toBe(first);
    expect(await bytes('c', '--trial', '1')).not.toBe(first);
    expect(await bytes('d', '--trial', '0', '--seed', '2')).not.toBe(first);
  });

  it('says in words which cell it took', async () => {
    const { code, stdout } = await here(
      'draw',
      'fu2018-fig3',
      ...flags({ scale: 'smoke', trial: '0', out: file('words') }),
    );
    expect(code).toBe(0);
    expect(stdout).toContain('fu2018-fig3/K=3,d=4,n=200#0 (seed 1, the first cell of the grid)');
    expect(stdout).toContain('(4, 3, 4)');
  });
});

describe('a study file', () => {
  it('is drawn with its own seed, and --set changes its grid', async () => {
    writeFileSync(file('study.yaml'), STUDY);
    const document = await draw(
      'own',
      file('study.yaml'),
      ...flags({ trial: '1', cell: 'd=6', set: ['starts=2', 'd=6,8'] }),
    );
    expect(document).toMatchObject({
      seed: 4,
      architecture: 'cnn',
      activation: 'tanh',
      output: 'signs',
      settings: { noise: 0, inputs: 'gaussian', starts: 2 },
      shapes: { X: [60, 6], teacher: [1, 3], 'teacher-v': [2], start: [2, 1, 3], 'start-v': [2, 2] },
    });
  });
});

describe('basin fit runs on the files', () => {
  it.each([
    ['fig3', ['fu2018-fig3', '--scale', 'smoke']],
    ['cnn', ['fu2019-success', '--scale', 'smoke', '--cell', 'n=24']],
    ['spurious', ['soltanolkotabi2017-fig2a', '--scale', 'smoke', '--cell', 'K=2']],
    ['signs', ['zhong2017-fig1a', '--scale', 'smoke', '--cell', 'd=8,n=400']],
  ])('by the command that draw names: %s', async (name, args) => {
    const { fit, shapes } = await draw(name, ...args, '--trial', '0');
    const words = (fit ?? '').replaceAll(
      /--(x|y|start|v|out) (\S+)/g,
      (_, option: string, path: string) => `--${option} ${join(folder, name, path)}`,
    );
    const { code, stderr } = await here(
      ...words
        .replace(/--iterations \d+/, '--iterations 20')
        .split(' ')
        .slice(1),
    );
    expect(stderr.replaceAll(/^basin: warning.*$/gm, '').trim()).toBe('');
    expect(code).toBe(0);
    expect(readNpy(file(`${name}/fitted/weights.npy`)).shape).toEqual(shapes['start']);
  });

  it('with the update rule of the cell', async () => {
    const study = STUDY.replace('starts: 3', 'starts: 1\n  method: nesterov\n  momentum: 0.5\n  schedule: cosine:40');
    writeFileSync(file('nesterov.yaml'), study);
    const { fit } = await draw('nesterov', file('nesterov.yaml'), '--trial', '0', '--cell', 'd=4');
    expect(fit).toContain('--step-size auto --method nesterov --momentum 0.5 --schedule cosine:40 --iterations 2000');
  });

  it('a landscape loss is none of fit', async () => {
    expect(
      (await draw('gao', 'gao2018-fig3', '--scale', 'smoke', '--cell', 'loss=G,teacher=identity', '--trial', '0')).fit,
    ).toBeNull();
  });
});

describe('refused in one line', () => {
  const out = ['--out', file('refused')];
  it.each([
    [['fu2018-fig9', '--trial', '0', ...out], /experiment must be one of .*got 'fu2018-fig9'/],
    [
      ['fu2018-fig2', '--trial', '0', ...out],
      /must be one that plants a teacher and draws training sets, got 'fu2018-fig2'/,
    ],
    [
      ['fu2018-fig3', '--trial', '20', ...out],
      /--trial must be a whole number from 0 to 19, as K=3,d=20,n=3000 of fu2018-fig3 has 20 trials, got 20/,
    ],
    [['fu2018-fig3', '--trial', '-1', ...out], /--trial must be a whole number/],
    [['fu2018-fig3', '--trial', '1.5', ...out], /--trial must be a whole number/],
    [
      ['fu2018-fig3', '--trial', '0', '--cell', 'd=21', ...out],
      /--cell must name one of the 8 cells of fu2018-fig3 \(.*\| … 3 more\), got 'd=21'/,
    ],
    [
      ['fu2018-fig3', '--trial', '0', '--cell', 'd=20', ...out],
      /--cell must name one cell of fu2018-fig3, got 'd=20', which 4 have/,
    ],
    [['fu2018-fig3', '--trial', '0', '--cell', 'd', ...out], /--cell must be settings such as K=3,d=20, got 'd'/],
    [['fu2018-fig3', '--trial', '0', '--set', 'startz=2', ...out], /did you mean 'starts'/],
    [['fu2018-fig3', '--trial', '0', '--seed', 'x', ...out], /--seed must be a whole number/],
    [['fu2018-fig3', '--trial', '0', '--scale', 'huge', ...out], /--scale must be one of/],
    [['nothing.yaml', '--trial', '0', ...out], /nothing\.yaml/],
    [['fu2018-fig3', ...out], /required option '--trial/],
    [['fu2018-fig3', '--trial', '0'], /required option '--out/],
  ])('%j', async (args, pattern) => {
    const run = await here('draw', ...args);
    expect(run.stderr).toMatch(pattern);
    expect(isRefusal(run), run.stderr).toBe(true);
  });

  it('--out that is a file', async () => {
    writeFileSync(file('taken'), '');
    const run = await here('draw', 'fu2018-fig3', '--trial', '0', '--out', file('taken'));
    expect(run.stderr).toMatch(/taken/);
    expect(isRefusal(run), run.stderr).toBe(true);
  });

  it.each([
    ['--set must look like key=value', 'starts'],
    ["got 'strats' (did you mean 'starts'?)", 'strats=2'],
    ['starts must be', 'starts=0'],
    ['--set d must have every value once, got 4 twice', 'd=4,4'],
    ['--set: K must be a divisor of d = 4', 'K=3'],
  ])('%s of a study file', async (message, text) => {
    mkdirSync(file('bad'), { recursive: true });
    writeFileSync(file('bad/study.yaml'), STUDY);
    const run = await here('draw', file('bad/study.yaml'), '--trial', '0', '--set', text, '--out', file('bad/out'));
    expect(run.stderr).toContain(message);
    expect(isRefusal(run), run.stderr).toBe(true);
  });
});
