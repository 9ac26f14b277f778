import { describe, expect, it } from 'vitest';
import { STUDY_SETTINGS } from '../../src/experiments/own/declared.js';
import { completeSettings, pointSettings, studySettings } from '../../src/experiments/own/settings.js';
import { choice, number } from '../../src/settings/declare.js';
import { isGiven } from '../../src/settings/given.js';

const DECLARED = {
  n: number({ description: 'samples', integer: true, default: 5 }),
  step: number({ description: 'step', words: ['auto'], default: 'auto' }),
  law: choice(['even', 'odd'], { description: 'law', default: 'even' }),
};

describe('settings are given', () => {
  it.each([
    [{ n: 3, step: 0.1, law: 'odd' }, true],
    [{ n: 3, step: 'auto', law: 'a-word-of-her-own', more: 1 }, true],
    [{ n: '3', step: 0.1, law: 'odd' }, false],
    [{ n: 3, step: 0.1, law: 2 }, false],
    [{ n: 3, step: 0.1 }, false],
    [{ n: 3, step: undefined, law: 'odd' }, false],
    [null, false],
    [5, false],
  ])('%j: %s', (settings, expected) => {
    expect(isGiven(DECLARED, settings)).toBe(expected);
  });
});

describe('a cell of a study', () => {
  it('has every setting, or is no cell', () => {
    expect(isGiven(STUDY_SETTINGS, studySettings({ K: 1, d: 2, n: 5 }))).toBe(true);
    expect(() => studySettings({ K: 1, d: 2 })).toThrow('a cell must have every setting of a study, got K=1,d=2');
  });

  it('is a point where n is missing', () => {
    expect(pointSettings({ K: 1, d: 2 })).toEqual(completeSettings({ K: 1, d: 2 }));
    expect(pointSettings({ K: 1, d: 2, n: 7 })).toMatchObject({ d: 2, n: 7 });
    expect(() => pointSettings({ K: 1, n: 7 })).toThrow(
      'a point must have every setting of a study but n, got K=1,n=7',
    );
  });
});
