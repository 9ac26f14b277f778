import { describe, expect, it } from 'vitest';
import { MOST_NUMBERS, type Numbers } from '../../src/studyfile/files.js';
import { loadStudy } from '../../src/studyfile/load.js';
import { changedStudy } from '../../src/studyfile/override.js';
import { studyJsonSchema } from '../../src/studyfile/schema.js';
import { writeStudy } from '../../src/studyfile/write.js';
import { InputError } from '../../src/base/errors.js';
import { withOwnMeasures } from '../../src/experiments/own/ownMeasures.js';
import type { StudySpec } from '../../src/experiments/own/spec.js';
import { mean } from '../../src/statistics/means.js';
import { studyValues, storedSpec, specText } from '../../src/experiments/own/stored.js';

const SHAPES: Readonly<Record<string, readonly number[]>> = {
  'W.npy': [2, 6],
  'other.npy': [2, 6],
  'strides.npy': [1, 3],
  'X.csv': [50, 6],
  'W0.npy': [4, 2, 6],
  'vector.npy': [12],
  'large.npy': [MOST_NUMBERS, 1],
};

function numbersAt(path: string): Numbers {
  if (!Object.hasOwn(SHAPES, path)) throw new InputError(`${path}: cannot be read: no such file or folder`);
  const count = SHAPES[path].reduce((product, length) => product * length, 1);
  return { shape: SHAPES[path], values: new Float64Array(count).fill(path === 'other.npy' ? 2 : 1) };
}

function load(grid: string): ReturnType<typeof loadStudy> {
  return loadStudy(`title: files\ngrid: {K: 2, d: 6, n: 50, ${grid}}\n`, 'paper', numbersAt);
}

function problemsOf(grid: string): string[] {
  const loaded = load(grid);
  return 'problems' in loaded ? loaded.problems.map(({ message }) => message) : [];
}

function specOf(grid: string): ReturnType<typeof storedSpec> {
  const loaded = load(grid);
  if ('problems' in loaded) throw new Error(loaded.problems[0].message);
  return loaded.spec;
}

function changed(spec: StudySpec, set: readonly string[]): StudySpec {
  return changedStudy({ spec, seed: 1 }, { set }, 'paper', numbersAt).spec;
}

const GIVEN = 'teacher: [{file: W.npy}, {file: other.npy}], inputs: {file: X.csv}, start: {file: W0.npy}, starts: 4';
const FIXED = 'teacher: {file: W.npy}, inputs: {file: X.csv}, start: {file: W0.npy}, labels: regression';

