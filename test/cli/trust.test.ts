import Database from 'better-sqlite3';
import { once } from 'node:events';
import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { isRefusal, scratchFolder, startBasin, flags } from './basin.js';
import { defineMeasureFunctions } from '../store/measureFunctions.js';
import { here, hereJson } from './here.js';
import { withoutThreads } from './withoutThreads.js';

withoutThreads();

const folder = scratchFolder();
const at = (name: string): string => join(folder, name);

const RUN = [
  'reproduce',
  'fu2018-fig3',
  ...flags({ scale: 'smoke', set: ['d=4', 'perDimension=50,400', 'trials=10', 'iterations=200'] }),
];

async function run(name: string, ...more: string[]): Promise<string> {
  const { code, stderr } = await here(...RUN, ...more, '--out', at(name));
  // a claim may fail at this size
  expect([0, 1], stderr).toContain(code);
  return at(name);
}

/** The study that all begin with, to be changed. */
function copy(name: string): string {
  cpSync(at('one'), at(name), { recursive: true });
  return at(name);
}

function change(study: string, sql: string): void {
  const database = new Database(join(study, 'basin.sqlite'));
  defineMeasureFunctions(database);
  expect(database.prepare(sql).run().changes).toBe(1);
  database.close();
}

beforeAll(async () => {
  await run('one');
});

describe('basin verify', () => {
  it('finds a fresh study identical, and leaves the store as it is', async () => {
    const before = readFileSync(join(at('one'), 'basin.sqlite'));
    expect(await here('verify', at('one'), '--sample', '100%')).toMatchObject({
      code: 0,
      stdout: `${at('one')}: 20 of 20 trials replayed, 20 identical, 0 differ\n`,
    });
    expect(readFileSync(join(at('one'), 'basin.sqlite')).equals(before)).toBe(true);
  });

  it('takes one trial of every cell where it may, and the same ones for the same seed', async () => {
    expect(await hereJson('verify', at('one'), '--sample', '2', '--workers', '1')).toEqual({
      study: at('one'),
      sample: '2',
      seed: 1,
      stored: 20,
      censored: 0,
      sampled: 2,
      replayed: 2,
      identical: 2,
      differing: [],
      provenance: [],
      origins: [expect.objectContaining({ here: true, replayed: 2, differing: 0 })],
    });
    expect(await hereJson('verify', at('one'))).toMatchObject({ sample: '1%', sampled: 1 });
  });

  it('names the address, what differs, and another build, and ends with 1', async () => {
    const study = copy('tampered');
    change(
      study,
      "UPDATE trials SET measures = with_measure(names, measures, 'finalLoss', 0.25) WHERE trial = 7 AND cell = 2",
    );
    change(study, "UPDATE origins SET origin = json_set(origin, '$.blas', 'Prescott')");
    const { code, stdout } = await here('verify', study, '--sample', '100%');
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /19 identical, 1 differ\nof these 20 trials made with BLAS core Prescott \(here \w+\): 19 identical, 1 differ\n\naddress +what +stored +replayed\nfu2018-fig3\/K=3,d=4,n=1600#7 {2}measures\.finalLoss {2}0\.25 +0\.\d+\n/,
    );
    expect(stdout).toMatch(
      /the study was made by another program or machine.*\n +stored +here\nblas +Prescott +\w+\n$/,
    );
    expect(await hereJson('verify', study, '--sample', '100%')).toMatchObject({
      replayed: 20,
      identical: 19,
      provenance: [{ name: 'blas', stored: ['Prescott'] }],
      differing: [
        {
          address: 'fu2018-fig3/K=3,d=4,n=1600#7',
          differences: [{ name: 'measures.finalLoss', stored: 0.25, replayed: expect.any(Number) as number }],
        },
      ],
    });
  });

  it('ends with 3 when it is interrupted', async () => {
    const child = startBasin('verify', at('one'), '--sample', '100%', '--workers', '1');
    await once(child.stderr as NodeJS.ReadableStream, 'data');
    child.kill('SIGINT');
    const [code] = (await once(child, 'close')) as [number];
    expect(code).toBe(3);
  });

  it.each([
    [['--sample', '0'], /--sample must be a share/],
    [['--sample', '101%'], /got '101'/],
    [['--sample', '1.5'], /got '1.5'/],
    [['--seed', '-1'], /--seed must be/],
    [['--workers', '0'], /--workers must be/],
  ])('refuses %j', async (options, message) => {
    const refused = await here('verify', at('one'), ...options);
    expect(isRefusal(refused)).toBe(true);
    expect(refused.stderr).toMatch(message);
  });
});

