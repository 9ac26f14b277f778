/**
 * The types that follow from declarations. A line under `@ts-expect-error` that compiles is an error of `npm run
 * typecheck`.
 */
import { expect, it } from 'vitest';
import { defineExperiment, type Definition } from '../../src/experiments/define.js';
import { choice, number } from '../../src/settings/declare.js';

const SETTINGS = {
  n: number({
    description: 'samples',
    integer: true,
    list: true,
    words: ['auto'],
    min: 1,
    max: 1e6,
    default: [50, 100],
  }),
  factor: number({ description: 'factor', min: 0, max: 10, default: { smoke: 1, quick: 2, paper: 3 } }),
  loss: choice(['squared', 'cross-entropy'], { description: 'loss', default: 'squared' }),
};

const SAID = {
  id: 'typed',
  version: 1,
  paper: 'none',
  source: 'none',
  title: 'Typed',
  openChoices: [],
  measures: [],
} as const;

it('an experiment sees its settings by their types, and whoever runs it by their names', () => {
  const experiment = defineExperiment({
    ...SAID,
    settings: SETTINGS,
    cells: (values) => values.n.map((n) => ({ settings: { d: n === 'auto' ? 7 : n }, trials: 20 })),
    cost: ({ d, factor }) => d * factor,
    trial: ({ settings }) => {
      const loss: 'squared' | 'cross-entropy' = settings.loss;
      // @ts-expect-error: it is an axis of the grid, which no cell of this experiment passes on
      const samples: unknown = settings.n;
      // @ts-expect-error: no such setting
      const lost: unknown = settings.los;
      // @ts-expect-error: no such word
      const isHuber = settings.loss === 'huber';
      return {
        status: 'ok',
        measures: {
          cost: settings.d * settings.factor,
          letters: loss.length,
          none: Number(isHuber || (samples ?? lost) !== undefined),
        },
      };
    },
    claims: (cells, values) => {
      const first: number | undefined = cells.at(0)?.settings.d;
      const factor: number = values.factor;
      // @ts-expect-error: cells have no such setting
      expect(cells.at(0)?.settings.K ?? first).toBe(first);
      // @ts-expect-error: values have no such setting
      expect(values.d ?? factor).toBe(factor);
      return [];
    },
    figures: () => [],
  });
  const settings = { d: 50, factor: 2, loss: 'squared' };
  expect(experiment.settings).toBe(SETTINGS);
  expect(experiment.cells({ n: ['auto', 50], factor: 2, loss: 'squared' }).map((cell) => cell.settings)).toEqual([
    { d: 7 },
    { d: 50 },
  ]);
  expect(experiment.cost(settings)).toBe(100);
  expect(experiment.trial({ settings } as never).measures).toEqual({ cost: 100, letters: 7, none: 0 });
  expect(experiment.claims([], { factor: 2 })).toEqual([]);
});

it('what a default or a trial may not be', () => {
  // @ts-expect-error: not one of the words
  choice(['squared', 'cross-entropy'], { description: 'loss', default: 'huber' });
  // @ts-expect-error: not one of the words
  number({ description: 'step size', words: ['auto'], default: 'atuo' });
  // @ts-expect-error: a list has a list of defaults
  number({ description: 'samples', list: true, default: 3 });
  // @ts-expect-error: a value for each scale
  number({ description: 'samples', default: { smoke: 3 } });
  // @ts-expect-error: without description
  number({ default: 3 });
  const trial: Definition<typeof SETTINGS, { readonly d: number }>['trial'] = ({ settings: { d } }) => ({
    status: 'ok',
    measures: { d },
  });
  // @ts-expect-error: the trial needs a setting that neither the declarations nor the cells have
  const other: typeof trial = ({ settings }: { readonly settings: { readonly K: number } }) => ({
    status: 'ok',
    measures: { K: settings.K },
  });
  expect(trial).not.toBe(other);
});