describe('files of a study', () => {
  it.each([
    [GIVEN, []],
    ['start: {file: W.npy}', []],
    ['architecture: cnn, teacher: {file: strides.npy}, start: {file: strides.npy}', []],
    ['teacher: {file: missing.npy}', ['teacher: missing.npy: cannot be read: no such file or folder']],
    ['teacher: {file: W.npy, K: 2}', [expect.stringContaining('teacher must be one of orthonormal')]],
    ['labels: {file: W.npy}', [expect.stringContaining('labels must be one of')]],
    ['teacher: file:abc', ["teacher must be a file of the study, given as {file: PATH}, got 'file:abc'"]],
    ['teacher: [{file: W.npy}, {file: W.npy}]', ['teacher must have every value once, got {"file":"W.npy"} twice']],
    [
      'teacher: {file: W0.npy}',
      ['teacher: W0.npy must have shape (2, 6), which is (K, d) with K = 2 and d = 6, got (4, 2, 6)'],
    ],
    [
      'architecture: cnn, teacher: {file: W.npy}',
      ['teacher: W.npy must have shape (1, 3), which is (1, d/K) with K = 2 and d = 6, got (2, 6)'],
    ],
    ['inputs: {file: vector.npy}', ['inputs: vector.npy must have shape (N, d) with d = 6, got (12)']],
    ['inputs: {file: W.npy}', ['n must be at most 2, the rows of W.npy, got 50']],
    ['start: {file: W0.npy}, starts: 5', ['starts must be at most 4, the starts of W0.npy, got 5']],
    [
      'start: {file: X.csv}',
      ['start: X.csv must have shape (L, 2, 6) or (2, 6), which is of (K, d) with K = 2 and d = 6, got (50, 6)'],
    ],
    [
      'teacher: {file: W.npy}, inputs: {file: large.npy}',
      [`inputs: large.npy: the files of a study must hold at most 524288 numbers together, got 524300`],
    ],
    [
      'inputs: {file: X.csv}, start: tensor',
      [expect.stringMatching(/^inputs must be gaussian with start: tensor, .*, got 'X.csv'$/)],
    ],
    [
      'inputs: {file: X.csv}, loss: landscape-L, activation: relu, output: sum, labels: regression, teacherScale: 1',
      [expect.stringContaining('with loss: landscape-L, which needs the density of x')],
    ],
  ])('%s', (grid, problems) => {
    expect(problemsOf(grid)).toEqual(problems);
  });

  it('given as a text are a mistake at their setting', () => {
    const text = 'title: files\ngrid:\n  K: 2\n  d: 6\n  n: 50\n  inputs: file:9f86d081884c7d65\n';
    expect(loadStudy(text, 'paper', numbersAt)).toMatchObject({ problems: [{ line: 6, column: 3 }] });
  });

  it('are cells by their content, and their law has no scale', () => {
    const { grid, files = [] } = specOf(GIVEN);
    const [w, other] = grid['teacher'];
    expect(w).toMatch(/^file:[0-9a-f]{16}$/);
    expect(other).not.toBe(w);
    expect(files.map(({ path, value }) => [path, value])).toContainEqual(['W.npy', w]);
    expect(specOf('teacher: {file: W.npy}').grid['teacher']).toEqual([w]);
  });

  it('come back from a store and from a file that is written again, and are checked when settings change', () => {
    const spec = specOf(GIVEN);
    expect(storedSpec({ values: studyValues(spec), study: specText(spec) })).toEqual(spec);
    const written = writeStudy(spec, 1, 'paper');
    expect(written).toContain('file: X.csv');
    expect(loadStudy(written, 'paper', numbersAt)).toEqual({ seed: 1, spec });
    expect(() => changed(spec, ['K=3'])).toThrow('teacher: W.npy must have shape (3, 6)');
  });

  it.each([
    ['trials: 40', 'trials must be 1 where nothing is random, got 40 with teacher: W.npy, inputs: X.csv,', 3],
    ['precision: {rate: 0.1}', 'precision must be left out where nothing is random, got it with', 3],
    ['boundary: {measure: recoveryRate, level: 0.5, between: [10, 40]}', 'boundary must be left out where', 3],
    ['scales: {smoke: {trials: 2}}\ntrials: 1', 'trials must be 1 where nothing is random, got 2 with', 3],
    ['', 'trials must be 1 where nothing is random, got 20 with', 1],
  ])('are not repeated where all is given: %s', (more, message, line) => {
    const size = more.startsWith('boundary') ? '' : 'n: 50, ';
    const text = `title: files\ngrid: {K: 2, d: 6, ${size}${FIXED}}\n${more}\n`;
    const loaded = loadStudy(text, 'paper', numbersAt);
    expect(loaded).toMatchObject({ problems: [{ line, message: expect.stringContaining(message) as string }] });
  });

  it.each([
    ['noise: 0.1', 'trials: 40'],
    ['start: gaussian', 'trials: 40'],
    ['teacher: gaussian', 'trials: 40'],
    ['inputs: gaussian', 'trials: 40'],
    ['labels: random', 'trials: 40'],
    ['output: signs', 'trials: 40'],
    ['K: 2', 'trials: 1'],
  ])('are repeated where something is random, as with %s; %s', (other, more) => {
    const [name] = other.split(':');
    const kept = FIXED.split(', ').filter((part) => !part.startsWith(`${name}:`));
    const others = name === 'K' ? kept : [...kept, other];
    const loaded = loadStudy(
      `title: files\ngrid: {K: 2, d: 6, n: 50, ${others.join(', ')}}\n${more}\n`,
      'paper',
      numbersAt,
    );
    expect(loaded).not.toHaveProperty('problems');
  });

  it('are not repeated after --set either, nor beside words that are always the same', () => {
    const spec = specOf(FIXED.replace('start: {file: W0.npy}', 'start: sphere'));
    expect(() => changed(spec, ['radius=0', 'teacher=identity'])).toThrow(
      '--set: trials must be 1 where nothing is random, got 20 with teacher: identity, inputs: X.csv,',
    );
    expect(() => changed(spec, ['start=gaussian', 'startScale=0'])).toThrow('start: gaussian, startScale: 0');
    expect(changed(spec, ['radius=0.5']).trials).toBe(20);
  });

  it('are repeated beside a measure of the user, which may draw random numbers', () => {
    const own = { name: 'mine', of: 'mine', description: '', estimate: mean, sequence: mean, compute: () => 1 };
    expect(withOwnMeasures([own], () => specOf(FIXED)).trials).toBe(20);
  });

  it('need a place: a text alone has none', () => {
    const loaded = loadStudy('title: files\ngrid: {d: 6, n: 50, teacher: {file: W.npy}}\n');
    expect(loaded).toMatchObject({
      problems: [{ line: 2, column: 30, message: expect.stringContaining('got the text alone') as string }],
    });
  });

  it('are in the schema for editors', () => {
    expect(JSON.stringify(studyJsonSchema())).toContain('"file":{"type":"string"');
  });
});
