import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Experiment } from '../../../src/experiments/spec.js';
import { openStudy } from '../../../src/store/open.js';
import type { TrialRow } from '../../../src/store/writer.js';
import { Prefixes } from '../../../src/study/summary/prefixes.js';
import { SummaryMemory } from '../../../src/study/summary/memory.js';
import { bandOf } from '../../../src/study/summary/cell.js';
import { summariseExperiment } from '../../../src/study/summary/summary.js';
import { findExperiment } from '../../pool/fixtures/laboratory.mjs';
import { IDENTITY, runToy, temporaryFolder } from '../toy.js';
import { UNKNOWN } from '../../../src/statistics/estimate.js';
import { interval } from '../../statistics/estimates.js';

const row = (trial: number, status: TrialRow['status'], measures = {}): TrialRow => ({
  trial,
  status,
  measures: measures,
  seconds: 1,
  error: null,
});
const join = (values: Float64Array) =>
  interval(
    values.length,
    values.reduce((sum, x) => sum + x, 0),
    NaN,
  );

const experiment: Experiment = {
  ...findExperiment('toy-other'),
  cells: () => [
    { settings: { n: 2 }, trials: 5 },
    { settings: { n: 1 }, trials: 3 },
  ],
  measures: [
    { name: 'error', of: 'e', description: '', estimate: join },
    { name: 'rate', of: 'hit', description: '', estimate: join, whenFailed: 0 },
  ],
};

describe('a plan that has shrunk', () => {
  it('leaves out the trials beyond it: from counts, estimates and curves', () => {
    const store = openStudy(temporaryFolder(), IDENTITY);
    const curved: Experiment = { ...experiment, curves: [{ name: 'path', description: '', of: 'path', at: 'at' }] };
    const [cell] = store.addExperiment({ id: experiment.id, version: 1, values: {} }, [
      { text: 'n=1', settings: { n: 1 } },
    ]);
    const rows = [0, 1, 2, 3].map((trial) => row(trial, 'ok', { e: 10 ** trial, hit: 1 }));
    const curves = rows.flatMap(({ trial }) => [
      { trial, name: 'at', values: Float64Array.of(1) },
      { trial, name: 'path', values: Float64Array.of(trial === 3 ? 1000 : 1) },
    ]);
    store.commit([{ cell, rows, curves }]);
    // Three trials of n = 1 are planned: the fourth, trial 3, is of an earlier plan.
    const [, summary] = summariseExperiment(store, curved, {});
    expect(summary).toMatchObject({ planned: 3, trials: 3, measures: { error: interval(3, 111, NaN) } });
    expect([...(summary.curves?.['path']?.p95 ?? [])]).toEqual([1]);
    store.close();
  });
});

describe('numbers of every trial', () => {
  it('are those of the trials that are done, NaN where one has none', () => {
    const store = openStudy(temporaryFolder(), IDENTITY);
    const paired: Experiment = {
      ...experiment,
      perTrial: [{ name: 'half', of: 'e/2', value: ({ e }) => e / 2, whenFailed: 7 }],
    };
    const [cell] = store.addExperiment({ id: experiment.id, version: 1, values: {} }, [
      { text: 'n=2', settings: { n: 2 } },
    ]);
    const rows = [row(0, 'ok', { e: 4 }), row(2, 'ok'), row(3, 'failed'), row(4, 'censored')];
    store.commit([{ cell, rows, curves: [] }]);
    const [summary, other] = summariseExperiment(store, paired, {});
    expect([...(summary.perTrial?.['half'] ?? [])]).toEqual([
      [0, 2],
      [2, NaN],
      [3, 7],
    ]);
    expect(other.perTrial?.['half']?.size).toBe(0);
    store.close();
  });
});

