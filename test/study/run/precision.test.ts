/** A study in mixed precision, with threads: its bits, its replay, and its numbers beside those of float64. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadNativeKernels } from '../../../src/core/kernels/native.js';
import { exportedCells } from '../../../src/export/study.js';
import { findExperiment } from '../../../src/experiments/registry.js';
import { StudyControl } from '../../../src/pool/control.js';
import type { StudyIdentity } from '../../../src/store/identity.js';
import { openStudy, readStudy } from '../../../src/store/open.js';
import { gridOf } from '../../../src/study/grid/cells.js';
import { resolveValues } from '../../../src/study/grid/values.js';
import { replayTrial } from '../../../src/study/replay/replay.js';
import { runStudy } from '../../../src/study/run/run.js';
import { IDENTITY, temporaryFolder, trialTable, WORKER } from '../toy.js';

const SETTINGS = new Map(Object.entries({ n: '500', d: '5', trials: '6', iterations: '400' }));
const MIXED: StudyIdentity = { ...IDENTITY, precision: 'mixed' };

beforeAll(() => expect(existsSync(fileURLToPath(WORKER)), 'the program is built').toBe(true));

async function studyOf(identity: StudyIdentity, workers: number): Promise<string> {
  const dir = temporaryFolder();
  const experiment = findExperiment('fu2018-fig4');
  const store = openStudy(dir, identity);
  try {
    const values = resolveValues(experiment, 'smoke', SETTINGS);
    const { ending } = await runStudy({
      workers,
      control: new StudyControl(),
      worker: WORKER,
      laboratory: new URL('../../../dist/pool/laboratory.js', import.meta.url),
      store,
      experiments: [gridOf({ experiment, values }, identity.seed)],
    });
    expect(ending).toBe('complete');
    return dir;
  } finally {
    store.close();
  }
}

function errorsOf(dir: string): number[] {
  const store = readStudy(dir);
  try {
    return store
      .cells('fu2018-fig4')
      .flatMap((cell) => [...store.trials(cell)].map(({ measures }) => measures['estimationError']));
  } finally {
    store.close();
  }
}

describe('a study in mixed precision', () => {
  it('has the same bits on one worker and on two, and the numbers of float64 up to rounding', async () => {
    const alone = await studyOf(MIXED, 1);
    expect(trialTable(await studyOf(MIXED, 2))).toEqual(trialTable(alone));
    const exact = await studyOf(IDENTITY, 1);
    expect(trialTable(exact)).not.toEqual(trialTable(alone));
    const errors = errorsOf(exact);
    errorsOf(alone).forEach((error, at) => {
      expect(Math.abs(error / errors[at] - 1)).toBeLessThan(1e-5);
    });
    const store = readStudy(alone);
    const replayed = replayTrial(store, 'fu2018-fig4/K=3,d=5,n=500#3', findExperiment, loadNativeKernels());
    const [cell] = exportedCells(store, ({ id }) => findExperiment(id), false);
    store.close();
    expect(replayed.identical).toBe(true);
    expect(cell.settings['precision']).toBe('mixed');
  });
});
