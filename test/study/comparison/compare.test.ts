import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { mean } from '../../../src/statistics/means.js';
import { rate } from '../../../src/statistics/rates.js';
import { readStudy } from '../../../src/store/open.js';
import { compareStudies, type Comparison } from '../../../src/study/comparison/compare.js';
import { findExperiment } from '../../pool/fixtures/laboratory.mjs';
import { IDENTITY, runToy, tamper, temporaryFolder, type ToyRun } from '../toy.js';

/** Who made a toy study, as the command line says it. */
const origin = { build: 'one', blas: 'Haswell', openblas: '0.3.21', vector: 'AVX2', v8: '11.3', platform: 'linux' };

const measures = [
  { name: 'uniform', of: 'u', description: '', estimate: mean },
  { name: 'rate', of: 'hit', description: '', estimate: rate, whenFailed: 0 },
];

async function study(ids: readonly string[], run: ToyRun = {}): Promise<string> {
  const dir = temporaryFolder();
  await runToy(dir, ids, { origin, ...run });
  return dir;
}

function compare(first: string, second: string, level = 0.05): Comparison {
  const [a, b] = [readStudy(first), readStudy(second)];
  try {
    return compareStudies(a, b, ({ id }) => ({ ...findExperiment(id), measures }), level);
  } finally {
    a.close();
    b.close();
  }
}

const SEED2 = { identity: { ...IDENTITY, seed: 2 } };

