import { describe, expect, it } from 'vitest';
import { InputError } from '../../../src/base/errors.js';
import type { Experiment } from '../../../src/experiments/spec.js';
import { parseOverrides } from '../../../src/study/grid/overrides.js';
import { editDistance, suggest } from '../../../src/base/suggest.js';
import type { Settings } from '../../../src/settings/types.js';
import { choice, number } from '../../../src/settings/declare.js';
import { trialSettings } from '../../../src/settings/trialSettings.js';
import { effectiveSettings, resolveValues, shownSettings } from '../../../src/study/grid/values.js';
import { findExperiment } from '../../pool/fixtures/laboratory.mjs';

const experiment: Experiment = {
  ...findExperiment('toy-other'),
  id: 'toy',
  settings: {
    n: number({
      description: '',
      integer: true,
      min: 1,
      max: 1e6,
      list: true,
      default: { smoke: [10], quick: [10, 20], paper: [10, 20, 30] },
    }),
    stepSize: number({
      description: '',
      words: ['auto'],
      min: 1e-9,
      max: 100,
      default: { smoke: 'auto', quick: 'auto', paper: 0.5 },
    }),
    law: choice(['orthonormal', 'gaussian'], { description: '', default: 'gaussian' }),
    trials: number({ description: '', integer: true, default: { smoke: 1, quick: 2, paper: 3 } }),
  },
};
const second: Experiment = {
  ...experiment,
  id: 'second',
  settings: { trials: number({ description: '', integer: true, default: 1 }) },
};

const resolve = (...entries: [string, string][]) => resolveValues(experiment, 'quick', new Map(entries));

describe('resolveValues', () => {
  it('takes the defaults of the scale', () => {
    expect(resolve()).toEqual({ n: [10, 20], stepSize: 'auto', law: 'gaussian', trials: 2 });
    expect(resolveValues(experiment, 'paper', new Map())).toMatchObject({ n: [10, 20, 30], stepSize: 0.5, trials: 3 });
  });

  it('reads numbers, words and lists', () => {
    expect(resolve(['n', '5, 1e3,70'], ['stepSize', '.25'], ['law', 'orthonormal'])).toEqual({
      n: [5, 1000, 70],
      stepSize: 0.25,
      law: 'orthonormal',
      trials: 2,
    });
  });

  it('gives trials the cell and every single value', () => {
    expect(trialSettings(resolve(), { n: 20 })).toEqual({ n: 20, stepSize: 'auto', law: 'gaussian', trials: 2 });
  });

  it.each([
    ['nn', '3', "--set key of toy must be one of n, stepSize, law, trials, got 'nn' (did you mean 'n'?)"],
    ['stepsize', '1', "got 'stepsize' (did you mean 'stepSize'?)"],
    ['n', '', "--set toy.n must be an integer from 1 to 1000000, got ''"],
    ['n', '3,', "must be an integer from 1 to 1000000, got ''"],
    ['n', '3,3.0', '--set toy.n must have every value once, got 3 twice'],
    ['n', '0', "must be an integer from 1 to 1000000, got '0'"],
    ['n', '1.5', "got '1.5'"],
    ['n', '1e9', "got '1e9'"],
    ['n', '0x10', "got '0x10'"],
    ['stepSize', 'NaN', "--set toy.stepSize must be a number from 1e-9 to 100, or auto, got 'NaN'"],
    ['stepSize', 'Infinity', "got 'Infinity'"],
    ['stepSize', '1e999', "got '1e999'"],
    ['stepSize', '-1', "got '-1'"],
    ['stepSize', '0.1,0.2', "got '0.1,0.2'"],
    ['stepSize', 'atuo', "got 'atuo' (did you mean 'auto'?)"],
    ['law', 'gausian', "--set toy.law must be one of orthonormal, gaussian, got 'gausian' (did you mean 'gaussian'?)"],
    ['law', '3', "got '3'"],
    ['trials', '0', "--set toy.trials must be an integer from 1 to 1000000000, got '0'"],
    ['trials', '1e300', "got '1e300'"],
  ])('refuses %s=%s', (key, value, message) => {
    expect(() => resolve([key, value])).toThrow(InputError);
    expect(() => resolve([key, value])).toThrow(message);
  });
});