describe('summariseExperiment', () => {
  it('tells an estimate the settings that a cell leaves at their defaults', () => {
    const store = openStudy(temporaryFolder(), IDENTITY);
    const [cell] = store.addExperiment({ id: experiment.id, version: 1, values: {} }, [
      { text: 'n=2', settings: { n: 2 } },
    ]);
    store.commit([{ cell, rows: [row(0, 'ok', { e: 10 })], curves: [] }]);
    const most: Experiment = {
      ...experiment,
      shownSettings: (settings) => ({ most: 7, ...settings }),
      measures: [
        { name: 'error', of: 'e', description: '', estimate: (_, { most: end }) => interval(0, 0, Number(end)) },
      ],
    };
    expect(summariseExperiment(store, most, {})[0].measures['error'].high).toBe(7);
    expect(new Prefixes(store, most, {}).estimate({ n: 2 }, most.measures[0], 1)?.high).toBe(7);
  });

  it('counts trials by status and lets failed ones count as the measure says', () => {
    const store = openStudy(temporaryFolder(), IDENTITY);
    const [cell] = store.addExperiment({ id: experiment.id, version: 1, values: {} }, [
      { text: 'n=2', settings: { n: 2 } },
    ]);
    if (cell === undefined) throw new Error('no cell');
    const rows = [
      row(0, 'ok', { e: 10, hit: 1 }),
      row(1, 'failed'),
      row(2, 'diverged', { hit: 0 }),
      row(3, 'censored', { e: 99, hit: 99 }),
      row(7, 'ok', { e: 77, hit: 77 }),
    ];
    store.commit([{ cell, rows, curves: [] }]);
    expect(summariseExperiment(store, experiment, {})).toEqual([
      {
        settings: { n: 2 },
        planned: 5,
        trials: 3,
        failed: 1,
        diverged: 1,
        censored: 1,
        measures: { error: interval(1, 10, NaN), rate: interval(3, 1, NaN) },
      },
      {
        settings: { n: 1 },
        planned: 3,
        trials: 0,
        failed: 0,
        diverged: 0,
        measures: { error: UNKNOWN, rate: UNKNOWN },
      },
    ]);
    store.close();
  });

  it('runs a trial that was cut off again', async () => {
    const dir = temporaryFolder();
    await runToy(dir, ['toy-other']);
    const store = openStudy(dir, IDENTITY);
    const [cell] = store.cells('toy-other');
    if (cell === undefined) throw new Error('no cell');
    store.commit([{ cell, rows: [row(3, 'censored')], curves: [] }]);
    store.close();
    expect((await runToy(dir, ['toy-other'])).experiments[0]).toMatchObject({ performed: 1, done: 12 });
  });

  it('makes bands of the curves of planned trials; a curve that nobody has is missing', () => {
    const store = openStudy(temporaryFolder(), IDENTITY);
    const curved = {
      ...experiment,
      curves: ['loss', 'absent'].map((name) => ({ name, of: name, at: 'iteration', description: '' })),
    };
    const [cell] = store.addExperiment({ id: experiment.id, version: 1, values: {} }, [
      { text: 'n=1', settings: { n: 1 } },
    ]);
    if (cell === undefined) throw new Error('no cell');
    const curves = [0, 1, 2, 5].flatMap((trial) => [
      { trial, name: 'iteration', values: Float64Array.of(0, 10) },
      { trial, name: 'loss', values: Float64Array.of(trial, 2 * trial) },
    ]);
    store.commit([{ cell, rows: [0, 1, 2, 5].map((trial) => row(trial, 'ok')), curves }]);
    const [none, some] = summariseExperiment(store, curved, {});
    expect(none?.curves).toBeUndefined();
    expect(Object.keys(some?.curves ?? {})).toEqual(['loss']);
    expect(some?.curves?.['loss']).toMatchObject({ count: 3, at: Float64Array.of(0, 10), p50: Float64Array.of(1, 2) });
    store.close();
  });

  it('resamples the values of a measure, cell by cell, seeded by the cell', () => {
    const store = openStudy(temporaryFolder(), IDENTITY);
    const seeds: string[] = [];
    const resampled = {
      ...experiment,
      replicates: [
        {
          name: 'spread',
          of: 'e',
          replicates: (values: Float64Array, seed: string) => {
            seeds.push(seed);
            return values.map((value) => 2 * value);
          },
        },
      ],
    };
    const [cell] = store.addExperiment({ id: experiment.id, version: 1, values: {} }, [
      { text: 'n=1', settings: { n: 1 } },
    ]);
    if (cell === undefined) throw new Error('no cell');
    store.commit([
      {
        cell,
        rows: [row(0, 'ok', { e: 1 }), row(1, 'failed'), row(2, 'ok', { e: 3 }), row(4, 'ok', { e: 99 })],
        curves: [],
      },
    ]);
    const [none, some] = summariseExperiment(store, resampled, {});
    expect(none?.replicates).toEqual({ spread: new Float64Array(0) });
    expect(some?.replicates).toEqual({ spread: Float64Array.of(2, 6) });
    expect(seeds).toEqual(['n=2', 'n=1']);
    store.close();
  });

  it('says which cell and measure an error is of, and goes on without; or ends, when nobody takes it', () => {
    const store = openStudy(temporaryFolder(), IDENTITY);
    const broken: Experiment = {
      ...experiment,
      measures: [
        {
          ...experiment.measures[0],
          estimate: () => {
            throw new RangeError('no mean');
          },
        },
        experiment.measures[1],
      ],
      replicates: [
        {
          name: 'spread',
          of: 'e',
          replicates: () => {
            throw new Error('no spread');
          },
        },
      ],
      curves: [{ name: 'path', description: '', of: 'path', at: 'at' }],
    };
    const [cell] = store.addExperiment({ id: experiment.id, version: 1, values: {} }, [
      { text: 'n=1', settings: { n: 1 } },
    ]);
    const curves = [
      { trial: 0, name: 'at', values: Float64Array.of(1) },
      { trial: 0, name: 'path', values: Float64Array.of(1, 2) },
    ];
    store.commit([{ cell, rows: [row(0, 'ok', { e: 10, hit: 1 })], curves }]);
    const problems: string[] = [];
    const [none, some] = summariseExperiment(store, broken, {}, (problem, error) => {
      problems.push(`${error.name} ${problem}`);
    });
    expect(problems).toEqual([
      'Error n=2: spread: no spread',
      'RangeError n=1: error: no mean',
      'Error n=1: spread: no spread',
      'Error n=1: path: the trials of a cell recorded a curve at different points',
    ]);
    expect(none).toMatchObject({ measures: { error: UNKNOWN } });
    expect(some).toMatchObject({
      measures: { error: UNKNOWN, rate: interval(1, 1, NaN) },
      replicates: { spread: new Float64Array(0) },
      curves: {},
    });
    expect(() => summariseExperiment(store, { ...broken, replicates: [] }, {})).toThrow(new RangeError('no mean'));
    store.close();
  });

  it('refuses to mix curves over different points', () => {
    expect(() =>
      bandOf([Float64Array.of(0, 1), Float64Array.of(0, 2)], [Float64Array.of(0, 0), Float64Array.of(0, 0)]),
    ).toThrow('different points');
    expect(() => bandOf([Float64Array.of(0)], [Float64Array.of(0, 0)])).toThrow('different points');
    expect(() => bandOf([Float64Array.of(0)], [Float64Array.of(1), Float64Array.of(2)])).toThrow('different points');
    expect(bandOf([], [])).toBeUndefined();
  });
});

