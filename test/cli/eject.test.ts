/** `basin eject`: the study file runs the trials of the experiment to the bit. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readStudy } from '../../src/store/open.js';
import { isRefusal, scratchFolder } from './basin.js';
import { here } from './here.js';
import { withoutThreads } from './withoutThreads.js';

withoutThreads();

const dir = scratchFolder();
const at = (name: string): string => join(dir, name);

/** Numbers of the trials of a folder, by cell and trial: the cell with the settings of a paper's alone. */
function numbersOf(
  folder: string,
  measures: readonly string[],
  cell: (text: string) => string,
): Map<string, unknown[]> {
  const store = readStudy(folder);
  try {
    const [{ id }] = store.experiments();
    const rows = store
      .cells(id)
      .flatMap((one) =>
        Array.from(store.trials(one), ({ trial, measures: all }): [string, unknown[]] => [
          `${cell(one.text)}#${trial}`,
          measures.map((name) => all[name]),
        ]),
      );
    return new Map(rows);
  } finally {
    store.close();
  }
}

async function ejectedRun(id: string, ...set: string[]): Promise<void> {
  const sets = set.flatMap((one) => ['--set', one]);
  expect((await here('eject', id, '--seed', '3', ...sets, '--out', at(`${id}.yaml`))).code).toBe(0);
  expect(
    (await here('reproduce', id, '--seed', '3', ...sets, '--scale', 'smoke', '--out', at(id))).stderr,
  ).not.toContain('basin:');
  expect((await here('run', at(`${id}.yaml`), '--scale', 'smoke', '--out', at(`${id}-own`))).stderr).not.toContain(
    'basin:',
  );
}

/** The sizes of a cell, which both texts name. */
function sizes(text: string): string {
  return text
    .split(',')
    .filter((part) => /^[dn]=/.test(part))
    .join();
}

describe('an ejected experiment', () => {
  it.each([
    ['fu2018-fig3', ['sdN', 'success', 'stepSize', 'iterations', 'oneMinimum']],
    ['fu2018-fig4', ['estimationError', 'iterations', 'gradientNorm', 'finalLoss']],
  ])('%s has the bits of the experiment', async (id, measures) => {
    await ejectedRun(id, 'd=4', 'n=100,400', 'trials=3', 'iterations=60');
    const [paper, own] = [at(id), at(`${id}-own`)].map((folder) => numbersOf(folder, measures, sizes));
    expect(paper.size).toBe(6);
    expect(own).toEqual(paper);
  });

  it('of two losses descends with both on the same data', async () => {
    await ejectedRun('fu2019-loss', 'd=4', 'n=200', 'trials=3', 'iterations=60');
    const paper = numbersOf(at('fu2019-loss'), ['errorSquared', 'errorCrossEntropy'], sizes);
    const own = numbersOf(
      at('fu2019-loss-own'),
      ['estimationError'],
      (text) => `${sizes(text)} ${String(text.includes('loss='))}`,
    );
    for (const [key, [squared, crossEntropy]] of paper) {
      const [place, trial] = key.split('#');
      expect([own.get(`${place} false#${trial}`), own.get(`${place} true#${trial}`)]).toEqual([
        [squared],
        [crossEntropy],
      ]);
    }
    expect(own.size).toBe(2 * paper.size);
  });

  it('is printed, checked, and says whose random numbers it has', async () => {
    const { stdout } = await here('eject', 'fu2018-fig3');
    expect(stdout).toContain('\n  n: [100*d, 150*d, ');
    expect(stdout).toContain('  cells: [K, d, n]\n');
    const { stdout: described } = await here('describe', at('fu2018-fig3.yaml'));
    expect(described).toContain('fu2018-fig3 version 1 by K,');
    expect((await here('check', at('fu2018-fig3.yaml'), '--scale', 'quick')).code).toBe(0);
  });

  it('does not go on with other random numbers under its addresses', async () => {
    const copy = join(at('fu2018-fig4-own'), 'study.yaml');
    const text = readFileSync(copy, 'utf8');
    writeFileSync(at('other.yaml'), text.replace('of: fu2018-fig4', 'of: fu2018-fig3'));
    const refused = await here('run', at('other.yaml'), '--scale', 'smoke', '--out', at('fu2018-fig4-own'));
    expect(refused).toMatchObject({ code: 2 });
    expect(refused.stderr).toMatch(
      /^basin: .*streams=fu2018-fig4 version 1 by K, d, n, this program has streams=fu2018-fig3 version 1 by K, d, n; /,
    );
  });

  it.each([
    [
      ['gao2018-fig1'],
      /whose trials a study file can describe \(fu2018-fig3, fu2018-fig4, fu2019-loss\), got gao2018-fig1/,
    ],
    [['fu2018-fig9'], /'fu2018-fig9'/],
    [['fu2018-fig3', '--set', 'q=1'], /'q'/],
    [['fu2018-fig3', '--seed', '-1'], /--seed must be/],
  ])('%s is refused', async (args, says) => {
    const run = await here('eject', ...args);
    expect(isRefusal(run)).toBe(true);
    expect(run.stderr).toMatch(says);
  });
});
