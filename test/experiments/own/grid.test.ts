import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { studyCells, studyPoints } from '../../../src/experiments/own/grid.js';
import {
  cellSettings,
  completeSettings,
  shownSettings,
  streamText,
  STUDY_SETTING_TABLE,
} from '../../../src/experiments/own/settings.js';
import type { AxisValue, StudySpec } from '../../../src/experiments/own/spec.js';
import { cellText } from '../../../src/settings/cellText.js';

function specOf(grid: Record<string, readonly AxisValue[]>): StudySpec {
  return { title: '', description: '', grid, trials: 7, measures: [], figures: [] };
}

function texts(grid: Record<string, readonly AxisValue[]>): string[] {
  return studyCells(specOf(grid)).map(({ settings }) => cellText(settings));
}

describe('the grid of a study', () => {
  it('is the cross product in the order of the file, the last axis fastest', () => {
    expect(texts({ d: [10, 20], n: [100, 200] })).toEqual([
      'K=3,d=10,n=100',
      'K=3,d=10,n=200',
      'K=3,d=20,n=100',
      'K=3,d=20,n=200',
    ]);
    expect(texts({ n: [100, 200], d: [10, 20] })).toEqual([
      'K=3,d=10,n=100',
      'K=3,d=20,n=100',
      'K=3,d=10,n=200',
      'K=3,d=20,n=200',
    ]);
    expect(studyCells(specOf({ d: [10], n: [100] }))[0].trials).toBe(7);
  });

  it('works expressions out in every point, through other expressions, and rounds integers', () => {
    expect(texts({ K: [2, 3], d: ['10*K'], n: ['200*d'] })).toEqual(['K=2,d=20,n=4000', 'K=3,d=30,n=6000']);
    expect(texts({ d: [10], n: ['33*d^0.5'] })).toEqual(['K=3,d=10,n=104']);
    expect(texts({ d: [4], n: ['100*d'], radius: ['1/d'] })).toEqual(['K=3,d=4,n=400,radius=0.25']);
  });

  it('has points that come out equal once', () => {
    expect(texts({ d: [10], n: [1000, '100*d', '200*d'] })).toEqual(['K=3,d=10,n=1000', 'K=3,d=10,n=2000']);
  });

  it('leaves n open where the file does', () => {
    expect(studyPoints(specOf({ d: [10, 20] })).map((point) => point['n'])).toEqual([undefined, undefined]);
  });

  it('refuses a circle, an unknown name, a word in arithmetic, and what a setting does not take', () => {
    expect(() => texts({ d: ['n'], n: ['d'] })).toThrow(/lead back to itself/);
    expect(() => texts({ d: [10], n: ['100*e'] })).toThrow(/e/);
    expect(() => texts({ d: [10], n: [100], radius: ['stepSize'] })).toThrow(/stepSize = auto/);
    expect(() => texts({ d: [10], n: ['d/0'] })).toThrow(/finite/);
    expect(() => texts({ d: [10], n: ['-5*d'] })).toThrow('n must be an integer from 1 to 100000000, got -50');
    expect(() => texts({ d: [10], n: [100], loss: ['hinge'] })).toThrow(/loss must be one of squared/);
    expect(() => texts({ d: [10], n: [100], activation: ['softplus:x'] })).toThrow(/softplus/);
  });
});

describe('a cell of a study', () => {
  const usual = completeSettings({ d: 10, n: 100 });

  it('is the same whatever default is spelt out, in any order', () => {
    const names = Object.keys(STUDY_SETTING_TABLE).filter((name) => usual[name] !== undefined);
    fc.assert(
      fc.property(fc.shuffledSubarray(names), (spelt) => {
        const settings = {
          ...Object.fromEntries(spelt.map((name) => [name, usual[name]])),
          d: 10,
          n: 100,
          radius: 0.3,
        };
        expect(cellText(cellSettings(settings))).toBe('K=3,d=10,n=100,radius=0.3');
      }),
      { seed: 1, numRuns: 50 },
    );
    expect(texts({ d: [10], n: [100], activation: ['sigmoid:1'] })).toEqual(['K=3,d=10,n=100']);
    expect(texts({ d: [10], n: [100], activation: ['softplus:2.0'] })).toEqual([
      'K=3,activation=softplus:2,d=10,n=100',
    ]);
  });

  it('leaves out what has no meaning beside the others', () => {
    expect(texts({ d: [10], n: [100], start: ['sphere', 'gaussian'], radius: [0.2, 0.4] })).toEqual([
      'K=3,d=10,n=100,radius=0.2',
      'K=3,d=10,n=100,radius=0.4',
      'K=3,d=10,n=100,start=gaussian',
    ]);
  });

  it('is shown with the defaults that it leaves out, as far as they have a meaning', () => {
    expect(shownSettings({ K: 3, d: 10, n: 100, noise: 0.5 })).toMatchObject({
      K: 3,
      d: 10,
      n: 100,
      noise: 0.5,
      radius: 0.1,
      stepSize: 'auto',
      stepFactor: 1,
    });
    const gaussian = shownSettings({ d: 10, n: 100, start: 'gaussian', stepSize: 0.1 });
    expect(gaussian).toMatchObject({ start: 'gaussian', startScale: 'auto', stepSize: 0.1 });
    for (const name of ['radius', 'stepFactor', 'condition', 'mu']) expect(gaussian).not.toHaveProperty(name);
  });

  it('has the training sets of every cell that differs in method alone, and no other', () => {
    const text = (more: Record<string, AxisValue>): string => streamText(cellSettings({ d: 10, n: 100, ...more }));
    for (const more of [
      { loss: 'cross-entropy' },
      { start: 'tensor' },
      { radius: 1 },
      { stepSize: 0.1 },
      { starts: 9 },
      { iterations: 5 },
      { trainOutput: 'yes' },
    ])
      expect(text(more)).toBe(text({}));
    for (const more of [
      { d: 11 },
      { n: 101 },
      { K: 2 },
      { activation: 'tanh' },
      { output: 'sum' },
      { teacher: 'gaussian' },
      { inputs: 'laplace' },
      { labels: 'regression' },
      { noise: 1 },
    ])
      expect(text(more)).not.toBe(text({}));
  });
});
