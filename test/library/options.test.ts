/** Options of `runStudy`, each seen in what the study then has. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { fit, openStudy, runStudy, type RunStudyOptions, type StudyCell, type StudyRun } from '../../src/index.js';
import type { Clock } from '../../src/pool/clock.js';
import * as laboratory from '../../src/pool/laboratory.js';
import { replacePools } from '../../src/pool/pool.js';
import { readStudy } from '../../src/store/open.js';
import { withoutThreads as programWithoutThreads } from '../cli/withoutThreads.js';
import { folderWith, moduleText, withoutThreads } from '../definitions/modules.js';
import { poolOf } from '../pool/inProcess.js';
import { temporaryFolder, trialTable } from '../study/toy.js';
import { makeForeign } from './foreign.js';

const text = (trials: number): string => `title: S\ngrid: {d: [4], n: [40], iterations: 20}\ntrials: ${trials}\n`;

async function ran(options: Partial<RunStudyOptions>, source = text(3)): Promise<[StudyRun, StudyCell]> {
  const dir = temporaryFolder();
  const run = await runStudy({ text: source }, { dir, workers: 1, ...options });
  const study = await openStudy(dir);
  const [cell] = study.cells();
  study.close();
  return [run, cell];
}

describe('limits', () => {
  programWithoutThreads();

  it('trialBytes: a larger trial does not begin, and is no estimate', async () => {
    const [run, cell] = await ran({ trialBytes: 1 });
    expect(run.experiments).toMatchObject([{ done: 0, planned: 3 }]);
    expect(cell).toMatchObject({ trials: 0, planned: 3, censored: 3 });
    expect((await ran({ trialBytes: 1e9 }))[1]).toMatchObject({ trials: 3, censored: 0 });
  });

  it('budgetSeconds: the run ends at its budget', async () => {
    const [run] = await ran({ budgetSeconds: 1e-9 }, text(1000));
    expect(run.ending).toBe('budget');
    expect(run.experiments[0].done).toBeLessThan(1000);
  });
});

it('trialSeconds: a longer trial is stopped', async () => {
  const ticks = new Set<() => void>();
  let time = 0;
  let ticking = false;
  // Each look at this clock takes two seconds, after each of which it ticks.
  const clock: Clock = {
    now: () => {
      for (let second = 0; second < 2; second++) {
        time += 1;
        if (!ticking) {
          ticking = true;
          for (const tick of ticks) tick();
          ticking = false;
        }
      }
      return time;
    },
    every: (_, tick) => {
      ticks.add(tick);
      return () => ticks.delete(tick);
    },
  };
  const pool = poolOf({ ...laboratory, clock });
  onTestFinished(replacePools(pool));
  expect((await ran({ trialSeconds: 1 }))[1]).toMatchObject({ trials: 0, censored: 3 });
  expect((await ran({ trialSeconds: 1e6 }))[1]).toMatchObject({ trials: 3, censored: 0 });
});

describe('trials of another program', () => {
  programWithoutThreads();

  it('are a warning, and with `strict` a refusal that adds nothing', async () => {
    const dir = temporaryFolder();
    await runStudy({ text: text(2) }, { dir, workers: 1 });
    makeForeign(dir);
    await expect(runStudy({ text: text(4) }, { dir, workers: 1, strict: true })).rejects.toThrow(/^2 stored trials/);
    expect(trialTable(dir)).toHaveLength(2);
    const told: string[] = [];
    const { warnings } = await runStudy({ text: text(4) }, { dir, workers: 1, onWarning: (line) => told.push(line) });
    expect(warnings).toEqual([expect.stringMatching(/^2 stored trials were made by another program/)]);
    expect(told).toEqual(warnings);
    expect(trialTable(dir)).toHaveLength(4);
  });
});

it('partitions are those of the study', async () => {
  const dir = temporaryFolder();
  const options = { dir, scale: 'smoke', set: { d: 4, n: 40, trials: 1, iterations: 5 }, partitions: 3 } as const;
  await runStudy({ experiments: 'fu2018-fig4' }, { ...options, workers: 1, signal: AbortSignal.abort() });
  const store = readStudy(dir);
  expect(store.identity.partitions).toBe(3);
  store.close();
});

it('codeChange: results of other code are refused, or beside the new ones', async () => {
  withoutThreads();
  const body = (value: string): string => moduleText(`    return { measures: { m: ${value} } };`);
  const file = join(folderWith({ 'own.ts': body('1') }), 'own.ts');
  const dir = temporaryFolder();
  await runStudy(file, { dir });
  writeFileSync(file, body('2'));
  await expect(runStudy(file, { dir })).rejects.toThrow(/whose code has SHA-256/);
  await runStudy(file, { dir, codeChange: 'new-version' });
  const study = await openStudy(dir);
  expect(study.cells().map(({ measures }) => measures['m'].value)).toEqual([1, 2]);
  study.close();
});

describe('fit', () => {
  const inputs = { shape: [2, 1], values: Float64Array.of(1, 2) };
  const labels = Float64Array.of(0, 1);

  it('counts the outputs at the starts that are clipped', async () => {
    const problem = { inputs, labels, activation: 'softplus', start: { shape: [1, 1], values: Float64Array.of(5) } };
    const options = { stepSize: 1e-3, iterations: 1 };
    expect((await fit({ ...problem, loss: 'cross-entropy' }, options)).clipped).toBe(2);
    expect((await fit({ ...problem, loss: 'squared' }, options)).clipped).toBe(0);
  });

  it('names the starts whose neurons are dead', async () => {
    const start = { shape: [2, 1, 1], values: Float64Array.of(-1, 1) };
    const { starts } = await fit(
      { inputs, labels, activation: 'relu', loss: 'squared', start },
      { stepSize: 0.01, iterations: 3 },
    );
    expect(starts.map(({ flat }) => flat)).toEqual([true, false]);
  });
});
