/** The `fit` command that `draw` names. */
import { expect, it } from 'vitest';
import { fitCommand } from '../../src/app/problem/fitCommand.js';

const WORDS = {
  architecture: 'fcn',
  activation: 'tanh',
  output: 'mean',
  loss: 'squared',
  labels: 'regression',
} as const;
const commandOf = (settings: Readonly<Record<string, string | number>>): string | null =>
  fitCommand(
    {
      words: WORDS,
      of: { experiment: 'study', address: 'study/d=4#0', trial: 0, seed: 1, version: 1, scale: 'paper', settings },
    },
    'out',
  );

it('has the method of the settings', () => {
  expect(commandOf({ method: 'nesterov', momentum: 0.5, stepSize: 0.1 })).toContain(
    '--step-size 0.1 --method nesterov --momentum 0.5 --iterations 2000',
  );
});

it('is missing where fit cannot take the same steps: the batches of a trial are those of its stream', () => {
  expect(commandOf({ method: 'sgd', batch: 8 })).toBeNull();
});
