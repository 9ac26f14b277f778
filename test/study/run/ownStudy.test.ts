/** Studies of one's own in the pool and the store. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadNativeKernels } from '../../../src/core/kernels/native.js';
import { findRunner } from '../../../src/experiments/registry.js';
import { studyExperiment } from '../../../src/experiments/own/experiment.js';
import type { StudySpec } from '../../../src/experiments/own/spec.js';
import { StudyControl } from '../../../src/pool/control.js';
import { openStudy, readStudy } from '../../../src/store/open.js';
import { replayTrial } from '../../../src/study/replay/replay.js';
import { gridOf } from '../../../src/study/grid/cells.js';
import { runStudy } from '../../../src/study/run/run.js';
import { temporaryFolder, trialTable, WORKER } from '../toy.js';

/** What the program's own workers load. */
const PROGRAM = new URL('../../../dist/pool/laboratory.js', import.meta.url);

beforeAll(() => expect(existsSync(fileURLToPath(WORKER)), 'the program is built').toBe(true));

const SMALL: StudySpec = {
  title: 'small',
  description: '',
  grid: { d: [4], n: ['50*d', 400], start: ['sphere', 'gaussian'], starts: [2], iterations: [60] },
  trials: 4,
  measures: [],
  figures: [],
};

async function run(dir: string, spec: StudySpec, workers = 2): Promise<void> {
  const store = openStudy(dir, { seed: 1, scale: 'smoke', overrides: {} });
  try {
    const outcome = await runStudy({
      store,
      experiments: [gridOf({ experiment: studyExperiment(spec), values: {} }, 1)],
      workers,
      control: new StudyControl(),
      worker: WORKER,
      laboratory: PROGRAM,
    });
    expect(outcome.ending).toBe('complete');
  } finally {
    store.close();
  }
}

describe('a study of one’s own', () => {
  it('is run by workers that know its settings alone, with the same bits for any number of them', async () => {
    const [one, two] = [temporaryFolder(), temporaryFolder()];
    await run(one, SMALL, 1);
    await run(two, SMALL, 2);
    expect(trialTable(one)).toHaveLength(16);
    expect(trialTable(two)).toEqual(trialTable(one));
  });

  it('replays any trial', async () => {
    const dir = temporaryFolder();
    await run(dir, SMALL);
    const store = readStudy(dir);
    const kernels = loadNativeKernels();
    for (const cell of [
      'K=3,d=4,iterations=60,n=200,starts=2',
      'K=3,d=4,iterations=60,n=400,start=gaussian,starts=2',
    ]) {
      expect(replayTrial(store, `study/${cell}#3`, findRunner, kernels).identical).toBe(true);
    }
    store.close();
  });

  it('keeps what is there when it grows, is reordered, renamed or spells out defaults, and equals a fresh one', async () => {
    const grown: StudySpec = {
      ...SMALL,
      title: 'another name',
      trials: 6,
      grid: {
        start: ['gaussian', 'sphere'],
        starts: [2],
        activation: ['sigmoid'],
        stepFactor: [1],
        iterations: [60],
        n: [100, '50*d', 400],
        d: [4],
      },
    };
    const [dir, fresh] = [temporaryFolder(), temporaryFolder()];
    await run(dir, SMALL);
    const before = trialTable(dir);
    await run(dir, grown);
    await run(fresh, grown);
    expect(trialTable(dir)).toEqual(expect.arrayContaining(before));
    expect([...trialTable(dir)].sort()).toEqual([...trialTable(fresh)].sort());
  });
});
