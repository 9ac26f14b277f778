/** A study on the population risk with students of several widths, through the commands that know of studies. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { readNpy } from '../../src/io/npy.js';
import { flags, isRefusal, scratchFolder } from './basin.js';
import { here, hereJson } from './here.js';
import { withoutThreads } from './withoutThreads.js';

withoutThreads();
const folder = scratchFolder();
const file = (name: string): string => join(folder, name);
const CELL =
  'K=2,activation=relu,d=3,iterations=50,labels=regression,output=sum,risk=population,start=gaussian,starts=3';

const STUDY = `title: wider
grid:
  K: 2
  studentK: [K, K+2]
  d: 3
  activation: relu
  output: sum
  labels: regression
  risk: population
  start: gaussian
  starts: 3
  iterations: 50
trials: 2
measures: [recoveredShare, relativeRisk, foundRows, spareRows]
`;

interface Drawn {
  readonly risk: string;
  readonly shapes: Readonly<Record<string, readonly number[]>>;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly fit: string;
}

beforeAll(() => {
  writeFileSync(file('study.yaml'), STUDY);
});

it('is checked, planned and run without n', async () => {
  expect((await here('check', file('study.yaml'))).stdout).toContain('2 cells, 4 trials');
  expect((await here('plan', file('study.yaml'), ...flags({ output: file('plan.json'), pilot: '0' }))).code).toBe(0);
  const { experiments } = (await hereJson(
    'run',
    file('study.yaml'),
    ...flags({ out: file('study'), workers: '1' }),
  )) as {
    experiments: { cells: { settings: Record<string, unknown>; measures: Record<string, { value: number }> }[] }[];
  };
  const [{ cells }] = experiments;
  expect(cells.map(({ settings }) => [settings['studentK'], settings['n']])).toEqual([
    [2, undefined],
    [4, undefined],
  ]);
  for (const { measures } of cells) expect(measures['relativeRisk'].value).toBeGreaterThan(0);
});

it('draws no training set, says so, and the command that it names descends as the study does', async () => {
  const drawing = ['draw', file('study.yaml'), ...flags({ cell: 'studentK=4', trial: '1', out: file('drawn') })];
  expect((await here(...drawing)).stdout).toContain('there is no X.npy and no y.npy');
  const { risk, shapes, settings, fit } = (await hereJson(...drawing)) as Drawn;
  expect(risk).toBe('population');
  expect(settings).not.toHaveProperty('n');
  expect(shapes).toEqual({ teacher: [2, 3], 'teacher-v': [2], start: [3, 4, 3], 'start-v': [3, 4] });
  const words = fit.replaceAll(
    /--(teacher|teacher-v|start|v|out) (\S+)/g,
    (_, option: string, path: string) => `--${option} ${file(`drawn/${path}`)}`,
  );
  expect((await here(...words.split(' ').slice(1))).code).toBe(0);
  const replayed = (await hereJson(
    'replay',
    ...[file('study'), `study/${CELL},studentK=4#1`],
    ...flags({ arrays: file('replayed') }),
  )) as { identical: boolean };
  expect(replayed.identical).toBe(true);
  expect(readNpy(file('drawn/fitted/weights.npy')).values).toEqual(readNpy(file('replayed/weights.npy')).values);
});

it('on samples, its drawn problem is one for fit', async () => {
  const grid = 'K: 2, studentK: 4, d: 3, n: 40, activation: relu, labels: regression, start: gaussian, iterations: 30';
  writeFileSync(file('sampled.yaml'), `title: sampled\ngrid: {${grid}}\n`);
  const drawing = ['draw', file('sampled.yaml'), ...flags({ trial: '0', out: file('sampled') })];
  const { shapes, fit } = (await hereJson(...drawing)) as Drawn;
  expect(shapes).toMatchObject({ X: [40, 3], teacher: [2, 3], start: [1, 4, 3] });
  const words = fit.replaceAll(
    /--(x|y|start|v|out) (\S+)/g,
    (_, option: string, path: string) => `--${option} ${file(`sampled/${path}`)}`,
  );
  expect((await here(...words.split(' ').slice(1))).code).toBe(0);
  expect(readNpy(file('sampled/fitted/weights.npy')).shape).toEqual([1, 4, 3]);
});

it.each([
  ['risk: population', '  d: 3\n  risk: population\n', 'labels must be regression with risk: population'],
  ['two risks', '  d: 3\n  risk: [population, empirical]\n  labels: regression\n', 'n must be given'],
  [
    'a width near W*',
    '  d: 3\n  n: 100\n  studentK: 5\n',
    'start must be gaussian or a file with studentK = 5 and K = 3',
  ],
  ['no width', '  d: 3\n  n: 100\n  studentK: 0\n', 'studentK must be an integer from 1 to 512, or same'],
])('%s that cannot be is refused in one line', async (_, grid, message) => {
  writeFileSync(file('bad.yaml'), `title: bad\ngrid:\n${grid}`);
  const run = await here('check', file('bad.yaml'));
  expect(run.stderr).toContain(message);
  expect(isRefusal(run), run.stderr).toBe(true);
});

it('a search for n has nothing to search on the population risk', async () => {
  const grid = 'grid: {d: 3, K: 2, labels: regression, activation: relu, risk: population}';
  writeFileSync(file('search.yaml'), `title: search\n${grid}\nboundary: {between: [10, 100]}\n`);
  const run = await here('check', file('search.yaml'));
  expect(run.stderr).toContain('boundary must not be given with risk: population, which has no n');
});

it('a study without anything random is refused', async () => {
  const grid = 'K: 2, d: 3, teacher: identity, activation: relu, labels: regression, risk: population, radius: 0';
  writeFileSync(file('fixed.yaml'), `title: fixed\ngrid: {${grid}}\ntrials: 2\n`);
  const run = await here('check', file('fixed.yaml'));
  expect(run.stderr).toContain('trials must be 1 where nothing is random, got 2');
});