describe('basin compare', () => {
  it('finds the same study run twice identical', async () => {
    const { code, stdout } = await here('compare', at('one'), await run('again'));
    expect(code).toBe(0);
    expect(stdout).toContain(
      'bit by bit: 20 trials in both, 20 identical, 0 differ\n\nevery value is the same in both\n',
    );
    expect(stdout).toMatch(/\nno difference that matters\n$/);
    expect(await hereJson('compare', at('one'), at('again'))).toMatchObject({
      differs: false,
      compared: true,
      bitwise: { expected: true, trials: 20, identical: 20, differing: [], broken: [] },
    });
  });

  it('ends with 1 when one bit differs that must not', async () => {
    copy('flipped');
    change(
      at('flipped'),
      "UPDATE trials SET measures = with_measure(names, measures, 'finalLoss', measure(names, measures, 'finalLoss') * (1 + 3e-16)) WHERE trial = 7 AND cell = 2",
    );
    const { code, stdout } = await here('compare', at('one'), at('flipped'));
    expect(code).toBe(1);
    expect(stdout).toContain('19 identical, 1 differ\nfu2018-fig3/K=3,d=4,n=1600#7\n');
    change(at('flipped'), "UPDATE origins SET origin = json_set(origin, '$.blas', 'Prescott')");
    const elsewhere = await here('compare', at('one'), at('flipped'));
    expect(elsewhere.code).toBe(0);
    expect(elsewhere.stdout).toMatch(/bits may differ\n +A +B\nblas +\w+ +Prescott\n/);
  });

  it('tests two seeds as independent, and finds no difference', async () => {
    const { code, stdout } = await here('compare', at('one'), await run('seed', '--seed', '2'));
    expect(code).toBe(0);
    expect(stdout).toMatch(/\d tests of independent trials, together at level 0.05 \(Holm\): 0 differ/);
  });

  it('tells a setting with an effect, paired and unpaired', async () => {
    await run('slow', '--set', 'stepFactor=0.1');
    const { code, stdout } = await here('compare', at('one'), at('slow'));
    expect(code).toBe(1);
    expect(stdout).toContain('fu2018-fig3: stepFactor is 1 in A, 0.1 in B\n');
    expect(stdout).toMatch(/n=1600 +sdN .*sign test +0\.002\n/);
    const [, values] = stdout.split('fu2018-fig3/K=3,d=4,n=1600:\n');
    expect(values).toMatch(/^measure +A +B\n/);
    expect(values).toMatch(/\nsdN \* +\S+ \[.*\] +\S+ \[.*\]\n/);
    expect(values).toMatch(/\nthe same in both: (.|\n)*\n\nthe studies differ\n$/);
    const document = (await hereJson('compare', at('slow'), at('seed'))) as {
      differs: boolean;
      cells: { sampling: string }[];
    };
    expect(document.differs).toBe(true);
    expect(document.cells.map(({ sampling }) => sampling)).toEqual(['independent', 'independent']);
  });

  it('says what only one has; where nothing was compared it is no success', async () => {
    await here('reproduce', 'fu2018-fig2', '--scale', 'smoke', '--out', at('other'));
    const { code, stdout } = await here('compare', at('one'), at('other'));
    expect(code).toBe(2);
    expect(stdout).toMatch(/only in A: 2 cells, fu2018-fig3\/K=3,d=4,n=200; fu2018-fig3\/K=3,d=4,n=1600\nonly in B: /);
    expect(stdout).toMatch(/nothing was compared\n$/);
    expect(isRefusal(await here('compare', at('one'), at('nowhere')))).toBe(true);
    const empty = copy('empty');
    const database = new Database(join(empty, 'basin.sqlite'));
    database.exec('DELETE FROM curves; DELETE FROM trials');
    database.close();
    expect((await here('compare', at('one'), empty)).code).toBe(2);
    expect((await here('compare', at('one'), empty)).stdout).toMatch(
      /in common: 2 cells\n\nnothing in common: nothing was compared\n$/,
    );
    expect(isRefusal(await here('compare', at('one'), at('other'), '--level', '1'))).toBe(true);
  });
});
