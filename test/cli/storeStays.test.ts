/** No command that writes a file of a user's choice replaces a store or writes into a study folder. */
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { writeNpy } from '../../src/io/npy.js';
import { flags, scratchFolder } from './basin.js';
import { here } from './here.js';
import { withoutThreads } from './withoutThreads.js';

withoutThreads();

const folder = scratchFolder();
const at = (...names: string[]): string => join(folder, ...names);
const STUDY = 'title: x\ngrid: {K: 1, d: 2, n: 5, iterations: 1}\ntrials: 2\nmeasures: [relativeError]\n';
const SCORE = ['score', ...flags({ samples: at('X.npy'), at: at('X.npy'), bandwidth: '1', order: '1' })];
const DATA = flags({ x: at('X.npy'), y: at('y.npy'), activation: 'tanh' });
const FIT = ['fit', ...DATA, ...flags({ loss: 'squared', start: at('W.npy'), 'step-size': '0.1', iterations: '2' })];

const digest = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex');
/** The files of a folder with their content, without those that a reader of the store makes. */
const state = (dir: string): [string, string][] =>
  readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/-(wal|shm)$/.test(entry.name))
    .map(({ parentPath, name }): [string, string] => [name, digest(join(parentPath, name))])
    .sort();
let before: [string, string][] = [];

beforeAll(async () => {
  const waves = Float64Array.from({ length: 40 }, (_, i) => Math.sin(i * i));
  writeNpy(at('X.npy'), waves, [20, 2]);
  writeNpy(at('y.npy'), waves.subarray(0, 20), [20]);
  writeNpy(at('W.npy'), Float64Array.of(0.5, -0.25), [1, 2]);
  writeNpy(at('T.npy'), Float64Array.of(1, 0, 0, 0, 0, 0, 0, 1), [2, 2, 2]);
  writeFileSync(at('study.yaml'), STUDY);
  expect((await here('run', at('study.yaml'), '--out', at('study'))).code).toBe(0);
  before = state(at('study'));
});

afterEach(() => {
  expect(state(at('study'))).toEqual(before);
});

describe('a file in a study folder is refused by', () => {
  const commands: [string, (file: string) => string[]][] = [
    ['report --ademp', (file) => ['report', at('study'), '--ademp', file]],
    ['eject --out', (file) => ['eject', 'fu2018-fig3', '--out', file]],
    ['export --out', (file) => ['export', at('study'), '--format', 'csv', '--out', file]],
  ];
  it.each(commands)('%s', async (_, command) => {
    for (const name of ['basin.sqlite', 'basin.sqlite-wal', 'basin.lock', 'report.html', 'study.yaml', 'new.md']) {
      const { code, stderr } = await here(...command(at('study', name)));
      expect([code, stderr]).toEqual([
        2,
        `basin: results must go to a file outside of study folders, got '${at('study', name)}'\n`,
      ]);
    }
  });

  it.each(commands)('%s, also a copy of a store and a link to one', async (name, command) => {
    const place = at(name.replaceAll(' ', ''));
    mkdirSync(place);
    copyFileSync(at('study', 'basin.sqlite'), join(place, 'kept.db'));
    symlinkSync(at('study', 'basin.sqlite'), join(place, 'link'));
    for (const one of ['kept.db', 'link']) expect((await here(...command(join(place, one)))).code).toBe(2);
    expect(readFileSync(join(place, 'kept.db')).equals(readFileSync(at('study', 'basin.sqlite')))).toBe(true);
  });

  it('plan -o, where a file is there: it replaces nothing', async () => {
    for (const name of ['basin.sqlite', 'study.yaml'])
      expect((await here('plan', at('study.yaml'), '-o', at('study', name))).code).toBe(2);
  });

  it('score --out', async () => {
    const { code, stderr } = await here(...SCORE, '--out', at('study', 'scores.npy'));
    expect([code, stderr]).toEqual([2, expect.stringContaining('outside of study folders')]);
  });
});

describe('a study folder is refused by', () => {
  it.each<[string, string, (dir: string) => string[]]>([
    ['report --out', '--out', (out) => ['report', at('other'), '--out', out]],
    ['draw --out', '--out', (out) => ['draw', at('study.yaml'), '--trial', '0', '--out', out]],
    ['fit --out', '--out', (out) => [...FIT, '--out', out]],
    [
      'init --out',
      '--out',
      (out) => ['init', ...DATA, ...flags({ neurons: '1', labels: 'regression', seed: '1', out })],
    ],
    ['factorize --out', '--out', (out) => ['factorize', ...flags({ tensor: at('T.npy'), rank: '1', seed: '1', out })]],
    ['hessian --out', '--out', (out) => ['hessian', ...DATA, ...flags({ loss: 'squared', weights: at('W.npy'), out })]],
    ['replay --arrays', '--arrays', (out) => ['replay', at('study'), 'own/K=1,d=2,n=5#0', '--arrays', out]],
  ])('%s', async (name, option, command) => {
    if (name.startsWith('report')) await here('run', at('study.yaml'), '--out', at('other'));
    const { code, stderr } = await here(...command(at('study')));
    expect([code, stderr]).toEqual([2, `basin: ${option} must be a folder without a study, got '${at('study')}'\n`]);
  });

  it('nightly --out', async () => {
    const { code, stderr } = await here('nightly', 'fu2018-fig3', '--budget', '1s', '--out', at('study'));
    expect([code, stderr]).toEqual([2, expect.stringContaining('must be empty or that of earlier nights')]);
  });

  it('fit, where its file is a link to a store', async () => {
    mkdirSync(at('linked'));
    symlinkSync(at('study', 'basin.sqlite'), at('linked', 'weights.npy'));
    const { code, stderr } = await here(...FIT, '--out', at('linked'));
    expect([code, stderr]).toEqual([2, expect.stringContaining('outside of study folders')]);
  });
});