describe('the settings of a cell', () => {
  it('are shown with what they leave out, where the experiment knows it', () => {
    const complete = { shownSettings: (settings: Settings) => ({ law: 'gaussian', ...settings }) };
    expect([
      shownSettings({}, { n: 1 }),
      shownSettings(complete, { n: 1 }),
      shownSettings(complete, { law: 'other' }),
    ]).toEqual([{ n: 1 }, { law: 'gaussian', n: 1 }, { law: 'other' }]);
    expect(effectiveSettings(complete, { n: [1, 2], trials: 3 }, { n: 2 })).toEqual({
      law: 'gaussian',
      n: 2,
      trials: 3,
    });
  });
});

describe('parseOverrides', () => {
  const both = [experiment, second];

  it('gives a general key to every experiment that has it, and its own to one', () => {
    const overrides = parseOverrides(['trials=7', 'second.trials=9', 'n=1,2'], both);
    expect(overrides.of('toy')).toEqual(
      new Map([
        ['trials', '7'],
        ['n', '1,2'],
      ]),
    );
    expect(overrides.of('second')).toEqual(new Map([['trials', '9']]));
    expect(overrides.byKey).toEqual({ trials: '7', 'second.trials': '9', n: '1,2' });
  });

  it('writes equal values equally', () => {
    expect(parseOverrides(['n=1.0, 2e1'], both).byKey).toEqual({ n: '1,20' });
    expect(parseOverrides(['stepSize=0.10'], both).byKey).toEqual(parseOverrides(['stepSize=.1'], both).byKey);
  });

  it('keeps dots of values', () => {
    expect(parseOverrides(['toy.stepSize=0.5'], both).byKey).toEqual({ 'toy.stepSize': '0.5' });
  });

  it.each([
    ['trials', "--set must look like key=value or ID.key=value, got 'trials'"],
    ['=3', "got '=3'"],
    ['trials=', "got 'trials='"],
    ['.trials=3', "got '.trials=3'"],
    ['', "got ''"],
    [
      'trails=3',
      "--set key of toy, second must be one of n, stepSize, law, trials, got 'trails' (did you mean 'trials'?)",
    ],
    ['third.trials=3', "the experiment of --set must be one of toy, second, got 'third'"],
    ['second.n=3', "--set key of second must be one of trials, got 'n'"],
    ['constructor=3', "got 'constructor'"],
  ])('refuses "%s"', (text, message) => {
    expect(() => parseOverrides([text], both)).toThrow(InputError);
    expect(() => parseOverrides([text], both)).toThrow(message);
  });

  it('gives nothing to an experiment that is not there, and trims', () => {
    expect(parseOverrides(['trials=7'], both).of('third')).toEqual(new Map());
    expect(parseOverrides(['second. trials = 7 , 8'], both).byKey).toEqual({ 'second.trials': '7,8' });
    expect(parseOverrides(['n=1,2'], both).of('second')).toEqual(new Map());
    expect(parseOverrides(['trials=1', 'toy.trials=2'], both).of('second')).toEqual(new Map([['trials', '1']]));
  });

  it('refuses a key given twice', () => {
    expect(() => parseOverrides(['trials=3', 'trials=4'], both)).toThrow(
      "--set trials must be given once, got '3' and '4'",
    );
  });
});

describe('suggest', () => {
  it('measures insertions, deletions and replacements', () => {
    expect([editDistance('', 'abc'), editDistance('kitten', 'sitting'), editDistance('same', 'same')]).toEqual([
      3, 3, 0,
    ]);
  });

  it('is silent when nothing is close', () => {
    expect(suggest('xyzzy', ['trials', 'n'])).toBe('');
    expect(suggest('anything', [])).toBe('');
  });
});
