/** Studies run by a program: progress, stopping and going on, and what is wrong with what they are given. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { InputError, openStudy, runStudy, type RunStudyOptions, type StudySource } from '../../src/index.js';
import { systemClock } from '../../src/pool/clock.js';
import { findExperiment, loadNativeKernels } from '../../src/pool/laboratory.js';
import { replacePools, type LeasePool, type MakePool } from '../../src/pool/pool.js';
import { here } from '../cli/here.js';
import { withoutThreads as programWithoutThreads } from '../cli/withoutThreads.js';
import { folderWith, moduleText, withoutThreads } from '../definitions/modules.js';
import { poolOf } from '../pool/inProcess.js';
import { trialTable, temporaryFolder } from '../study/toy.js';

const BODY = "    return { measures: { m: stream('u').normals(settings.n)[0] } };";
const moduleFile = (): string => join(folderWith({ 'own.ts': moduleText(BODY) }), 'own.ts');

const text = 'title: Small\ngrid: {d: [4], n: [40], iterations: 20}\ntrials: 3\n';

/** Workers in this thread; the signal comes when the first lease, of one trial, is done. */
const abortingPool =
  (controller: AbortController): MakePool =>
  (options) => {
    const pool = poolOf({ clock: systemClock, findExperiment, loadNativeKernels })(options);
    const run: LeasePool['run'] = async (lease) => {
      const result = await pool.run(lease);
      controller.abort();
      return result;
    };
    return { ...pool, run };
  };

it('stops at the signal, keeps what is done, and goes on', async () => {
  const controller = new AbortController();
  onTestFinished(replacePools(abortingPool(controller)));
  const [dir, whole] = [temporaryFolder(), temporaryFolder()];
  const longer = { text: text.replace('trials: 3', 'trials: 40') };
  const stopped = await runStudy(longer, { dir, workers: 1, signal: controller.signal });
  expect(stopped).toMatchObject({ ending: 'stopped', dir });
  const [{ done }] = stopped.experiments;
  expect(done).toBeGreaterThan(0);
  expect(done).toBeLessThan(40);
  expect(trialTable(dir)).toHaveLength(done);

  const seen: number[] = [];
  const rest = await runStudy(longer, { dir, workers: 1, onProgress: ([progress]) => seen.push(progress.done) });
  expect(rest).toMatchObject({ ending: 'complete', experiments: [{ done: 40, performed: 40 - done }] });
  expect(seen.at(-1)).toBe(40);
  await runStudy(longer, { dir: whole });
  expect(trialTable(dir)).toEqual(trialTable(whole));
});

describe('a module', () => {
  it('a signal that was given before begins nothing', async () => {
    withoutThreads();
    const outcome = await runStudy(moduleFile(), { dir: temporaryFolder(), signal: AbortSignal.abort() });
    expect(outcome).toMatchObject({ ending: 'stopped', experiments: [{ done: 0, planned: 3 }] });
  });

  it('takes seed, settings and trials, and the command continues it', async () => {
    withoutThreads();
    const [file, dir] = [moduleFile(), temporaryFolder()];
    await runStudy(pathToFileURL(file), { dir, seed: 7, set: { n: [2, 3] }, trials: 2 });
    const study = await openStudy(dir);
    expect(study.seed).toBe(7);
    expect(Array.from(study.trials()).map(({ settings, trial }) => [settings['n'], trial])).toEqual([
      [2, 0],
      [2, 1],
      [3, 0],
      [3, 1],
    ]);
    study.close();
    const continued = ['run', file, '--out', dir, '--seed', '7', '--set', 'n=2,3', '--trials', '2'];
    expect((await here(...continued)).code).toBe(0);
    expect(trialTable(dir)).toHaveLength(4);
  });
});

