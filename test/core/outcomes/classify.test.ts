import { describe, expect, it } from 'vitest';
import { isAtMinimum, START_CLASSES, type SetClass, type StartClass } from '../../../src/core/outcomes/classes.js';
import { setClass, startClass, type StartEnd } from '../../../src/core/outcomes/classify.js';

const UNPOLISHED: StartEnd = { diverged: false, growth: 1.2, isStationary: true, isNear: true };
const MINIMUM: StartEnd = { ...UNPOLISHED, lambdaMin: 1e-4 };

describe('the class of a start', () => {
  it.each<[StartClass, string, Partial<StartEnd>]>([
    ['recovered', 'a certified minimum near W*', {}],
    ['other-minimum', 'a certified minimum elsewhere', { isNear: false }],
    ['recovered', 'at the very limits', { growth: 10, lambdaMin: 1.01e-6 }],
    ['cap', 'curvature that is positive, not enough so to be certain', { lambdaMin: 1e-6 }],
    ['cap', 'flat within what is certain', { lambdaMin: -1e-6 }],
    ['saddle', 'negative curvature', { lambdaMin: -1.01e-6 }],
    ['cap', 'a gradient that does not vanish', { isStationary: false }],
    ['cap', 'the same near W*', { isStationary: false, isNear: true }],
    ['recovered', 'the same where near is enough', { isStationary: false, nearIsEnough: true }],
    ['runaway', 'ten times as far out as it began, whatever the gradient', { growth: 10.01 }],
    ['runaway', 'still growing when the steps run out', { isStationary: false, isGrowing: true }],
    ['runaway', 'near is not enough for a runaway', { growth: 11, nearIsEnough: true }],
    ['diverged', 'diverged, whatever else', { diverged: true, growth: Infinity }],
  ])('%s: %s', (expected, _, change) => {
    expect(startClass({ ...MINIMUM, ...change })).toBe(expected);
  });

  it.each<[StartClass, Partial<StartEnd>]>([
    ['recovered', {}],
    ['other-minimum', { isNear: false }],
    ['cap', { isStationary: false }],
  ])('without a polish: %s', (expected, change) => {
    expect(startClass({ ...UNPOLISHED, ...change })).toBe(expected);
  });
});

describe('the class of a training set', () => {
  it.each<[SetClass, StartClass[], number]>([
    ['one-minimum-near', ['recovered', 'recovered'], 1e-3],
    ['one-minimum-elsewhere', ['other-minimum', 'other-minimum'], 1e-9],
    ['one-minimum-elsewhere', ['recovered', 'other-minimum'], 1e-4],
    ['several-minima', ['recovered', 'recovered'], 1.01e-3],
    ['several-minima', ['recovered', 'other-minimum'], NaN],
    ['runaway', ['runaway', 'runaway'], 0],
    ['mixed', ['recovered', 'runaway'], 5],
    ['mixed', ['recovered', 'cap'], 0],
    ['mixed', ['runaway', 'diverged'], Infinity],
    ['mixed', ['saddle', 'saddle'], 0],
  ])('%s of %j with spread %d', (expected, classes, spread) => {
    expect(setClass(classes, spread)).toBe(expected);
  });
});

it('knows each class once', () => {
  expect(new Set(START_CLASSES.map(({ name }) => name)).size).toBe(START_CLASSES.length);
  expect(START_CLASSES.map(({ name }) => name).filter(isAtMinimum)).toEqual(['recovered', 'other-minimum']);
});
