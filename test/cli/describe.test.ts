/** `basin describe`. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EXPERIMENTS } from '../../src/experiments/registry.js';
import { isRefusal, scratchFolder, flags } from './basin.js';
import { here, hereJson } from './here.js';

const file = (name: string): string => join(scratchFolder(), name);
const study = file('study.yaml');
writeFileSync(
  study,
  'title: own\ndescription: why\ngrid: {d: 4, n: [10*d, 20*d], K: 2}\ntrials: 3\nprecision: {rate: 0.1, most: 50}\nmeasures: [recoveryRate]\n',
);

it.each(EXPERIMENTS.map(({ id }) => id))('%s says what it will do at paper scale', async (id) => {
  const described = (await hereJson('describe', id, '--scale', 'paper')) as {
    cells: unknown[];
    measures: unknown[];
    claims: { statement: string; source: string }[];
    settings: { given: boolean }[];
    coreSeconds: number;
  };
  expect(described.cells.length).toBeGreaterThan(0);
  expect(described.measures.length).toBeGreaterThan(0);
  expect(described.claims.length).toBeGreaterThan(0);
  for (const { statement, source } of described.claims) expect(statement.length * source.length).toBeGreaterThan(0);
  expect(described.settings.some(({ given }) => given)).toBe(false);
  expect(described.coreSeconds).toBeGreaterThan(0);
});

describe('an experiment', () => {
  it('has the values of --set, and says which are given', async () => {
    const described = (await hereJson(
      'describe',
      'fu2018-fig3',
      ...flags({ set: ['starts=7', 'd=20'], seed: '9' }),
    )) as {
      seed: number;
      cells: { settings: unknown; trials: number }[];
      trials: number;
      settings: { name: string; values: string; given: boolean }[];
    };
    expect(described.cells[0]).toEqual({ settings: { K: 3, d: 20, n: 3000 }, trials: 20 });
    expect([described.seed, described.cells.length, described.trials]).toEqual([9, 4, 80]);
    expect(described.settings.filter(({ given }) => given).map(({ name, values }) => [name, values])).toEqual([
      ['d', '20'],
      ['starts', '7'],
    ]);
  });

  it('in words', async () => {
    const { stdout } = await here('describe', 'fu2018-fig3');
    for (const part of [
      'fu2018-fig3: ',
      'scale quick, seed 1',
      '8 cells, 160 trials, about',
      'successRate',
      'n50-exponent',
      'choices that the paper leaves open',
    ])
      expect(stdout).toContain(part);
  });
});

it('a study file', async () => {
  const described = (await hereJson('describe', study, '--set', 'starts=2')) as {
    description: string;
    grows: boolean;
    settings: { name: string; given: boolean }[];
    measures: { name: string }[];
  };
  expect(described).toMatchObject({
    id: 'study',
    title: 'own',
    description: 'why',
    grows: true,
    measures: [{ name: 'recoveryRate' }],
  });
  expect(described.settings.filter(({ given }) => given).map(({ name }) => name)).toEqual(
    expect.arrayContaining(['K', 'd', 'n', 'starts', 'trials', 'precision']),
  );
});

it.each([
  [['fu2018-fig9'], /experiment must be one of/],
  [['fu2018-fig3', '--set', 'x=1'], /--set key of fu2018-fig3/],
  [['fu2018-fig3', '--scale', 'x'], /--scale must be one of/],
  [['none.yaml'], /none\.yaml/],
])('refused: %j', async (args, pattern) => {
  const run = await here('describe', ...args);
  expect(run.stderr).toMatch(pattern);
  expect(isRefusal(run), run.stderr).toBe(true);
});
