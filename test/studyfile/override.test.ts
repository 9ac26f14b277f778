import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/base/errors.js';
import { loadStudy, type LoadedStudy } from '../../src/studyfile/load.js';
import { changedStudy, type ChangedStudy, type StudyChanges } from '../../src/studyfile/override.js';

const FILE = `title: changed
grid: {d: [4, 6], n: [40*d], start: [sphere, gaussian], iterations: 50}
trials: 6
differences: {gain: {of: relativeError, between: {start: [sphere, gaussian]}}}
scales: {quick: {trials: 2}}
`;

function changed(changes: Partial<StudyChanges>, text = FILE, scale: 'paper' | 'quick' = 'paper'): ChangedStudy {
  const loaded = loadStudy(text, scale) as LoadedStudy;
  return changedStudy(loaded, { set: [], ...changes }, scale, () => {
    throw new Error('no file is named');
  });
}

describe('a changed study file', () => {
  it('is as if its file said so, and its text says it', () => {
    const { spec, seed, overrides, text } = changed({ seed: 7, set: ['n=100:300:100', 'd = 4, 8'], trials: 3 });
    expect(spec).toMatchObject({ trials: 3, grid: { d: [4, 8], n: [100, 200, 300], iterations: [50] } });
    expect({ seed, overrides }).toEqual({ seed: 7, overrides: { n: '100,200,300', d: '4,8' } });
    expect(loadStudy(text)).toEqual({ spec, seed });
  });

  it('keeps what is not changed, at every scale', () => {
    expect(changed({})).toMatchObject(loadStudy(FILE));
    const { spec, text } = changed({ seed: 2 }, FILE, 'quick');
    expect(spec.trials).toBe(2);
    expect(loadStudy(text, 'quick')).toEqual({ spec, seed: 2 });
  });

  it.each([
    [{ set: ['x=1'] }, '--set key of a study must be one of '],
    [{ set: ['d=4', 'd=6'] }, '--set d must be given once'],
    [{ set: ['d=4:6:2:1'] }, '--set d must be a range'],
    [{ set: ['K=3', 'd=4'] }, '--set: K must be a divisor of d = 4'],
    [
      { set: ['start=sphere'] },
      '--set: start must have both values|--set: start must be one of its values in the grid',
    ],
    [{ trials: 2e6 }, '--trials: trials must be an integer from 1 to 1000000, got 2000000'],
  ])('refuses %j', (changes, message) => {
    expect(() => changed(changes, FILE.replace('iterations', 'architecture: cnn, K: 2, iterations'))).toThrow(
      InputError,
    );
    expect(() => changed(changes, FILE.replace('iterations', 'architecture: cnn, K: 2, iterations'))).toThrow(
      new RegExp(message),
    );
  });

  it('takes ranges and spacings where a list stands', () => {
    const grid = (n: string): unknown =>
      (loadStudy(`title: ranges\ngrid: {d: 4, iterations: 10, n: ${n}}\n`) as LoadedStudy).spec.grid['n'];
    expect(grid('100:400:100')).toEqual([100, 200, 300, 400]);
    expect(grid('"logspace(100, 10000, 3)"')).toEqual([100, 1000, 10000]);
    expect(grid('[50, 100:300:100, 200*d]')).toEqual([50, 100, 200, 300, '200*d']);
  });

  it.each([
    ['[100, 50:150:50]', 'n must have every value once, got 100 twice'],
    ['100:50', "n must be a range FIRST:LAST:STEP whose step leads from the first number to the last, got '100:50'"],
    ['0.5:2:0.5', 'n must be an integer'],
  ])('says where a range is wrong: %s', (n, message) => {
    const loaded = loadStudy(`title: ranges\ngrid:\n  d: 4\n  n: ${n}\n`);
    const problem = { line: 4, message: expect.stringContaining(message) as string };
    expect(loaded).toMatchObject({ problems: expect.arrayContaining([expect.objectContaining(problem)]) as unknown });
  });
});
