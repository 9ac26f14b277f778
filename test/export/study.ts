/** A small study with everything that an export has to say, stored without being run. */
import type { Experiment } from '../../src/experiments/spec.js';
import { exportStudy, type ExportOptions, type ExportOutcome } from '../../src/export/export.js';
import { mean } from '../../src/statistics/means.js';
import { rate } from '../../src/statistics/rates.js';
import { cellText } from '../../src/settings/cellText.js';
import type { StoredExperiment } from '../../src/store/identity.js';
import { openStudy, readStudy } from '../../src/store/open.js';
import type { Batch, CurveRow, TrialRow } from '../../src/store/writer.js';
import { IDENTITY } from '../study/toy.js';

const everywhere = <T>(value: T) => ({ smoke: value, quick: value, paper: value });
const none = {
  version: 1,
  paper: 'toy',
  source: 'none',
  openChoices: [],
  cost: () => 1,
  claims: () => [],
  figures: () => [],
};

const trial = (): never => {
  throw new Error('nothing runs here');
};

/** Two axes, of which the law is a word; a parameter of each kind; curves over iterations. */
const FIRST: Experiment = {
  ...none,
  id: 'first',
  title: 'first',
  settings: {
    law: {
      description: '',
      kind: 'choice',
      list: true,
      words: ['even', 'skew'],
      default: everywhere(['even', 'skew']),
    },
    n: { description: '', kind: 'integer', list: true, default: everywhere([20, 10]) },
    starts: { description: '', kind: 'integer', default: everywhere(3) },
    scale: { description: '', kind: 'number', default: everywhere(2) },
    step: { description: '', kind: 'number', words: ['auto'], default: everywhere('auto') },
  },
  cells: ({ law, n }) =>
    [law].flat().flatMap((one) => [n].flat().map((size) => ({ settings: { law: one, n: size }, trials: 2 }))),
  trial,
  measures: [
    { name: 'successRate', of: 'success', description: '', estimate: rate, whenFailed: 0 },
    { name: 'error', of: 'error', description: '', estimate: mean },
  ],
  curves: [{ name: 'loss', of: 'loss', at: 'iteration', description: '' }],
};

/** Cells that leave defaults out, with a setting that has no meaning where the start is random. */
const SECOND: Experiment = {
  ...none,
  id: 'second',
  title: 'second',
  settings: {},
  cells: () => [
    { settings: { n: 10 }, trials: 2 },
    { settings: { n: 10, start: 'random' }, trials: 2 },
  ],
  shownSettings: (settings) => ({
    start: 'sphere',
    scale: 1,
    ...settings,
    ...(settings['start'] === 'random' ? {} : { radius: 3 }),
  }),
  settingKinds: { radius: 'number', start: 'choice', n: 'integer', scale: 'number' },
  trial,
  measures: [{ name: 'error', of: 'error', description: '', estimate: mean }],
};

export const FIRST_VALUES = { law: ['even', 'skew'], n: [20, 10], starts: 3, scale: 2, step: 'auto' };

export function experimentOf({ id }: Pick<StoredExperiment, 'id'>): Experiment {
  return id === 'first' ? FIRST : SECOND;
}

export const ok = (trial: number, measures: Record<string, number>): TrialRow => ({
  trial,
  status: 'ok',
  seconds: 0.5,
  measures: measures,
  error: null,
});
export const failed = (trial: number): TrialRow => ({
  trial,
  status: 'failed',
  seconds: 0.25,
  measures: {},
  error: 'a "quoted", long\nstory',
});

function curvesOf(trial: number): CurveRow[] {
  const curve = (name: string, ...values: number[]): CurveRow => ({ trial, name, values: Float64Array.from(values) });
  return [curve('iteration', 0, 1, 4), curve('loss', 1, 0.5, Infinity), curve('spectrum', trial, NaN)];
}

/** Fills a folder: the cell n = 5 has left the grid of `first`, and its cell (even, 20) has a trial too many. */
export function storeStudy(dir: string): void {
  const store = openStudy(dir, IDENTITY);
  const batches: Batch[] = [];
  const add = (id: string, settings: Record<string, string | number>, rows: TrialRow[], curves: CurveRow[] = []) => {
    const grid = [{ text: cellText(settings), settings }];
    const [cell] = store.addExperiment({ id, version: 1, values: id === 'first' ? FIRST_VALUES : {} }, grid);
    batches.push({ cell, rows, curves, origin: { build: id === 'first' ? '1.0+abc' : '1.0+def' } });
  };
  add('first', { law: 'even', n: 5 }, [ok(0, { error: 9 })], curvesOf(0));
  add(
    'first',
    { law: 'even', n: 20 },
    [ok(0, { success: 1, error: 1 / 3 }), failed(1), ok(2, { success: 1, error: 7 })],
    [...curvesOf(0), ...curvesOf(2)],
  );
  add('first', { law: 'even', n: 10 }, [ok(0, { success: 0, error: Infinity }), ok(1, { success: 1, error: -0 })]);
  add('first', { law: 'skew', n: 20 }, [ok(0, { success: 0, error: NaN, rare: 1e300 })]);
  add('second', { n: 10 }, [ok(0, { error: 2 }), ok(1, { error: 3 })]);
  add('second', { n: 10, start: 'random' }, [ok(0, { error: -Infinity }), ok(1, { error: 1e-7 })]);
  store.commit(batches);
  store.close();
}

export type Wanted = Pick<ExportOptions, 'format' | 'file'> & Partial<ExportOptions>;

export function exported(dir: string, wanted: Wanted): ExportOutcome {
  const store = readStudy(dir);
  try {
    return exportStudy(store, { what: 'trials', all: false, experimentOf, ...wanted });
  } finally {
    store.close();
  }
}
