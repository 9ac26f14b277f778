/** A study as a program reads it: what exports have, one at a time. */
import { beforeEach, describe, expect, it } from 'vitest';
import { InputError, openStudy } from '../../src/index.js';
import { Study } from '../../src/library/study.js';
import { readStudy } from '../../src/store/open.js';
import { experimentOf, storeStudy } from '../export/study.js';
import { temporaryFolder } from '../study/toy.js';

let study: Study;

beforeEach(() => {
  const dir = temporaryFolder();
  storeStudy(dir);
  study = new Study(readStudy(dir), experimentOf);
  return () => study.close();
});

const EVEN = { law: 'even', n: 20, starts: 3, scale: 2, step: 'auto' };

it('says what it is of', () => {
  expect([study.seed, study.scale]).toEqual([1, 'smoke']);
  expect(study.experiments()).toMatchObject([
    {
      id: 'first',
      version: 1,
      measures: [{ name: 'successRate', of: 'success' }, { name: 'error' }],
      curves: [{ name: 'loss', of: 'loss', at: 'iteration' }],
    },
    { id: 'second', curves: [] },
  ]);
});

describe('trials', () => {
  it('come by experiment, cell and number, with every setting', () => {
    const [first, second, ...rest] = study.trials();
    expect(first).toEqual({
      address: 'first/law=even,n=20#0',
      experiment: 'first',
      settings: EVEN,
      trial: 0,
      current: true,
      status: 'ok',
      seconds: 0.5,
      measures: { success: 1, error: 1 / 3 },
      error: null,
    });
    expect(second).toMatchObject({ status: 'failed', measures: {}, error: 'a "quoted", long\nstory' });
    expect(rest.map(({ address }) => address)).toEqual([
      'first/law=even,n=10#0',
      'first/law=even,n=10#1',
      'first/law=skew,n=20#0',
      'second/n=10#0',
      'second/n=10#1',
      'second/n=10,start=random#0',
      'second/n=10,start=random#1',
    ]);
  });

  it('with `all` also those that the grid does not plan', () => {
    const left = Array.from(study.trials({ all: true })).filter(({ current }) => !current);
    expect(left.map(({ address }) => address)).toEqual(['first/law=even,n=20#2', 'first/law=even,n=5#0']);
  });

  it('need not be read to the end', () => {
    for (const trial of study.trials()) {
      expect(trial.trial).toBe(0);
      break;
    }
    expect(study.snapshot(() => Array.from(study.trials()).length)).toBe(9);
  });
});

it('closed while its trials or curves are read ends with one error', () => {
  for (const read of [() => study.trials(), () => study.curves()]) {
    const rows = read();
    rows.next();
    study.close();
    expect(() => Array.from<unknown>(rows)).toThrow(InputError);
    study = new Study(readStudy(study.dir), experimentOf);
  }
  study.close();
  for (const use of [() => study.seed, () => study.cells(), () => study.trials().next()])
    expect(use).toThrow(/was closed: open it again to read on$/);
});

it('cells have estimates with intervals, and those without trials are there', () => {
  const cells = study.cells();
  expect(cells.map(({ settings: { law, n }, trials, planned, failed }) => [law, n, trials, planned, failed])).toEqual([
    ['even', 20, 2, 2, 1],
    ['even', 10, 2, 2, 0],
    ['skew', 20, 1, 2, 0],
    ['skew', 10, 0, 2, 0],
    [undefined, 10, 2, 2, 0],
    [undefined, 10, 2, 2, 0],
  ]);
  expect(cells[0].measures['successRate']).toMatchObject({ value: 0.5 });
  expect(cells[0].curves['loss'].at).toEqual(Float64Array.of(0, 1, 4));
});

it('an estimator that throws is told, or ends it', () => {
  const broken = (entry: Parameters<typeof experimentOf>[0]): ReturnType<typeof experimentOf> => ({
    ...experimentOf(entry),
    measures: [
      {
        name: 'error',
        of: 'error',
        description: '',
        estimate: () => {
          throw new Error('no estimate');
        },
      },
    ],
  });
  const other = new Study(readStudy(study.dir), broken);
  const problems: string[] = [];
  expect(other.cells((problem) => problems.push(problem))[0].measures['error'].value).toBeNaN();
  expect(problems[0]).toBe('law=even,n=20: error: no estimate');
  expect(() => other.cells()).toThrow('no estimate');
  other.close();
});

it('curves come whole, with their points', () => {
  const curves = Array.from(study.curves());
  expect(curves.map(({ address, curve }) => [address, curve])).toEqual([
    ['first/law=even,n=20#0', 'loss'],
    ['first/law=even,n=20#0', 'spectrum'],
  ]);
  expect(curves[0]).toMatchObject({ at: Float64Array.of(0, 1, 4), values: Float64Array.of(1, 0.5, Infinity) });
  expect(curves[1]).toMatchObject({ at: undefined, values: Float64Array.of(0, NaN) });
});

it.each([undefined, 5, ''])('the folder %j is refused', async (dir) => {
  const opening = openStudy(dir as never);
  await expect(opening).rejects.toBeInstanceOf(InputError);
  await expect(opening).rejects.toThrow("dir must be the path of the study's folder, got");
});

it.each([
  [5, 'choice must be an object, got 5'],
  [{ al: true }, "got 'al' (did you mean 'all'?)"],
  [{ all: 1 }, 'all must be true or false, got 1'],
])('the choice %j is refused', (choice, message) => {
  for (const rows of [study.trials(choice as never), study.curves(choice as never)])
    expect(() => rows.next()).toThrow(message);
});

it('a callback that is no function is refused', () => {
  expect(() => study.cells('log' as never)).toThrow(new InputError("onProblem must be a function, got 'log'"));
});

it('a folder without a study is refused', async () => {
  const opening = openStudy(temporaryFolder());
  await expect(opening).rejects.toBeInstanceOf(InputError);
  await expect(opening).rejects.toThrow('basin.sqlite');
});