describe('without code of her own', () => {
  programWithoutThreads();
  it('a study file is run from its text, with a report where one is wanted', async () => {
    const dir = temporaryFolder();
    const outcome = await runStudy({ text }, { dir, report: true });
    expect(outcome).toMatchObject({ ending: 'complete', warnings: [] });
    expect(readFileSync(outcome.report ?? '', 'utf8')).toContain('Small');
    expect(readFileSync(join(dir, 'study.yaml'), 'utf8')).toBe(text);
  });

  it('a study file with mistakes is refused, a line for each', async () => {
    const file = join(folderWith({ 'my.yaml': text.replace('trials: 3', 'trials: many\nfigures: 3') }), 'my.yaml');
    const running = runStudy(file, { dir: 'nowhere' });
    await expect(running).rejects.toBeInstanceOf(InputError);
    await expect(running).rejects.toThrow(new RegExp(`^${file}:3:9: .*\n${file}:4:10: `));
  });

  it('experiments of the papers are run by their ids', async () => {
    const dir = temporaryFolder();
    const outcome = await runStudy(
      { experiments: 'fu2018-fig2' },
      { dir, scale: 'smoke', set: { activation: 'tanh' } },
    );
    expect(outcome).toMatchObject({ ending: 'complete', experiments: [{ id: 'fu2018-fig2' }] });
    const study = await openStudy(dir);
    expect(study.cells().every(({ settings }) => settings['activation'] === 'tanh')).toBe(true);
    study.close();
  });
});

// What a program without types can hand over.
const odd = (value: unknown): never => value as never;
const papers = { experiments: ['fu2018-fig2'] };

it.each<[StudySource, Partial<RunStudyOptions>, string]>([
  ['plateau.md', {}, "a study must be a study file (.yaml), or a module (.ts, .js), got '.md'"],
  ['nowhere.ts', {}, 'nowhere.ts'],
  ['nowhere.yaml', {}, 'nowhere.yaml'],
  [
    odd({ trial: () => 1 }),
    {},
    "a study must be a file's path or URL, { text } or { experiments }; a definition is given by its file",
  ],
  [odd({ text: 5 }), {}, 'text must be the text of a study file, got 5'],
  [odd({ text, experiments: [] }), {}, "a name in the source { text } must be one of text, got 'experiments'"],
  [odd({ experiments: 5 }), {}, 'an id in experiments must be a text, got 5'],
  [new URL('http://localhost/a.yaml'), {}, "must be a file: URL of this machine, got 'http://localhost/a.yaml'"],
  [papers, odd({ worker: 2 }), "got 'worker' (did you mean 'workers'?)"],
  [papers, { signal: odd(5) }, 'signal must be an AbortSignal, got 5'],
  [papers, { onProgress: odd(5) }, 'onProgress must be a function, got 5'],
  [papers, { onWarning: odd({}) }, 'onWarning must be a function, got [object Object]'],
  [papers, { report: odd('no') }, "report must be true or false, got 'no'"],
  [papers, { strict: odd('no') }, "strict must be true or false, got 'no'"],
  ...[5, null, 'n=5', ['n=5'], new Map([['n', 5]])].map((set): [StudySource, Partial<RunStudyOptions>, string] => [
    papers,
    { set: odd(set) },
    'set must be a plain object, e.g. { n: [50, 100] }, got',
  ]),
  ...[undefined, null, '', [], [[1]], [1, ''], true].map((n): [StudySource, Partial<RunStudyOptions>, string] => [
    papers,
    { set: { n: odd(n) } },
    'set.n must be a number, a text, or a list of at least one of them, got',
  ]),
  [{ experiments: [] }, {}, "experiments must be at least one id, got 'none'"],
  [{ experiments: 'fu2018-fig9' }, {}, "got 'fu2018-fig9'"],
  [{ text }, { codeChange: 'new-version' }, 'codeChange must not be given with a study file without use:'],
  [{ text: 'title: x' }, { seed: 1 }, 'seed must not be given with a study file, which has a line for it'],
  [papers, { trials: 3 }, "trials must not be given with a paper's experiment"],
  [papers, { set: { sigmoid: 1 } }, 'sigmoid'],
  [papers, { scale: odd('huge') }, "scale must be one of smoke, quick, paper, got 'huge'"],
  [papers, { seed: -1 }, 'seed must be a whole number from 0 to'],
  [papers, { workers: 0 }, 'workers must be a whole number from 1 to 256, got 0'],
  [papers, { budgetSeconds: 0 }, 'budgetSeconds must be a number of seconds above 0, got 0'],
  [papers, { dir: odd(undefined) }, "dir must be the path of the study's folder, got undefined"],
])('%j %j is refused', async (source, options, message) => {
  const running = runStudy(source, { dir: 'nowhere', ...options });
  await expect(running).rejects.toBeInstanceOf(InputError);
  await expect(running).rejects.toThrow(message);
});
