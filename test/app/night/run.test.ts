import { describe, expect, it } from 'vitest';
import { NightControl } from '../../../src/app/night/control.js';
import { runNight } from '../../../src/app/night/run.js';
import { findExperiment } from '../../../src/experiments/registry.js';
import { openStudy } from '../../../src/store/open.js';
import { gridOf } from '../../../src/study/grid/cells.js';
import { resolveValues } from '../../../src/study/grid/values.js';
import { temporaryFolder, WORKER } from '../../study/toy.js';

describe('a night’s work', () => {
  it('goes on after an experiment whose worker dies, and keeps why', async () => {
    const store = openStudy(temporaryFolder(), { seed: 1, scale: 'smoke', overrides: {} });
    const grids = ['fu2018-fig2', 'gao2018-fig2']
      .map(findExperiment)
      .map((experiment) => gridOf({ experiment, values: resolveValues(experiment, 'smoke', new Map()) }, 1));
    try {
      const { ending, experiments } = await runNight({
        store,
        control: new NightControl(),
        onProgress: () => undefined,
        grids,
        workers: 1,
        budgetSeconds: 1e6,
        provenance: {},
        measured: (id) => (id === 'fu2018-fig2' ? { operations: 1e7, seconds: 1 } : undefined),
        worker: WORKER,
        laboratory: new URL('fixtures/crashing.mjs', import.meta.url),
      });
      expect(ending).toBe('done');
      expect(
        experiments.map(({ record: { id, done, planned, failure }, final }) => [
          id,
          done === planned,
          failure === null,
          final,
        ]),
      ).toEqual([
        ['fu2018-fig2', false, false, false],
        ['gao2018-fig2', true, true, true],
      ]);
    } finally {
      store.close();
    }
  });
});
