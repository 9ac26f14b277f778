/** Callbacks of the caller's program that throw: the study stops, keeps what it has, and the promise has the error. */
import { expect, it, onTestFinished } from 'vitest';
import { runStudy } from '../../src/index.js';
import { systemClock } from '../../src/pool/clock.js';
import * as laboratory from '../../src/pool/laboratory.js';
import { replacePools, type LeasePool, type MakePool } from '../../src/pool/pool.js';
import { poolOf } from '../pool/inProcess.js';
import { temporaryFolder, trialTable } from '../study/toy.js';
import { makeForeign } from './foreign.js';

const text = 'title: Small\ngrid: {d: [4], n: [40], iterations: 20}\ntrials: 40\n';

/** Workers in this thread, whose first lease lasts until the timer has reported progress. */
const waitingPool =
  (reported: Promise<void>): MakePool =>
  (options) => {
    const pool = poolOf({ ...laboratory, clock: systemClock })(options);
    const run: LeasePool['run'] = async (lease) => {
      const result = await pool.run(lease);
      await reported;
      return result;
    };
    return { ...pool, run };
  };

it('the first error of onProgress stops the study', async () => {
  let report = (): void => undefined;
  const reported = new Promise<void>((resolve) => {
    report = resolve;
  });
  onTestFinished(replacePools(waitingPool(reported)));
  const dir = temporaryFolder();
  let calls = 0;
  const onProgress = (): never => {
    report();
    throw new RangeError(`progress ${(calls += 1)}`);
  };
  await expect(runStudy({ text }, { dir, workers: 1, onProgress })).rejects.toThrow(new RangeError('progress 1'));
  const { length } = trialTable(dir);
  expect(length).toBeGreaterThan(0);
  expect(length).toBeLessThan(40);

  await expect(runStudy({ text }, { dir, workers: 1 })).resolves.toMatchObject({ ending: 'complete' });
});

it('the first error of onWarning does, too, and onProgress is not called after it', async () => {
  onTestFinished(replacePools(poolOf({ ...laboratory, clock: systemClock })));
  const dir = temporaryFolder();
  await runStudy({ text: text.replace('trials: 40', 'trials: 2') }, { dir, workers: 1 });
  makeForeign(dir);
  const progress: unknown[] = [];
  const onWarning = (warning: string): never => {
    throw new RangeError(warning);
  };
  const running = runStudy({ text }, { dir, workers: 1, onWarning, onProgress: (all) => progress.push(all) });
  await expect(running).rejects.toThrow(
    /^2 stored trials were made by another program or machine: build 0\.0\.1\+other /,
  );
  expect(progress).toEqual([]);
  expect(trialTable(dir)).toHaveLength(2);
});