describe('compareStudies', () => {
  it('of one seed finds every common trial identical, also where one study has more trials and cells', async () => {
    const a = await study(['toy-mixed'], { set: { n: '10,20', trials: '40' } });
    const b = await study(['toy-mixed', 'toy-other'], { set: { n: '20,30', trials: '25' }, workers: 1 });
    const { differs, compared, overlap, cells } = compare(a, b);
    expect({ differs, compared }).toEqual({ differs: false, compared: true });
    expect(cells).toMatchObject([
      {
        cell: { relation: 'same' },
        trials: { a: 40, b: 25, common: 25, identical: 25, expected: 25, differing: [], broken: [] },
        tests: [],
      },
    ]);
    // Where nothing is tested both values are there all the same, of the trials that were compared.
    const [uniform] = cells[0].values;
    expect(uniform).toMatchObject({ measure: 'uniform', a: uniform.b });
    expect(cells[0].values.map(({ measure }) => measure)).toEqual(['uniform', 'rate', 'failed', 'diverged']);
    expect(overlap.onlyA).toEqual(['toy-mixed/d=2,n=10']);
    expect(overlap.onlyB).toEqual(['toy-mixed/d=2,n=30', 'toy-other/d=2,n=20', 'toy-other/d=2,n=30']);
    expect(overlap.values).toEqual([{ experiment: 'toy-mixed', name: 'trials', a: 40, b: 25 }]);
  });

  it('says that one bit must not differ where one build made both, and no more than that where two did', async () => {
    const [a, b] = [await study(['toy-other']), await study(['toy-other'])];
    tamper(
      b,
      "UPDATE trials SET measures = with_measure(names, measures, 'u', measure(names, measures, 'u') + 1e-16) WHERE trial = 3 AND measure(names, measures, 'u') < 0.5 OR trial = 4",
    );
    const once = compare(a, b);
    expect(once.cells[0].trials.differing).toContain('toy-other/d=2,n=5#4');
    expect(once.differs).toBe(true);
    expect(once.cells[0].trials.broken).toEqual(once.cells[0].trials.differing);
    tamper(b, "UPDATE origins SET origin = json_set(origin, '$.build', 'two')");
    const { differs, origins, cells } = compare(a, b);
    expect(differs).toBe(false);
    expect(cells[0].trials).toMatchObject({ expected: 0, broken: [] });
    expect(origins).toEqual([{ name: 'build', first: ['one'], second: ['two'] }]);
    expect(cells[0].trials.differing).toEqual(once.cells[0].trials.differing);
  });

  it('asks of each trial who made it: one of several makers of a study is enough for a bit that must not differ', async () => {
    const [a, b] = [await study(['toy-other'], { set: { n: '5' } }), await study(['toy-other'], { set: { n: '5' } })];
    for (const dir of [a, b])
      await runToy(dir, ['toy-other'], { origin: { ...origin, blas: 'Zen' }, set: { n: '5,6' } });
    tamper(
      b,
      "UPDATE trials SET measures = with_measure(names, measures, 'u', 0.125), origin = 1 WHERE trial = 4 AND cell = 1",
    );
    tamper(
      b,
      "UPDATE trials SET measures = with_measure(names, measures, 'u', 0.125), origin = 1 WHERE trial = 4 AND cell = 2",
    );
    const { differs, cells } = compare(a, b);
    expect(cells.map(({ trials }) => trials.broken.length)).toEqual([1, 0]);
    expect(cells.map(({ trials }) => trials.differing.length)).toEqual([1, 1]);
    expect(differs).toBe(true);
  });

  it('says that it compared nothing where no cell has trials in both', async () => {
    const [a, b] = [await study(['toy-other']), await study(['toy-other'])];
    expect(compare(a, b).compared).toBe(true);
    tamper(b, 'DELETE FROM trials');
    expect(compare(a, b)).toMatchObject({ compared: false, differs: false });
  });

  it('of two builds tests pairs, and sees what shifts them all', async () => {
    const [a, b] = [
      await study(['toy-other'], { set: { trials: '40' } }),
      await study(['toy-other'], { set: { trials: '40' }, origin: { ...origin, build: 'two' } }),
    ];
    tamper(
      b,
      "UPDATE trials SET measures = with_measure(names, measures, 'u', measure(names, measures, 'u') + 0.001 + 0.0001 * (trial % 3))",
    );
    const { differs, cells } = compare(a, b);
    expect(differs).toBe(true);
    expect(cells[0]).toMatchObject({
      sampling: 'paired',
      tests: [{ measure: 'uniform', test: 'sign flips', differs: true }],
    });
    // the shift is small beside the spread: unpaired it would not be seen
    const other = await study(['toy-other'], { ...SEED2, set: { trials: '40' } });
    expect(compare(a, other).cells[0].tests[0]).toMatchObject({ test: 'Welch, exchange', differs: false });
  });

  it('of two seeds tests independent samples, failures and divergences too', async () => {
    const set = { n: '10,20', trials: '60' };
    const { differs, cells } = compare(
      await study(['toy-mixed'], { set }),
      await study(['toy-mixed'], { set, ...SEED2 }),
    );
    expect(differs).toBe(false);
    expect(cells.map(({ cell, sampling }) => [cell.relation, sampling])).toEqual([
      ['independent', 'independent'],
      ['independent', 'independent'],
    ]);
    expect(cells[0].tests.map(({ measure, test }) => [measure, test])).toEqual([
      ['uniform', 'Welch, exchange'],
      ['rate', 'Fisher'],
      ['failed', 'Fisher'],
      ['diverged', 'Fisher'],
    ]);
    const pValues = cells.flatMap(({ tests }) => tests);
    expect(Math.min(...pValues.map(({ adjusted }) => adjusted))).toBeCloseTo(
      Math.min(1, 8 * Math.min(...pValues.map(({ p }) => p))),
      12,
    );
  });

  it('of two values of a setting pairs the trials, without expecting the same bits', async () => {
    const [a, b] = [
      await study(['toy-mixed'], { set: { n: '10' } }),
      await study(['toy-mixed'], { set: { n: '10', sleep: '1' } }),
    ];
    const { overlap, cells, differs } = compare(a, b);
    expect(overlap.values).toEqual([{ experiment: 'toy-mixed', name: 'sleep', a: 0, b: 1 }]);
    expect(cells[0]).toMatchObject({
      cell: { relation: 'paired' },
      sampling: 'paired',
      trials: { common: 40, identical: 0, differing: [] },
    });
    // the setting changes nothing: no pair differs, and there is nothing to test
    expect(cells[0].tests).toEqual([]);
    expect(differs).toBe(false);
  });

  it('takes trials that both have in common for independent where there are none', async () => {
    const [a, b] = [
      await study(['toy-other'], { set: { trials: '24' } }),
      await study(['toy-other'], { set: { trials: '24' } }),
    ];
    tamper(a, "UPDATE trials SET status = 'censored' WHERE trial < 12");
    tamper(b, "UPDATE trials SET status = 'censored' WHERE trial >= 12");
    expect(compare(a, b).cells[0]).toMatchObject({
      sampling: 'independent',
      trials: { a: 12, b: 12, common: 0 },
      tests: [{ test: 'Welch, exchange' }],
    });
  });

  it.each([0, 7])('names the store whose trial %i is damaged, whichever it is', async (trial) => {
    const [a, b] = [await study(['toy-other']), await study(['toy-other'])];
    tamper(b, `UPDATE trials SET measures = x'00' WHERE trial = ${trial}`);
    for (const pair of [
      [a, b],
      [b, a],
    ] as const)
      expect(() => compare(...pair)).toThrow(`'${join(b, 'basin.sqlite')}' is damaged: table trials: measures`);
  });

  it('does not compare experiments of different versions', async () => {
    const [a, b] = [await study(['toy-other']), await study(['toy-other'])];
    tamper(b, 'UPDATE experiments SET version = 2');
    expect(compare(a, b)).toMatchObject({
      cells: [],
      differs: false,
      overlap: {
        versions: [{ experiment: 'toy-other', a: 1, b: 2 }],
        onlyA: ['toy-other/d=2,n=5'],
        onlyB: ['toy-other/d=2,n=5'],
      },
    });
  });

  it('errs about as often as the level says: seeds that differ in nothing', async () => {
    const studies: string[] = [];
    for (let seed = 1; seed <= 8; seed++)
      studies.push(await study(['toy-other'], { identity: { ...IDENTITY, seed }, set: { trials: '30' } }));
    const found = studies.flatMap((a, i) => studies.slice(i + 1).map((b) => compare(a, b, 0.3).differs));
    expect(found).toHaveLength(28);
    expect(found.filter(Boolean).length).toBeGreaterThan(1);
    expect(found.filter(Boolean).length).toBeLessThan(17);
  });
});
