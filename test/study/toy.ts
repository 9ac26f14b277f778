/** Toy studies for tests: run one, and look at its trial table bit for bit. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { expect, onTestFinished } from 'vitest';
import { StudyControl } from '../../src/pool/control.js';
import type { StudyIdentity } from '../../src/store/identity.js';
import { encodeMeasures } from '../../src/store/measures.js';
import { openStudy, readStudy } from '../../src/store/open.js';
import type { StudyOutcome } from '../../src/study/run/outcome.js';
import { runStudy, type StudyOptions } from '../../src/study/run/run.js';
import { gridOf } from '../../src/study/grid/cells.js';
import { resolveValues } from '../../src/study/grid/values.js';
import { defineMeasureFunctions } from '../store/measureFunctions.js';
import { findExperiment } from '../pool/fixtures/laboratory.mjs';

export const LABORATORY = new URL('../pool/fixtures/laboratory.mjs', import.meta.url);
export const WORKER = new URL('../../dist/pool/worker.js', import.meta.url);
export const IDENTITY: StudyIdentity = { seed: 1, scale: 'smoke', overrides: {} };

/** A folder that is removed when the test is over. */
export function temporaryFolder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'basin-test-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

export interface ToyRun extends Partial<Omit<StudyOptions, 'store' | 'experiments'>> {
  readonly identity?: StudyIdentity;
  /** overrides of settings, for every experiment */
  readonly set?: Readonly<Record<string, string>>;
}

export async function runToy(
  dir: string,
  ids: readonly string[],
  { identity = IDENTITY, set = {}, ...options }: ToyRun = {},
): Promise<StudyOutcome> {
  const store = openStudy(dir, identity);
  const experiments = ids
    .map(findExperiment)
    .map((experiment) =>
      gridOf(
        {
          experiment,
          values: resolveValues(
            experiment,
            'smoke',
            new Map(Object.entries(set).filter(([key]) => key in experiment.settings)),
          ),
        },
        identity.seed,
      ),
    );
  try {
    return await runStudy({
      workers: 2,
      control: new StudyControl(),
      worker: WORKER,
      laboratory: LABORATORY,
      ...options,
      store,
      experiments,
    });
  } finally {
    store.close();
  }
}

/** Runs a toy study in a process of its own, which is killed as soon as it has stored so many more trials. */
export function runAndKill(
  dir: string,
  trials: number,
  ids: readonly string[],
  set: Readonly<Record<string, string>>,
): void {
  const script = fileURLToPath(new URL('fixtures/run.mjs', import.meta.url));
  const { signal, stderr } = spawnSync(process.execPath, [script, dir, String(trials), ...ids, JSON.stringify(set)], {
    encoding: 'utf8',
  });
  expect([signal, stderr]).toEqual(['SIGKILL', '']);
}

/** Every trial with the exact text of its numbers; everything but the seconds it took. */
export function trialTable(dir: string): string[] {
  const store = readStudy(dir);
  const lines = store.experiments().flatMap(({ id }) =>
    store.cells(id).flatMap((cell) =>
      [...store.trials(cell)].map(({ trial, status, measures, error }) => {
        const curves = Object.entries(store.curves(cell, trial)).map(([name, values]) => [
          name,
          Buffer.from(values.buffer).toString('hex'),
        ]);
        return JSON.stringify([id, cell.text, trial, status, encodeMeasures(measures), error, curves]);
      }),
    ),
  );
  store.close();
  return lines;
}

/** Changes a store behind basin's back; some row must change. */
export function tamper(dir: string, sql: string): void {
  const database = new Database(join(dir, 'basin.sqlite'));
  defineMeasureFunctions(database);
  expect(database.prepare(sql).run().changes).toBeGreaterThan(0);
  database.close();
}