describe('a memory of summaries', () => {
  const filled = () => {
    const store = openStudy(temporaryFolder(), IDENTITY);
    onTestFinished(() => {
      store.close();
    });
    const cells = store.addExperiment({ id: experiment.id, version: 1, values: {} }, [
      { text: 'n=2', settings: { n: 2 } },
      { text: 'n=1', settings: { n: 1 } },
    ]);
    const add = (at: number, ...rows: TrialRow[]): void => {
      store.commit([{ cell: cells[at], rows, curves: [] }]);
    };
    const memory = new SummaryMemory();
    const read = vi.spyOn(store, 'trials');
    const summaries = (own = experiment, problems: string[] = []) => {
      read.mockClear();
      memory.look(new Map(store.tallies().map((tally) => [tally.cell, tally])));
      const onProblem = (problem: string): number => problems.push(problem);
      return { found: summariseExperiment(store, own, {}, onProblem, memory), cellsRead: read.mock.calls.length };
    };
    return { store, add, summaries };
  };

  it('reads the cells with new trials alone, and gives what is given without it', () => {
    const { store, add, summaries } = filled();
    add(0, row(0, 'ok', { e: 1, hit: 1 }));
    add(1, row(0, 'ok', { e: 2, hit: 1 }), row(1, 'censored'));
    expect(summaries().cellsRead).toBe(2);
    expect(summaries().cellsRead).toBe(0);
    add(0, row(1, 'failed'));
    expect(summaries()).toEqual({ found: summariseExperiment(store, experiment, {}), cellsRead: 1 });
    add(1, row(1, 'ok', { e: 3, hit: 0 }));
    expect(summaries()).toEqual({ found: summariseExperiment(store, experiment, {}), cellsRead: 1 });
  });

  it('a cell with an estimate that throws is read again, so that its problem is told again', () => {
    const { add, summaries } = filled();
    add(0, row(0, 'ok', { e: 1, hit: 1 }));
    const broken = {
      ...experiment,
      measures: [
        {
          name: 'error',
          of: 'e',
          description: '',
          estimate: () => {
            throw new Error('broken');
          },
        },
      ],
    };
    const problems: string[] = [];
    summaries(broken, problems);
    expect(summaries(broken, problems).cellsRead).toBe(1);
    expect(problems).toEqual(['n=2: error: broken', 'n=2: error: broken']);
  });

  it('another plan of a cell is another summary', () => {
    const { add, summaries } = filled();
    add(0, ...[0, 1, 2].map((trial) => row(trial, 'ok', { e: 1, hit: 1 })));
    expect(summaries().found[0].trials).toBe(3);
    const shrunk = { ...experiment, cells: () => [{ settings: { n: 2 }, trials: 2 }] };
    expect(summaries(shrunk).found[0].trials).toBe(2);
  });
});
